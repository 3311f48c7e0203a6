//: build("x", 1)
//: merge({"a": 1, "b": 2}, {"b": 3})
//: drop({"a": 1, "b": 2})
export function build(key: string, value: number) {
  const name = 'n'
  return { name, [key]: value, 'content-type': 'json', class: 'c', 1: 'one', nested: { list: [value] } }
}
export const merge = (a: object, b: object) => ({ ...a, extra: true, ...b, last: 1 })
export function drop(value: any) {
  delete value.a
  return [value, 'a' in value, 'b' in value, value.hasOwnProperty('b'), Object.keys(value)]
}
