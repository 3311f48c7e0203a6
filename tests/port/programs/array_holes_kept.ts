//: kept()
//: made(3)
//: deleted()
//: negative()
//: counted([1, 0])
export function kept() {
  const list = [1, , 3]
  const seen: any[] = []
  list.forEach((each, index) => seen.push(index))
  for (const each of list) seen.push(each === undefined)
  const [, second = 'default'] = list as any[]
  const copy = [...list]
  return [seen, second, 1 in list, 1 in copy, list.map((each) => each! * 2).length, Object.keys(list.concat([4])), list.filter(() => true)]
}

export function made(count: number) {
  const rows = new Array(count)
  let turns = 0
  rows.forEach(() => turns++)
  const mapped = rows.map(() => 1)
  rows[1] = 'row'
  return [turns, 0 in mapped, mapped.length, [...rows].map((each) => each === undefined), Object.keys(rows), rows.fill(0)]
}

export function deleted() {
  const list = [3, 2, 1]
  delete list[0]
  list.sort()
  const last = list[2] === undefined
  list.length = 5
  return [last, list.length, 2 in list, [...list.keys()].length, list.slice(1).map((each) => each).length, list.some((each) => each === undefined)]
}

export function negative() {
  const list: any = ['a', 'b']
  const place = list.indexOf('z')
  list[place] = 'lost'
  list[-2] ||= 'kept'
  ;[list[0], list[place]] = [list[place], list[0]]
  return [list, list.length, list[-1], list['-1'], list[-2], Object.keys(list)]
}

export function counted(list: number[]) {
  list[list.length] = 2
  list[list.length + 1] = 3
  let turns = 0
  list.forEach(() => turns++)
  return [turns, list.length]
}
