//: run()
//: listed()
//: within(3)
//: methods()
let reads = 0
const store = {
  items: [1, 2, 3],
  get total() { reads++; return this.items.reduce((sum, each) => sum + each, 0) },
  set total(value: number) { this.items = [value] },
  get first() { return this.items[0] },
  set note(text: string) { this.items.push(text.length) },
  get 'other'() { return this.first + 1 },
}
export function run() {
  const before = [store.total, store.first, store.other]
  store.total = 9
  store.note = 'abcd'
  return [before, store.total, store.first, store.items, (store as any).note === undefined, reads]
}
export function listed() {
  const person = { get name() { return `${this.first} ${this.last}` }, first: 'Ada', last: 'L', get short() { return this.name[0] } }
  return [Object.keys(person), JSON.stringify(person), { ...person, first: 'B' }, 'name' in person, person.hasOwnProperty('short'), Object.entries(person).length]
}
export function within(step: number) {
  let n = 0
  const counter = { get next() { return n += step }, reset() { n = 0; return this.next }, ...{ extra: 1 }, get both() { return [this.extra, this.next] } }
  return [counter.next, counter.next, counter.reset(), counter.both, n]
}
const make = (name: string) => ({ get upper() { return name.toUpperCase() }, get parts() { return [...name].map(letter => this.upper + letter) } })
export function methods() {
  const { upper } = make('ab')
  const given = { nested: make('x') }
  return [upper, make('c').parts, given.nested.upper, Object.assign({}, given.nested)]
}
