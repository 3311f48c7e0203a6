//: reading()
//: expiring()
//: least_recent()
//: searches(["tea", "cup", " tea ", "", "pot", "TEA"], 3)
//: migrated({"version": 1, "user": "Ada", "theme": "dark"})
//: migrated({"version": 2, "user": {"name": "Bo"}, "theme": "light"})
//: migrated(null)
//: remembered()
//: full(3)
// What is kept on the phone: values with an end, the least recently used go first, and older forms are brought up to date.

interface Backend {
  read(key: string): string | undefined
  write(key: string, text: string): void
  remove(key: string): void
  keys(): string[]
}

interface Entry<T = unknown> {
  value: T
  /** When it is over; never, if there is none. */
  until?: number
  used: number
}

class Memory implements Backend {
  private all = new Map<string, string>()
  writes = 0

  constructor(private most = Infinity) {}

  read(key: string) {
    return this.all.get(key)
  }

  write(key: string, text: string) {
    if (!this.all.has(key) && this.all.size >= this.most) throw new Error('setStorage:fail exceed storage max size')
    this.writes += 1
    this.all.set(key, text)
  }

  remove(key: string) {
    this.all.delete(key)
  }

  keys() {
    return Array.from(this.all.keys())
  }
}

const PREFIX = 'kept:'

export class Store {
  constructor(private backend: Backend, private now: () => number) {}

  get<T>(key: string, otherwise?: T): T | undefined {
    const entry = this.entry<T>(key)
    if (!entry) return otherwise
    if (entry.until !== undefined && entry.until <= this.now()) {
      this.backend.remove(PREFIX + key)
      return otherwise
    }
    this.put(key, { ...entry, used: this.now() })
    return entry.value
  }

  /** Keeps a value, for so many milliseconds or for good. Where there is no room, the oldest make some. */
  set<T>(key: string, value: T, ttl?: number): void {
    const entry: Entry<T> = { value, used: this.now(), ...(ttl !== undefined && { until: this.now() + ttl }) }
    for (;;) {
      try {
        this.put(key, entry)
        return
      } catch (error: any) {
        if (!/exceed/.test(error.message)) throw error
        const oldest = this.oldest()
        if (oldest === undefined) throw error
        this.backend.remove(PREFIX + oldest)
      }
    }
  }

  keys(): string[] {
    return this.backend
      .keys()
      .filter((key) => key.startsWith(PREFIX))
      .map((key) => key.slice(PREFIX.length))
  }

  /** Takes away what is over; how many that were. */
  sweep(): number {
    const before = this.keys().length
    this.keys().forEach((key) => this.get(key))
    return before - this.keys().length
  }

  private oldest(): string | undefined {
    const [first] = this.keys().sort((a, b) => (this.entry(a)?.used ?? 0) - (this.entry(b)?.used ?? 0))
    return first
  }

  private entry<T>(key: string): Entry<T> | null {
    const text = this.backend.read(PREFIX + key)
    if (!text) return null
    try {
      return JSON.parse(text) as Entry<T>
    } catch (e) {
      console.log(`${key} is damaged`)
      return null
    }
  }

  private put(key: string, entry: Entry): void {
    this.backend.write(PREFIX + key, JSON.stringify(entry))
  }
}

export function reading() {
  const backend = new Memory()
  const store = new Store(backend, () => 1)
  store.set('user', { name: 'Ada', tags: ['a'] })
  const user = store.get<any>('user')
  user.tags.push('b')
  backend.write('kept:odd', '{oops')
  backend.write('other', '1')
  return [store.get<any>('user').tags, store.get('none'), store.get('none', 5), store.get('odd', 'x'), store.keys()]
}

export function expiring() {
  let time = 0
  const store = new Store(new Memory(), () => time)
  store.set('a', 1, 10)
  store.set('b', 0, 20)
  store.set('c', false)
  const seen = []
  for (const at of [9, 10, 19, 20]) {
    time = at
    seen.push([store.get('a', -1), store.get('b', -1), store.get('c')])
  }
  store.set('d', null, 5)
  time = 100
  return [seen, store.sweep(), store.keys()]
}

export function least_recent() {
  let time = 0
  const store = new Store(new Memory(3), () => ++time)
  for (const key of ['a', 'b', 'c']) store.set(key, key)
  store.get('a')
  store.set('d', 'd')
  store.set('e', 'e')
  return store.keys()
}

export class History {
  constructor(private store: Store, private most: number) {}

  get all(): string[] {
    return this.store.get<string[]>('history') ?? []
  }

  add(text: string): void {
    const clean = text.trim()
    if (!clean) return
    const rest = this.all.filter((each) => each.toLowerCase() !== clean.toLowerCase())
    this.store.set('history', [clean, ...rest].slice(0, this.most))
  }
}

export function searches(texts: string[], most: number) {
  const history = new History(new Store(new Memory(), Date.now), most)
  texts.forEach((text) => history.add(text))
  return history.all
}

type Migration = (old: any) => any

const MIGRATIONS: Migration[] = [
  (old) => old ?? { user: '', theme: 'light' },
  (old) => ({ ...old, user: { name: old.user } }),
  ({ theme, ...rest }) => ({ ...rest, settings: { dark: theme === 'dark' } }),
]

export function migrated(old: any) {
  let state = old
  for (let version = state?.version ?? 0; version < MIGRATIONS.length; version++) {
    state = { ...MIGRATIONS[version](state), version: version + 1 }
  }
  return state
}

/** A function that is asked once for each argument, as long as what it gave is good. */
export function memoize<A extends string | number, R>(work: (argument: A) => R, ttl: number, now: () => number) {
  const kept: { [key: string]: { value: R; at: number } } = Object.create(null)
  return (argument: A): R => {
    const found = kept[argument]
    if (found && now() - found.at < ttl) return found.value
    const value = work(argument)
    kept[argument] = { value, at: now() }
    return value
  }
}

export function remembered() {
  let time = 0
  const calls: number[] = []
  const square = memoize((n: number) => { calls.push(n); return n * n }, 10, () => time)
  const found = [square(2), square(2), square(3)]
  time = 10
  return [found.concat(square(2)), calls]
}

export function full(most: number) {
  const backend = new Memory(most)
  const store = new Store(backend, () => 0)
  for (let i = 0; i < most; i++) backend.write(`other${i}`, '')
  store.set('a', 1)
}
