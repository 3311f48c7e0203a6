//: countOf()
//: countOf(1, "a", null)
//: totals()
//: mixed()
//: mixed(1)
//: mixed(1, 2, 3, 4)
//: defaults()
//: spreads()
//: handed()
//: kept()
//: inArrow()
//: looped(3, 4)
//: later()
export function countOf(..._: any[]) {
  return arguments.length
}

function add(a?: any, b?: any) {
  let sum = 0
  for (let i = 0; i < arguments.length; i++) sum += arguments[i]
  return [sum, a, b]
}

export const totals = () => [add(), (add as any)(1), (add as any)(1, 2, 3)]

export function mixed(first?: number, second = 10, ...others: number[]) {
  const all = Array.prototype.slice.call(arguments, 1)
  return [first, second, others, all, arguments[5] === undefined, arguments.length > 1 ? 'many' : 'few']
}

function config(path?: string, data?: any) {
  return { path, data: data === undefined ? 'none' : data }
}

function get(path: string, data = { page: 1 }) {
  // @ts-ignore
  return config(...arguments)
}

export const defaults = () => [get('/a'), get('/b', { page: 2 }), (get as any)()]

function max() {
  return Math.max(...Array.from(arguments as any as number[]))
}

export const spreads = () => [(max as any)(3, 9, 4), joined('-', 'a', 'b'), joined('-')]

function joined(separator: string, ...rest: string[]) {
  const parts = [...arguments]
  parts.shift()
  return parts.join(separator)
}

function wrap(f: Function) {
  return function () {
    // @ts-ignore
    const that = this
    const args = arguments
    return [args.length, f.apply(that, args)]
  }
}

export const handed = () => [wrap((a: number, b: number) => a + b).call(null, 1, 2), (wrap(countOf) as any)('x')]

function remember() {
  let args = arguments
  const again = () => [args[0], args.length]
  return again()
}

export const kept = () => [remember(), (remember as any)(7, 8)]

export function inArrow() {
  function outer(..._: any[]) {
    const inner = () => arguments[0]
    return inner()
  }
  return [outer('x'), outer()]
}

export function looped(..._: number[]) {
  const seen = []
  for (const each of arguments) seen.push(each)
  return seen
}

function debounce(task: (...values: any[]) => void, wait: number) {
  let timer: any = null
  return function () {
    // @ts-ignore
    const context = this
    const values = arguments
    if (timer) clearTimeout(timer)
    timer = setTimeout(function () {
      task.apply(context, values as any)
    }, wait)
  }
}

export async function later() {
  const seen: any[] = []
  const push = debounce((...values) => seen.push(values), 5) as any
  push(1)
  push(2, 3)
  await new Promise(resolve => setTimeout(resolve, 30))
  return seen
}
