//: run([{"n": 2, "s": "b"}, {"n": 10, "s": "a"}, {"n": 1, "s": "b"}])
export function run(rows: any[]) {
  const numbers = rows.map((row) => row.n)
  return [
    [...numbers].sort(), [...numbers].sort((a, b) => b - a), rows.slice().sort((a, b) => (a.s > b.s ? 1 : a.s < b.s ? -1 : 0)).map((r) => r.n),
    numbers.reverse(), numbers,
  ]
}
