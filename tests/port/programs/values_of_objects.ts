//: added()
//: shown()
//: given("text", 2)
class Amount {
  constructor(private cents: number) {}
  valueOf() {
    return this.cents
  }
  toString() {
    return `${(this.cents / 100).toFixed(2)} €`
  }
}

export function added() {
  const one = new Amount(150)
  const other: any = { valueOf: () => 7, toString: () => 'seven' }
  let line = 'sum: '
  line += one
  line += other
  return ['' + one, one + ' and ' + other, line, (one as any) + other, (one as any) < other, +other]
}

export function shown() {
  const one = new Amount(150)
  const other = { valueOf: () => 7, toString: () => 'seven' }
  return [`${one}`, `${one} and ${other}`, String(other), [one, other].join(), 'a: '.concat(other as any)]
}

export function given(text: any, count: any) {
  return ['' + text, text + count, count + text, '' + count, '' + [count, [text]], '' + { text } + null + undefined]
}
