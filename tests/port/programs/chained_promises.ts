//: run()
export function run() {
  const log: string[] = []
  return Promise.resolve('a')
    .then((text) => { log.push(text); return Promise.reject(new Error('b')) })
    .then(() => log.push('never'), (error) => { log.push(error.message) })
    .then((value) => log.push(String(value === undefined)))
    .finally(() => { log.push('finally') })
    .then(() => log)
}
