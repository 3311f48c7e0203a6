// What crosses between a page's objects and Python, converted on this side, where it is cheap; native.py has the other.
//
// Going in, all is plain data that Pyodide converts, but for what `Box` holds: null, bytes, and objects that stay what
// they are, since they have methods. Promises are settled here: one that is rejected with what is no Error would
// never come to an end in Python. They are boxed in an array, or Pyodide would make futures of them, without `abort`.
(() => {
  class Box {
    constructor(kind, value) {
      this.kind = kind
      this.value = value
    }
  }

  /** So many events are kept for a listener that is still to come. */
  const MOST_KEPT = 100_000
  const ids = new WeakMap()
  let latest = 0
  const nothing = new Box('null')
  const isFunction = value => typeof value === 'function'
  const isPromise = value => isFunction(value?.then)
  const isObject = value => typeof value === 'object' && value !== null
  const isBlob = value => typeof Blob === 'function' && value instanceof Blob

  /**
   * The value as data, which Pyodide's `to_py` makes Python values of. `above` are the objects that it is in. Blobs go
   * into `blobs`, to be read; without it they stay what they are.
   */
  function plain(value, blobs, above = []) {
    if (value === null) return nothing
    if (isFunction(value)) return new Box('function', value)
    if (!isObject(value)) return typeof value === 'symbol' ? String(value) : value
    if (value instanceof ArrayBuffer) return new Box('bytes', new Uint8Array(value))
    if (ArrayBuffer.isView(value)) return new Box('bytes', new Uint8Array(value.buffer, value.byteOffset, value.byteLength))
    if (isBlob(value)) return boxed(value, blobs)
    if (above.includes(value)) return undefined
    const inside = [...above, value]
    if (Array.isArray(value)) return value.map(item => (item === undefined ? nothing : plain(item, blobs, inside)))
    if (isError(value)) return fields(value, ['name', 'message', ...Object.keys(value)], blobs, inside)
    if (globalThis.Event && value instanceof Event) return fields(value, keys(value).filter(tells(value)), blobs, inside)
    if (hasMethods(value)) return isFunction(value.toJSON) ? plain(value.toJSON(), blobs, inside) : new Box('object', value)
    return fields(value, keys(value), blobs, inside)
  }

  function boxed(blob, blobs) {
    const box = new Box('object', blob)
    blobs?.push(box)
    return box
  }

  /** A Blob, or a File, with its bytes; one that can't be read stays the page's object. */
  async function read(box) {
    const { type, name } = box.value
    try {
      const value = new Uint8Array(await box.value.arrayBuffer())
      Object.assign(box, { kind: 'file', value, type, name: typeof name === 'string' ? name : nothing })
    } catch {
      return
    }
  }

  /** What waits until files have been read: in the order in which it has happened, as if reading took no time. */
  let reading = null

  /** Throws it where nobody catches it, as an event does. */
  const thrown = error =>
    void setTimeout(() => {
      throw error
    })

  /** Acts now, or when these blobs, and those of what came before, have been read. */
  function inTurn(act, blobs = []) {
    if (!blobs.length && !reading) return act()
    const turn = Promise.all([reading, ...blobs.map(read)])
      .then(act)
      .catch(thrown)
      .then(() => {
        if (reading === turn) reading = null
      })
    reading = turn
  }

  const isError = value => value instanceof Error || Object.prototype.toString.call(value) === '[object Error]'

  /** An event is told by its own data: not by the elements and windows that it leads to. */
  const tells = event => name => {
    const value = field(event, name)
    return !isObject(value) || value instanceof ArrayBuffer || !hasMethods(value) || ['data', 'detail'].includes(name)
  }

  function field(object, name) {
    try {
      return object[name]
    } catch {
      return undefined
    }
  }

  function keys(object) {
    const found = []
    for (const name in object) found.push(name)
    return found
  }

  /** A field that is undefined, or can't be read, is not there; one that is null is. */
  function fields(object, names, blobs, inside) {
    const found = {}
    for (const name of names) {
      const value = field(object, name)
      const data = isFunction(value) ? undefined : plain(value, blobs, inside)
      if (data !== undefined) found[name] = data
    }
    return found
  }

  /** Whether it is more than data. Classes of data have getters alone, as those of positions and sizes. */
  function hasMethods(object) {
    if (isPromise(object)) return true
    for (const name of Object.keys(object)) if (isFunction(field(object, name))) return true
    let of = Object.getPrototypeOf(object)
    while (of && of !== Object.prototype && Object.getPrototypeOf(of) !== null) {
      for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(of)))
        if (name !== 'constructor' && isFunction(value)) return true
      of = Object.getPrototypeOf(of)
    }
    return false
  }

  /** Taro's own stubs, of production too, tell this event; what tries WeChat's SDK first is none. */
  const isStub = value => isFunction(value) && /__taroNotSupport/.test(Function.prototype.toString.call(value))

  const given = value => (isPromise(value) ? ['promise', [value]] : ['value', plain(value)])

  /**
   * What a task that has come by a promise tells before the program listens is kept: the program goes on some turns
   * after the promise, in which a socket may open, speak and end.
   */
  class Listened {
    constructor(task, names) {
      this.early = new Map()
      if (typeof WebSocket === 'function' && task.ws instanceof WebSocket) tasks.set(task.ws, new Closing(task.ws))
      for (const name of names) if (isFunction(task[name])) this.early.set(name, new Early(task, name))
    }

    call(task, name, args) {
      const heard = name.replace(/^off/, 'on')
      const early = this.early.get(heard)
      if (!early) return task[name](...args)
      const [listener, ...rest] = args
      if (name === heard) return early.becomes(listener) ? undefined : task[name](...args)
      if (listener && listener !== early.listener) return task[name](...args)
      this.early.delete(heard)
      return listener ? task[name](early.hear, ...rest) : task[name](...args)
    }
  }

  /** What listens first: it becomes the first listener that the program gives. */
  class Early {
    constructor(task, name) {
      this.kept = []
      this.hear = (...args) => {
        if (this.listener && !this.kept.length) return this.listener(...args)
        if (this.kept.push(args) > MOST_KEPT) this.kept.shift()
      }
      task[name](this.hear)
    }

    becomes(listener) {
      if (this.listener || !isFunction(listener)) return false
      this.listener = listener
      queueMicrotask(() => this.kept.splice(0).forEach(args => listener(...args)))
      return true
    }
  }

  /** A socket tells its end once: who listens by `addEventListener` hears it first, and late ones still do. */
  class Closing {
    constructor(socket) {
      this.listeners = []
      socket.addEventListener('close', event => {
        this.event = event
        for (const listener of this.listeners) listener(event)
      })
    }

    call(socket, name, [kind, listener, ...rest]) {
      if (name !== 'addEventListener' || kind !== 'close') return socket[name](kind, listener, ...rest)
      if (this.event) listener(this.event)
      else this.listeners.push(listener)
    }
  }

  const tasks = new WeakMap()

  return {
    /** What a property holds, and whether it is a function. */
    get(object, name) {
      const value = object[name]
      if (value === undefined || isStub(value)) return ['missing']
      return isFunction(value) ? ['function'] : given(value)
    },
    set: (object, name, value) => void (object[name] = value),
    names: object => {
      const found = new Set(keys(object))
      for (let of = object; of && of !== Object.prototype; of = Object.getPrototypeOf(of))
        for (const name of Object.getOwnPropertyNames(of)) found.add(name)
      found.delete('constructor')
      return [...found]
    },
    call(object, name, args) {
      try {
        return given(tasks.has(object) ? tasks.get(object).call(object, name, args) : object[name](...args))
      } catch (error) {
        return ['threw', plain(error)]
      }
    },
    apply(called, args) {
      try {
        return given(called(...args))
      } catch (error) {
        return ['threw', plain(error)]
      }
    },
    settled([promise]) {
      const told = (kind, value) => new Promise(resolve => {
        const blobs = []
        const data = plain(value, blobs)
        inTurn(() => resolve([kind, data]), blobs)
      })
      return Promise.resolve(promise).then(value => told('value', value), error => told('threw', error))
    },
    id(object) {
      if (!ids.has(object)) ids.set(object, ++latest)
      return ids.get(object)
    },
    bytes: view => view.slice().buffer,
    blob(view, type, name) {
      const parts = [view.slice()]
      return name === undefined ? new Blob(parts, { type }) : new File(parts, name, { type })
    },

    /** The promise of a task, boxed, with listeners of these names on it from the start. */
    listened: ([promise], names) => [promise.then(task => {
      if (isObject(task) && !tasks.has(task)) tasks.set(task, new Listened(task, names))
      return task
    })],

    /** A function of Python's for the page: always the same one, until it is ended, and deaf from then on. */
    callback(python) {
      let live = python.copy()
      const callback = (...args) => {
        const blobs = []
        const told = args.map(each => (each === undefined ? nothing : plain(each, blobs)))
        return inTurn(() => live?.(told), blobs)
      }
      callback.end = () => inTurn(() => {
        live?.destroy()
        live = undefined
      })
      return callback
    },
    /** Has the callbacks of a call end with it. */
    ending(options, names) {
      const { complete } = options
      const own = names.map(name => options[name])
      options.complete = (...args) => {
        try {
          complete?.(...args)
        } finally {
          for (const callback of own) callback.end()
        }
      }
    },
  }
})()
