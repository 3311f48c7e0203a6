interface Line {
  id: string
  price: number
  count: number
  on: boolean
}

interface Totals {
  sum: number
  count: number
  dearest: string
}

export function totals(lines: Line[]): Totals {
  const chosen = lines.filter((line) => line.on)
  const sum = chosen.reduce((total, line) => total + line.price * line.count, 0)
  const count = chosen.reduce((total, line) => total + line.count, 0)
  let dearest = chosen[0]
  for (const line of chosen) {
    if (line.price > dearest.price) dearest = line
  }
  return { sum, count, dearest: dearest.id }
}

export function make(count: number): Line[] {
  const lines: Line[] = []
  for (let i = 0; i < count; i++) {
    lines.push({ id: `p${i}`, price: (i * 37) % 100, count: (i % 3) + 1, on: i % 4 !== 0 })
  }
  return lines
}

export function run(): Totals {
  return totals(make(40))
}
