type Status = 'created' | 'paid' | 'done'

interface Order {
  id: number
  status: Status
  total: number
  tags: string[]
}

export function byStatus(orders: Order[]): Record<string, Order[]> {
  return orders.reduce((groups: Record<string, Order[]>, order) => {
    if (!groups[order.status]) groups[order.status] = []
    groups[order.status].push(order)
    return groups
  }, {})
}

export function best(orders: Order[], count: number): number[] {
  return [...orders]
    .sort((a, b) => b.total - a.total || a.id - b.id)
    .slice(0, count)
    .map((order) => order.id)
}

export function tagged(orders: Order[], tag: string): boolean {
  return orders.some((order) => order.tags.includes(tag)) && orders.every((order) => order.tags.length > 0)
}

export function run(): any[] {
  const names: Status[] = ['created', 'paid', 'done']
  const orders: Order[] = []
  for (let id = 0; id < 30; id++) {
    orders.push({ id, status: names[id % 3], total: (id * 53) % 97, tags: [`t${id % 5}`, 'all'] })
  }
  const groups = byStatus(orders)
  return [Object.keys(groups).map((name) => `${name}: ${groups[name].length}`), best(orders, 5), tagged(orders, 't4')]
}
