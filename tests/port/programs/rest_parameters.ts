//: total(1, 2, 3)
//: total()
//: tag("a", "b", "c")
export function total(...values: number[]) {
  return values.reduce((sum, each) => sum + each, 0)
}
export function tag(first: string, ...others: string[]) {
  return [first, others.length, others.map((each) => each.toUpperCase())]
}
