// The `Taro` of the programs: a few functions of a phone, and around them what Taro's adapters do.

/** A new one. `answer` takes what a native function has to say, and has it said in a macrotask, in order. */
export function taroOver(answer) {
  const store = new Map()
  const found = ({ key }) => (store.has(key) ? { data: store.get(key) } : undefined)
  const promised = (name, work) => promisified((options) => answerWith(answer, name, options, work(options)))
  return {
    login: promised('login', () => ({ code: 'a-code' })),
    getNetworkType: promised('getNetworkType', () => ({ networkType: 'wifi' })),
    setStorage: promised('setStorage', ({ key, data }) => store.set(key, data) && {}),
    getStorage: promised('getStorage', found),
    setStorageSync: (key, data) => void store.set(key, data),
    getStorageSync: key => store.get(key) ?? '',
    eventCenter: new Events(),
  }
}

/** A native function calls `success` or `fail`, and then `complete`, without a pause; no result means that it failed. */
function answerWith(answer, name, { success, fail, complete }, result) {
  const told = { ...result, errMsg: `${name}:${result ? 'ok' : 'fail'}` }
  answer(() => {
    ;(result ? success : fail)(told)
    complete(told)
  })
}

/**
 * As processApis of @tarojs/shared has it: the program's callback first, and then the promise. What a callback throws is
 * kept from the promise, which taropy promises to settle, and Taro does not.
 */
function promisified(native) {
  return (options = {}) =>
    new Promise((resolve, reject) => {
      native({
        ...options,
        success: result => {
          attempt(options.success, result)
          resolve(result)
        },
        fail: error => {
          attempt(options.fail, error)
          reject(error)
        },
        complete: result => attempt(options.complete, result),
      })
    })
}

function attempt(callback, value) {
  try {
    callback?.(value)
  } catch {
    // Phones report it, and go on.
  }
}

/** As Taro's: who is there when an event is triggered hears it, in order, and what a listener throws ends it. */
class Events {
  listeners = new Map()

  on(name, listener) {
    this.listeners.set(name, [...(this.listeners.get(name) ?? []), listener])
  }

  once(name, listener) {
    const first = (...values) => {
      listener(...values)
      this.off(name, first)
    }
    this.on(name, first)
  }

  off(name, listener) {
    this.listeners.set(name, (this.listeners.get(name) ?? []).filter(each => each !== listener))
  }

  trigger(name, ...values) {
    for (const listener of this.listeners.get(name) ?? []) listener(...values)
  }
}
