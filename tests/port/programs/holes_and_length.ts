//: run()
//: goneThrough(3)
export function run() {
  const list = [1, 2, 3]
  list.length = 1
  list[3] = 4
  const seen: any[] = []
  list.forEach((each, index) => seen.push(index))
  return [list.length, seen, list.map((each) => each * 2).length, list.join('-'), new Array(3).fill(0), Array.from({ length: 2 }, (_, i) => i)]
}
export function goneThrough(count: number) {
  let turns = 0
  for (const slot of new Array(count)) if (slot === undefined) turns++
  const given = ((...all: any[]) => all.map((each) => each === undefined))(...Array(count))
  const holed = [...[, 1]].map((each) => each === undefined)
  return [turns, given, holed, [...Array(count)].map((_, i) => i * 2), ['a', ...new Array(1)].map((each) => each === undefined)]
}
