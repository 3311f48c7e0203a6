//: run()
export function run() {
  const list = [1, 2]
  const type = 't'
  const id = list.map((len) => len + 1)
  const from = { in: 1, is: 2, not: 3, None: 4 }
  const print = (str: string) => str + type
  return [id, print('x'), from.in + from.is, from['not'], from.None]
}
