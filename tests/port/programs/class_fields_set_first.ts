//: keys()
//: order()
//: early()
//: derived()
//: replaced()
//: implemented()
const log: string[] = []

function made<T>(name: string, value: T): T {
  log.push(name)
  return value
}

interface Limits {
  most: number
  least?: number
}

class Queue {
  items: string[]
  private count = made('count', 0)
  readonly limits!: Limits
  timer?: number
  name: string
  size: number
  last: string

  constructor(
    prefix: string,
    name: string,
    limits: Limits,
    items: string[] = [],
  ) {
    // what there was
    this.items = items
    this.name = `${prefix}${name}` // as it is shown
    this.limits = made('limits', limits)
    this.size = limits.least ?? 1
    this.count = made('again', this.items.length)
    this.last = made('last', items[0])
  }

  entries() {
    return Object.entries(this)
  }
}

export function keys() {
  return new Queue('#', 'a', { most: 2 }, ['x']).entries()
}

export function order() {
  log.length = 0
  const queue = new Queue('#', 'a', { most: 2, least: 0 })
  return [log, queue.size, queue.last === undefined, Object.keys(queue)]
}

class Early {
  seen: string
  value: string
  reader: () => string

  constructor(value: string) {
    this.reader = () => this.value
    this.seen = this.reader()
    this.value = value
  }
}

export function early() {
  const each = new Early('a')
  return [each.seen === undefined, each.value, each.reader(), Object.keys(each)]
}

class Base {
  kind = 'base'
  note: string

  constructor(note: string) {
    this.note = note
    this.tell()
  }

  tell() {
    log.push(this.note)
  }
}

class Derived extends Base {
  code: number
  cause: string

  constructor(code: number, cause: string) {
    super(`${code}`)
    this.kind = 'derived'
    this.code = code
    this.cause = cause
  }

  tell() {
    log.push(`${this.code === undefined} ${this.note}`)
  }
}

export function derived() {
  log.length = 0
  const each = new Derived(7, 'no')
  return [log, JSON.stringify(each)]
}

class Replaced {
  both: string
  own: number

  constructor(
    private given: string,
    count: number,
  ) {
    this.given = `${given}!`
    this.both = this.given
    count += 1
    this.own = count
  }

  text() {
    return `${this.given} ${this.both} ${this.own}`
  }
}

export function replaced() {
  return new Replaced('a', 1).text()
}

interface Named {
  readonly name: string
}

interface Shelf extends Named {
  put(key: string, value: number, ...more: number[]): void
  sum(): number
}

class Memory implements Shelf {
  name = 'memory'
  private all = new Map<string, number>()

  put(key: string, value: number, ...more: number[]) {
    this.all.set(key, value + more.length)
  }

  sum() {
    return [...this.all.values()].reduce((sum, each) => sum + each, 0)
  }
}

function filled(shelf: Shelf): string {
  shelf.put('a', 1)
  shelf.put('b', 2, 3, 4)
  return `${shelf.name} ${shelf.sum()}`
}

export function implemented() {
  let sum = 0
  return [filled(new Memory()), filled({ name: 'object', put: (_, value, ...more) => (sum += value + more.length), sum: () => sum })]
}
