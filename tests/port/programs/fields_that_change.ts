//: run("b")
//: table("ok")
//: table("no")
const state: any = { count: 0, name: 'a', nested: { depth: 1 }, list: [1] }
const CODES = { ok: 200, no: 404, flag: 1, zero: 0 }
const filled: any = { one: 1 }
const words: any[] = ['a', 'b']

function change(other: any, key: string) {
  other.count = `${other.count}1`
  other[key] = 'by key'
  state.nested.depth = 'deep'
  filled[key] = 'text'
  filled.one = filled.one + 1
  words.push(3)
  state.list.push('x')
}

export function run(key: string) {
  change(state, key)
  const first = [state.count + 1, state.nested.depth + 1, `${filled.one} ${filled[key]}`]
  const sums = words.map(word => word + 1)
  const lists = state.list.map((each: any) => each + 1)
  const copy = { ...CODES }
  copy.ok += 0.5
  return [...first, ...sums, ...lists, copy.ok, `${copy.ok}`]
}

export function table(name: 'ok' | 'no') {
  const value: any = CODES[name]
  const one: any = true
  const nought: any = false
  return [value === CODES.ok, value === CODES.no, one === CODES.flag, nought === CODES.zero, 1 === CODES.flag, 100 / CODES.ok]
}
