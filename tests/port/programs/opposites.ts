//: opposites("a", 1)
//: opposites("", null)
//: products()
export function opposites(text: any, count: any) {
  const asked = (answer: boolean) => (answer ? 'yes' : 'no')
  return [
    [text, count === undefined].length !== 2,
    asked(text === 'a') !== 'yes',
    asked(count == null) != 'no',
    !([count === undefined, text].indexOf(text) === 1),
    !(asked('a' in { a: 1 }) === 'yes'),
    ({ [`${count == null}`]: 1 })['true'] !== 1,
    !(text !== 'a'),
    !asked(text === 'a'),
  ]
}

export function products() {
  const width = 2.5 * 4
  return [`${3.5 * 10}`, width + 'px', `${-(-1)}|${- -2}`, String(0.5 * 2), `${60 * 60}`, 2.5 * 2 === 5, ({ [1.5 * 2]: 'three' })['3'], 9007199254740993 + '']
}
