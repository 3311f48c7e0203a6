//: run()
export function run() {
  let a = 0
  for (let i = 0, j = 9; i < j; i++, j--) a += j
  const b = void 0
  return [a, b === undefined]
}
