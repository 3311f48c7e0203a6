//: run(1, {"a": 1})
export function run(n: number, { a, b = a }: any) {
  n += 1
  a += n
  const add = () => { n++; b++ }
  add()
  return [n, a, b]
}
