//: sums([{"name": "a", "price": 2.5, "count": 2}, {"name": "b", "price": 1, "count": 3}])
//: sums([])
//: texts([{"name": "a", "price": 2, "count": 2}, {"name": "b", "price": 1, "count": 3}])
//: mixed([1, "2", 3])
//: sorted([{"name": "b", "price": 2, "count": 1}, {"name": "a", "price": 2, "count": 3}, {"name": "c", "price": 5, "count": 0}])
//: byOther([{"name": "b", "price": 2, "count": 1}, {"name": "a", "price": 1, "count": 3}])
//: anything()
//: pairs("a=1&b&c=2=3&=4&")
//: letters("a,👍,")
//: padded(7)
//: halves(7)
//: padded(-12.5)
//: told()
//: spread({"b": 1, "2": 2, "a": 3}, {"a": 4, "1": 5})
interface Line {
  name: string
  price: number
  count: number
}
export function sums(lines: Line[]): any[] {
  const total = lines.reduce((sum, line) => sum + line.price * line.count, 0)
  const least = lines.reduce((found, line) => (line.count < found ? line.count : found), 99.5)
  const backwards = lines.reduceRight((sum, line, index) => sum - line.count * index, 1)
  return [total, least, backwards, lines.reduce((sum, { count }) => sum + count, 0)]
}
export function texts(lines: Line[]): any[] {
  const joined = lines.reduce((all, line) => all + line.name, '')
  const other = lines.reduce((all, line) => `${all}${line.name}`, '')
  return [joined, other]
}
export function mixed(values: any[]): any[] {
  return [values.reduce((sum, value) => sum + value, 0), values.reduce((sum, value) => sum + value)]
}
export function sorted(lines: Line[]): any[] {
  const names = (all: Line[]) => all.map((line) => line.name)
  const rising = names([...lines].sort((a, b) => a.count - b.count))
  const falling = names(lines.slice().sort((one, other) => other.price - one.price || (one.count - other.count)))
  const before = names(lines)
  lines.sort((x, y) => y.count - x.count)
  return [rising, falling, before, names(lines)]
}
// comparators that are no difference of one field
export function byOther(lines: Line[]): any[] {
  const least = 1
  return [
    [...lines].sort((a, b) => a.price - b.count).length,
    [...lines].sort((a, b) => a.name.length - b.name.length)[0].name,
    [...lines].sort((a, b) => a.price - least).length,
    [...lines].sort((a, b) => (a.name < b.name ? -1 : 1)).map((line) => line.name),
  ]
}
export function anything(): any[] {
  const lines: any[] = [{ n: 2 }, { n: 1 }]
  lines.sort((a, b) => a.n - b.n)
  const rows: { n: number }[] = [{ n: 3 }, { n: 1 }, { n: 2 }]
  rows.sort((a, b) => a.n - b.n).push({ n: 0 })
  return [lines.map((line) => line.n), rows.map((row) => row.n)]
}
export function pairs(text: string): any[] {
  const found: any[] = []
  for (const part of text.split('&')) {
    const [key, value = 'none', rest = []] = part.split('=')
    found.push([key, value, rest])
  }
  const [first, second = first] = text.split('&')
  return [found, first, second]
}
export function letters(text: string): any[] {
  const found: string[] = []
  for (const part of text.split(',')) found.push(part + '.')
  const [one, , three] = text.split(',')
  const all = [...text.split(','), 'end']
  return [found, one, three, all.length, all]
}
export function padded(amount: number): string[] {
  return [
    String(amount).padStart(4, '0'), amount.toFixed(1).padEnd(7, '-'), amount.toString().padStart(3, '👍'),
    String(amount).padStart(8, 'ab'), String(amount).padStart(6), amount.toString().padStart(1, '0'),
  ]
}
export function halves(count: number): number[] {
  const found: number[] = []
  for (let i = 0; i < 6; i++) {
    found.push(Math.floor(i / 2), Math.floor((i * 3 + 1) / 4), Math.trunc(i / 3), Math.floor((i - 3) / 2), Math.floor(i / 0.5))
  }
  found.push(Math.floor(found.length / 7), Math.floor(count / 2), Math.floor(-count / 2), Math.floor(found.length / 0))
  return found
}
type Listener = (value: number, name: string) => void
class Emitter {
  private listeners: Listener[] = []
  private times = 0
  on(listener: Listener): number {
    return this.listeners.push(listener)
  }
  emit(value: number): number {
    this.listeners.forEach((listener) => listener(value, `no. ${value}`))
    this.times += 1
    return this.listeners.length
  }
  emitTwice(value: number): number {
    return this.emit(value) + this.emit(value + 1)
  }
}
export function told(): any[] {
  const emitter = new Emitter()
  const names: string[] = []
  let sum = 0
  let count = 0
  emitter.on((value) => {
    sum += value * 2
  })
  emitter.on((value, name) => {
    names.push(name + value)
    sum += value
  })
  count += emitter.emit(3) + emitter.emitTwice(0.5)
  return [sum, count, names]
}
export function spread(one: any, other: any): any[] {
  const copy = { ...one }
  const both = { ...one, ...other }
  const more = { ...one, a: 0, c: { ...other } }
  return [Object.keys(copy), Object.entries(both), Object.keys(more), copy === one, more.c]
}
