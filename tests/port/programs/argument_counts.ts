// A call may give fewer arguments than a function names, or more.
//: run()
function show(first, second) {
  return [first ?? 'none', second ?? 'none']
}
const join = (a, b) => `${a ?? '-'}${b ?? '-'}`
export function run() {
  return [show(1), show(), show(1, 2, 3), join('x'), join()]
}
