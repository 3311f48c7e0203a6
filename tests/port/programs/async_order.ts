//: run()
async function step(log: string[], name: string) {
  log.push(`${name} begins`)
  await null
  log.push(`${name} ends`)
  return name
}
export async function run() {
  const log: string[] = []
  const first = step(log, 'a')
  log.push('called')
  Promise.resolve().then(() => log.push('job'))
  const names = await Promise.all([first, step(log, 'b')])
  return [log, names]
}
