//: isWeekend("sun")
//: isWeekend("mon")
//: isWeekend(null)
//: isOpen(1)
//: isOpen(true)
//: isOpen("1")
//: isLarge(2)
//: isLarge(true)
//: hasNoNumber()
//: isOnly("a")
//: isOnly("b")
//: isPaid("paid")
//: isPaid("open")
//: parts("2024-05-06")
//: parts("2024")
//: joined("a", "b")
//: collected()
//: both()
//: kept()

enum Plan {
  Free = 'free',
  Paid = 'paid',
  Team = 'team',
}

export const isWeekend = (day: any) => ['sat', 'sun'].includes(day)

export const isOpen = (state: any) => [0, 1].includes(state)

export const isLarge = (size: any) => [2, 3].includes(size)

export const hasNoNumber = () => [2, NaN].includes(NaN)

export const isOnly = (kind: any) => ['a'].includes(kind)

export const isPaid = (plan: any) => [Plan.Paid, Plan.Team].includes(plan)

export function parts(date: string) {
  const year = date.split('-')[0]
  const month = date.split('-')[1]
  return `${year} ${month || '?'} ${date.split('-').length} ${date.split('-').join('/')}`
}

export const joined = (one: string, other: string) => [one, 'and', other].join(' ') + [one, other].join()

export function collected() {
  const seen = new Set(['a', 'b', 'a'])
  const ages = new Map([['Ann', 30], ['Bob', 40]])
  const made = Object.fromEntries([['x', 1], ['y', 2]])
  return `${seen.size} ${ages.get('Bob')} ${JSON.stringify(made)}`
}

export async function both() {
  const all = await Promise.all([Promise.resolve(1), 2, later('c')])
  const first = await Promise.race([later('quick'), new Promise(() => {})])
  all.push(4)
  return `${all.join()} ${first}`
}

async function later(text: string) {
  return text
}

export function kept() {
  const inner = [1, 2]
  const all = [inner, [3]]
  const flat = new Set([inner, [3]])
  all[0].push(5)
  return `${inner.length} ${flat.has(inner)} ${all.length}`
}
