//: run(true)
//: run(false)
export function run(on: boolean) {
  if (on) {
    var value: any = 'set'
  }
  return value ?? 'unset'
}
