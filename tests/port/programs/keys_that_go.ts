//: left({"a": 1, "b": 2, "c": 3})
//: added()
//: dropped({"a": "b", "b": "a", "c": "c"})
//: ofList()
//: ofInstance()
export function left(table: any) {
  const seen: string[] = []
  for (const key in table) {
    seen.push(key)
    if (key === 'a') delete table.b
  }
  return [seen, table]
}

export function added() {
  const table: any = { a: 1 }
  const seen: string[] = []
  for (const key in table) {
    seen.push(key)
    table[key + key] = 2
    delete table[key]
    table[key] = 3
  }
  return [seen, table]
}

export function dropped(table: any) {
  const drop = (key: string) => delete table[key]
  const seen: string[] = []
  for (const key in table) {
    seen.push(key)
    drop(table[key])
  }
  return seen
}

export function ofList() {
  const list = [1, 2, 3]
  const seen: string[] = []
  for (const place in list) {
    seen.push(place)
    list.length = 2
  }
  return seen
}

class Point {
  x = 1
  y? = 2
  z = 3
}

export function ofInstance() {
  const point = new Point()
  const seen: string[] = []
  for (const key in point) {
    seen.push(key)
    delete point.y
  }
  return seen
}
