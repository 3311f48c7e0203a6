//: batches(5, 2)
//: batches(0, 2)
//: losing()
//: sampling(0.5, 10)
//: scrubbed({"phone": "13800138000", "user": {"token": "abc", "name": "Ada"}, "list": [{"password": 1}, null], "n": 0})
//: funnel([["u1", "view"], ["u2", "view"], ["u1", "add"], ["u1", "pay"], ["u2", "pay"], ["u3", "view"], ["u3", "add"]])
//: sessions([0, 10, 1000, 1900000, 1900001, 9000000])
//: top(["a", "b", "a", "c", "b", "a"], 2)
// What a program tells of its use: events in batches, kept when sending fails, without what is nobody's business.

interface Event {
  name: string
  at: number
  props: Record<string, unknown>
}

interface Storage {
  get(key: string): any
  set(key: string, value: any): void
}

interface Options {
  size: number
  most: number
  sample: number
  common: () => Record<string, unknown>
}

const KEY = '__events'
const SECRET = /token|password|phone|mobile/i
const MASK = '***'

/** The value without secrets, however deep they are. */
export function scrub(value: any): any {
  if (Array.isArray(value)) return value.map(scrub)
  if (value !== null && typeof value === 'object') {
    return Object.keys(value).reduce<Record<string, any>>((found, key) => {
      found[key] = SECRET.test(key) ? MASK : scrub(value[key])
      return found
    }, {})
  }
  return value
}

export class Analytics {
  private queue: Event[]
  private sending = false
  private timer: any
  dropped = 0
  private options: Options

  constructor(
    private send: (events: Event[]) => Promise<void>,
    private storage: Storage,
    private now: () => number,
    options: Partial<Options> = {},
  ) {
    this.options = Object.assign({ size: 10, most: 100, sample: 1, common: () => ({}) }, options)
    this.queue = storage.get(KEY) || []
  }

  track(name: string, props: Record<string, unknown> = {}): void {
    if (!this.isSampled(name)) return
    this.queue.push({ name, at: this.now(), props: scrub({ ...this.options.common(), ...props }) })
    if (this.queue.length > this.options.most) {
      this.dropped += this.queue.length - this.options.most
      this.queue = this.queue.slice(-this.options.most)
    }
    this.storage.set(KEY, this.queue)
    if (this.queue.length >= this.options.size) this.flush()
  }

  /** Sends what is there, a batch after the other; one that fails stays for the next time. */
  async flush(): Promise<number> {
    if (this.sending) return 0
    this.sending = true
    let count = 0
    try {
      while (this.queue.length) {
        const batch = this.queue.slice(0, this.options.size)
        await this.send(batch)
        this.queue.splice(0, batch.length)
        this.storage.set(KEY, this.queue)
        count += batch.length
      }
    } catch (e) {
      console.log('kept', this.queue.length, (e as Error).message)
    } finally {
      this.sending = false
    }
    return count
  }

  private isSampled(name: string): boolean {
    if (this.options.sample >= 1) return true
    return hash(name) % 100 < this.options.sample * 100
  }
}

/** The same number for the same text, in 32 bits. */
export function hash(text: string): number {
  let value = 5381
  for (let i = 0; i < text.length; i++) {
    value = ((value << 5) + value + text.charCodeAt(i)) | 0
  }
  return value >>> 0
}

function memory(): Storage & { all: Record<string, any> } {
  const all: Record<string, any> = {}
  return {
    all,
    get: (key) => all[key],
    set: (key, value) => {
      all[key] = JSON.parse(JSON.stringify(value))
    },
  }
}

export async function batches(count: number, size: number) {
  const sent: number[][] = []
  let time = 0
  const analytics = new Analytics(async (events) => void sent.push(events.map(({ at }) => at)), memory(), () => time++, { size })
  for (let i = 0; i < count; i++) analytics.track(`event ${i}`, { i })
  const flushed = await analytics.flush()
  await new Promise((resolve) => setTimeout(resolve, 1))
  return [sent, flushed, await analytics.flush()]
}

export async function losing() {
  const storage = memory()
  let isUp = false
  const send = (events: Event[]) => (isUp ? Promise.resolve() : Promise.reject(new Error('down')))
  const first = new Analytics(send, storage, () => 7, { size: 2, most: 3, common: () => ({ app: 'shop', token: 't' }) })
  for (const name of ['a', 'b', 'c', 'd', 'e']) first.track(name)
  await new Promise((resolve) => setTimeout(resolve, 1))
  const kept = storage.all[KEY].map((each: Event) => each.name)
  isUp = true
  const second = new Analytics(send, storage, () => 8)
  second.track('f', { b: 1 })
  return [first.dropped, kept, storage.all[KEY][0].props, await second.flush(), storage.all[KEY]]
}

export function sampling(sample: number, count: number) {
  const storage = memory()
  const analytics = new Analytics(async () => {}, storage, () => 0, { sample, size: 1000 })
  const names = Array.from({ length: count }, (_, i) => `n${i * 37}`)
  names.forEach((name) => analytics.track(name))
  return [(storage.get(KEY) ?? []).map((each: Event) => each.name), names.map(hash)]
}

export const scrubbed = (value: any) => scrub(value)

/** How many got how far, step by step, each after the one before. */
export function funnel(rows: [string, string][]) {
  const steps = ['view', 'add', 'pay']
  const reached: { [user: string]: number } = {}
  for (const [user, step] of rows) {
    const at = reached[user] ?? 0
    if (steps[at] === step) reached[user] = at + 1
  }
  const counts = steps.map((step, index) => ({
    step,
    users: Object.values(reached).filter((far) => far > index).length,
  }))
  const rate = counts[0].users ? counts[counts.length - 1].users / counts[0].users : 0
  return { counts, rate: `${(rate * 100).toFixed(1)}%` }
}

const GAP = 30 * 60 * 1000

/** Moments put together to visits: each with its beginning, its end and how many there were. */
export function sessions(moments: number[]) {
  return moments.reduce((found: { from: number; to: number; count: number }[], moment) => {
    const last = found[found.length - 1]
    if (last && moment - last.to <= GAP) {
      last.to = moment
      last.count++
    } else {
      found.push({ from: moment, to: moment, count: 1 })
    }
    return found
  }, [])
}

export function top(names: string[], count: number) {
  const counts = new Map<string, number>()
  names.forEach((name) => counts.set(name, (counts.get(name) || 0) + 1))
  return Array.from(counts).sort((a, b) => b[1] - a[1]).slice(0, count).map(([name, n]) => `${name}×${n}`)
}
