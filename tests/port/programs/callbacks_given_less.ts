// A callback may have parameters that those who call it know nothing of, and leave out what it could do without.
//: visits()
//: stored()
//: fields()
//: later()
//: settled()
//: sorted()
//: patterns()
function visit(items: any[], callback) {
  return items.length > 2 ? callback(items) : callback(items, items.length)
}

export function visits() {
  const named = function (all, count) {
    return [all.length, count ?? 'unknown']
  }
  return [visit([1], (all, count) => [all, count ?? 'none']), visit([1, 2, 3], (all, count) => count ?? 'none'), visit([1, 2, 3], named)]
}

const handlers: any[] = []
export function stored() {
  handlers.push((name, value) => `${name} ${value ?? '-'}`)
  handlers.push(() => 'nothing')
  return handlers.map((handler) => handler('a')).concat(handlers.map((handler) => handler('b', 1, 2)))
}

function ask(options: any) {
  const answers: any[] = []
  options.before && answers.push(options.before())
  answers.push(options.after('x', 1, true))
  return answers
}

export function fields() {
  return [
    ask({ before: (name) => name ?? 'nobody', after: (text) => text }),
    ask({ after: (text, count, last, more) => [text, count, last, more ?? 'no more'] }),
    ask({
      after() {
        return 'empty'
      },
    }),
  ]
}

export async function later() {
  const log: any[] = []
  const run = async (task: any) => {
    log.push(await task(1, 'one'))
    log.push(await task(2, 'two'))
  }
  await run(async (step) => step)
  await run(async () => 'async')
  await run(() => Promise.resolve('promised'))
  return log
}

export async function settled() {
  const waited = new Promise<string>((resolve) => resolve('made'))
  const passed = (value: string, settle: (error: any, value?: string) => void) => settle(null, value)
  const wrapping: Promise<any> = new Promise((resolve) => passed('w', (_, value) => resolve(value)))
  const wrapped = await wrapping
  const failed = await new Promise<string>((resolve, reject) => passed('f', () => reject('refused'))).catch((reason) => reason)
  return [await waited, wrapped, failed]
}

export function sorted() {
  const plain: number[] = [2, 1]
  const order = { by: (a: number, b: number) => b - a, keep: () => 0 }
  return [[1, 3, 2].sort(order.by), plain.sort(order.keep)]
}

function point(callback: (point: { x: number; y?: number }, label: string) => any) {
  return callback({ x: 1 }, 'p')
}

export function patterns() {
  return [point(({ x, y = 5 }) => x + y), point(({ x }, label) => label + x), point(() => 'no point')]
}
