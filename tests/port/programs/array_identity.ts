//: run()
export function run() {
  const a = [1]
  const b = [1]
  const o = {}
  const f = () => 1
  return [a === b, a === a, o === o, ([a] as any[]).includes(b), [a].indexOf(a), f === f, a == (b as any), [NaN].includes(NaN)]
}
