// Values as JSON, with markers for what JSON does not have; tests/h5/values.py uses the same.
//
//   "$undefined" "$nan" "$infinity" "$function" "$promise"   what stands there
//   {"$bytes": BASE64}                                       an ArrayBuffer, or a view of one
//   {"$error": NAME, "message": TEXT, …}                     an Error, with the fields that were written on it
//   {"$object": CLASS, …}                                    an instance of another class, with what FIELDS says

// What a browser's own objects have on their prototypes, where no enumeration finds it.
const FIELDS = {
  CloseEvent: ['type', 'code', 'wasClean'],
  DOMRectReadOnly: ['left', 'top', 'right', 'bottom', 'width', 'height'],
  ErrorEvent: ['type', 'message'],
  Event: ['type'],
  File: ['name', 'size', 'type'],
  Blob: ['size', 'type'],
  MessageEvent: ['type', 'data'],
  GeolocationPositionError: ['code', 'message'],
}

export function plain(value, depth = 6) {
  if (value === undefined) return '$undefined'
  if (typeof value === 'number') return Number.isFinite(value) ? value : Number.isNaN(value) ? '$nan' : '$infinity'
  if (typeof value === 'function') return '$function'
  if (value === null || typeof value !== 'object') return value
  if (depth === 0) return '$deep'
  if (value instanceof ArrayBuffer) return { $bytes: btoa(String.fromCharCode(...new Uint8Array(value))) }
  if (ArrayBuffer.isView(value)) return { $bytes: btoa(String.fromCharCode(...new Uint8Array(value.buffer))) }
  if (value instanceof Node || value === window) return { $object: value === window ? 'Window' : 'Node' }
  if (typeof value.then === 'function') return '$promise'
  if (Array.isArray(value)) return value.map(item => plain(item, depth - 1))
  if ('$taroPath' in value && typeof value.onLoad === 'function') return { $object: 'Page' }
  return fieldsOf(value, depth - 1)
}

function fieldsOf(value, depth) {
  const fields = Object.fromEntries(Object.entries(value).map(([name, field]) => [name, plain(field, depth)]))
  const prototype = Object.getPrototypeOf(value)
  if (prototype === Object.prototype || prototype === null) return fields
  if (value instanceof Error || value instanceof DOMException) return { $error: value.name, message: value.message, ...fields }
  const name = prototype.constructor?.name ?? 'Object'
  const own = (FIELDS[name] ?? []).map(field => [field, plain(value[field], depth)])
  return { $object: name, ...Object.fromEntries(own) }
}

/** The value that a marker stands for; `play` makes functions, finds labels and knows the servers' addresses. */
export function revived(value, play, key = 'fn') {
  if (typeof value === 'string') return revivedText(value, play, key)
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map((item, at) => revived(item, play, key))
  if ('$bytes' in value) return Uint8Array.from(atob(value.$bytes), letter => letter.charCodeAt(0)).buffer
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, revived(field, play, name)]))
}

function revivedText(text, play, key) {
  const [marker, ...rest] = text.split(' ')
  if (marker === '$fn') return play.fn(rest.join(' ') || key)
  if (marker === '$throwing') return play.fn(rest.join(' ') || key, true)
  if (marker === '$ref') return play.find(rest[0])
  if (text === '$undefined') return undefined
  if (text === '$nan') return NaN
  if (text === '$infinity') return Infinity
  if (text === '$date') return new Date(Date.UTC(2026, 0, 1))
  return play.addressed(text)
}
