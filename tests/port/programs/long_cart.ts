//: totals([["sencha", 1250, 2], ["matcha", 3990, 1]], [])
//: totals([["sencha", 1250, 2], ["matcha", 3990, 1]], ["TEN"])
//: totals([["sencha", 1250, 2], ["matcha", 3990, 1]], ["TEN", "FIVE", "SHIP"])
//: totals([["sencha", 333, 3]], ["THIRD"])
//: totals([], ["FIVE"])
//: totals([["sencha", 100, 1]], ["WRONG"])
//: totals([["sencha", 100, 1]], ["FIVE", "FIVE"])
//: changes()
//: shared([["a", 1000, 1], ["b", 2000, 1], ["c", 3001, 1]], 100)
//: money([0, 5, 99, 100, 123456, -250, 100000000])
// A cart: lines that are put together, coupons in the order of their worth, and money that is shared without a cent lost.

export interface Line {
  id: string
  /** In cents. */
  price: number
  count: number
}

enum Kind {
  Percent = 'percent',
  Amount = 'amount',
  Shipping = 'shipping',
}

interface Coupon {
  code: string
  kind: Kind
  value: number
  /** From which sum on it holds, in cents. */
  from?: number
  /** Whether it goes together with others. */
  alone?: boolean
}

const COUPONS: Record<string, Coupon> = {
  TEN: { code: 'TEN', kind: Kind.Percent, value: 10 },
  THIRD: { code: 'THIRD', kind: Kind.Percent, value: 33, alone: true },
  FIVE: { code: 'FIVE', kind: Kind.Amount, value: 500, from: 2000 },
  SHIP: { code: 'SHIP', kind: Kind.Shipping, value: 0 },
}

const SHIPPING = 490
const FREE_FROM = 10000
const MOST = 99

export class CouponError extends Error {}

export class Cart {
  private lines: Line[] = []
  private coupons: Coupon[] = []
  private listeners = new Set<(cart: Cart) => void>()

  /** Adds so many of a thing; a line that is there already grows. */
  add(id: string, price: number, count = 1): void {
    const found = this.lines.find((line) => line.id === id)
    if (found) {
      found.count = Math.min(MOST, found.count + count)
    } else {
      this.lines.push({ id, price, count })
    }
    this.changed()
  }

  /** Sets how many there are; none takes the line away. */
  set(id: string, count: number): boolean {
    const index = this.lines.findIndex((line) => line.id === id)
    if (index < 0) return false
    if (count <= 0) this.lines.splice(index, 1)
    else this.lines[index].count = count
    this.changed()
    return true
  }

  redeem(code: string): void {
    const coupon = COUPONS[code]
    if (!coupon) throw new CouponError(`there is no coupon ${code}`)
    if (this.coupons.some((each) => each.code === code)) throw new CouponError(`${code} is in use already`)
    if (coupon.alone && this.coupons.length > 0) throw new CouponError(`${code} stands alone`)
    if (this.sum < (coupon.from ?? 0)) throw new CouponError(`${code} is for ${coupon.from} and more`)
    this.coupons = [...this.coupons, coupon].sort((a, b) => b.value - a.value)
    this.changed()
  }

  onChange(listener: (cart: Cart) => void): () => void {
    this.listeners.add(listener)
    return () => {
      this.listeners.delete(listener)
    }
  }

  get sum(): number {
    return this.lines.reduce((sum, { price, count }) => sum + price * count, 0)
  }

  get count(): number {
    return this.lines.reduce((count, line) => count + line.count, 0)
  }

  get discount(): number {
    let left = this.sum
    for (const { kind, value } of this.coupons) {
      switch (kind) {
        case Kind.Percent:
          left -= Math.round((left * value) / 100)
          break
        case Kind.Amount:
          left -= Math.min(left, value)
          break
        default:
          break
      }
    }
    return this.sum - left
  }

  get shipping(): number {
    if (this.count === 0 || this.coupons.some((each) => each.kind === Kind.Shipping)) return 0
    return this.sum - this.discount >= FREE_FROM ? 0 : SHIPPING
  }

  summary() {
    const { sum, discount, shipping } = this
    return { sum, discount, shipping, total: sum - discount + shipping, codes: this.coupons.map((each) => each.code) }
  }

  /** What is taken off each line, so that it comes to the whole amount. */
  share(amount: number): Record<string, number> {
    const shares: Record<string, number> = {}
    let left = amount
    this.lines.forEach((line, index) => {
      const isLast = index === this.lines.length - 1
      const part = isLast ? left : Math.floor((amount * line.price * line.count) / this.sum)
      shares[line.id] = part
      left -= part
    })
    return shares
  }

  private changed(): void {
    this.listeners.forEach((listener) => listener(this))
  }
}

function filled(lines: [string, number, number][]): Cart {
  const cart = new Cart()
  for (const [id, price, count] of lines) cart.add(id, price, count)
  return cart
}

export function totals(lines: [string, number, number][], codes: string[]) {
  const cart = filled(lines)
  const refused: string[] = []
  for (const code of codes) {
    try {
      cart.redeem(code)
    } catch (error) {
      if (!(error instanceof CouponError)) throw error
      refused.push(error.message)
    }
  }
  return { ...cart.summary(), refused }
}

export function changes() {
  const cart = new Cart()
  const seen: number[] = []
  const stop = cart.onChange((each) => seen.push(each.count))
  cart.add('a', 100)
  cart.add('a', 100, 200)
  cart.add('b', 50, 2)
  const there = [cart.set('b', 1), cart.set('c', 1), cart.set('a', 0)]
  stop()
  cart.add('d', 10)
  return [seen, there, cart.count]
}

export const shared = (lines: [string, number, number][], amount: number) => filled(lines).share(amount)

/** Cents as a text: `1,234.56`. */
export const formatMoney = (cents: number): string => {
  const [whole, part] = (Math.abs(cents) / 100).toFixed(2).split('.')
  return `${cents < 0 ? '-' : ''}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${part}`
}

export const money = (amounts: number[]) => amounts.map(formatMoney)
