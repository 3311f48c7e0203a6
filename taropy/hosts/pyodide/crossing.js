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

  const ids = new WeakMap()
  let latest = 0
  const nothing = new Box('null')
  const isFunction = value => typeof value === 'function'
  const isPromise = value => isFunction(value?.then)
  const isObject = value => typeof value === 'object' && value !== null

  /** The value as data, which Pyodide's `to_py` makes Python values of. `above` are the objects that it is in. */
  function plain(value, above = []) {
    if (value === null) return nothing
    if (isFunction(value)) return new Box('function', value)
    if (!isObject(value)) return typeof value === 'symbol' ? String(value) : value
    if (value instanceof ArrayBuffer) return new Box('bytes', new Uint8Array(value))
    if (ArrayBuffer.isView(value)) return new Box('bytes', new Uint8Array(value.buffer, value.byteOffset, value.byteLength))
    if (above.includes(value)) return undefined
    const inside = [...above, value]
    if (Array.isArray(value)) return value.map(item => (item === undefined ? nothing : plain(item, inside)))
    if (isError(value)) return fields(value, ['name', 'message', ...Object.keys(value)], inside)
    if (globalThis.Event && value instanceof Event) return fields(value, keys(value).filter(tells(value)), inside)
    if (hasMethods(value)) return isFunction(value.toJSON) ? plain(value.toJSON(), inside) : new Box('object', value)
    return fields(value, keys(value), inside)
  }

  const isError = value => value instanceof Error || Object.prototype.toString.call(value) === '[object Error]'

  /** An event is told by its own data: not by the elements and windows that it leads to. */
  const tells = event => name => {
    const value = read(event, name)
    return !isObject(value) || value instanceof ArrayBuffer || !hasMethods(value) || ['data', 'detail'].includes(name)
  }

  function read(object, name) {
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
  function fields(object, names, inside) {
    const found = {}
    for (const name of names) {
      const value = read(object, name)
      const data = isFunction(value) ? undefined : plain(value, inside)
      if (data !== undefined) found[name] = data
    }
    return found
  }

  /** Whether it is more than data. Classes of data have getters alone, as those of positions and sizes. */
  function hasMethods(object) {
    if (isPromise(object)) return true
    for (const name of Object.keys(object)) if (isFunction(read(object, name))) return true
    let of = Object.getPrototypeOf(object)
    while (of && of !== Object.prototype && Object.getPrototypeOf(of) !== null) {
      for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(of)))
        if (name !== 'constructor' && isFunction(value)) return true
      of = Object.getPrototypeOf(of)
    }
    return false
  }

  const given = value => (isPromise(value) ? ['promise', [value]] : ['value', plain(value)])

  return {
    /** What a property holds, and whether it is a function. */
    get(object, name) {
      const value = object[name]
      if (value === undefined) return ['missing']
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
        return given(object[name](...args))
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
    settled: ([promise]) =>
      Promise.resolve(promise).then(
        value => ['value', plain(value)],
        error => ['threw', plain(error)],
      ),
    id(object) {
      if (!ids.has(object)) ids.set(object, ++latest)
      return ids.get(object)
    },
    bytes: view => view.slice().buffer,

    /** A function of Python's for the page: always the same one, until it is ended, and deaf from then on. */
    callback(python) {
      let live = python.copy()
      const callback = (...args) => live?.(args.map(each => (each === undefined ? nothing : plain(each))))
      callback.end = () => {
        live?.destroy()
        live = undefined
      }
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
