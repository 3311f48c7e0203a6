//: converters(["1", "2", "", null, 0, "x", 3.0])
//: texts("Ada Lovelace")
//: texts("👍 ok")
//: either("a,b")
//: either(["a", "b"])
//: lists([3, 1, 2])
//: maybe("abc")
//: maybe(null)
//: lodash({"split": "x"})
export function texts(name) {
  const [first, last] = name.split(' ')
  const short = name.substring(0, 2)
  return [`${name}|${short}`, name.length, name.toUpperCase(), name.startsWith('A'), first, last, name.replace(/a/g, '*'),
    name.indexOf('L'), name.slice(-2), name.includes('a'), name + 1]
}

export function either(value) {
  if (typeof value === 'string') value = value.split(',')
  const kind = Array.isArray(value) ? 'list' : 'text'
  return [value.includes('a'), value.length, value.map(each => each + 1), kind]
}

export function lists(values) {
  const doubled = values.map(value => value * 2)
  const big = values.filter((value, index) => value > 1 && index >= 0)
  return [doubled.length, big.length, values.length, values.indexOf(2), values.includes(3), values.slice(1), `${values}`]
}

export function maybe(text) {
  if (!text) return 'none'
  return text.charAt(1) + text.trim().padStart(5, '.')
}

export function lodash(value: any) {
  return [value.split, String(value.split).toLowerCase(), Number('3') + 1, Boolean(''), Boolean('a'), String(1.0), String(null)]
}

export function converters(values: any) {
  return [values.map(Number), values.map(String), values.filter(Boolean), values.indexOf('2') === 1, values.map(Boolean).lastIndexOf(true) + 1]
}
