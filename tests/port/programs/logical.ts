//: choose(null, "b")
//: choose(0, "b")
//: choose("a", "b")
//: nested({"a": {"b": 0}})
//: nested({})
export function choose(a: any, b: any) {
  return { or: a || b, and: a && b, coalesced: a ?? b }
}
export function nested(value: any) {
  return (value.a && value.a.b) ?? 'none'
}
