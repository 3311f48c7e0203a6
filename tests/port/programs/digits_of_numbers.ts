//: grouped(1234567.5)
//: grouped(0)
//: grouped(-12.345)
//: without_a_point(12)
//: in_functions(1234.5)
//: counted_twice(98765)
export function grouped(amount: number): string {
  const [whole, part] = Math.abs(amount).toFixed(2).split('.')
  let text = ''
  for (let i = 0; i < whole.length; i++) {
    if (i > 0 && (whole.length - i) % 3 === 0) text += ','
    text += whole[i]
  }
  return `${amount < 0 ? '-' : ''}${text}.${part}`
}

export function without_a_point(amount: number) {
  const [whole, part] = amount.toFixed(0).split('.')
  return [whole.length, part === undefined, part ? part.length : 0]
}

export function in_functions(amount: number) {
  const [whole, part] = amount.toFixed(2).split('.')
  const found: any[] = []
  for (let i = 0; i < whole.length; i++) {
    found.push(['x', 'yz'].map((part) => part[i]), [1].map((i) => whole[i] + part.length))
  }
  return found.map((each) => (each === undefined ? 'none' : each))
}

export function counted_twice(amount: number) {
  const [whole] = String(amount).split(',')
  const rests: number[] = []
  for (let i = 0; i < whole.length; i++) rests.push((whole.length - i) % 2)
  for (let i = 8; i > whole.length - 1; i--) rests.push((whole.length - i) % 2)
  return [rests, whole[whole.length] === undefined]
}
