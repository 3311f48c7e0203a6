//: run()
//: methods()
export function run() {
  const log: string[] = []
  const say = (text: string) => { log.push(text); return text }
  const o: any = {}
  let i = 0
  const list: any[] = [9, 9, 9]
  o[say('key')] = say('value')
  list[i++] = i
  list[i++] = list[i]
  const at = () => { log.push('at'); return o }
  at()[say('k2')] = say('v2')
  return [log, o, list, i]
}
const counter = {
  n: 1,
  add() {
    const inner = { get: () => this.n }
    const plain = { n: 5, twice() { return this.n * 2 } }
    this.n++
    return [inner.get(), plain.twice()]
  },
  last() {
    return this.n
  },
}
export const methods = () => [counter.add(), counter.last()]
