// Defaults hold for what is not given, and for undefined.
//: page(1)
//: page(2, 50)
//: scale(3)
//: scale(3, 4)
//: label()
export function page(number: number, size = 20) {
  return (number - 1) * size
}
export const scale = (value: number, factor: number = 2) => value * factor
export function label(text = 'none', list: string[] = []) {
  return text + list.length
}
