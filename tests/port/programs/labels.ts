//: rows([[1, 2], [3, -1, 4], [5, 0, 6], [7]])
//: deep()
//: switches([1, 2, 3, 4, 5, 6])
//: blocks(1)
//: blocks(5)
//: dos()
//: search([[1, 2], [3, 4]], 3)
//: search([[1, 2], [3, 4]], 9)
//: mixed(["a", "b", "c", "d", "e"])
export function rows(table: number[][]) {
  const seen: number[] = []
  outer: for (const row of table) {
    for (const cell of row) {
      if (cell < 0) continue outer
      if (cell === 0) break outer
      seen.push(cell)
    }
    seen.push(100)
  }
  return seen
}
export function deep() {
  const seen: string[] = []
  a: for (let i = 0; i < 4; i++) {
    b: for (let j = 0; j < 4; j += 2) {
      let k = 0
      while (true) {
        k++
        if (k > 3) continue b
        if (j === 2 && k === 2 && i === 1) continue a
        if (i === 3 && k === 2) break a
        try {
          if (i === 2) break b
        } finally {
          seen.push(`f${i}${j}${k}`)
        }
      }
    }
    seen.push(`e${i}`)
  }
  return seen
}
export function switches(codes: number[]) {
  const seen: string[] = []
  loop: for (const code of codes) {
    switch (code) {
      case 1:
        if (codes.length > 3) { seen.push('one'); break }
        seen.push('never')
        break
      case 2:
        continue
      case 3:
        if (codes.length > 3) continue loop
        break
      case 4:
        for (const other of codes) { if (other > 2) { seen.push(`four ${other}`); continue loop } }
        break
      case 6:
        break loop
      default:
        seen.push(`other ${code}`)
    }
    seen.push(`end ${code}`)
  }
  return seen
}
export function blocks(n: number) {
  const seen: string[] = ['start']
  check: {
    if (n > 3) break check
    for (const i of [1, 2, 3]) { if (i === n) { seen.push('found'); break check } else continue }
    seen.push('none')
  }
  seen.push('end')
  return seen
}
export function dos() {
  const seen: number[] = []
  let i = 0
  turn: do {
    i++
    for (let j = 0; ; j++) {
      if (j === i) continue turn
      if (i === 4) break turn
      seen.push(i * 10 + j)
    }
  } while (i < 6)
  return [seen, i]
}
export function search(table: number[][], wanted: number) {
  let found: [number, number] | null = null
  search: for (let y = 0; y < table.length; y++)
    for (let x = 0; x < table[y].length; x++)
      if (table[y][x] === wanted) { found = [x, y]; break search }
  return found
}
export function mixed(names: string[]) {
  const seen: string[] = []
  for (const name of names) {
    switch (name) {
      case 'b': if (seen.length) { continue } break
      case 'c': if (seen.length > 5) break; seen.push('c!'); continue
      case 'd': { if (!seen.length) return 'never'; break }
    }
    seen.push(name)
  }
  return seen
}
