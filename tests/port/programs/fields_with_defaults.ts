//: run({})
//: run({"title": null, "size": 0, "on": false})
//: run({"title": "a", "size": 3, "on": true, "tags": ["x"], "keys": 1, "length": 9})
//: nested({"outer": {}})
//: nested({"outer": {"inner": null}})
//: nested({})
const FALLBACK = 'none'

export function run(options: any) {
  const { title = FALLBACK, size = 1, on = true, tags = [], keys = 'k', length = 4 } = options
  return [title, size, on, tags, keys, length]
}

export function nested({ outer = {} }: any) {
  const { inner = 'in', ...rest } = outer
  return [inner, rest]
}
