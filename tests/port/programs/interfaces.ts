//: total({"items": [{"price": 2, "count": 3}, {"price": 1.5, "count": 2}]})
//: describe({"id": 1, "name": "n"})
export interface Item { price: number; count: number }
export interface Cart { items: Item[]; note?: string }
export type Mode = 'fast' | 'slow'
interface Named { name: string }
interface User extends Named { id: number; nick?: string }
export function total(cart: Cart): number {
  let sum = 0
  for (const item of cart.items) {
    sum += item.price * item.count
  }
  return sum
}
export const describe = (user: User): string => user.name + '#' + user.id + (user.nick ?? '')
