//: total({"id": "7", "items": [{"id": "a", "price": 2, "count": 3}], "extra": 1})
//: describe({"id": "7", "items": [], "note": "gift"}, "loud")
//: describe({"id": "8", "items": []}, "quiet")
//: pageOf([{"id": "a", "price": 1, "count": 1}], 2)
//: run()
//: firstOf([3, 4])
//: firstOf([])
//: keysOf({"b": 1, "a": 2})
/** What has a number. */
interface Identified { readonly id: string }
interface Priced extends Identified {
  /** In cents. */
  price: number
}
interface Item extends Priced {
  count: number // how many
}
interface Order extends Identified {
  items: Item[]
  note?: string
  parent?: Order
  'content-type'?: string
  str?: string
  [extra: string]: any
}
type Tone = 'quiet' | 'loud'
type Id = string | number
type Visit = (item: Item, index: number) => void
type Counted = Identified & { count: number }
type Later<T> = T extends Promise<infer U> ? U : T
interface Page<T> { list: T[]; total: number; next: Page<T> | null }
type Options = { tone?: Tone; visit?: Visit; prices: Record<string, number> }

export function total(order: Order): number {
  let sum = 0
  order.items.forEach((item) => {
    sum += item.price * item.count
  })
  return sum
}
export function describe({ id, note = 'none' }: Order, tone: Tone): string {
  const text = `${id}: ${note}`
  return tone === 'loud' ? text.toUpperCase() : text
}
export function pageOf(list: Item[], total: number): Page<Item> {
  const page: Page<Item> = { list, total, next: null }
  page.next = { ...page, total: total - 1, next: null }
  return page
}
async function load(id: Id, options?: Options): Promise<Counted> {
  await Promise.resolve()
  options?.visit?.({ id: String(id), price: 1, count: 2 }, 0)
  return { id: String(id), count: options?.prices[id] ?? 0 }
}
function again(id: Id): Promise<Counted> {
  return load(id, { prices: { [id]: 5 } })
}
export async function run() {
  const seen: string[] = []
  const visit: Visit = (item, index) => {
    seen.push(`${index}${item.id}`)
  }
  const one = await load(1, { visit, prices: {} })
  const two: Later<Promise<Counted>> = await again('x')
  return [one.count + two.count, seen, one.id]
}
export function firstOf<T>(list: T[], otherwise?: T): T | undefined {
  return list.length ? list[0] : otherwise
}
export function keysOf<T extends object>(value: T) {
  return Object.keys(value).sort()
}
