//: run(0)
//: run(1)
//: run(2)
//: run("done")
//: run(null)
enum Code {
  Nothing,
  Ok,
  Late
}
enum State {
  Open = 'open',
  Done = 'done'
}
const LIMITS = { low: 2, high: 5 } as const

export function run(value: any) {
  return [
    value === Code.Nothing, value === Code.Ok, value !== Code.Late, value === State.Done, `${Code.Late} ${State.Open}`,
    value === LIMITS.low, value > LIMITS.high, value === 1, value === 0, value === true, Code.Ok + 1, State.Done + '!'
  ]
}
