// What a value is, in JSON, with what JSON has not. null and undefined are one: Python has None for both.

export function described(value) {
  switch (typeof value) {
    case 'undefined':
      return null
    case 'boolean':
    case 'string':
      return value
    case 'number':
      return { number: Object.is(value, -0) ? '-0' : String(value) }
    case 'function':
      return { function: true }
  }
  if (value === null) return null
  if (Array.isArray(value)) return Array.from(value, (item, index) => (index in value ? described(item) : { hole: true }))
  if (value instanceof Map) return { map: [...value].map(described) }
  if (value instanceof Set) return { set: [...value].map(described) }
  if (value instanceof Error) return { error: value.name }
  return { object: Object.entries(value).map(([key, field]) => [key, described(field)]) }
}
