//: run()
export function run() {
  const log: string[] = []
  const o: any = { n: 1 }
  const find = () => { log.push('find'); return o }
  const make = () => { log.push('make'); return 2 }
  find().n = make()
  find().list = [make()]
  return [log, o]
}
