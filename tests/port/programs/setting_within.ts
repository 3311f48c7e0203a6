//: calls()
//: orders()
//: logical()
//: loops()
//: chains()
//: missing()
//: found()
const seen: any[] = []
const note = (...values: any[]) => { seen.push(...values); return values.length }
class Pager {
  current = 1
  left = 3
  total = 0
  last: any = null
  cache: Record<string, number[]> = {}
  load(page: number, size = 10) { note(page, size); return page }
  next() { return this.load(this.current++) }
  previous() { return this.load(--this.current, 5) }
  both() { return [this.current++, this.current, ++this.current] }
  keep(value: any) { return note(this.last = value) }
  drain() { let n = 0; while (this.left-- > 0) n += 1; return [n, this.left] }
  grow(by: number) { return note(this.total += by, this.total) }
  of(key: string) { return this.cache[key] || (this.cache[key] = [key.length]) }
}
export function calls() {
  const pager = new Pager()
  return [pager.next(), pager.next(), pager.previous(), pager.both(), pager.keep('a'), pager.grow(2), pager.of('ab'), pager.of('ab'), pager.cache, pager, seen.splice(0)]
}
export function orders() {
  const o: any = { n: 1, list: [1, 2, 3] }
  let i = 0
  const log: any[] = []
  const say = (v: any) => { log.push(v, o.n); return v }
  const a = [say('x'), o.n++, say('y'), ++o.n]
  const b = say(o.n) + o.n++
  const c = o.list[i++] + o.list[i++]
  const d = { n: o.n, page: o.n++, after: o.n }
  const e = `${o.n++}-${o.n}`
  const f = o.n > 100 ? o.n++ : o.list[0]++
  const g = (o.x = say('z')) + (o.y = o.x)
  return [a, b, c, d, e, f, g, o, i, log]
}
export function logical() {
  const o: any = { a: null, b: 0, c: 'c' }
  const made: string[] = []
  const make = (v: string) => { made.push(v); return v }
  const r = [o.a ??= make('1'), o.b ||= make('2'), o.c &&= make('3'), o.a ??= make('4'), o.d ??= make('5')]
  const ready = !!o.a && (o.e = make('6'))
  return [r, o, made, ready]
}
export function loops() {
  const queue = { items: [3, 2, 1], at: 0 }
  const out: number[] = []
  let item
  while ((item = queue.items[queue.at++])) out.push(item)
  for (let o = { n: 0 }; o.n++ < 3;) out.push(o.n)
  do { out.push(queue.at) } while (--queue.at > 2)
  return [out, queue]
}
export function chains() {
  const o: any = { n: 0, inner: {} }
  const get = () => { o.n++; return o.inner }
  get().a = get().b = get().c = 5
  get().a += 2
  get().b++
  get().list ??= []
  get().list[0 * o.n++] = 1
  return [o, (get().d = 4) + 1]
}
export function missing() {
  const o: any = { z: null }
  return [String([note(), o.n++, o.z++, ++o.m]), Number.isNaN(o.n), o.z]
}
export function found() {
  const table: any = { a: { n: 1 }, b: { n: 5 } }
  const keys = ['a', 'b']
  const next = () => keys.shift() as string
  const out = [table[next()].n++, (table[next()].n = 9)]
  return [out, table]
}
