//: fill({"a": 0, "b": null, "c": 1})
export function fill(o: any) {
  o.a ||= 5
  o.b ??= 6
  o.c &&= 7
  let x = null
  x ??= o.a
  return { ...o, x }
}
