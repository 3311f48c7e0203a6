//: work(7, 2)
//: work(-7, 2)
//: work(1, 0)
//: shown(1.005)
//: bits(-1)
export function work(a: number, b: number) {
  return [a / b, a % b, a ** b, -a, a / 2, Math.floor(a / 2), Math.round(a / 2)]
}
export function shown(value: number) {
  return [value.toFixed(2), `${value * 2}`, String(value), value.toString(), (10).toString(2)]
}
export function bits(value: number) {
  return [value | 0, value >>> 0, value & 0xff, ~~3.7, 1 << 31, value >> 1]
}
