//: remainders(7)
//: fewer(3)
//: added(["a", "b"])
//: added([])
//: frozen()
//: parts("a,b,,c")
//: parts("")
//: parts("👍,👍")
//: best([{"id": 2, "total": 5}, {"id": 1, "total": 5}, {"id": 3, "total": 9}])
//: fixed([1.005, 8.345, 2.5, 0.125, 1.45, -1.5, -0.0000001, 1234.5678, 0, 5, 100000000000000000000])
//: padded(["7", "123", "é", "12345"])
//: grown()
//: striped(5)
//: striped(0)
interface Order {
  id: number
  total: number
}
// what counts up from zero has the remainders that Python has; what may be below zero has not
export function remainders(count: number): number[] {
  const found: number[] = []
  for (let i = 0; i < 5; i++) {
    found.push((i * 7) % 3, (i + 1) % 2, (i - 3) % 2)
  }
  for (let i = -2; i < 2; i++) found.push(i % 2)
  found.push(count % 4, -count % 4)
  return found
}
export function fewer(first: number): number[] {
  const found: number[] = []
  let left = found.length
  left -= 3
  found.push(left % 2, first % 2)
  const none = found.length - 5
  found.push(none % 3)
  return found
}
export function added(names: string[]): any[] {
  const all: string[] = ['first']
  const lengths: number[] = []
  names.forEach((name) => all.push(name))
  for (const name of names) {
    all.push(name + '!')
    lengths.push(all.push('?'))
  }
  all.push(...names)
  all.push(...all)
  all.push(...'xy', 'z')
  all.push()
  return [all, lengths]
}
export function frozen(): string {
  const few: readonly number[] = Object.freeze([1])
  try {
    ;(few as number[]).push(2)
    return 'pushed'
  } catch (error) {
    return `${few.length}`
  }
}
export function parts(text: string): any[] {
  const found: string[] = text.split(',')
  const first = text.split(',')[0]
  const [one, two = 'none'] = text.split(', ')
  return [found, found.length, first, one, two, found[0].length, text.split(',', 1)]
}
export function best(orders: Order[]): number[] {
  return [...orders].sort((a, b) => b.total - a.total || a.id - b.id).map((order) => order.id)
}
export function fixed(amounts: number[]): string[][] {
  return amounts.map((amount) => [amount.toFixed(2), amount.toFixed(), amount.toFixed(1)])
}
export function padded(texts: string[]): string[] {
  const found: string[] = []
  for (const text of texts) {
    found.push(text.padStart(3, '0'), text.padEnd(3, '·'), text.padStart(4, 'ab'), text.padEnd(5, '👍'), text.padStart(-1))
  }
  return found
}
export function grown(): any[] {
  const map = new Map<string, number>([['a', 1], ['b', 2]])
  const seen: string[] = []
  map.forEach((value, key) => {
    seen.push(`${key}${value}`)
    if (key === 'a') {
      map.delete('b')
      map.set('c', 3)
      map.delete('a')
      map.set('a', 4)
    }
    if (seen.length > 5) map.clear()
  })
  return [seen, [...map.keys()]]
}
// a counter that is only counted up, as far as somebody else says
export function striped(count: number): string[] {
  const rows: string[] = []
  let odd = 0
  let down = 3
  for (let i = 0; i < count; i++) {
    rows.push(`${i % 2 === 0 ? 'even' : 'odd'} ${(i * 5) % 7} ${down % 2}`)
    if (i % 2) odd++
    down--
    down--
  }
  let from = odd
  from -= 9
  return [...rows, `${odd % 2} ${from % 2}`]
}
