//: run(3)
//: nested()
//: kept()
/** What things cost. */
export namespace Prices {
  export interface Price { amount: number; label?: string }
  export type Kind = 'low' | 'high'
  // in cents
  const FACTOR = 100
  let asked = 0
  export const currency = '€'
  export function of(price: Price): string {
    asked++
    return `${(price.amount / FACTOR).toFixed(2)} ${currency}${price.label ?? ''}`
  }
  export const isLow = (kind: Kind) => kind === 'low'
  export enum Level { Low = 1, High }
  export class Basket { items: Price[] = []; add(...prices: Price[]) { this.items.push(...prices); return this } total() { return this.items.map(of).join('+') } }
  export const times = () => asked
}
namespace Outer {
  const secret = 'deep'
  export namespace Inner { export const word = secret.toUpperCase(); export const shout = (n: number) => word.repeat(n) }
  export const { length } = Inner.word
}
export const run = (n: number) => [Prices.of({ amount: 250 }), Prices.of({ amount: n, label: '!' }), Prices.isLow('low'), Prices.Level.High, Prices.currency, new Prices.Basket().add({ amount: 5 }, { amount: 10 }).total(), Prices.times()]
export const nested = () => [Outer.Inner.word, Outer.Inner.shout(2), Outer.length]
export function kept() { const { of: show, currency } = Prices; const p: Prices.Price = { amount: 1 }; return [show(p), currency, Object.keys(Prices)] }
