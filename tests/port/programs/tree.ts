//: run([{"id": 1, "parent": 0}, {"id": 2, "parent": 1}, {"id": 3, "parent": 1}])
interface Node { id: number; parent: number; children?: Node[] }
export function build(rows: Node[], parent = 0): Node[] {
  return rows
    .filter((row) => row.parent === parent)
    .map((row) => ({ ...row, children: build(rows, row.id) }))
}
export const run = (rows: Node[]) => build(rows)
