export class Lru<V> {
  private values = new Map<string, V>()
  hits = 0

  constructor(private readonly most: number) {}

  get(key: string): V | undefined {
    const value = this.values.get(key)
    if (value === undefined) return undefined
    this.hits += 1
    this.values.delete(key)
    this.values.set(key, value)
    return value
  }

  set(key: string, value: V): void {
    this.values.delete(key)
    if (this.values.size >= this.most) {
      const [oldest] = this.values.keys()
      this.values.delete(oldest)
    }
    this.values.set(key, value)
  }
}

export function run(): number[] {
  const store = new Lru<number>(8)
  let sum = 0
  for (let i = 0; i < 60; i++) {
    const key = `k${(i * 7) % 11}`
    const found = store.get(key)
    if (found === undefined) store.set(key, i)
    else sum += found
  }
  return [store.hits, sum]
}
