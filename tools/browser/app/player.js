// Plays the steps of a case in the page and writes down what comes of them; the language is told in tools/browser/cases.py.
import { plain, revived } from './plain.js'
import { seen } from './seen.js'

// How long a promise or an event is waited for, and for how long nothing may happen before a case goes on, in ms.
const PATIENCE = 6000
const QUIET = { short: 80, long: 600 }

export class Player {
  constructor(taro, { addresses, told }) {
    this.taro = taro
    this.addresses = addresses
    this.told = told
    this.log = []
    this.labels = new Map()
    this.functions = new Map()
    this.renderings = new Set()
    this.opened = false
    this.ready = new Promise(resolve => (this.isReady = resolve))
  }

  /** Plays steps one after the other; only those that wait let anything else happen. */
  async play(steps) {
    for (const step of steps) {
      const waiting = this.step(step)
      if (waiting) await waiting
    }
  }

  step([verb, ...given]) {
    return this[`do_${verb}`](...given)
  }

  note(...entry) {
    this.log.push(entry)
  }

  // --- the steps ----------------------------------------------------------------------------------------------------

  do_call(name, ...args) {
    const called = this.invoke('', this.taro, name, args)
    this.labels.set('it', called.value)
    return called.settled && this.patiently(called, 'pending').then(() => this.labels.set('it', called.outcome))
  }

  do_start(label, name, ...args) {
    this.labels.set(label, this.invoke(`${label} `, this.taro, name, args))
  }

  do_get(label, name, ...args) {
    this.labels.set(label, this.taro[name](...revived(args, this)))
  }

  do_await(label) {
    const called = this.labels.get(label)
    if (!called?.settled) return undefined
    return this.patiently(called, `${label} pending`).then(() => this.labels.set(label, called.outcome))
  }

  do_on(path, method, ...args) {
    const called = this.invoke(`${path}.${method} `, this.find(path), method, args)
    this.labels.set('it', called.value)
  }

  do_new(label, name, ...args) {
    this.labels.set(label, new (this.find(`Taro.${name}`))(...revived(args, this)))
  }

  do_let(label, value) {
    this.labels.set(label, revived(value, this))
  }

  do_set(path, value) {
    const parts = path.split('.')
    const last = parts.pop()
    this.find(parts.join('.'))[last] = revived(value, this)
  }

  do_read(path) {
    try {
      this.note(path, plain(this.find(path)))
    } catch (error) {
      this.note(`${path} threw`, plain(error))
    }
  }

  async do_see(what) {
    await this.frame()
    await this.frame()
    this.note(`sees ${what}`, plain(seen(what)))
  }

  do_until(name, count = 1) {
    const come = () => this.log.filter(entry => entry[0] === name).length >= count
    return this.until(come, PATIENCE).then(was => was || this.note('never', name))
  }

  do_quiet(length = 'short') {
    let size = -1
    let since = 0
    const still = () => {
      if (this.log.length !== size) [size, since] = [this.log.length, performance.now()]
      return performance.now() - since > QUIET[length]
    }
    return this.until(still, 5 * PATIENCE, () => this.frame())
  }

  // --- what they need -------------------------------------------------------------------------------------------------

  /** Calls a function, notes what it returns or throws, and how its promise settles. */
  invoke(label, target, name, args) {
    const called = { value: undefined, outcome: undefined, settled: undefined, done: false }
    try {
      called.value = target[name](...revived(args, this))
      this.note(`${label}returned`, plain(called.value))
    } catch (error) {
      this.note(`${label}threw`, plain(error))
      return called
    }
    if (typeof called.value?.then === 'function') this.watch(label, called)
    return called
  }

  watch(label, called) {
    const settle = word => outcome => {
      called.done = true
      called.outcome = outcome
      this.note(`${label}${word}`, plain(outcome))
    }
    called.settled = called.value.then(settle('resolved'), settle('rejected'))
  }

  async patiently(called, otherwise) {
    await Promise.race([called.settled, this.pause(PATIENCE)])
    if (!called.done) this.note(otherwise)
  }

  async until(condition, patience, wait = () => this.pause(5)) {
    const end = performance.now() + patience
    while (!condition()) {
      if (performance.now() > end) return false
      await wait()
    }
    return true
  }

  /** Until the page has been drawn again, and elements have done what they do then. */
  frame() {
    return new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)))
  }

  pause(ms) {
    return new Promise(resolve => setTimeout(resolve, ms))
  }

  /** What stands at a path: a label, or `Taro`, and then fields. */
  find(path) {
    const [root, ...fields] = path.split('.')
    const kept = root === 'Taro' ? this.taro : this.labels.get(root)
    const value = kept && Object.hasOwn(kept, 'settled') && Object.hasOwn(kept, 'done') ? kept.value : kept
    return fields.reduce((at, field) => at[field], value)
  }

  /** The program's function of this name: it writes down what it is given, and does what the case says it does. */
  fn(name, throwing = false) {
    if (!this.functions.has(name)) {
      this.functions.set(name, (...given) => {
        this.note(name, ...given.map(value => plain(value)))
        const returned = this.react(this.told.functions?.[name], given[0])
        if (throwing) throw new Error(`thrown by ${name}`)
        return returned
      })
    }
    return this.functions.get(name)
  }

  /** Plays steps inside a function that was called with `argument`; gives what `give` says. */
  react(steps, argument) {
    if (argument !== undefined) this.labels.set('arg', argument)
    for (const [verb, ...given] of steps ?? []) {
      if (verb === 'give') return revived(given[0], this)
      this.step([verb, ...given])
    }
    return undefined
  }

  addressed(text) {
    return text.replace(/\$(\w+)/g, (all, name) => this.addresses[name] ?? all)
  }

  // --- what the app and its pages tell --------------------------------------------------------------------------------

  lived(page, moment, given) {
    if (moment === 'resize' && !this.opened) return // the device that is emulated takes its measures a little late
    this.note(`${page}.${moment}`, ...given.map(value => plain(value)))
    this.react(this.told.pages?.[page]?.[moment], given[0])
    if (page !== 'app' && moment === 'ready') this.isReady()
  }

  rendered(page) {
    if (this.renderings.has(page)) return
    this.renderings.add(page)
    this.react(this.told.pages?.[page]?.render)
  }

  contentOf(page) {
    return this.told.pages?.[page]?.content ?? page
  }
}
