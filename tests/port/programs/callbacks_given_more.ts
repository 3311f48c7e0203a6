// Who calls a callback gives what there is; what the callback has no parameter for goes unread.
//: all()
//: kept()
//: sent()
//: through()
//: chosen("add")
//: chosen("clear")
//: each()
//: tables()
//: middle()
type Visit = (item: string, index: number, all: string[]) => void
type Listener = (...values: any[]) => unknown
interface Rule {
  name: string
  test: (value: string, rules: Rule[]) => boolean
}

const walk = (items: string[], visit: Visit) => {
  for (let i = 0; i < items.length; i++) visit(items[i], i, items)
}

export function all() {
  const seen: any[] = []
  walk(['a', 'b'], (item) => {
    seen.push(item)
    seen.push(item + item)
  })
  walk(['c'], () => seen.push('none'))
  walk(['d'], (item, index) => seen.push(item + index))
  return seen
}

class Bus {
  private listeners: Record<string, Listener[]> = {}
  private last: Listener | null = null
  on(name: string, listener: Listener) {
    ;(this.listeners[name] = this.listeners[name] || []).push(listener)
    this.last = listener
    return () => {
      this.listeners[name] = this.listeners[name].filter((each) => each !== listener)
    }
  }
  emit(name: string, ...values: any[]) {
    return (this.listeners[name] || []).map((listener) => listener(...values))
  }
  again(value: number) {
    return this.last ? this.last(value, 'again') : null
  }
}

class Panel {
  shown: string[] = []
  constructor(bus: Bus) {
    bus.on('show', this.show.bind(this))
    bus.on('show', this.note)
  }
  show(name: string) {
    this.shown.push(name)
    return this.shown.length
  }
  note = (name: string) => this.shown.push(`noted ${name}`)
}

export function kept() {
  const bus = new Bus()
  const off = bus.on('a', (x) => `first ${x}`)
  bus.on('a', () => 'second')
  bus.on('a', (x, y) => x + y)
  const before = bus.emit('a', 1, 2, 3)
  off()
  return [before, bus.emit('a', 4, 5), bus.again(7)]
}

export function sent() {
  const bus = new Bus()
  const panel = new Panel(bus)
  return [bus.emit('show', 'menu', true), panel.shown]
}

const send = (options: { done?: (text: string, code: number) => void; fail?: (error: Error, code: number) => void }) => {
  options.done?.('ok', 200)
  if (options.fail) options.fail(new Error('late'), 504)
  const { done } = options
  done && done('again', 201)
}

export function through() {
  const log: any[] = []
  send({ done: (text) => log.push(text), fail: (error) => log.push(error.message) })
  send({ done: () => log.push('done') })
  send({
    done(text) {
      log.push('in ' + text)
    },
  })
  return log
}

const reducers: Record<string, (state: number[], value: number) => number[]> = {
  add: (state, value) => [...state, value],
  clear: () => [],
  same: (state) => state,
}

export function chosen(name: string) {
  const reduce = reducers[name]
  return [reducers[name]([1], 2), reduce([3], 4), reducers['same']([5], 6)]
}

function showText(text: string) {
  return `<${text}>`
}

function repeat(text: string, made: (text: string, turn: number) => string) {
  return [made(text, 1), made(text, 2)]
}

export function each() {
  let latest: (value: number, name: string) => string = (value, name) => `${name} ${value}`
  const one = latest(1, 'one')
  latest = (value) => `only ${value}`
  return [repeat('a', showText), repeat('b', () => 'x'), one, latest(2, 'two')]
}

export function tables() {
  const byName = new Map<string, (a: number, b: number) => number>()
  byName.set('first', (a) => a)
  byName.set('both', (a, b) => a + b)
  const checks = [() => true, (value: string) => value.length > 1]
  const rules: Rule[] = [
    { name: 'given', test: (value) => value !== '' },
    { name: 'many', test: (value, others) => others.length > 1 && !!value },
    { name: 'always', test: () => true },
  ]
  const steps: ((value: string, index: number) => string)[] = []
  steps.push((value) => value.trim())
  steps.push(() => 'end')
  const taken: string[] = []
  for (const step of steps) taken.push(step(' x ', taken.length))
  return [
    byName.get('first')?.(1, 2),
    byName.get('both')?.(1, 2),
    checks.map((check) => check('ab')),
    rules.filter((rule) => rule.test('', rules)).map((rule) => rule.name),
    taken,
  ]
}

type Next = () => string
type Middleware = (context: { path: string[] }, next: Next) => string

function compose(middlewares: Middleware[]) {
  return (context: { path: string[] }) => {
    const run = (index: number): string => {
      const current = middlewares[index]
      return current ? current(context, () => run(index + 1)) : 'end'
    }
    return run(0)
  }
}

export function middle() {
  const context = { path: [] as string[] }
  const app = compose([
    (c, next) => {
      c.path.push('in')
      const result = next()
      c.path.push('out')
      return result
    },
    (c) => {
      c.path.push('last')
      return 'stopped'
    },
  ])
  return [app(context), context.path]
}
