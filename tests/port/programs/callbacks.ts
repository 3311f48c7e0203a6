//: run()
export function each(list: number[], visit: (item: number, index: number) => void, done?: () => void) {
  for (let i = 0; i < list.length; i++) visit(list[i], i)
  done && done()
}
export function run() {
  const log: any[] = []
  each([4, 5], (item, index) => {
    log.push(item * 10 + index)
  }, () => log.push('done'))
  each([6], (item, index) => log.push([item, index]))
  return log
}
