//: run()
export function run() {
  let a = 1
  let b
  const c = (b = a + 1) * 2
  const d = a++ + ++a
  let x, y
  x = y = 5
  const o: any = {}
  o.p = o.q = x
  return [a, b, c, d, x, y, o]
}
