//: group([{"type": "a", "n": 1}, {"type": "b", "n": 2}, {"type": "a", "n": 3}])
interface Row { type: string; n: number }
export function group(rows: Row[]) {
  return rows.reduce((groups: Record<string, number[]>, row) => {
    if (!groups[row.type]) {
      groups[row.type] = []
    }
    groups[row.type].push(row.n)
    return groups
  }, {})
}
