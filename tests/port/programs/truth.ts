//: kind(0)
//: kind("")
//: kind([])
//: kind({})
//: kind("0")
//: kind(null)
//: count("x")
//: count("3")
export function kind(value: any) {
  if (!value) return 'no'
  return value && !!value ? 'yes' : 'never'
}
export function count(text: string) {
  const n = Number(text)
  if (n) return 'number'
  return n || 'nothing'
}
