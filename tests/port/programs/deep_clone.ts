//: run({"a": [1, {"b": 2}], "c": null, "d": "x"})
export function clone(value: any): any {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map((each) => clone(each))
  const copy: any = {}
  for (const key in value) {
    if (Object.prototype.hasOwnProperty.call(value, key)) copy[key] = clone(value[key])
  }
  return copy
}
export function run(value: any) {
  const copy = clone(value)
  return [copy, copy.a === value.a, copy.a[1] === value.a[1]]
}
