//: accessors()
//: blocks()
//: supers()
//: expressions()
//: mixins()
//: before()
//: defaults()
class Box {
  static size = 3
  static all: string[] = []
  static ready = false
  static table: Record<string, number> = {}
  static {
    for (const name of ['a', 'b']) this.table[name] = this.size++
    Box.ready = true
  }
  static after = Box.size * 2
  static then = 'plain'
  static { const words = Object.keys(this.table); this.all.push(...words) }
  static get names() { return Object.keys(this.table).concat(this.then) }
  static get made(): Box { return new this() }
  private _w = 1
  set width(value: number) { this._w = value }
  get width() { return this._w * 10 }
  set only(value: number) { this._w = -value }
}
export function accessors() {
  const box: any = new Box()
  box.width = 4
  const first = box.width
  box.only = 2
  return [first, box.width, box.only === undefined, Box.names, Box.made.width]
}
export const blocks = () => [Box.size, Box.all, Box.ready, Box.table, Box.after, Box.then]
class Base {
  declare lacks: any
  name: string
  constructor(name = 'base') { this.name = name }
  get title() { return `<${this.name}>` }
  greet(word: string) { return `${word} ${this.name}` }
  static make(name: string) { return new this(name) }
  static kind() { return 'base' }
}
class Derived extends Base {
  get title() { return super.title + '!' }
  greet(word: string) { return [1, 2].map(n => super.greet(word + n)).join() }
  async wait(word: string) { await null; return super.greet(word) }
  optional() { const upper: any = super.greet; return [typeof upper, (super.lacks as any)?.(1) === undefined] }
  lacking() { const s: any = this; return [(super.greet) ? 1 : 2, s.nothing ? 1 : 2, (super.title) ? 1 : 2] }
  static make(name: string) { return super.make(name + '2') }
  static kind() { return super.kind() + '-derived' }
}
export function supers() {
  const d = Derived.make('d') as Derived
  return [d.title, d.greet('hi'), d.optional(), d.lacking(), Derived.kind(), d.name]
}
const Point = class { x = 1; y = 2; sum() { return this.x + this.y } }
const Named = class Inner { static count = 0; constructor() { Inner.count++ } of() { return new Inner() } }
const table: any = { Cat: class { say() { return 'meow' } }, Dog: class extends Base { say() { return this.greet('wuff') } } }
const makeClass = (step: number) => class { n = 0; up() { return this.n += step } }
export function expressions() {
  new Named().of()
  const Two = makeClass(2), Three = makeClass(3)
  const two = new Two(), three = new Three()
  two.up(); three.up()
  return [new Point().sum(), Named.count, new table.Cat().say(), new table.Dog('Rex').say(), two.up(), three.up(), two instanceof Three]
}
function counted<T extends new (...args: any[]) => any>(Parent: T) {
  return class extends Parent { count = 0; hit() { return ++this.count } }
}
const Loud = (Parent: any) => class extends Parent { greet(word: string) { return super.greet(word).toUpperCase() } }
class Mixed extends counted(Loud(Base) as any) { extra = 1 }
export function mixins() {
  const mixed: any = new Mixed('m')
  return [mixed.greet('hi'), mixed.hit(), mixed.hit(), mixed.extra, mixed instanceof Base]
}
class Late extends Base {
  step = this.name + '?'
  constructor(public id: number, name?: string) {
    const shown = `${name}:${id}`
    if (id > 5) throw new RangeError('too many')
    super(shown)
    this.step += this.id
  }
}
export const before = () => { const l = new Late(2, 'x'); let e = ''; try { new Late(9) } catch (error: any) { e = error.message } return [l.name, l.step, l.id, e] }
export default class extends Base { last() { return this.greet('last') } }
export const defaults = () => 1
