//: run()
//: early()
//: steps()
//: arrays()
//: methods()
//: thrown()
const log: string[] = []
const later = <T>(value: T) => new Promise<T>(resolve => setTimeout(() => resolve(value), 1))
async function* pages(most: number) {
  log.push('begin')
  try {
    for (let page = 1; page <= most; page++) yield await later(page * 10)
  } finally {
    log.push('end')
  }
}
export async function run() {
  log.length = 0
  const seen: any[] = []
  const values = pages(3)
  log.push('made')
  for await (const page of values) { if (page === 20) continue; seen.push(page) }
  return [seen, [...log]]
}
export async function early() {
  log.length = 0
  const first = async () => { for await (const page of pages(5)) { if (page > 10) return page } return null }
  const found = await first()
  outer: for (const n of [1, 2]) {
    for await (const page of pages(n)) { if (page === 20) break outer; log.push(`${n}:${page}`) }
  }
  return [found, log]
}
export async function steps() {
  async function* talk(): AsyncGenerator<string, void, string> {
    const name = yield 'who?'
    const more = yield Promise.resolve(`hi ${name}`)
    yield* [more, 'x']
    yield* pages(2) as any
  }
  const it: any = talk()
  const all = [await it.next('lost'), await it.next('Ada'), await it.next('more'), await it.next(), await it.next(), await it.return('out'), await it.next()]
  const both = pages(2)
  const [a, b, c] = await Promise.all([both.next(), both.next(), both.next()])
  return [all, a, b, c]
}
export async function arrays() {
  const seen: any[] = []
  for await (const value of [later('a'), 'b', Promise.resolve('c')]) seen.push(value)
  for await (const { n, rest: [first] } of [{ n: 1, rest: [2] }]) seen.push(n, first)
  return seen
}
class Feed {
  constructor(private most: number) {}
  async *items() { let n = 0; while (n < this.most) { yield { id: n++ } } }
  async all() { const found = []; for await (const item of this.items()) found.push(item.id); return found }
}
const lists = { async *twice(value: string) { yield value; yield value.toUpperCase() } }
const empty = async function* () {}
export async function methods() {
  const out: any[] = [await new Feed(3).all()]
  for await (const text of lists.twice('a')) out.push(text)
  for await (const none of empty()) out.push(none)
  return out
}
export async function thrown() {
  async function* bad() { yield 1; throw new RangeError('no more') }
  const seen: any[] = []
  try { for await (const n of bad()) seen.push(n) } catch (error: any) { seen.push(error.message) }
  const it = bad()
  await it.next()
  return [seen, await it.throw('mine').catch((error: any) => error), await it.next()]
}
