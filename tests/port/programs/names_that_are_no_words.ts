//: called()
//: mapped()
class Odd {
  'say-hi'(name: string) {
    return `hi ${name} ${this.twice(2)}`
  }
  1() {
    return 'one'
  }
  'twice'(count: number) {
    return count * 2
  }
  'own-field' = 6
  both() {
    return this['say-hi']('me') + this[1]()
  }
}

export function called() {
  const odd = new Odd()
  return [odd['say-hi']('you'), odd[1](), odd.twice(3), odd['own-field'], odd.both(), Object.keys(odd)]
}

type Show = (code: number, text?: string) => string
const SHOWN = new Map<string, Show>([
  ['code', (code) => code.toFixed(1)],
  ['both', (code, text) => `${code}${text ? text.trim() : '-'}`],
  ['none', () => 'none'],
])

export function mapped() {
  return ['code', 'both', 'none'].map((key) => SHOWN.get(key)!(1, ' x '))
}
