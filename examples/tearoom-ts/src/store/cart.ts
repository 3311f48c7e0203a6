import Taro from '@tarojs/taro'
import { Key, Topic } from '@/constants'
import type { Line, Tea } from '@/types'
import { formatMoney, percentOf } from '@/utils/money'

/** How many of a tea go into a cart. */
const MOST = 20

/** From how many cents on there is a discount, and how many percent; the most first. */
const DISCOUNTS: [number, number][] = [
  [10000, 10],
  [5000, 5],
]

let kept: Line[] | null = null

/** What is in the cart: at first, what was in it when the app was last used. */
function lines(): Line[] {
  if (kept === null) kept = (Taro.getStorageSync(Key.Cart) || []) as Line[]
  return kept
}

/** Adds so many of a tea; how many there are then. */
export function add(tea: Tea, count = 1): number {
  const most = Math.min(MOST, tea.stock ?? MOST)
  const line = lines().find((each) => each.tea.id === tea.id)
  const wanted = (line?.count ?? 0) + count
  if (wanted > most) Taro.showToast({ title: `only ${most} of ${tea.name}`, icon: 'none' })
  const found = Math.min(wanted, most)
  if (line) line.count = found
  else lines().push({ tea, count: found })
  change(lines())
  return found
}

export function remove(id: string): void {
  change(lines().filter((line) => line.tea.id !== id))
}

export function clear(): void {
  change([])
}

/** What the cart comes to, in cents. */
export function total() {
  const sum = lines().reduce((cents, { tea, count }) => cents + tea.price * count, 0)
  const [, percent] = DISCOUNTS.find(([from]) => sum >= from) ?? [0, 0]
  const discount = percentOf(sum, percent)
  return { sum, discount, total: sum - discount, text: formatMoney(sum - discount) }
}

/** The cart as an order has it. */
export function items(): { id: string; count: number }[] {
  return lines().map(({ tea: { id }, count }) => ({ id, count }))
}

function change(next: Line[]): void {
  kept = next
  Taro.setStorageSync(Key.Cart, next)
  const count = next.reduce((sum, line) => sum + line.count, 0)
  Taro.eventCenter.trigger(Topic.CartChanged, count)
}
