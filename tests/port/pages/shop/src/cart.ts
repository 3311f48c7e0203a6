import { createContext } from 'react'

/** How many teas are in the cart, and how one more comes into it. */
export const CartContext = createContext({ count: 0, add: () => {} })
