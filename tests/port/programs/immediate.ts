//: run()
export function run() {
  const value = (() => {
    const a = 1
    return a + 1
  })()
  const log: number[] = []
  ;(function () {
    log.push(value)
  })()
  return log
}
