/** Where the backend is; the build puts the address in. */
export const API = process.env.TARO_APP_API || 'https://tearoom.example/api'

/** What is kept on the phone. */
export enum Key {
  Token = 'token',
  Cart = 'cart',
}

/** What the app's parts tell each other. */
export enum Topic {
  CartChanged = 'cart:changed',
  SignedOut = 'user:signed-out',
}

export const PAGE_SIZE = 5
