//: path("user", 7)
//: path("a{b}", 1.5)
//: quote("x")
//: sum(1, 2)
export const path = (name: string, id: number) => `/${name}/${id}?v=${id * 2}`
export function quote(text: string) {
  return `"${text}" it's {fine} \n ${['a', "b"].join("'")}`
}
export function sum(a: number, b: number) {
  return 'sum: ' + a + b + '; ' + (a + b)
}
