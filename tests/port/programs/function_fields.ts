//: run()
function counted(n: number) {
  counted.calls = counted.calls + 1
  return n
}
counted.calls = 0
export function run() {
  counted(1)
  counted(2)
  return counted.calls
}
