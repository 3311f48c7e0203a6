//: run()
class Range {
  in = 'r'
  from: number | null = null
  constructor(public to: number) {}
  apply(change: number) {
    this.from = (this.from ?? 0) + change
    return this
  }
  call = (by: number) => this.to * by
}
export function run() {
  const range = new Range(9)
  const { from, to } = range.apply(2).apply(3)
  return [from, to, range.in, range['from'], Object.keys(range).filter((key) => key !== 'call').sort()]
}
