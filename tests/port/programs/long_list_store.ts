//: pages(7, 3)
//: pages(0, 3)
//: together()
//: expiry()
//: refreshing()
//: faults()
// A list that is loaded page by page: kept for a while, loaded once however many ask, and told to those who listen.

interface Page<T> {
  list: T[]
  total: number
}

interface State<T> {
  items: T[]
  page: number
  total: number | null
  status: 'idle' | 'loading' | 'failed' | 'done'
  error?: string
}

type Load<T> = (page: number, size: number) => Promise<Page<T>>

interface Options {
  size?: number
  /** For how long a page is good, in milliseconds. */
  keep?: number
  now?: () => number
}

interface Kept<T> {
  at: number
  page: Page<T>
}

const EMPTY = { items: [], page: 0, total: null, status: 'idle' as const }

export class ListStore<T extends { id: number }> {
  state: State<T> = { ...EMPTY, items: [] }
  private readonly size: number
  private readonly keep: number
  private readonly now: () => number
  private readonly kept = new Map<number, Kept<T>>()
  private loading: Promise<void> | null = null
  private listeners: Array<(state: State<T>) => void> = []

  constructor(private readonly load: Load<T>, { size = 10, keep = 60000, now = Date.now }: Options = {}) {
    this.size = size
    this.keep = keep
    this.now = now
  }

  subscribe(listener: (state: State<T>) => void): () => void {
    this.listeners.push(listener)
    return () => {
      this.listeners = this.listeners.filter((each) => each !== listener)
    }
  }

  get hasMore(): boolean {
    const { total, items } = this.state
    return total === null || items.length < total
  }

  /** Loads the next page; who asks meanwhile waits for the same. */
  next(): Promise<void> {
    if (this.loading) return this.loading
    if (!this.hasMore) return Promise.resolve()
    this.loading = this.fetch(this.state.page + 1).finally(() => {
      this.loading = null
    })
    return this.loading
  }

  /** Begins anew. What is still good of the pages is taken, unless that is not wanted. */
  async refresh(force = false): Promise<void> {
    if (force) this.kept.clear()
    this.set({ ...EMPTY, items: [] })
    await this.next()
  }

  update(id: number, change: Partial<T>): boolean {
    const index = this.state.items.findIndex((item) => item.id === id)
    if (index === -1) return false
    const items = this.state.items.slice()
    items[index] = { ...items[index], ...change }
    this.set({ items })
    return true
  }

  remove(id: number): void {
    const items = this.state.items.filter((item) => item.id !== id)
    const gone = this.state.items.length - items.length
    this.set({ items, total: this.state.total === null ? null : this.state.total - gone })
  }

  private async fetch(page: number): Promise<void> {
    this.set({ status: 'loading', error: undefined })
    try {
      const { list, total } = await this.pageOf(page)
      const known = new Set(this.state.items.map((item) => item.id))
      const fresh = list.filter((item) => !known.has(item.id))
      const items = this.state.items.concat(fresh)
      this.set({ items, total, page, status: items.length >= total ? 'done' : 'idle' })
    } catch (err: any) {
      this.set({ status: 'failed', error: err.message || err.errMsg || 'unknown' })
    }
  }

  private async pageOf(number: number): Promise<Page<T>> {
    const kept = this.kept.get(number)
    if (kept && this.now() - kept.at < this.keep) return kept.page
    const page = await this.load(number, this.size)
    this.kept.set(number, { at: this.now(), page })
    return page
  }

  private set(change: Partial<State<T>>): void {
    this.state = { ...this.state, ...change }
    this.listeners.forEach((listener) => listener(this.state))
  }
}

interface Tea {
  id: number
  name: string
  liked?: boolean
}

function backend(count: number, log: string[]): Load<Tea> {
  const all: Tea[] = Array.from({ length: count }, (_, index) => ({ id: index + 1, name: `tea ${index + 1}` }))
  return async (page, size) => {
    log.push(`load ${page}`)
    await Promise.resolve()
    return { list: all.slice((page - 1) * size, page * size), total: all.length }
  }
}

const told = (state: State<Tea>) => `${state.status} ${state.page} ${state.items.length}/${state.total}`

export async function pages(count: number, size: number) {
  const log: string[] = []
  const store = new ListStore(backend(count, log), { size })
  store.subscribe((state) => log.push(told(state)))
  while (store.hasMore) await store.next()
  await store.next()
  return [log, store.state.items.map((each) => each.name)]
}

export async function together() {
  const log: string[] = []
  const store = new ListStore(backend(4, log), { size: 2 })
  await Promise.all([store.next(), store.next(), store.next()])
  const first = store.next()
  return [first === store.next(), await first, log, store.state.page]
}

export async function expiry() {
  const log: string[] = []
  let time = 1000
  const store = new ListStore(backend(2, log), { size: 2, keep: 50, now: () => time })
  await store.next()
  time += 49
  await store.refresh()
  time += 1
  await store.refresh()
  await store.refresh(true)
  return log
}

export async function refreshing() {
  const store = new ListStore(backend(5, []), { size: 3 })
  const seen: string[] = []
  const stop = store.subscribe((state) => seen.push(told(state)))
  await store.next()
  const before = store.state.items
  const changed = [store.update(2, { liked: true }), store.update(9, { liked: true })]
  stop()
  store.remove(1)
  store.remove(77)
  return [changed, before[1].liked, store.state.items, store.state.total, seen]
}

export async function faults() {
  const reasons: any[] = [new Error('down'), { errMsg: 'request:fail timeout' }, {}]
  const told: any[] = []
  for (const reason of reasons) {
    const store = new ListStore<Tea>((_page, _size) => Promise.reject(reason), {})
    await store.next()
    told.push([store.state.status, store.state.error, store.hasMore])
  }
  return told
}
