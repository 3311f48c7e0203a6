// The JavaScript beside an app: what clients of the automation port find when they send functions.
//
// Run once in an engine of its own. `$py` has Python's functions, see `world.py`; `ready` gets what Python calls.
(() => {
  'use strict'

  const py = globalThis.$py
  delete globalThis.$py

  const CALLBACKS = ['success', 'fail', 'complete']
  const TASK_METHODS = [
    'abort', 'onProgressUpdate', 'offProgressUpdate', 'onHeadersReceived', 'offHeadersReceived', 'onChunkReceived',
    'offChunkReceived', 'onOpen', 'onClose', 'onError', 'onMessage', 'send', 'close',
  ]
  const define = (name, value) => Object.defineProperty(globalThis, name, { value, writable: true, configurable: true })
  const isObject = value => typeof value === 'object' && value !== null
  const isPromise = value => isObject(value) && typeof value.then === 'function'
  const hasCallbacks = options => isObject(options) && CALLBACKS.some(name => typeof options[name] === 'function')
  const failed = result => isObject(result) && /:fail\b/.test(String(result.errMsg))

  /** JSON of whatever there is: what contains itself, or has no form, is null there. */
  function written(value) {
    const around = []
    const text = JSON.stringify(value, function (_, item) {
      if (typeof item === 'bigint') return String(item)
      if (!isObject(item)) return item
      while (around.length && around[around.length - 1] !== this) around.pop()
      if (around.includes(item)) return null
      around.push(item)
      return item
    })
    return text === undefined ? '' : text
  }

  // --- wx: the native functions, which clients may replace ------------------------------------------------------

  const known = new Set(py.names())
  const kinds = new Map()
  const originals = new Map()

  function kindOf(name) {
    if (!kinds.has(name)) kinds.set(name, known.has(name) ? py.kind(name) : undefined)
    return kinds.get(name)
  }

  // --- objects of the phone: contexts, managers, tasks, with the members that they have --------------------------

  const managers = new WeakMap() // the engine's object -> ours
  const inners = new WeakMap() // and back
  const inner = value => (isObject(value) && inners.get(value)) || value

  /** The value as clients get it: of an object of the phone, one that has its members as its own. */
  function managed(value) {
    if (!isObject(value) || isPromise(value) || Object.getPrototypeOf(value) !== Object.prototype) return value
    if (Object.keys(value).length > 0) return value
    const known = managers.get(value)
    if (known !== undefined) return known
    const members = py.members(value)
    return members === undefined ? value : managerOf(value, members)
  }

  function managerOf(value, members) {
    const methods = {}
    const made = Object.create(methods)
    managers.set(value, made)
    inners.set(made, value)
    for (const [name, kind] of Object.entries(members)) {
      if (kind === 'value') {
        const set = given => void (value[name] = inner(given))
        Object.defineProperty(made, name, { get: () => managed(value[name]), set, enumerable: true, configurable: true })
      } else {
        const method = asked(kind, (...given) => managed(value[name](...given.map(inner))))
        Object.defineProperty(methods, name, { value: method, writable: true, enumerable: true, configurable: true })
      }
    }
    return made
  }

  /** The phone's own function, as programs in JavaScript call it: without callbacks it gives a promise. */
  const native = (name, kind) => asked(kind, (...given) => managed(py.call(name, ...given.map(inner))))

  function asked(kind, call) {
    if (kind !== 'promise') return call
    return (options, ...rest) => {
      if (hasCallbacks(options)) return void call(options, ...rest)
      return new Promise((success, fail) => void call({ ...options, success, fail }, ...rest))
    }
  }

  function ensure(target, name) {
    if (typeof name !== 'string' || originals.has(name) || !known.has(name)) return
    const kind = kindOf(name)
    if (kind === 'value') {
      originals.set(name, undefined)
      Object.defineProperty(target, name, { get: () => managed(py.value(name)), enumerable: true, configurable: true })
      return
    }
    const value = native(name, kind)
    Object.defineProperty(value, 'name', { value: name })
    originals.set(name, value)
    Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true })
  }

  const routeListeners = {
    onAppRouteDone: listener => py.listenToRoutes(listener),
  }
  const wx = new Proxy(routeListeners, {
    get: (target, name) => (ensure(target, name), Reflect.get(target, name)),
    has: (target, name) => known.has(name) || name in target,
    ownKeys: target => [...new Set([...known, ...Reflect.ownKeys(target)])],
    getOwnPropertyDescriptor: (target, name) => (ensure(target, name), Reflect.getOwnPropertyDescriptor(target, name)),
    set: (target, name, value) => {
      ensure(target, name)
      return changed(target, name, Reflect.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true }))
    },
    defineProperty: (target, name, descriptor) => {
      ensure(target, name)
      const whole = Reflect.getOwnPropertyDescriptor(target, name) ? descriptor : { configurable: true, ...descriptor }
      return changed(target, name, Reflect.defineProperty(target, name, whole))
    },
    deleteProperty: (target, name) => {
      restore(name)
      return true
    },
  })

  /** Tells Python whether calls of the program's are to come here. */
  function changed(target, name, done) {
    if (known.has(name)) py.changed(name, Reflect.get(target, name) !== originals.get(name))
    return done
  }

  function restore(name) {
    if (!known.has(name)) {
      Reflect.deleteProperty(routeListeners, name)
      return
    }
    originals.delete(name)
    Reflect.deleteProperty(routeListeners, name)
    ensure(routeListeners, name)
    py.changed(name, false)
  }

  // --- what stands in for a function ----------------------------------------------------------------------------

  /** A result with its errMsg. */
  const whole = (name, result) =>
    isObject(result) && result.errMsg === undefined && !Array.isArray(result) ? { ...result, errMsg: `${name}:ok` } : result

  function finish(options, name, result) {
    const told = whole(name, result)
    const end = failed(told) ? 'fail' : 'success'
    for (const each of [end, 'complete']) if (typeof options[each] === 'function') options[each](told)
  }

  const messageOf = error => (isObject(error) && error.errMsg ? error : { errMsg: `:fail ${error instanceof Error ? error.message : String(error)}` })

  function fail(options, name, error) {
    const told = messageOf(error)
    finish(options, name, told.errMsg.startsWith(':') ? { errMsg: name + told.errMsg } : told)
  }

  /** A function that a client has sent, in the place of one of `wx`: what it returns, or promises, is the result. */
  function standIn(name, work, extra) {
    const self = { origin: (...given) => (ensure(routeListeners, name), originals.get(name))(...given) }
    const kind = kindOf(name)
    if (kind !== 'promise' && kind !== 'task') return (...given) => work.apply(self, [...given, ...extra])
    return (options, ...rest) => {
      const outcome = new Promise(resolve => resolve(work.apply(self, [isObject(options) ? options : {}, ...rest, ...extra])))
      if (!hasCallbacks(options) && kind === 'promise') {
        return outcome.then(result => (failed(result) ? Promise.reject(result) : whole(name, result)))
      }
      outcome.then(result => finish(options ?? {}, name, result), error => fail(options ?? {}, name, error))
      return kind === 'task' ? { abort() {} } : undefined
    }
  }

  /** A call of the program's to a function that a client has replaced. */
  function run(path, kind, ...given) {
    const way = path.split('.')
    const name = way.pop()
    const owner = way.reduce((value, step) => value[step], wx)
    if (kind === 'plain') return owner[name](...given)
    const [options = {}, ...rest] = given
    let answered = false
    const told = { ...options }
    for (const each of CALLBACKS) {
      told[each] = result => {
        answered = true
        if (typeof options[each] === 'function') options[each](result)
      }
    }
    let value
    try {
      value = owner[name](told, ...rest)
    } catch (error) {
      fail(told, name, error)
      return undefined
    }
    if (isPromise(value)) {
      value.then(
        result => answered || finish(told, name, result),
        error => answered || fail(told, name, error),
      )
    } else if (kind !== 'task' && !answered && isObject(value)) {
      finish(told, name, value)
    }
    return kind === 'task' ? taskOf(value) : undefined
  }

  /** The task that a program gets: Python's own, or the methods of what a client has made. */
  function taskOf(task) {
    if (!isObject(task) || isPromise(task)) return {}
    if (inners.has(task)) return inners.get(task)
    let own = false
    try {
      own = py.isNative(task)
    } catch {
      // it is a client's, with what cannot be handed over in it
    }
    if (own) return task
    return Object.fromEntries(
      TASK_METHODS.filter(name => typeof task[name] === 'function').map(name => [name, (...given) => task[name](...given)]),
    )
  }

  // --- the app and its pages, which stay in Python: what is read and written here is read and written there -------

  function live(told) {
    if (told[0] === 'value') return told[1]
    const [, token, isList] = told
    const target = isList ? [] : {}
    const read = name => live(py.peek(token, name))
    const length = { writable: true, enumerable: false, configurable: false }
    return new Proxy(target, {
      get: (own, name) => {
        if (typeof name === 'symbol') return own[name]
        if (py.has(token, name)) return read(name)
        return own[name]
      },
      has: (own, name) => (typeof name === 'string' && py.has(token, name)) || name in own,
      set: (own, name, value) => {
        py.poke(token, name, value)
        return true
      },
      deleteProperty: (own, name) => {
        py.drop(token, name)
        return true
      },
      ownKeys: () => [...py.keys(token), ...(isList ? ['length'] : [])],
      getOwnPropertyDescriptor: (own, name) => {
        if (typeof name !== 'string' || !py.has(token, name)) return undefined
        if (isList && name === 'length') return { value: read(name), ...length }
        return { value: read(name), writable: true, enumerable: true, configurable: true }
      },
      defineProperty: (own, name, descriptor) => {
        py.poke(token, name, 'value' in descriptor ? descriptor.value : descriptor.get?.())
        return true
      },
    })
  }

  const pages = new Map()

  /** A page as `getCurrentPages` gives it; what clients put on it stays on it. */
  function pageOf({ id, route, options, renderer }) {
    const made = pages.get(id) ?? {}
    pages.set(id, made)
    const fixed = { route, __route__: route, options, __wxWebviewId__: id, renderer }
    return made.proxy ?? (made.proxy = new Proxy(made, {
      get: (own, name) => {
        if (typeof name !== 'string') return own[name]
        if (Object.hasOwn(own, name) && name !== 'proxy') return own[name]
        if (name in fixed) return fixed[name]
        if (name === 'data') return live(py.pageData(id))
        if (name === 'setData') return (data, done) => (py.setData(id, written(data)), done && done())
        return live(py.pageMember(id, name))
      },
      set: (own, name, value) => {
        own[name] = value
        if (typeof value === 'function') py.replaceMethod(id, String(name), value)
        return true
      },
      has: (own, name) => name in own || name in fixed || ['data', 'setData'].includes(name),
    }))
  }

  define('wx', wx)
  const called = py.nativeName()
  if (called !== 'wx') define(called, wx)
  define('getApp', () => live(py.app()))
  define('getCurrentPages', () => py.pages().map(pageOf))
  Object.defineProperty(globalThis, '__wxConfig', { get: () => JSON.parse(py.config()), configurable: true })

  const shown = console
  const spoken = {}
  for (const kind of ['log', 'info', 'warn', 'error', 'debug']) {
    spoken[kind] = (...given) => py.log(kind, written(given))
  }
  define('console', { ...shown, ...spoken })

  // --- what Python calls ----------------------------------------------------------------------------------------

  const functions = new Map()

  function functionOf(text) {
    let found = functions.get(text)
    if (found === undefined) {
      found = (0, eval)(`(${text}\n)`)
      if (functions.size >= 500) functions.clear()
      functions.set(text, found)
    }
    return found
  }

  const outcomeOf = value => (isPromise(value) ? Promise.resolve(value).then(written) : written(value))

  py.ready({
    evaluate(text, given, window) {
      if (window !== undefined && window !== null) {
        const found = JSON.parse(window)
        define('window', found)
        define('document', found.document)
      }
      const found = functionOf(text)
      return outcomeOf(typeof found === 'function' ? found(...JSON.parse(given)) : found)
    },
    call(name, given) {
      const found = wx[name]
      if (typeof found !== 'function') throw new Error(`wx.${name} not exists`)
      const kind = kindOf(name)
      const value = found.apply(wx, JSON.parse(given))
      if (kind !== 'task' || isPromise(value)) return outcomeOf(value)
      return ''
    },
    /** The same for a function with a task, whose answer is the result. */
    request(name, given) {
      const [options, ...rest] = JSON.parse(given)
      return new Promise((success, fail) => {
        const value = wx[name]({ ...options, success, fail }, ...rest)
        if (isPromise(value)) value.then(success, fail)
      }).then(written)
    },
    mock(name, text, given) {
      const work = functionOf(text)
      if (typeof work !== 'function') throw new TypeError(`what is to stand in for wx.${name} is no function`)
      wx[name] = standIn(name, work, JSON.parse(given))
    },
    mockResult(name, text) {
      wx[name] = standIn(name, () => JSON.parse(text), [])
    },
    restore,
    run,
    bind(name) {
      define(name, (...given) => void py.binding(name, written(given)))
    },
  })
})()
