// Values as JSON, with markers for what JSON does not have; the same that tools/recorder/values.py uses.
import { types } from 'node:util'

const ROUTE_KEY = /__key_=\w+/g

export function plain(value) {
  if (value === undefined) return '$undefined'
  if (typeof value === 'function') return '$function'
  if (typeof value === 'string') return value.replace(ROUTE_KEY, '__key_=$key')
  if (value === null || typeof value !== 'object') return value
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return '$bytes'
  if (value instanceof Date) return '$date'
  if (types.isNativeError(value)) return { $error: value.message }
  if (typeof value.then === 'function') return '$promise'
  if (Array.isArray(value)) return value.map(plain)
  const fields = Object.entries(value).map(([name, field]) => [name, plain(field)])
  if (Object.getPrototypeOf(value) === Object.prototype) return Object.fromEntries(fields)
  const texts = fields.filter(([, field]) => typeof field === 'string' && field !== '$function')
  return { $object: Object.fromEntries(texts) }
}

/** The value that a marker stands for; `heard` is what a function does with its arguments. */
export function revived(value, heard) {
  if (value === '$function') return (...args) => heard(args)
  if (value === '$bytes') return new Uint8Array([1, 2]).buffer
  if (value === '$date') return new Date(Date.UTC(2026, 0, 1))
  if (value === '$undefined') return undefined
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(item => revived(item, heard))
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, revived(field, heard)]))
}
