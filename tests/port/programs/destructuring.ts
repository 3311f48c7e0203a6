//: take({"data": {"list": [1, 2], "total": 9}, "code": 0})
//: take({"data": {"list": null}, "code": 1})
//: swap(1, 2)
//: pieces([1, 2, 3, 4])
//: pieces([])
export function take(res: any) {
  const { data: { list, total = 5 }, code, ...others } = res
  return { list, total, code, others }
}
export function swap(a: number, b: number) {
  ;[a, b] = [b, a]
  return [a, b]
}
export function pieces(values: number[]) {
  const [one, , three = 30, ...more] = values
  return { one, three, more }
}
