//: name(1)
//: name(2)
//: name(3)
//: name(9)
//: name("1")
//: status("b")
//: status("z")
export function name(code: any) {
  switch (code) {
    case 1:
      return 'one'
    case 2:
    case 3:
      return 'few'
    default:
      return 'many'
  }
}
export function status(key: string) {
  let found = ''
  switch (key) {
    default:
      found += 'default'
      break
    case 'a':
    case 'b': {
      const prefix = 'ab'
      found = prefix + key
      break
    }
    case 'c':
      found = 'c'
  }
  return found
}
