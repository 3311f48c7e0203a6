//: found([{"id": 1, "kind": 0}, {"id": "1", "kind": 1}], 1)
//: found([{"id": true, "kind": 0}], "1")
//: found([{"id": null, "kind": "0"}], null)
//: open({"done": false, "state": 0})
//: open({"done": 0, "state": 1})
//: open({"done": true, "state": "1"})
//: open({})
//: any_two(true, 1)
//: any_two(1, 1)
//: inside([[0, 1]], 0)
//: inside([[false]], 0)
interface Shown {
  checked?: boolean
}
export function found(list: any[], id: any) {
  return list.map((each) => [each.id === id, each.id !== id, each.kind === 0, each.kind !== 1])
}
export function open(task: any) {
  const other: any = { done: !task.state }
  const shown: any = { checked: 1 } as Shown
  return [task.done === 0, task.done === other.done, task.state === 1, shown.checked === 1, task.more === other.more]
}
export function any_two(one: any, other: any) {
  return one === other
}
export function inside(rows: any[], value: any) {
  return rows.map((row) => row[0] === value)
}
