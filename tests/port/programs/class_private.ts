//: run()
//: statics()
//: shown()
//: inherited()
//: methods()
class Account {
  #balance = 0
  #log: string[] = []
  static #made = 0
  static #names = new Set<string>()
  readonly owner: string
  constructor(owner: string, first = 10) {
    this.owner = owner
    this.#balance = first
    Account.#made++
    Account.#names.add(owner)
  }
  get balance() { return this.#balance }
  set balance(value: number) { this.#note('set'); this.#balance = value }
  #note(text: string) { this.#log.push(`${text} ${this.#balance}`) }
  static #count() { return Account.#made }
  static made() { return [Account.#count(), [...Account.#names]] }
  pay(to: Account, amount: number) {
    this.#balance -= amount
    to.#balance += amount
    this.#note('paid')
    return () => this.#balance++ + (to.#balance ||= 5)
  }
  get log() { return this.#log }
  static is(value: object) { return #balance in value }
  maybe(other?: Account) { return other?.#balance ?? 'none' }
}
export function run() {
  const a = new Account('a'), b = new Account('b', 1)
  const later = a.pay(b, 4)
  a.balance = 20
  return [a.balance, b.balance, a.log, later(), a.balance, a.maybe(b), a.maybe()]
}
export const statics = () => [Account.made(), Account.is(new Account('c')), Account.is({})]
export function shown() {
  const a: any = new Account('d')
  return [Object.keys(a), JSON.stringify(a), { ...a }, a.hasOwnProperty('owner'), 'balance' in a, a['#balance'] === undefined]
}
class Saver extends Account {
  #balance = 77
  #rate = 2
  describe() { return [this.#balance, super.balance, this.balance, this.#rate] }
}
export const inherited = () => { const s = new Saver('e', 7); s.balance = 8; return [s.describe(), JSON.stringify(s)] }
class Queue {
  #items: number[] = []
  #total?: number
  #add = (n: number) => { this.#items.push(n); return this }
  add(n: number) { return this.#add(n) }
  sum() { return this.#total ??= this.#items.reduce((all, each) => all + each, 0) }
  each(visit: (n: number) => void) { this.#items.forEach(item => visit(item * this.#items.length)) }
}
export function methods() {
  const queue = new Queue().add(1).add(2)
  const seen: number[] = []
  queue.each(n => seen.push(n))
  return [queue.sum(), queue.add(9).sum(), seen]
}
