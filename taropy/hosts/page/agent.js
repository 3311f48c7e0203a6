/**
 * Connects a page, or a mini program, with a Python program: what that calls on `Taro` is called here.
 *
 *     taropyAgent.connect({ address: 'ws://127.0.0.1:8765', token: '…', api: Taro })
 *
 * It is a script without dependencies: included by a page, injected into it, or required by a mini program, which gives
 * `connectSocket: wx.connectSocket` too. A page whose address has `?taropy=PORT.TOKEN` connects by itself. The messages
 * are described in wire.py and bridge.py beside it. It writes nothing on the page's objects.
 */
;(function (root) {
  'use strict'

  const VERSION = 1
  const TAG = '$'
  const PATIENCE = 10000 // so long, in milliseconds, a page may take until its `Taro` is there
  const DONE = 4000 // the code with which Python ends what it does not want to go on
  const DEEPEST = 100
  const LARGE = 512 * 1024 // a frame of so many bytes crosses beside the socket, if that can be (large.py)
  const ROUTES = ['navigateTo', 'redirectTo', 'reLaunch', 'switchTab', 'navigateBack']
  const nothing = () => {}
  const { Blob, ArrayBuffer, WebSocket, fetch } = root

  const isObject = value => (typeof value === 'object' && value !== null) || typeof value === 'function'
  const isThenable = value => isObject(value) && typeof value.then === 'function'
  const isBlob = value => typeof Blob === 'function' && value instanceof Blob
  /** Whether its class is Object, of this page or of a frame in it. */
  const isPlain = value => {
    const parent = Object.getPrototypeOf(value)
    return parent === null || Object.getPrototypeOf(parent) === null
  }
  const classOf = value => Object.prototype.toString.call(value).slice(8, -1)

  /** Objects that Python knows by number; 0 is `Taro` itself. */
  class Handles {
    constructor(api) {
      this.objects = new Map([[0, { object: api, sent: 1 }]])
      this.numbers = new WeakMap()
      this.shapes = new Map()
      this.last = 0
    }

    get(number) {
      const known = this.objects.get(number)
      if (!known) throw new Error('the object is not there any more')
      return known.object
    }

    /** Keeps a value under a number of Python's, which are below 0. */
    keep(number, value) {
      this.objects.set(-number, { object: value, sent: 1 })
    }

    /** What stands for an object in a message; `sent` counts how often, so that one on its way is not let go. */
    tag(object) {
      let number = this.numbers.get(object)
      const known = number && this.objects.get(number)
      if (known) known.sent += 1
      else {
        number = ++this.last
        this.numbers.set(object, number)
        this.objects.set(number, { object, sent: 1 })
      }
      return { [TAG]: 'h', n: number, ...this.shape(object) }
    }

    /** Names of what the object has; those of its class are told once. */
    shape(object) {
      const told = { c: classOf(object), m: own(object) }
      if (isThenable(object)) told.t = 1
      if (typeof object === 'function') told.f = 1
      const parent = Object.getPrototypeOf(object)
      if (!parent || parent === Object.prototype || parent === Function.prototype) return told
      let shape = this.shapes.get(parent)
      if (!shape) {
        shape = this.shapes.size + 1
        this.shapes.set(parent, shape)
        told.d = inherited(parent)
        told.k = parent.constructor && parent.constructor.name
      }
      told.s = shape
      return told
    }

    free(pairs) {
      for (const [number, count] of pairs) {
        const known = this.objects.get(number)
        if (known && (known.sent -= count) <= 0) this.objects.delete(number)
      }
    }
  }

  /** 1 for a function, 0 for anything else, by name. A method may hide behind a getter, as those of taro-h5's tasks do. */
  function own(object, isClass = false) {
    const names = {}
    for (const name of Object.getOwnPropertyNames(object).slice(0, 1000)) {
      const property = Object.getOwnPropertyDescriptor(object, name)
      if (typeof object === 'function' && !property.enumerable) continue
      const value = property.get && !isClass ? safely(() => object[name]) : property.value
      names[name] = typeof value === 'function' ? 1 : 0
    }
    return names
  }

  function inherited(parent) {
    const names = {}
    for (let at = parent; at && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
      for (const [name, kind] of Object.entries(own(at, true))) if (!(name in names) && name !== 'constructor') names[name] = kind
    }
    return names
  }

  /** One connection: what Python calls is done, and what comes of it, and what the page tells, is sent. */
  class Link {
    constructor(socket, address, api, app) {
      this.socket = socket
      this.address = address.replace(/^ws/, 'http').replace(/\/*$/, '/')
      this.app = app
      this.handles = new Handles(api)
      this.functions = new Map()
      this.outbox = []
      this.flushing = false
      this.inbox = []
      this.fetching = false
      this.large = { path: null, most: 0, left: 0 }
      this.ends = new WeakMap()
      this.registry =
        typeof FinalizationRegistry === 'function'
          ? new FinalizationRegistry(({ id, count }) => this.say(['free', id, count.value]))
          : null
    }

    // --- what is sent: in the order in which it happened, though a file may have to be read first ---------------

    say(message, exact) {
      const files = []
      let packed
      this.exact = exact
      try {
        packed = message.map(part => this.pack(part, files, []))
      } catch (error) {
        const [kind, id] = message
        if (kind !== 'ok' && kind !== 'fail' && kind !== 'event') return
        files.length = 0
        packed = kind === 'event' ? ['lost', id, String(error)] : ['fail', id, this.pack(error, files, [])]
      }
      this.exact = false
      const entry = { packed, frame: null }
      this.outbox.push(entry)
      if (this.large.path && files.reduce((sum, file) => sum + sizeOf(file), 0) >= LARGE) this.leave(entry, files)
      else if (files.some(isBlob)) this.read(entry, files)
      else entry.frame = framed(packed, files)
      if (!this.flushing) {
        this.flushing = true
        Promise.resolve().then(() => this.flush())
      }
    }

    /** Has a message wait until its files are read. */
    read(entry, files) {
      const reading = files.map(file => (isBlob(file) ? file.arrayBuffer() : bytesOf(file).slice()))
      this.settle(entry, Promise.all(reading).then(read => framed(entry.packed, read)))
    }

    /** Has a large message cross beside the socket, which says where its place is. It is a Blob: the bytes of an array
     * would be told to who watches the page's network as well, as Playwright does, and that takes ten times as long. */
    leave(entry, files) {
      const number = ++this.large.left
      const frame = new Blob([headOf(entry.packed), ...files])
      if (frame.size > this.large.most) {
        const told = `the message is ${frame.size} bytes long, and max_size is ${this.large.most}`
        this.settle(entry, Promise.reject(new Error(told)))
        return
      }
      const leaving = this.request(number, { method: 'POST', body: frame }).then(
        ({ status }) => status === 201 && JSON.stringify(['large', number]),
        () => (this.large.path = null)
      )
      this.settle(entry, leaving.then(place => place || frame.arrayBuffer()))
    }

    async settle(entry, coming) {
      const [kind, id] = entry.packed
      try {
        entry.frame = await coming
      } catch (error) {
        const told = kind === 'event' ? ['lost', id, String(error)] : ['fail', id, this.pack(error, [], [])]
        entry.frame = framed(told, [])
      }
      this.flush()
    }

    request(number, options) {
      return fetch.call(root, this.address + this.large.path + number, { cache: 'no-store', credentials: 'omit', ...options })
    }

    flush() {
      this.flushing = false
      const waiting = this.outbox.findIndex(({ frame }) => !frame)
      const plain = []
      let length = 0 // of what is sent together, which might be longer than a message may be
      const sendPlain = () => {
        if (plain.length) this.socket.send(`[${plain.splice(0).join()}]`)
        length = 0
      }
      for (const { frame } of this.outbox.splice(0, waiting < 0 ? this.outbox.length : waiting)) {
        if (typeof frame === 'string') {
          if (length + frame.length > LARGE) sendPlain()
          plain.push(frame)
          length += frame.length
        } else {
          sendPlain()
          this.socket.send(frame)
        }
      }
      sendPlain()
    }

    /** A value as JSON, with tags for what that has not. */
    pack(value, files, above) {
      switch (typeof value) {
        case 'string':
        case 'boolean':
          return value
        case 'number':
          if (Number.isFinite(value) && !Object.is(value, -0)) return value
          return { [TAG]: 'n', v: Object.is(value, -0) ? '-0' : String(value) }
        case 'undefined':
          return this.exact ? { [TAG]: 'u', x: 1 } : { [TAG]: 'u' }
        case 'bigint':
          return { [TAG]: 'i', v: String(value) }
        case 'symbol':
          return String(value)
        case 'function':
          return this.handles.tag(value)
      }
      if (value === null) return null
      if (this.exact && isThenable(value)) return this.handles.tag(value)
      if (Array.isArray(value)) {
        return this.deeper(value, above, at => value.map(item => this.pack(item, files, at)))
      }
      return isPlain(value) ? this.packObject(value, files, above) : this.packInstance(value, files, above)
    }

    /** A plain object; one that has methods stays here. */
    packObject(value, files, above) {
      const names = Object.keys(value)
      const stays = !this.exact && names.some(name => typeof value[name] === 'function')
      if (stays || above.includes(value)) return this.handles.tag(value)
      return this.deeper(value, above, at => this.packFields(names, value, files, at))
    }

    packFields(names, value, files, above) {
      const fields = {}
      for (const name of names) {
        const field = value[name]
        if (field !== undefined || this.exact) define(fields, name, this.pack(field, files, above))
      }
      return TAG in fields ? { [TAG]: 'o', v: fields } : fields
    }

    /** What is of a class: files as their bytes, errors and events as their fields; others stay here. */
    packInstance(value, files, above) {
      if (value instanceof Standing) return value.packed
      const kind = classOf(value)
      if (value instanceof Error || kind === 'Error' || kind === 'DOMException') {
        const { name, message } = value
        if (this.exact) {
          const names = ['message', ...Object.keys(value).filter(each => each !== 'message')]
          return { [TAG]: 'k', c: String(name), e: 1, v: this.packFields(names, value, files, [...above, value]) }
        }
        return { [TAG]: 'e', v: { ...this.packFields(Object.keys(value), value, files, [...above, value]), name, message } }
      }
      if (value instanceof ArrayBuffer || kind === 'ArrayBuffer' || ArrayBuffer.isView(value)) {
        files.push(value)
        return { [TAG]: 'b', size: value.byteLength }
      }
      if (isBlob(value)) {
        files.push(value)
        return { [TAG]: 'f', size: value.size, type: value.type, ...(typeof value.name === 'string' && { name: value.name }) }
      }
      if (kind === 'Date') return Number.isNaN(value.getTime()) ? null : { [TAG]: 'd', v: value.getTime() }
      if (kind === 'Boolean' || kind === 'Number' || kind === 'String') return this.pack(value.valueOf(), files, above)
      if (typeof root.Event === 'function' && value instanceof root.Event) {
        return this.ofClass(value, this.packEvent(value, files, above))
      }
      if (isMeasure(value)) return this.ofClass(value, this.pack(value.toJSON(), files, [...above, value]))
      return this.exact && !hasMethods(value) ? this.ofClass(value, this.packEvent(value, files, above)) : this.handles.tag(value)
    }

    /** The fields of an instance, in a message that is exact with its class. */
    ofClass(value, fields) {
      const areFields = isObject(fields) && !Array.isArray(fields) && !(TAG in fields)
      return this.exact && areFields ? { [TAG]: 'k', c: nameOf(value), v: fields } : fields
    }

    /** An event as its fields: of what is of the page itself, as `target`, there are none. */
    packEvent(event, files, above) {
      const fields = {}
      for (const name of Object.keys(inherited(Object.getPrototypeOf(event))).concat(Object.keys(event))) {
        const field = event[name]
        const isPart = isObject(field) && !Array.isArray(field) && !isPlain(field)
        const isData = isPart && isDataOfAnEvent(field)
        if (field === undefined || field === null || name.toUpperCase() === name || (isPart && !isData)) continue
        define(fields, name, this.pack(field, files, [...above, event]))
      }
      return fields
    }

    deeper(value, above, pack) {
      if (above.length > DEEPEST) throw new Error('the value is too deep to be sent')
      if (above.includes(value)) throw new Error('the value holds itself')
      return pack([...above, value])
    }

    // --- what comes -----------------------------------------------------------------------------------------------

    receive(frame) {
      const come = opened(frame)
      if (this.fetching && come.messages[0][0] === 'instead') this.goOn(come)
      else if (this.fetching) this.inbox.push(come)
      else this.performAll(come)
    }

    performAll({ messages, files }) {
      for (const message of messages) this.perform(message, files)
    }

    /** A large message has its place here: what comes after it waits until it has been fetched, or is sent after all. */
    comesBeside(number) {
      this.fetching = true
      this.request(number)
        .then(answer => (answer.ok ? answer.arrayBuffer() : Promise.reject(answer.status)))
        .then(opened) // which fails if something between, as a service worker, has answered
        .then(
          come => {
            this.say(['arrived', number])
            this.goOn(come)
          },
          () => this.say(['send', number])
        )
    }

    goOn(come) {
      this.fetching = false
      this.performAll(come)
      while (this.inbox.length && !this.fetching) this.performAll(this.inbox.shift())
    }

    perform([kind, id, ...rest], files) {
      if (kind === 'free') this.handles.free(id)
      else if (kind === 'beside') Object.assign(this.large, { path: `taropy-messages/${id}/`, most: rest[0] })
      else if (kind === 'large') this.comesBeside(id)
      else if (kind !== 'instead') {
        try {
          this[kind](id, ...rest.map(part => this.unpack(part, files)))
        } catch (error) {
          const isExact = EXACT.includes(kind)
          if (isExact) this.handles.keep(id, undefined)
          this.say(['fail', id, error], isExact)
        }
      }
    }

    unpack(value, files) {
      if (Array.isArray(value)) return value.map(item => this.unpack(item, files))
      if (typeof value !== 'object' || value === null) return value
      if (!(TAG in value)) return this.unpackFields(value, files)
      switch (value[TAG]) {
        case 'u':
          return undefined
        case 'n':
          return Number(value.v)
        case 'd':
          return new Date(value.v)
        case 'o':
          return this.unpackFields(value.v, files)
        case 'h':
          return this.handles.get(value.n)
        case 'r':
          return value.at.reduce((at, name) => at[name], this.handles.get(value.n))
        case 'c':
          return this.function(value.n, value.x)
        case 'b':
          return take(files, value.size)
        case 'f':
          return value.name === null || value.name === undefined
            ? new Blob([take(files, value.size)], { type: value.type })
            : new root.File([take(files, value.size)], value.name, { type: value.type })
      }
      throw new Error(`there is no tag ${value[TAG]}`)
    }

    unpackFields(value, files) {
      const fields = {}
      for (const name of Object.keys(value)) define(fields, name, this.unpack(value[name], files))
      return fields
    }

    /** The function that stands for one of Python's: the same one for as long as anything here holds it. */
    function(id, script) {
      const known = this.functions.get(id)
      const kept = known && (known.ref ? known.ref.deref() : known.made)
      if (kept) {
        known.count.value += 1
        return kept
      }
      const made = (...given) => {
        this.say(['event', id, given], script)
        return script && this.follow(id, script, given[0])
      }
      const count = { value: 1 }
      if (this.registry) {
        this.registry.register(made, { id, count })
        this.functions.set(id, { ref: new WeakRef(made), count })
      } else this.functions.set(id, { made, count })
      return made
    }

    // --- what Python asks for -------------------------------------------------------------------------------------

    invoke(target, name, given) {
      return name === '' ? target(...given) : target[name](...given)
    }

    /** A call whose value is wanted, whatever it is. */
    value(id, target, name, given) {
      const object = this.handles.get(target)
      const value = this.hearsClose(object, name, given) ? undefined : this.invoke(object, name, given)
      if (isThenable(value)) value.then(nothing, nothing)
      this.say(['ok', id, value])
    }

    /** A call that answers by callbacks, by a promise, or by both: the first answer counts. */
    options(id, target, name, given, task) {
      let settled = false
      const settle = kind => value => {
        if (settled) return
        settled = true
        this.say([kind, id, value])
      }
      const [said, fail] = [settle('ok'), settle('fail')]
      const isRoute = this.app && target === 0 && ROUTES.includes(name)
      if (isRoute) this.app.begins(name)
      const success = isRoute ? value => this.app.routed().then(() => said(value)) : said
      const complete = value => (isObject(value) && /:fail/.test(value.errMsg) ? fail : success)(value)
      let returned
      try {
        returned = this.invoke(this.handles.get(target), name, [{ ...given[0], success, fail, complete }, ...given.slice(1)])
      } catch (error) {
        fail(error)
        if (task) this.say(['fail', task.id, error])
        return
      }
      if (task && task.comes) {
        Promise.resolve(returned).then(
          made => this.say(['ok', task.id, this.listened(made, task)]),
          error => (this.say(['fail', task.id, error]), fail(error))
        )
        return
      }
      if (task) this.say(['ok', task.id, this.listened(returned, task)])
      if (isThenable(returned)) returned.then(success, fail)
    }

    /** A task whose listeners are on it before anything can happen; Python keeps what they hear until it listens. */
    listened(task, { on }) {
      if (!isObject(task)) return { task, heard: [] }
      this.watchClose(task.ws)
      const heard = Object.keys(on).filter(name => typeof task[name] === 'function')
      for (const name of heard) task[name](this.function(on[name]))
      return { task: new Standing(this.handles.tag(task)), heard }
    }

    await(id, target) {
      Promise.resolve(this.handles.get(target)).then(
        value => this.say(['ok', id, value]),
        error => this.say(['fail', id, error])
      )
    }

    get(id, target, name) {
      this.say(['ok', id, this.handles.get(target)[name]])
    }

    set(id, target, name, value) {
      this.handles.get(target)[name] = value
      this.say(['ok', id, null])
    }

    // --- what Python asks for to the letter (direct.py); what comes of it is kept under its number --------------------

    /** A call as the page's own program makes it: what it returns, and what becomes of a promise, as the call `end`. */
    call(id, owner, name, given, end, untold) {
      const value = this.invoke(owner, name, given)
      this.keep(id, value, untold)
      const settled = kind => outcome => {
        this.handles.keep(end, outcome)
        this.say([kind, end, outcome], true)
      }
      if (isThenable(value)) value.then(settled('ok'), settled('fail'))
    }

    make(id, owner, name, given) {
      this.keep(id, new owner[name](...given), true)
    }

    keep(id, value, untold) {
      this.handles.keep(id, value)
      this.say(['ok', id, untold ? null : value], true)
    }

    put(id, owner, name, value) {
      owner[name] = value
      this.say(['ok', id, null], true)
    }

    /** What a function of Python's does here, at once, when it is called, and what it gives. */
    follow(id, { does, gives, throws }, argument) {
      this.handles.keep(id, argument)
      for (const message of does) this.perform(message, [])
      if (throws !== null) throw new Error(throws)
      return this.unpack(gives, [])
    }

    /** A socket tells its end once: who listens for it by `addEventListener` hears it first, and late ones still do. */
    watchClose(socket) {
      if (typeof WebSocket !== 'function' || !(socket instanceof WebSocket)) return
      const end = { event: null, listeners: [] }
      this.ends.set(socket, end)
      socket.addEventListener('close', event => {
        end.event = event
        for (const listener of end.listeners) listener(event)
      })
    }

    hearsClose(socket, name, [kind, listener]) {
      const end = name === 'addEventListener' && kind === 'close' && this.ends.get(socket)
      if (!end) return false
      if (end.event) listener(end.event)
      else end.listeners.push(listener)
      return true
    }
  }

  /** What has been packed already. */
  class Standing {
    constructor(packed) {
      this.packed = packed
    }
  }

  /** Of a class, and yet data: what an event may have that is to be told. */
  function isDataOfAnEvent(value) {
    return value instanceof Error || value instanceof ArrayBuffer || ArrayBuffer.isView(value) || isBlob(value) || isMeasure(value)
  }

  /** DOMRect, DOMPoint, a position, a URL: what tells itself in plain values. */
  function isMeasure(value) {
    return typeof value.toJSON === 'function' && !(root.Node && value instanceof root.Node)
  }

  const EXACT = ['call', 'make', 'keep', 'put'] // what these say is told to the letter
  const nameOf = value => (Object.getPrototypeOf(value).constructor || {}).name || classOf(value)
  const hasMethods = value => Object.values({ ...inherited(Object.getPrototypeOf(value)), ...own(value) }).includes(1)

  function define(fields, name, value) {
    if (name === '__proto__') Object.defineProperty(fields, name, { value, enumerable: true, configurable: true, writable: true })
    else fields[name] = value
  }

  function take(files, size) {
    const place = files[0]
    const data = place.frame.slice(place.at, (place.at += size))
    if (data.byteLength !== size) throw new Error('the message is shorter than it says')
    return data
  }

  function ascii(bytes) {
    let text = ''
    for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode.apply(null, bytes.subarray(at, at + 8192))
    return text
  }

  const sizeOf = file => (isBlob(file) ? file.size : file.byteLength)
  const bytesOf = file =>
    ArrayBuffer.isView(file) ? new Uint8Array(file.buffer, file.byteOffset, file.byteLength) : new Uint8Array(file)

  /** A message as it is now, to be sent: its JSON, or with files a frame of its own. */
  const framed = (packed, files) => (files.length ? withFiles(packed, files) : JSON.stringify(packed))

  /** A message with files as a frame. */
  function withFiles(packed, files) {
    const head = headOf(packed)
    const frame = new Uint8Array(head.length + files.reduce((sum, file) => sum + file.byteLength, 0))
    frame.set(head)
    let at = head.length
    for (const file of files) {
      frame.set(bytesOf(file), at)
      at += file.byteLength
    }
    return frame.buffer
  }

  /** What such a frame begins with: the length of its JSON, and that. */
  function headOf(packed) {
    const escaped = sign => '\\u' + sign.charCodeAt(0).toString(16).padStart(4, '0')
    const text = JSON.stringify([packed]).replace(/[\u007f-\uffff]/g, escaped)
    const head = new Uint8Array(4 + text.length)
    new DataView(head.buffer).setUint32(0, text.length)
    for (let at = 0; at < text.length; at += 1) head[4 + at] = text.charCodeAt(at)
    return head
  }

  /** The messages of a frame, and where the files in it begin. */
  function opened(frame) {
    if (typeof frame === 'string') return { messages: JSON.parse(frame), files: [] }
    const length = new DataView(frame).getUint32(0)
    return { messages: JSON.parse(ascii(new Uint8Array(frame, 4, length))), files: [{ frame, at: 4 + length }] }
  }

  // --- the page's `Taro`, and what it has -----------------------------------------------------------------------------

  /** By name: 1 for a function, 0 for a value. What only says that it is not there is left out. */
  function members(api) {
    const names = {}
    for (let at = api; at && at !== Object.prototype && at !== Function.prototype; at = Object.getPrototypeOf(at)) {
      for (const name of Object.getOwnPropertyNames(at)) {
        if (name in names || name === 'constructor' || name.startsWith('_')) continue
        const value = safely(() => api[name])
        if (value === undefined || value === null || isStub(value)) continue
        names[name] = typeof value === 'function' && !isClass(value) ? 1 : 0
      }
    }
    return names
  }

  /** Taro's own stubs, of production too, tell this event; what tries WeChat's SDK first is none. */
  function isStub(value) {
    return typeof value === 'function' && /__taroNotSupport/.test(safely(() => Function.prototype.toString.call(value)))
  }

  function isClass(value) {
    return /^class\b/.test(safely(() => Function.prototype.toString.call(value)))
  }

  function safely(get) {
    try {
      return get()
    } catch (error) {
      return undefined
    }
  }

  // --- connections --------------------------------------------------------------------------------------------------------

  /** A socket of the browser's or of a mini program's, in one form. */
  function open({ address, token, connectSocket }, on) {
    const protocols = ['taropy', token]
    if (connectSocket) {
      const task = connectSocket({ url: address, protocols, fail: on.close })
      task.onOpen(on.open)
      task.onMessage(({ data }) => on.message(data))
      task.onClose(on.close)
      task.onError(nothing)
      return { send: data => task.send({ data }) }
    }
    const socket = new WebSocket(address, protocols)
    socket.binaryType = 'arraybuffer'
    socket.onopen = on.open
    socket.onmessage = ({ data }) => on.message(data)
    socket.onclose = on.close
    return { send: data => socket.readyState === 1 && socket.send(data) }
  }

  /** Connects, and again when the connection is lost, until Python says that it is done or nobody has been there long. */
  function connect(settings) {
    const app = root.taropyApp || null
    let failures = 0
    const again = ({ code } = {}) => {
      if (code === DONE || ++failures > 200) return
      setTimeout(begin, Math.min(50 * failures, 2000))
    }
    const begin = () => {
      let link
      const socket = open(settings, {
        open: () => {
          failures = 0
          link = new Link(socket, settings.address, settings.api || {}, app)
          link.say(['hello', { ...greeting(settings), app }])
        },
        message: data => link.receive(data),
        close: again,
      })
    }
    begin()
  }

  function greeting({ api, names, connectSocket }) {
    return {
      version: VERSION,
      members: api ? members(api) : null,
      names: names || [],
      fetches: !connectSocket && canFetch(),
    }
  }

  /** Whether it is sure that this computer's servers can be fetched from: a page of elsewhere may need a permission. */
  function canFetch() {
    const isOfThisComputer = typeof location === 'object' && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(location.hostname)
    return isOfThisComputer && typeof fetch === 'function' && typeof Blob === 'function'
  }

  /** Connects as soon as the page has one of these names; after a while without, to say so. */
  function connectTo({ names, ...settings }) {
    const began = Date.now()
    const look = () => {
      const name = names.find(each => isObject(safely(() => root[each])))
      if (name || Date.now() - began > PATIENCE) connect({ ...settings, names, api: name && root[name] })
      else setTimeout(look, 10)
    }
    look()
  }

  const agent = { connect, connectTo, version: VERSION }
  if (typeof module === 'object' && module.exports) module.exports = agent
  else if (!root.taropyAgent) {
    root.taropyAgent = agent
    bySelf()
  }

  /** What the page's address says, which it forgets, and remembers for when it is loaded anew. */
  function bySelf() {
    if (typeof location !== 'object' || typeof sessionStorage !== 'object' || root.top !== root) return
    const url = new URL(location.href)
    const told = url.searchParams.get('taropy') || sessionStorage.getItem('taropy') || ''
    const [, port, token, names] = /^(\d+)\.([\w-]+)(?:\.([\w,]+))?$/.exec(told) || []
    if (!port) return
    sessionStorage.setItem('taropy', told)
    url.searchParams.delete('taropy')
    history.replaceState(history.state, '', url.href)
    connectTo({ address: `ws://127.0.0.1:${port}/`, token, names: (names || 'Taro,taro').split(',') })
  }
})(typeof globalThis === 'object' ? globalThis : this)
