//: run("héllo", [1, 2], "👍")
//: unknown("👍")
//: unknown([1])
export function run(text: string, list: any[], thumb: string) {
  return [text.length, list.length, thumb.length, [...thumb].length, text.length > 3 && !!list.length]
}
export function unknown(value) {
  return value.length
}
