//: parse(["1", "2", "3"])
//: each(["10", "x"])
export const parse = (values: string[]) => values.map((each) => parseInt(each, 10))
export function each(values: string[]) {
  return values.map(Number)
}
