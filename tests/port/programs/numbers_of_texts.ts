//: shown("12")
//: shown("x")
//: shown("0")
//: halved("8")
//: halved("a")
//: halved(null)
//: later("5", "y")
//: later("z", "5")
//: declared(0)
//: declared(3)
export function shown(text: string) {
  const count: number = parseInt(text, 10)
  if (count) return `${count} items`
  return count !== count ? 'no number' : 'none'
}

export function halved(value: any) {
  const half: number = value / 2
  const share: number = +value + 1
  return [half ? 'some' : 'none', share && share > 1, !half]
}

export function later(first: string, second: string) {
  let amount: number = 0
  if (amount) return 'never'
  amount = Number(first)
  const before = amount || 'nothing'
  amount = parseFloat(second)
  return [before, amount ? amount : 'no amount']
}

export function declared(count: number) {
  const twice: number = count * 2
  return twice ? 'some' : 'none'
}
