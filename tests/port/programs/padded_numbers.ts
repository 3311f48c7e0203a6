//: formatted(0)
//: formatted(7)
//: formatted(12)
//: formatted("3")
//: untyped(5)
//: untyped(10)
//: time("2024-03-04T05:06:07Z")
//: chosen("get", "/a")
const formatNumber = (n: number | string) => {
  n = n.toString()
  return n[1] ? n : `0${n}`
}
const pad = (n) => {
  n = n.toString()
  return n[1] ? n : '0' + n
}
export const formatted = (n: number | string) => formatNumber(n)
export const untyped = (n: any) => pad(n)
export function time(text: string) {
  const date = new Date(text)
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(formatNumber).join('-')
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(pad).join(':')}`
}
export function chosen(method: string, url: string) {
  const found = { url, method: method.toUpperCase() as 'GET' | 'POST' }
  return `${found.method} ${found.url}`
}
