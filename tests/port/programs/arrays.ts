//: work([3, 1, 2])
//: work([])
export function work(values: number[]) {
  const copy = [...values, 9]
  copy.push(4)
  copy.sort((a, b) => a - b)
  const [first] = copy
  return {
    copy, first, last: copy[copy.length - 1], none: copy[99] ?? null, found: copy.find((each) => each > 3) ?? null,
    at: copy.findIndex((each) => each === 9), some: copy.some((each) => each > 100), joined: copy.join('-'),
    sliced: copy.slice(1, -1), mapped: copy.map((each, index) => each * index), total: copy.reduce((a, b) => a + b),
  }
}
