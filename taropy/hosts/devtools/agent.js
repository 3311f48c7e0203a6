// The half of the host that is in the mini program: sent once, and again when the app has begun anew.
//
// `global[name]` gets it. `tell` is the binding by which it speaks: `tell(kind, number, value)`. Values are JSON, in which
// an object with a `$` stands for what JSON has not: `{$: [kind, value]}`.
function (name, binding) {
  if (global[name]) return
  var objects = { 0: wx }
  var last = 0
  var functions = {}
  var tell = function () { global[binding].apply(null, arguments) }
  var TASKS = ['Open', 'Close', 'Error', 'Message', 'ProgressUpdate', 'HeadersReceived', 'ChunkReceived']

  function mark(kind, value) { return { $: [kind, value] } }

  function bytesOf(buffer) { return wx.arrayBufferToBase64(buffer) }

  function hasMethods(value) {
    var each = value
    while (each && each !== Object.prototype) {
      var names = Object.getOwnPropertyNames(each)
      for (var i = 0; i < names.length; i += 1) {
        if (names[i] !== 'constructor' && typeof value[names[i]] === 'function') return true
      }
      each = Object.getPrototypeOf(each)
    }
    return false
  }

  function keep(value, number) {
    var found = number || (last -= 1)
    objects[found] = value
    return found
  }

  function pack(value, around) {
    if (value === undefined || value === null || typeof value === 'boolean' || typeof value === 'string') {
      return value === undefined ? null : value
    }
    if (typeof value === 'number') return isFinite(value) ? value : mark('number', String(value))
    if (typeof value === 'function') return mark('function', keep(value))
    if (typeof value !== 'object') return String(value)
    if (value instanceof ArrayBuffer) return mark('bytes', bytesOf(value))
    if (ArrayBuffer.isView(value)) {
      return mark('bytes', bytesOf(value.buffer.slice(value.byteOffset, value.byteOffset + value.byteLength)))
    }
    if (value instanceof Date) return value.toISOString()
    if (value instanceof Error) return { errMsg: value.errMsg || value.message, message: value.message }
    if (around.indexOf(value) >= 0) return null
    var within = around.concat([value])
    if (Array.isArray(value)) return value.map(function (item) { return pack(item, within) })
    if (hasMethods(value)) return mark('object', keep(value))
    var packed = {}
    Object.keys(value).forEach(function (key) {
      if (value[key] !== undefined) packed[key] = pack(value[key], within)
    })
    return '$' in packed ? mark('plain', packed) : packed
  }

  function unpack(value) {
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map(unpack)
    if (value.$) {
      var kind = value.$[0]
      var given = value.$[1]
      if (kind === 'bytes') return wx.base64ToArrayBuffer(given)
      if (kind === 'number') return Number(given)
      if (kind === 'object') return objects[given]
      if (kind === 'function') return functionOf(given)
      value = given
    }
    var read = {}
    Object.keys(value).forEach(function (key) { read[key] = unpack(value[key]) })
    return read
  }

  /** The function that calls Python's of this number; always the same one. */
  function functionOf(number) {
    if (!functions[number]) {
      functions[number] = function () { tell('event', number, pack(Array.prototype.slice.call(arguments), [])) }
    }
    return functions[number]
  }

  /** Has the options answer the call of this number, once. */
  function answering(options, call) {
    var answered = false
    var told = Object.assign({}, options)
    ;['success', 'fail', 'complete'].forEach(function (kind) {
      told[kind] = function (result) {
        if (answered) return
        answered = true
        tell(kind, call, pack(result, []))
      }
    })
    return told
  }

  /** Has Python told of all that a task does from its beginning on: it may listen later. */
  function follow(task, number) {
    if (typeof task !== 'object' || task === null) return
    objects[number] = task
    TASKS.forEach(function (event) {
      if (typeof task['on' + event] !== 'function') return
      task['on' + event](function () { tell(event, number, pack(Array.prototype.slice.call(arguments), [])) })
    })
  }

  global[name] = {
    members: function () {
      var found = {}
      for (var key in wx) found[key] = typeof wx[key]
      Object.getOwnPropertyNames(wx).forEach(function (key) { found[key] = typeof wx[key] })
      return found
    },
    call: function (on, method, given, call, task) {
      var owner = objects[on]
      if (owner === undefined) throw new Error('the object is gone')
      var values = given.map(unpack)
      if (call) values[0] = answering(values[0], call)
      var result = owner[method].apply(owner, values)
      if (task) {
        follow(result, task)
        return null
      }
      if (call) {
        if (result && typeof result.then === 'function') result.then(values[0].success, values[0].fail)
        return null
      }
      if (result && typeof result.then === 'function') return result.then(function (value) { return pack(value, []) })
      return pack(result, [])
    },
    get: function (on, key) { return pack(objects[on] && objects[on][key], []) },
    has: function (on) {
      var found = {}
      for (var key in objects[on]) found[key] = typeof objects[on][key]
      var each = objects[on]
      while (each && each !== Object.prototype) {
        Object.getOwnPropertyNames(each).forEach(function (key) { found[key] = typeof objects[on][key] })
        each = Object.getPrototypeOf(each)
      }
      return found
    },
    set: function (on, key, value) { objects[on][key] = unpack(value) },
    drop: function (numbers) { numbers.forEach(function (number) { delete objects[number] }) },
  }
}
