//: run([5, 6], {"a": 1, "b": 2}, "xy")
export function run(list: number[], table: any, text: string) {
  const found: any[] = []
  for (const item of list) found.push(item)
  for (const [key, value] of Object.entries(table)) found.push([key, value])
  for (const key in table) found.push(key)
  for (const index in list) found.push(index)
  for (const char of text) found.push(char)
  for (const { a } of [{ a: 1 }, { a: 2 }]) found.push(a)
  list.forEach((item, index) => found.push(item + index))
  return found
}
