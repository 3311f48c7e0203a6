//: sum(1, 2.5)
//: find(["a", "b"], "b")
//: find(["a"], "x")
//: late()
//: grow()
//: part({"id": 3, "tags": ["x"]})
//: swapped("a", 1)
//: shop()
type Pair<A, B> = [A, B]
let calls = 0
let pending: Promise<number> | null = null
const LIMIT = 3

export function sum(first: number, ...others: number[]): number {
  let found = 0
  for (const each of [first, ...others]) found += each
  return found
}
export function find(names: string[], name: string) {
  for (const each of names) {
    if (each === name) return { each }
  }
}
const once = (): Promise<number> => {
  if (!pending) pending = new Promise<number>((resolve) => setTimeout(() => resolve(++calls), 0))
  return pending
}
export async function late() {
  const both = await Promise.all([once(), once()])
  return both.map((each) => each + LIMIT)
}
export function grow() {
  const found = ['a']
  const seen = new Map<string, number>()
  const kept = new Set<string>()
  let last = null
  for (const each of found) {
    seen.set(each, (seen.get(each) ?? 0) + 0.5)
    kept.add(each)
    last = each
  }
  found.push('b')
  return [found, seen.get('a'), kept.size, last]
}
export function part({ id, tags = [] }: { id: number; tags?: string[] }): string {
  return `${id}${tags.join()}`
}
export function swapped<A, B>(a: A, b: B): Pair<B, A> {
  return [b, a]
}
class Shelf<T> {
  private items: T[] = []
  static opened = 0
  readonly name: string
  size?: number
  constructor(name: string, private readonly most = LIMIT) {
    this.name = name
    Shelf.opened++
  }
  put(item: T): this {
    if (this.items.length < this.most) this.items.push(item)
    this.size = this.items.length
    return this
  }
  get first(): T | undefined {
    return this.items[0]
  }
  async all(): Promise<T[]> {
    return this.items
  }
}
export async function shop() {
  const shelf = new Shelf<string>('tea', 2)
  shelf.put('a').put('b').put('c')
  return [shelf.first, await shelf.all(), shelf.size, shelf.name, Shelf.opened]
}
