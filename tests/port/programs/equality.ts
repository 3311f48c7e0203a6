//: check(1)
//: check(true)
//: check("1")
//: check(0)
//: check(false)
//: check(null)
//: check("")
export function check(value: any) {
  return [value === 1, value == 1, value === true, value === 0, value == null, value !== '', value === 'x', value == '1']
}
