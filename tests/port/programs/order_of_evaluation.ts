//: run()
export function run() {
  const log: string[] = []
  const say = (text: string) => { log.push(text); return text }
  const o = { a: say('a'), b: say('b'), ...{ c: say('c') }, d: say('d') }
  const list = [say('1'), ...[say('2')], say('3')]
  say('x') || say('never')
  say('y') && say('z')
  const both = say('l') + say('r')
  return [log, Object.keys(o), list, both]
}
