//: uploading(["a.png", "b.jpg", "c.gif"], 2)
//: uploading(["a.png", "slow.png", "b.png", "c.png"], 1)
//: uploading([], 3)
//: uploading(["bad.png", "a.txt", "noext"], 2)
//: flaky(1)
//: flaky(5)
//: cancelling()
//: sizes([0, 512, 1536, 1048576, 5242880.5])
// Pictures on their way to the server: a few at a time, each tried again, with what has come of it in the order of picking.

interface Task {
  id: number
  path: string
  progress: number
  status: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
  url?: string
  error?: string
  tries: number
}

interface Upload {
  promise: Promise<{ statusCode: number; data: string }>
  abort?: () => void
}

type Start = (path: string, onProgress: (percent: number) => void) => Upload

interface Options {
  parallel?: number
  retries?: number
  extensions?: string[]
  onChange?: (tasks: Task[]) => void
}

const DEFAULTS = { parallel: 3, retries: 2, extensions: ['png', 'jpg', 'jpeg', 'gif'] }

export class Uploads {
  private tasks: Task[] = []
  private running = new Map<number, Upload>()
  private options: Required<Pick<Options, 'parallel' | 'retries' | 'extensions'>> & Options
  private resolvers: Array<(tasks: Task[]) => void> = []

  constructor(private start: Start, options: Options = {}) {
    this.options = { ...DEFAULTS, ...options }
  }

  add(...paths: string[]): Task[] {
    const added = paths.map((path, index): Task => {
      const id = this.tasks.length + index
      const fault = this.faultOf(path)
      if (fault) return { id, path, progress: 0, status: 'failed', error: fault, tries: 0 }
      return { id, path, progress: 0, status: 'waiting', tries: 0 }
    })
    this.tasks.push(...added)
    this.fill()
    return added
  }

  /** All tasks, when none is left to do. */
  finished(): Promise<Task[]> {
    if (this.isIdle) return Promise.resolve(this.tasks)
    return new Promise((resolve) => this.resolvers.push(resolve))
  }

  cancel(id: number): boolean {
    const task = this.tasks[id]
    if (!task || ['done', 'failed', 'cancelled'].indexOf(task.status) !== -1) return false
    task.status = 'cancelled'
    this.running.get(id)?.abort?.()
    this.running.delete(id)
    this.fill()
    return true
  }

  get percent(): number {
    const counted = this.tasks.filter(({ status }) => status !== 'failed' && status !== 'cancelled')
    if (counted.length === 0) return 100
    return Math.round(counted.reduce((sum, task) => sum + task.progress, 0) / counted.length)
  }

  private get isIdle(): boolean {
    return this.tasks.every((task) => task.status !== 'waiting' && task.status !== 'running')
  }

  private faultOf(path: string): string | null {
    const dot = path.lastIndexOf('.')
    if (dot < 0) return 'no picture'
    const extension = path.slice(dot + 1).toLowerCase()
    return this.options.extensions.includes(extension) ? null : `no picture: ${extension}`
  }

  private fill(): void {
    while (this.running.size < this.options.parallel) {
      const task = this.tasks.find((each) => each.status === 'waiting')
      if (!task) break
      this.run(task)
    }
    this.options.onChange?.(this.tasks)
    if (this.isIdle) {
      const resolvers = this.resolvers.splice(0)
      resolvers.forEach((resolve) => resolve(this.tasks))
    }
  }

  private run(task: Task): void {
    task.status = 'running'
    task.tries += 1
    const upload = this.start(task.path, (percent) => {
      task.progress = percent
    })
    this.running.set(task.id, upload)
    upload.promise
      .then(({ statusCode, data }) => {
        if (statusCode !== 200) throw new Error(`status ${statusCode}`)
        const { url } = JSON.parse(data)
        Object.assign(task, { url, progress: 100, status: 'done' })
      })
      .catch((error) => {
        if (task.status === 'cancelled') return
        task.progress = 0
        const message = error.errMsg ?? error.message
        if (task.tries <= this.options.retries) task.status = 'waiting'
        else Object.assign(task, { status: 'failed', error: message })
      })
      .finally(() => {
        this.running.delete(task.id)
        this.fill()
      })
  }
}

/** A server: what is slow takes some turns more, what is bad is refused, and the first so many tries fail. */
function fake(log: string[], failures = 0): Start {
  let failed = 0
  return (path, onProgress) => {
    log.push(`> ${path}`)
    const work = async () => {
      onProgress(50)
      const turns = path.startsWith('slow') ? 12 : 2
      for (let turn = 0; turn < turns; turn++) await null
      log.push(`< ${path}`)
      if (failed++ < failures) throw { errMsg: 'uploadFile:fail network' }
      if (path.startsWith('bad')) return { statusCode: 413, data: '' }
      return { statusCode: 200, data: JSON.stringify({ url: `https://cdn.example/${path}` }) }
    }
    return { promise: work(), abort: () => log.push(`x ${path}`) }
  }
}

export async function uploading(paths: string[], parallel: number) {
  const log: string[] = []
  let most = 0
  const uploads = new Uploads(fake(log), {
    parallel,
    onChange: (tasks) => {
      most = Math.max(most, tasks.filter((task) => task.status === 'running').length)
    },
  })
  uploads.add(...paths)
  const tasks = await uploads.finished()
  return [tasks.map(({ path, status, url, error, tries }) => [path, status, url ?? error, tries]), log, most, uploads.percent]
}

export async function flaky(failures: number) {
  const log: string[] = []
  const uploads = new Uploads(fake(log, failures), { parallel: 1 })
  uploads.add('a.png')
  const [task] = await uploads.finished()
  return [task, log.length]
}

export async function cancelling() {
  const log: string[] = []
  const uploads = new Uploads(fake(log), { parallel: 1 })
  uploads.add('slow.png', 'b.png', 'c.png')
  const percent = uploads.percent
  const cancelled = [uploads.cancel(0), uploads.cancel(0), uploads.cancel(2), uploads.cancel(7)]
  const tasks = await uploads.finished()
  return [percent, cancelled, tasks.map((task) => task.status), log]
}

/** A size for people: `1.5 KB`. */
export function formatSize(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB']
  let value = bytes
  let unit = 0
  for (; value >= 1024 && unit < units.length - 1; unit++) value /= 1024
  return `${Number(value.toFixed(1))} ${units[unit]}`
}

export const sizes = (all: number[]) => all.map((each) => formatSize(each))
