//: run()
class Queue {
  private running = 0
  private waiting: (() => void)[] = []
  constructor(private readonly limit: number) {}
  async add<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= this.limit) {
      await new Promise<void>((resolve) => this.waiting.push(resolve))
    }
    this.running++
    try {
      return await work()
    } finally {
      this.running--
      this.waiting.shift()?.()
    }
  }
}
export async function run() {
  const log: string[] = []
  const queue = new Queue(1)
  const job = (name: string) => queue.add(async () => {
    log.push(`${name}+`)
    await null
    log.push(`${name}-`)
    return name
  })
  const names = await Promise.all(['a', 'b', 'c'].map(job))
  return [log, names]
}
