//: places("a?b", ["x", "y"], "n")
//: places("👍", [], "y")
//: places("", ["1"], "")
//: of_any("is it in here")
//: of_any(["a", "is it", "in"])
//: of_any([1, 2])
//: of_missing(null)
//: of_number(5)
//: compared("what is this == in that")
//: compared("what is not this != not in that")
//: lengths("", [])
//: lengths("👍", [0])
//: lengths("ab", ["a", "b"])
//: length_or("")
//: length_or("👍👍")
//: length_of_nothing()
//: replaced("a.b.c")
//: matched("tel 12, 345")
//: matched("none")
//: groups("a1")
//: groups("b")
//: inserted("x")
export function places(url: string, list: string[], name: string) {
  return [
    url.indexOf('?') > -1,
    url.indexOf('?') === -1,
    url.indexOf('?') >= 0,
    url.lastIndexOf('?') !== -1,
    url.indexOf('b') > 1,
    list.indexOf(name) < 0,
    list.indexOf('y') != -1,
    ['1', '2'].indexOf(name) == -1,
  ]
}
export function of_any(value: any) {
  const found = [value.includes('is it'), !value.includes('in'), value.indexOf('a') > -1]
  return value.includes('x') ? null : found
}
export function of_missing(value: any) {
  try {
    return value.includes('a')
  } catch (error: any) {
    return error.name
  }
}
export function of_number(value: any) {
  try {
    return value.indexOf('a') === -1
  } catch (error: any) {
    return error.name
  }
}
export function compared(value: any) {
  return [value !== 'what is this == in that', value != 'what is not this != not in that', !(value === 'a is b')]
}
export function lengths(text: string, list: any[]) {
  const found: any[] = []
  if (text.length) found.push('text')
  if (!text.length) found.push('no text')
  if (list.length) found.push('list')
  found.push(text.length > 0, text.length === 0, text.length >= 1, text.length < 1, text.length > 1, text.length)
  found.push(Boolean(text.length), list.length !== 0)
  return found
}
export function length_or(text: string) {
  return text.length || 'none'
}
export function length_of_nothing() {
  const found = 'abc'.match(/x/)
  try {
    return found!.length
  } catch (error: any) {
    return [error.name, error.message.includes('length')]
  }
}
export function replaced(text: string) {
  return [text.replace('.', '-'), text.replaceAll('.', '-'), text.replace('.', '$&$&'), text.replace('b', ''), text]
}
export function matched(text: string) {
  const numbers = text.match(/\d+/g)
  if (!numbers || numbers.length === 0) return 'none'
  return numbers.map((each) => each.length)
}
export function groups(text: string) {
  const found = /([a-z])(\d)?/.exec(text)
  return found && [found.length, found[1].trim(), found[2] === undefined, `${found[0]}`]
}
export function inserted(text: string) {
  return [text.replace('', '-'), text.replaceAll('', '-')]
}
