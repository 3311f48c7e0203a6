//: walk(["pay", "ship", "receive", "review"])
//: walk(["pay", "cancel", "refund"])
//: walk(["ship"])
//: walk(["cancel", "pay"])
//: allowed()
//: countdown(0, 95000)
//: countdown(0, 3725000)
//: countdown(10, 5)
//: tabs([["a", "created", 3], ["b", "paid", 1], ["c", "created", 2], ["d", "done", 9]])
//: history()
// The life of an order: which steps there are from where, what is done on the way, and how it is shown.

export const Status = {
  created: 'created',
  paid: 'paid',
  shipped: 'shipped',
  received: 'received',
  done: 'done',
  cancelled: 'cancelled',
  refunding: 'refunding',
} as const

type StatusName = keyof typeof Status
type Step = 'pay' | 'ship' | 'receive' | 'review' | 'cancel' | 'refund'

interface Order {
  id: string
  status: StatusName
  changed: number
  log: string[]
  reason?: string
}

const STEPS: Record<Step, { from: StatusName[]; to: StatusName }> = {
  pay: { from: ['created'], to: 'paid' },
  ship: { from: ['paid'], to: 'shipped' },
  receive: { from: ['shipped'], to: 'received' },
  review: { from: ['received'], to: 'done' },
  cancel: { from: ['created', 'paid'], to: 'cancelled' },
  refund: { from: ['paid', 'shipped', 'received'], to: 'refunding' },
}

const LABELS: { [status in StatusName]: string } = {
  created: 'to be paid',
  paid: 'to be sent',
  shipped: 'on its way',
  received: 'to be reviewed',
  done: 'done',
  cancelled: 'cancelled',
  refunding: 'being refunded',
}

/** A step that there is not from where the order is. */
export class StepError extends Error {
  readonly step: Step
  readonly status: StatusName

  constructor(step: Step, status: StatusName) {
    super(`an order that is ${LABELS[status]} can't ${step}`)
    this.step = step
    this.status = status
  }
}

type Hook = (order: Order, step: Step) => void | Promise<void>

export class Machine {
  private before: { [step: string]: Hook[] } = {}
  private after: Hook[] = []

  on(step: Step, hook: Hook): this {
    ;(this.before[step] = this.before[step] || []).push(hook)
    return this
  }

  afterEach(hook: Hook): this {
    this.after.push(hook)
    return this
  }

  can(order: Order, step: Step): boolean {
    return STEPS[step].from.includes(order.status)
  }

  steps(order: Order): Step[] {
    return (Object.keys(STEPS) as Step[]).filter((step) => this.can(order, step))
  }

  /** Does a step. A hook that throws keeps the order where it is. */
  async apply(order: Order, step: Step, at = order.changed + 1): Promise<Order> {
    if (!this.can(order, step)) throw new StepError(step, order.status)
    for (const hook of this.before[step] ?? []) await hook(order, step)
    const next: Order = {
      ...order,
      status: STEPS[step].to,
      changed: at,
      log: [...order.log, `${order.status} -> ${STEPS[step].to}`],
    }
    await Promise.all(this.after.map((hook) => hook(next, step)))
    return next
  }
}

export const created = (id: string, at = 0): Order => ({ id, status: Status.created, changed: at, log: [] })

export async function walk(steps: Step[]) {
  const told: string[] = []
  const machine = new Machine()
    .on('pay', async (order, _step) => {
      await Promise.resolve()
      told.push(`pay ${order.id} from ${order.status}`)
    })
    .on('ship', ({ id }, _step) => {
      told.push(`pack ${id}`)
    })
    .afterEach((order, step) => {
      told.push(`${step}: ${LABELS[order.status]}`)
    })
  let order = created('o1')
  try {
    for (const step of steps) order = await machine.apply(order, step)
  } catch (error) {
    if (error instanceof StepError) told.push(`${error.step}! ${error.message}`)
    else throw error
  }
  return { status: order.status, at: order.changed, told, log: order.log }
}

export function allowed() {
  const machine = new Machine()
  return Object.values(Status).map((status) => [status, machine.steps({ ...created('x'), status })])
}

const PAY_WITHIN = 30 * 60 * 1000

/** How long it can still be paid: `29:05`, with hours where there are any; empty if it is too late. */
export function countdown(createdAt: number, now: number, within = PAY_WITHIN * 3) {
  const left = Math.max(0, createdAt + within - now)
  if (left === 0) return ''
  const seconds = Math.floor(left / 1000) % 60
  const minutes = Math.floor(left / 60000) % 60
  const hours = Math.floor(left / 3600000)
  const two = (value: number) => String(value).padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${two(minutes)}:${two(seconds)}`
}

/** Orders by the tab that they are shown under, the newest first; all tabs are there. */
export function tabs(rows: [string, StatusName, number][]) {
  const byTab: Record<string, string[]> = { all: [] }
  for (const status in LABELS) byTab[status] = []
  rows
    .map(([id, status, changed]) => ({ id, status, changed }))
    .sort((a, b) => b.changed - a.changed)
    .forEach(({ id, status }) => {
      byTab.all.push(id)
      byTab[status].push(id)
    })
  const badges = Object.entries(byTab)
    .filter(([tab, ids]) => tab !== 'all' && ids.length > 0)
    .map(([tab, { length }]) => `${LABELS[tab as StatusName]} ${length > 1 ? length : 'one'}`)
  return { byTab, badges }
}

export async function history() {
  const machine = new Machine().on('refund', (order, _step) => {
    order.reason = order.reason || 'none'
    if (order.reason === 'none') throw new Error(`${order.id}: why?`)
  })
  const order = await machine.apply(created('o2', 5), 'pay')
  const without = await machine.apply(order, 'refund').catch((error: Error) => error.message)
  const withReason = await machine.apply({ ...order, reason: 'cold' }, 'refund', 99)
  return [without, order.status, order.reason, withReason]
}
