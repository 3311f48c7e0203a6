//: run()
export function run() {
  const log: string[] = []
  const handlers: any = { ok: (text: string) => { log.push(text) } }
  handlers.ok?.('one')
  handlers.fail?.('two')
  const none: any = null
  none?.start('three')
  return log
}
