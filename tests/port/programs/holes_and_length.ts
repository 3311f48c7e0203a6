//: run()
export function run() {
  const list = [1, 2, 3]
  list.length = 1
  list[3] = 4
  const seen: any[] = []
  list.forEach((each, index) => seen.push(index))
  return [list.length, seen, list.map((each) => each * 2).length, list.join('-'), new Array(3).fill(0), Array.from({ length: 2 }, (_, i) => i)]
}
