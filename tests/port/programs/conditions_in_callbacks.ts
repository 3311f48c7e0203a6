//: run([1, 2, 3, 4])
export function run(list: number[]) {
  let found
  list.some((each) => {
    if (each % 2 === 0) {
      found = each
      return true
    }
  })
  const kinds = list.map((each) => {
    if (each > 3) return 'big'
    switch (each) {
      case 1: return 'one'
      case 2: return 'two'
    }
  })
  return [found, kinds.map((kind) => kind ?? 'none')]
}
