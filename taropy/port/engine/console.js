// `console`, which shows values as Node.js does.
//
// Of the bridge, `print` takes a stream's name and a text; `traceOf` tells where an error was made, `isPython` whether an
// object is Taro's.
(bridge => {
  'use strict'

  const { print, traceOf, isPython } = bridge

  const QUOTE = /['\\\n\r\t]/g
  const ESCAPED = { "'": "\\'", '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

  function shown(value, depth = 0, around = []) {
    if (typeof value === 'string') return depth ? `'${value.replace(QUOTE, each => ESCAPED[each])}'` : value
    if (typeof value === 'bigint') return `${value}n`
    if (Object.is(value, -0)) return '-0'
    if (typeof value === 'function') return `[${/^class\b/.test(Function.prototype.toString.call(value)) ? 'class' : 'Function'}${value.name ? `: ${value.name}` : ' (anonymous)'}]`
    if (typeof value !== 'object' || value === null) return String(value)
    if (value instanceof Error) return shownError(value)
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString()
    if (value instanceof RegExp) return String(value)
    if (value instanceof Promise) return 'Promise {}'
    if (isPython(value)) return '[object of Taro]'
    if (around.includes(value)) return '[Circular]'
    if (depth > 2) return Array.isArray(value) ? '[Array]' : '[Object]'
    return shownParts(value, depth + 1, [...around, value])
  }

  function shownParts(value, depth, around) {
    const inner = each => shown(each, depth, around)
    if (value instanceof Map) return `Map(${value.size}) ${braced(Array.from(value, ([key, each]) => `${inner(key)} => ${inner(each)}`), '{}')}`
    if (value instanceof Set) return `Set(${value.size}) ${braced(Array.from(value, inner), '{}')}`
    if (Array.isArray(value)) return braced(Array.from(value, inner), '[]')
    const kind = Object.getPrototypeOf(value)?.constructor?.name
    const fields = Object.keys(value).map(name => `${/^[A-Za-z_$][\w$]*$/.test(name) ? name : `'${name}'`}: ${inner(value[name])}`)
    return `${kind && kind !== 'Object' ? `${kind} ` : ''}${braced(fields, '{}')}`
  }

  const braced = (parts, [open, close]) => {
    if (parts.length === 0) return open + close
    const line = `${open} ${parts.join(', ')} ${close}`
    return line.length <= 76 && !line.includes('\n') ? line : `${open}\n  ${parts.join(',\n').replaceAll('\n', '\n  ')}\n${close}`
  }

  const shownError = error => `${error.name}: ${error.message}${traceOf(error)}`

  const printing = stream => (...given) => {
    const text = typeof given[0] === 'string' ? formatted(given) : given.map(each => shown(each)).join(' ')
    print(stream, text)
  }

  function formatted([first, ...rest]) {
    const text = first.replace(/%[sdifoOj%]/g, mark => {
      if (mark === '%%') return '%'
      if (rest.length === 0) return mark
      const value = rest.shift()
      if (mark === '%s') return typeof value === 'object' ? shown(value, 1) : String(value)
      if (mark === '%d') return String(Number(value))
      if (mark === '%i') return String(parseInt(value, 10))
      if (mark === '%f') return String(parseFloat(value))
      return mark === '%j' ? JSON.stringify(value) : shown(value, 1)
    })
    return [text, ...rest.map(each => shown(each))].join(' ')
  }

  const say = printing('stdout')
  const warn = printing('stderr')
  return {
    log: say, info: say, debug: say, dir: say, table: say, group: say, groupEnd() {}, warn, error: warn, trace: warn,
    time() {}, timeEnd() {}, assert: (holds, ...given) => { if (!holds) warn('Assertion failed:', ...given) },
  }
})
