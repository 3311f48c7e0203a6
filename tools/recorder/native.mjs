// The native object of a recording: it has every function, writes down how each is called, and answers as it is told.
import { plain } from './plain.mjs'

const CALLBACKS = ['success', 'fail', 'complete']
const METHODS = ['abort', 'exec', 'observe', 'onProgressUpdate', 'send', 'close']

/** What a native function returned: a task, or a manager. */
export class Task {}

/** A native object on which every function of `names` writes into `steps`; `answer(name)` says what it does. */
export function nativeObject(names, steps, answer) {
  const native = {}
  for (const name of names) {
    native[name] = (...args) => {
      steps.push(['call', name, ...args.map(argument => plain(withoutCallbacks(argument)))])
      return respond(name, args, steps, answer(name))
    }
  }
  return native
}

function withoutCallbacks(argument) {
  if (argument === null || typeof argument !== 'object' || Array.isArray(argument)) return argument
  if (!CALLBACKS.some(name => name in argument)) return argument
  return Object.fromEntries(Object.entries(argument).filter(([name]) => !CALLBACKS.includes(name)))
}

/** Answers by callbacks, or to a listener, after the call has returned or at once; other functions return the answer. */
function respond(name, args, steps, { outcome, kind, value, object, refusal }) {
  if (outcome === 'throwing') throw new Error('thrown by the native function')
  const options = args[0]
  if (kind === 'listener') {
    if (typeof options === 'function') setImmediate(() => options(value))
    return undefined
  }
  const task = object ? taskOf(steps, () => finish(options, 'fail', { errMsg: `${name}:fail abort` })) : undefined
  if (kind !== 'promise') return object ? task : value ?? undefined
  const failing = outcome === 'failure'
  const result = failing ? refusal ?? { errMsg: `${name}:fail refused`, errCode: 7 } : value ?? undefined
  if (outcome === 'once') finish(options, 'success', result)
  else if (outcome !== 'abort' && outcome !== 'silence') setImmediate(() => finish(options, failing ? 'fail' : 'success', result))
  return task
}

/** Phones go on when a callback throws. */
function finish(options, callback, result) {
  for (const name of [callback, 'complete']) {
    try {
      options?.[name]?.(result)
    } catch {
      continue
    }
  }
}

function taskOf(steps, abort) {
  const task = new Task()
  for (const method of METHODS) {
    task[method] = (...args) => {
      steps.push(['task', method, ...args.map(plain)])
      if (method === 'abort') setImmediate(abort)
    }
  }
  return task
}
