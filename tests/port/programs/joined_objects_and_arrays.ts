//: reduced("add", "x")
//: reduced("rename", "n")
//: reduced("other", 1)
//: both({"a": 1, "2": "two", "1": "one"}, {"a": 2, "items": [1]})
//: first_fields({"a": 1, "z": 0})
//: unknown(null)
//: unknown({"a": 1})
//: lists(["a"], ["b", "c"])
//: holes()
//: own()
interface State {
  name: string
  list: string[]
  more?: { deep: { list: number[] } }
}
const initial: State = { name: 'none', list: [] }

function reduce(state: State = initial, action: any): State {
  switch (action.type) {
    case 'add':
      return { ...state, list: [...state.list, action.payload] }
    case 'rename':
      return { ...state, name: action.payload, more: { deep: { list: [1, 2] } } }
    default:
      return state
  }
}

export function reduced(type: string, payload: any) {
  const before = reduce(undefined, { type: 'start' })
  const after = reduce(before, { type, payload })
  const deep = after.more ? after.more.deep.list.map((each) => each + 1) : null
  return [before.list.length, after === before, after.name, after.list, deep, Object.keys(after)]
}

export function both(one: Record<string, any>, other: Record<string, any>) {
  const joined = { ...one, ...other, 'a-b': { c: [{ d: 1 }] }, b: 3 }
  return [Object.keys(joined), joined.a, joined['a-b'].c[0].d, joined.missing, joined === one, one.a]
}

export function first_fields(one: Record<string, any>) {
  return Object.entries({ a: 0, b: 1, ...one })
}

export function unknown(options: any) {
  return Object.keys({ ...options, x: 1 })
}

export function lists(one: string[], other: any[]) {
  const joined = [...one, 'x', ...other]
  joined.push('y')
  return [joined, one, joined.map((each) => each + '!').join(''), [...one, ...'ab'].length]
}

export function holes() {
  const sparse: any[] = []
  sparse[2] = 'c'
  const filled = [...sparse, 'd']
  let seen = 0
  filled.forEach(() => seen++)
  return [filled.length, seen, 0 in filled]
}

export function own() {
  const state = { count: 1, tags: ['a'] }
  const next = { ...state, count: state.count + 1 }
  return [next.count, next.tags === state.tags, { ...state, ...next, z: null }]
}
