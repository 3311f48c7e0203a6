//: shorten("abcdef")
//: shorten([1, 2, 3, 4])
//: has("abc", "b")
//: has(["a"], "b")
export function shorten(value) {
  return value.slice(1, 3)
}
export function has(value, item) {
  return value.includes(item) ? value.length : value.indexOf(item)
}
