//: made(1)
//: sent("x")
//: listed()
//: nested("Ann")
//: set(true)
//: set(false)
//: early()
//: same()
//: chosen(null)
export const early = () => first({ id: 0 })

interface Order {
  id: number
  note?: string
  items?: Item[]
  owner?: Owner
}

interface Item {
  name: string
  count: number
}

type Owner = { name: string }

function first(order: Order): number {
  return order.id
}

export function made(id: number): Order {
  const order: Order = { id }
  order.note = `no ${order.id}`
  return { ...order, items: [{ name: 'a', count: id }] }
}

export async function sent(name: string): Promise<Item> {
  const send = (item: Item) => `${item.name}: ${item.count}`
  console.log(send({ name, count: 2 }))
  return { name: name, count: 1 }
}

export function listed() {
  const all: Item[] = [{ name: 'a', count: 1 }, { name: 'b', count: 2 }]
  return all.map(item => item.name + item.count)
}

export function nested(name: string) {
  const order: Order = { id: 1, owner: { name } }
  return `${order.owner?.name} ${order.note} ${JSON.stringify(order)}`.replace('null', 'undefined')
}

export function set(has: boolean) {
  let item: Item | null = null
  if (has) item = { name: 'set', count: 3 }
  return item ? item.name : 'none'
}

export function same() {
  const one: Owner = { name: 'a' }
  const other: Owner = { name: 'a' }
  return [one === other, one === one, Object.keys(one), typeof one]
}

export const chosen = (owner: Owner | null) => (owner || ({ name: 'nobody' } as Owner)).name
