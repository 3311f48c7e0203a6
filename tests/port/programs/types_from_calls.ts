//: run()
//: price(3, "kg")
//: price(2.5, "kg")
function half(n) {
  return n / 2
}

function sum(a, b) {
  return a + b
}

function label(name, count) {
  return `${name}: ${count}`
}

function either(value) {
  return `${value}!`
}

function late(value) {
  if (value === 3) value = 'three'
  return value + 1
}

function missing(first, second) {
  return [first, second === undefined, `${first}${second === undefined ? '' : second}`]
}

const handed = (value) => `${value}`

export function price(amount, unit) {
  const total = amount * 4
  return `${total} per ${unit}`
}

export function run() {
  const lists = [10, 20].map(handed)
  return [
    half(7), half(8), `${half(8)} ${half(7)}`,
    sum(1, 2), sum('a', 2), sum('a', 'b'),
    label('pears', 2), label('apples', 2.5),
    either('x'), either(1.0), either(true),
    late(3), late(4),
    missing('a', 'b'), missing('a'),
    lists, handed(undefined), price(1, 'box')
  ]
}
