// What programs find in the engine, and the JavaScript side of the bridge to Python.
//
// Evaluated once, before any module. `$py` has Python's functions; they take and give text: JSON in which a mark stands
// for what JSON has not (see `values.py`, which reads and writes the same). `$taropy` is what Python and compiled modules
// call. `consoleOf` is `console.js`.
(($py, consoleOf) => {
  'use strict'

  const MARK = '\u0000'
  const Engine = { Promise, Date, Error, WeakRef, FinalizationRegistry, then: Promise.prototype.then }
  const { stringify, parse } = JSON

  Error.stackTraceLimit = 40 // a call of Taro's has a dozen frames of this file

  // --- rejections: a promise is handled once somebody has asked it to be told -------------------------------------

  const handled = new WeakSet()
  let watching = false
  let rejected = []
  const origins = new WeakMap() // what a call of Taro's was rejected with -> the stack of the call

  // An `await`, a `then` and whoever follows a promise read its constructor first.
  Object.defineProperty(Promise.prototype, 'constructor', {
    configurable: true,
    get() {
      if (!watching && this !== Promise.prototype) handled.add(this)
      return Engine.Promise
    },
    set(value) {
      Object.defineProperty(this, 'constructor', { value, configurable: true, writable: true, enumerable: true })
    },
  })

  function react(promise, fulfilled, failed) {
    watching = true
    try {
      Engine.then.call(promise, fulfilled, failed)
    } finally {
      watching = false
    }
  }

  /** Gives `value` back, which nobody in the program keeps or awaits here; if it is rejected, that is told. */
  function bare(value) {
    if (typeof value === 'object' && value !== null && value instanceof Engine.Promise) {
      react(value, undefined, reason => rejected.push([value, reason]))
    }
    return value
  }

  for (const kind of [Array, Map, Set]) {
    const { forEach } = kind.prototype
    const own = function (visit, self) {
      if (typeof visit !== 'function') return forEach.call(this, visit, self)
      return forEach.call(this, function (...given) {
        bare(visit.apply(this, given))
      }, self)
    }
    Object.defineProperty(own, 'name', { value: 'forEach' })
    Object.defineProperty(own, 'length', { value: 1 })
    Object.defineProperty(kind.prototype, 'forEach', { value: own, writable: true, configurable: true })
  }

  // --- references: what stays on its side, and is named by a number on the other ------------------------------------

  const kept = new Map() // number -> [value, how often Python was given it]
  const numbers = new WeakMap()
  let last = 0

  function keep(value) {
    let number = numbers.get(value)
    if (number === undefined || !kept.has(number)) {
      number = last += 1
      numbers.set(value, number)
      kept.set(number, [value, 0])
    }
    kept.get(number)[1] += 1
    return number
  }

  function forget(number, times) {
    const entry = kept.get(number)
    entry[1] -= times
    if (entry[1] <= 0) kept.delete(number)
  }

  const adopted = new Map() // Python's number -> [weak reference, how often it was given]
  const lost = new Engine.FinalizationRegistry(entry => {
    if (adopted.get(entry.number) === entry) adopted.delete(entry.number)
    $py.release(entry.number, entry.times)
  })

  function adopt(number, make) {
    const entry = adopted.get(number)
    const known = entry && entry.reference.deref()
    if (known !== undefined) {
      entry.times += 1
      return known
    }
    const made = make()
    const fresh = { number, times: 1, reference: new Engine.WeakRef(made) }
    adopted.set(number, fresh)
    lost.register(made, fresh)
    return made
  }

  let tracing = false // whether Python is told where each call of Taro's stands
  const pythons = new WeakMap() // what was adopted -> Python's number

  // --- values to Python ------------------------------------------------------------------------------------------

  const tagged = (kind, value, more) => ({ [MARK]: kind, value, ...more })
  const latin = bytes => {
    let text = ''
    for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.subarray(at, at + 4096))
    return text
  }

  function pack(value, around) {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value
      case 'number':
        return Number.isFinite(value) && !Object.is(value, -0) ? value : tagged('number', Object.is(value, -0) ? '-0' : String(value))
      case 'undefined':
        return null
      case 'bigint':
        return tagged('bigint', String(value))
      case 'symbol':
        return String(value)
      case 'function':
        return pythons.has(value) ? tagged('own', pythons.get(value)) : tagged('function', keep(value), { length: value.length })
      default:
        return value === null ? null : packObject(value, around)
    }
  }

  function packObject(value, around) {
    if (pythons.has(value)) return tagged('own', pythons.get(value))
    if (value instanceof Engine.Promise) return tagged('promise', keep(value))
    if (value instanceof Engine.Error) return packError(value)
    if (value instanceof Engine.Date) return tagged('date', Number.isNaN(value.getTime()) ? 'NaN' : value.getTime())
    if (value instanceof ArrayBuffer) return tagged('bytes', latin(new Uint8Array(value)))
    if (ArrayBuffer.isView(value)) {
      return tagged('bytes', latin(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)))
    }
    if (value instanceof String || value instanceof Number || value instanceof Boolean) return pack(value.valueOf(), around)
    if (around.includes(value)) {
      if (around.whole) return tagged('circle')
      throw new TypeError('an object that contains itself cannot be handed to Taro')
    }
    around.push(value)
    const packed = Array.isArray(value) ? packItems(value, around) : (around.whole && packKind(value, around)) || packFields(value, around)
    around.pop()
    return packed
  }

  const packItems = (values, around) => Array.from(values, item => pack(item, around))

  /** What is handed to Taro as an object without fields, and is more than that as a result. */
  function packKind(value, around) {
    if (value instanceof Map) return tagged('map', Array.from(value, pair => packItems(pair, around)))
    if (value instanceof Set) return tagged('set', packItems(value, around))
    return value instanceof RegExp && tagged('regexp', value.source, { flags: value.flags })
  }

  function packFields(value, around) {
    const fields = {}
    const isInstance = around.whole && ![null, Object.prototype].includes(Object.getPrototypeOf(value))
    for (const name of Object.keys(value)) {
      if (value[name] === undefined || (isInstance && typeof value[name] === 'function')) continue
      fields[name] = pack(value[name], around)
    }
    if (typeof value.then === 'function') fields.then = pack(value.then.bind(value), around)
    return fields
  }

  function packError(error) {
    const fields = {}
    for (const name of Object.keys(error)) {
      try {
        fields[name] = pack(error[name], [error])
      } catch {
        fields[name] = String(error[name])
      }
    }
    return tagged('error', keep(error), { name: String(error.name), message: String(error.message), stack: String(error.stack ?? ''), fields })
  }

  /** Arguments; those that are missing at the end are not given. */
  function packed(values) {
    let count = values.length
    while (count > 0 && values[count - 1] === undefined) count -= 1
    return stringify(values.slice(0, count).map(value => pack(value, [])))
  }

  /** Texts put together. What `+` makes of long ones is a rope, which the binding to Python does not take. */
  const flat = (...parts) => parts.join('')

  /**
   * The outcome of `work` as text: `v` and what it gave, or `e` and what it threw. `whole` is with what Taro never sees;
   * `back` has Taro tell when it hears of a promise of its own, which it cannot know for what the program has made of it.
   */
  function outcome(work, { whole = false, back = false } = {}) {
    try {
      const value = work()
      const isBack = back && value instanceof Engine.Promise
      return flat('v', stringify(isBack ? tagged('promise', keep(value)) : pack(value, Object.assign([], { whole }))))
    } catch (error) {
      return told(error)
    }
  }

  function told(error) {
    try {
      return flat('e', stringify(pack(error, [])))
    } catch (other) {
      return flat('e', stringify(pack(other, [])))
    }
  }

  // --- values from Python ----------------------------------------------------------------------------------------

  const READ = {
    undefined: () => undefined,
    number: ({ value }) => Number(value),
    date: ({ value }) => new Engine.Date(Number(value)),
    map: ({ value }) => new Map(unpack(value)),
    set: ({ value }) => new Set(unpack(value)),
    bytes: ({ value }) => Uint8Array.from(value, letter => letter.charCodeAt(0)).buffer,
    pixels: ({ value }) => Uint8ClampedArray.from(value, letter => letter.charCodeAt(0)),
    kept: ({ value }) => kept.get(value)[0],
    function: ({ value }) => adopt(value, () => pythonFunction(value)),
    object: ({ value, kind }) => adopt(value, () => pythonObject(value, kind)),
    promise: each => adopt(each.value, () => pythonPromise(each)),
    error: each => pythonError(each),
  }

  function unpack(value) {
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index += 1) value[index] = unpack(value[index])
      return value
    }
    const kind = value[MARK]
    if (kind !== undefined) return READ[kind](value)
    for (const name of Object.keys(value)) value[name] = unpack(value[name])
    return value
  }

  const read = text => (text === '' ? undefined : unpack(parse(text)))

  /** What Python has answered, or throws what it has raised. */
  function answer(text) {
    if (text[0] === 'v') return read(text.slice(1))
    throw read(text.slice(1))
  }

  function pythonFunction(number) {
    const made = function (...given) {
      return answer($py.call(number, '', packed(given)))
    }
    pythons.set(made, number)
    return made
  }

  function pythonError({ name, message, fields }) {
    const kind = typeof globalThis[name] === 'function' && globalThis[name].prototype instanceof Engine.Error ? globalThis[name] : Engine.Error
    const error = new kind(message)
    if (kind === Engine.Error && name !== 'Error') error.name = name
    return Object.assign(error, unpack(fields))
  }

  function pythonPromise({ value, methods, quiet }) {
    const promise = new Engine.Promise((resolve, reject) => {
      const { stack } = new Engine.Error()
      const settle = text => {
        const result = read(text.slice(1))
        if (text[0] === 'v') return resolve(result)
        if (typeof result === 'object' && result !== null) origins.set(result, stack)
        return reject(result)
      }
      const number = keep(settle)
      const text = $py.follow(value, number)
      if (text !== '') {
        forget(number, 1)
        settle(text)
      }
    })
    if (quiet) handled.add(promise)
    for (const name of methods) promise[name] = (...given) => answer($py.call(value, name, packed(given)))
    pythons.set(promise, value)
    return promise
  }

  /** An object of Python's: its properties are asked for there, but for those that the program has set itself. */
  function pythonObject(number, kind) {
    const own = {}
    const methods = {}
    const lasting = kind === 'Chain' // its parameters are one object, which interceptors may change
    const method = name => {
      const made = function (...given) {
        if (tracing) $py.at(stringify(new Engine.Error().stack))
        if (lasting && name === 'proceed' && given.length === 0) given = [proxy.requestParams]
        return answer($py.call(number, name, packed(given)))
      }
      Object.defineProperty(made, 'name', { value: name })
      return (methods[name] = made)
    }
    const proxy = new Proxy(own, {
      get(target, name) {
        if (typeof name === 'symbol' || Object.hasOwn(own, name)) return own[name]
        if (methods[name]) return methods[name]
        const text = $py.get(number, stringify(name))
        if (text === 'm') return method(name)
        const found = answer(text)
        if (lasting && typeof found === 'object') own[name] = found
        return found
      },
      set(target, name, value) {
        if (typeof name === 'string' && $py.set(number, stringify(name), packed([value])) === 'v') return true
        delete methods[name]
        own[name] = value
        return true
      },
      has: (target, name) => name in own || (typeof name === 'string' && $py.get(number, stringify(name)) !== 'v'),
    })
    pythons.set(proxy, number)
    return proxy
  }

  // --- the globals that phones have ------------------------------------------------------------------------------

  const define = (name, value) => Object.defineProperty(globalThis, name, { value, writable: true, configurable: true })

  const timers = new Map()

  /** A timer's delay as Node.js takes it: 1 for what is too small, too large, or no number. */
  function milliseconds(delay) {
    const amount = Math.trunc(Number(delay))
    return amount >= 1 && amount < 2 ** 31 ? amount : 1
  }

  function addTimer(work, delay, given, repeats) {
    if (typeof work !== 'function') throw new TypeError('a timer calls a function')
    const id = (last += 1)
    timers.set(id, [work, given, repeats])
    $py.timer(id, milliseconds(delay), repeats)
    return id
  }

  function clearTimer(id) {
    if (timers.delete(id)) $py.cancel(id)
  }

  function fire(id) {
    const timer = timers.get(id)
    if (timer === undefined) return 'v'
    if (!timer[2]) timers.delete(id)
    return outcome(() => void bare(timer[0](...timer[1])))
  }

  define('setTimeout', (work, delay, ...given) => addTimer(work, delay, given, false))
  define('setInterval', (work, delay, ...given) => addTimer(work, delay, given, true))
  define('clearTimeout', clearTimer)
  define('clearInterval', clearTimer)
  define('queueMicrotask', work => {
    if (typeof work !== 'function') throw new TypeError('a microtask is a function')
    bare(Engine.Promise.resolve().then(() => void work()))
  })
  for (const macro of ['defineAppConfig', 'definePageConfig']) define(macro, config => config)
  define('global', globalThis)

  Engine.Date.now = () => $py.now()
  define('Date', new Proxy(Engine.Date, {
    construct: (target, given, self) => Reflect.construct(target, given.length ? given : [$py.now()], self),
    apply: () => new Engine.Date($py.now()).toString(),
  }))
  Object.defineProperty(Engine.Date.prototype, 'constructor', { value: Date, writable: true, configurable: true })
  Math.random = () => $py.random()

  define('console', consoleOf({
    print: (stream, text) => answer($py.print(stream, stringify(text))),
    traceOf: error => $py.trace(stringify(String(error.stack ?? ''))),
    isPython: value => pythons.has(value),
  }))

  // --- modules ---------------------------------------------------------------------------------------------------

  const modules = new Map() // key -> record

  const getter = (target, name, get) => Object.defineProperty(target, name, { get, enumerable: true, configurable: true })

  function moduleOf(key) {
    let record = modules.get(key)
    if (record === undefined) {
      const facts = answer($py.module(stringify(key)))
      record = { key, ...facts, state: 'new', exports: {}, error: undefined }
      modules.set(key, record)
      LINK[record.kind](record)
    }
    return record
  }

  function codeOf(record) {
    const code = $py.code(stringify(record.key))
    return typeof code === 'function' ? code : answer(code)
  }

  const LINK = {
    taro(record) {
      record.exports = record.space = new Proxy(Taro, {
        get: (target, name) => (name === 'default' ? Taro : name === '__esModule' ? true : Taro[name]),
        has: () => true,
      })
      record.state = 'done'
    },
    json(record) {
      record.exports = parse(record.text)
      record.state = 'done'
    },
    empty(record) {
      record.state = 'done'
    },
    script() {},
    module(record) {
      record.space = Object.create(null)
      Object.defineProperty(record.space, '__esModule', { value: true })
      record.exports = record.space
      const scope = Object.create(null)
      for (const [local, key, name] of record.imports) getter(scope, local, () => taken(moduleOf(key), name))
      for (const [outside, key, name] of record.passed) getter(record.space, outside, () => taken(moduleOf(key), name))
      record.code = codeOf(record)({
        scope,
        exports: getters => Object.entries(getters).forEach(([name, get]) => getter(record.space, name, get)),
        meta: { url: record.key, env: globalThis.process?.env },
        load: specifier => loadLater(record, specifier),
        require: specifier => requireFrom(record.key, specifier),
      })()
      record.begun = record.code.next()
      for (const key of record.needs) moduleOf(key)
    },
  }

  /** What an import gives; where the module has no such export, undefined, as for a type that has gone. */
  function taken(record, name) {
    if (name === '*') return spaceOf(record)
    if (record.kind === 'module' || record.kind === 'taro') return record.space[name]
    evaluate(record)
    const { exports } = record
    if (name !== 'default') return exports?.[name]
    return exports?.__esModule ? exports.default : exports
  }

  function spaceOf(record) {
    if (record.space === undefined) {
      evaluate(record)
      record.space = Object.assign(Object.create(null), record.exports, { default: taken(record, 'default') })
    }
    return record.space
  }

  /** Runs a module after those that it needs, once; a promise if it awaits anything at its top. */
  function evaluate(record) {
    if (record.state === 'failed') throw record.error
    if (record.state !== 'new') return undefined
    record.state = 'running'
    try {
      const done = record.kind === 'module' ? run(record) : runScript(record)
      record.state = 'done'
      return done
    } catch (error) {
      record.state = 'failed'
      record.error = error
      throw error
    }
  }

  function run(record) {
    for (const key of record.needs) {
      if (evaluate(moduleOf(key)) !== undefined) throw new SyntaxError(`${key} awaits at its top, which only the main module may`)
    }
    for (const key of record.all) passAll(record, spaceOf(moduleOf(key)))
    if (record.awaits) return record.begun.then(() => record.code.next())
    record.code.next()
    return undefined
  }

  function passAll(record, space) {
    for (const name of Object.keys(space)) {
      if (name !== 'default' && !Object.hasOwn(record.space, name)) getter(record.space, name, () => space[name])
    }
  }

  function runScript(record) {
    const module = { exports: {}, id: record.key, filename: record.key, loaded: false }
    const folder = record.key.replace(/[/\\][^/\\]*$/, '')
    Object.defineProperty(record, 'exports', { get: () => module.exports })
    codeOf(record).call(module.exports, module.exports, specifier => requireFrom(record.key, specifier), module, record.key, folder, record)
  }

  function requireFrom(from, specifier) {
    const record = moduleOf(answer($py.resolve(stringify([String(specifier), from]))))
    if (evaluate(record) !== undefined) throw new SyntaxError(`${record.key} awaits at its top, which only the main module may`)
    return record.exports
  }

  async function loadLater(from, specifier) {
    const record = moduleOf(answer($py.resolve(stringify([String(specifier), from.key]))))
    await evaluate(record)
    return spaceOf(record)
  }

  // --- what is called from outside -------------------------------------------------------------------------------

  const Taro = adopt(0, () => pythonObject(0, 'Taro'))

  const $taropy = {
    bare,
    load: specifier => loadLater({ key: '' }, specifier),
    /** The value of an enum's member, which is noted in it. */
    member(target, name, value) {
      target[name] = value
      if (typeof value === 'number') target[value] = name
      return value
    },
  }
  Object.defineProperty(globalThis, '$taropy', { value: Object.freeze($taropy) })

  return {
    /** Loads the main module; what it gives is a promise if it awaits. */
    main: key => outcome(() => {
      const record = moduleOf(parse(key))
      return bare(evaluate(record))
    }),
    /** Which of the main module's exports are functions. */
    functions: key => outcome(() => {
      const { exports } = modules.get(parse(key))
      return Object.keys(exports).filter(name => typeof exports[name] === 'function')
    }),
    /** Calls an exported function. */
    callExport: (key, name, text) => outcome(() => {
      const { exports } = modules.get(parse(key))
      const called = exports[parse(name)]
      if (typeof called !== 'function') throw new TypeError(`${parse(name)} is no function that the module exports`)
      return bare(called(...read(text)))
    }, { whole: true, back: true }),
    /** Calls a function of the program's; a promise that it returns and nobody hears is told of when it is rejected. */
    call: (number, text) => outcome(() => bare(kept.get(number)[0](...read(text))), { back: true }),
    /** Has Python told how a promise ends. */
    follow: number => {
      const [promise] = kept.get(number)
      const tell = how => value => $py.settled(number, how(value))
      react(promise, tell(value => outcome(() => value, { whole: true })), tell(told))
    },
    /** Settles a promise of Python's as it has ended there. */
    settle: (number, text) => {
      const [settle] = kept.get(number)
      forget(number, 1)
      settle(text)
    },
    heard: number => void handled.add(kept.get(number)[0]),
    trace: () => void (tracing = true),
    forget,
    fire,
    /** The rejections of which nobody has heard by now. */
    rejections: () => {
      const left = rejected.filter(([promise]) => !handled.has(promise)).map(([, reason]) => [reason, origins.get(reason) ?? ''])
      rejected = []
      return left.length ? told(left).slice(1) : ''
    },
    global: (name, text) => void define(name, read(text)),
  }
})
