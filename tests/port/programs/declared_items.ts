//: listed(3)
//: spread()
//: of_many()
interface Line {
  id: string
  count: number
  note?: string
}

interface Cart {
  items: Line[]
  total: number
}

export function listed(count: number) {
  const lines: Line[] = []
  for (let i = 0; i < count; i++) lines.push({ id: `p${i}`, count: i })
  lines.unshift({ id: 'first', count: 9, note: 'new' })
  return JSON.stringify(lines)
}

export function spread() {
  const base: Line = { id: 'a', count: 1 }
  const lines: Line[] = [{ ...base, count: 2 }]
  lines.push({ ...base, note: 'b' })
  lines.push({ id: 'z', ...base })
  const cart: Cart = { items: lines, total: lines.length }
  return [JSON.stringify(cart), cart.items.length, Object.keys(cart)]
}

export function of_many() {
  const groups: Record<string, Line[]> = {}
  for (const id of ['a', 'b', 'a']) {
    if (!groups[id]) groups[id] = []
    groups[id].push({ id, count: groups[id].length })
  }
  return [Object.keys(groups), groups.a.map((line) => line.count), groups['b'].push({ id: 'b', count: 1 })]
}
