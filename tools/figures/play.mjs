// Plays calls of a bundled module, and prints what it did, step by step, as JSON.
//
//   node play.mjs BUNDLE CALLS ANSWERS
//
// A step is [what, kind, value]: kind is "" for words alone, "value", or "error". Time stands still but for timers that
// a call waits for; chance is always a half.
import { createRequire } from 'node:module'
import { format } from 'node:util'

const [bundle, calls, answers] = process.argv.slice(2).map((each, index) => (index ? JSON.parse(each) : each))
const FARTHEST = 3600_000
const print = process.stdout.write.bind(process.stdout)
const tick = setImmediate

let steps = []
const note = (what, kind = '', value = null) => steps.push([what, kind, value])

// --- values as JSON, with marks for what JSON has not ---------------------------------------------------------------

function plain(value, depth = 0) {
  if (value === undefined || value === null || depth > 50) return null
  if (typeof value === 'number') return Number.isFinite(value) ? value : { $number: String(value) }
  if (typeof value === 'function') return { $function: true }
  if (typeof value === 'bigint' || typeof value === 'symbol') return String(value)
  if (typeof value !== 'object') return value
  if (Array.isArray(value)) return Array.from(value, each => plain(each, depth + 1))
  if (value.$isDayjsObject) return { $date: plain(value.valueOf()) }
  if (value instanceof RealDate) return { $date: plain(value.getTime()) }
  if (value instanceof Map) return { $map: [...value].map(pair => pair.map(each => plain(each, depth + 1))) }
  if (value instanceof Set) return { $set: [...value].map(each => plain(each, depth + 1)) }
  if (value instanceof Error) return { $error: thrown(value) }
  return { $fields: Object.keys(value).map(key => [key, plain(value[key], depth + 1)]) }
}

function thrown(error) {
  if (!(error instanceof Error)) return { value: plain(error) }
  const fields = Object.fromEntries(Object.keys(error).map(key => [key, plain(error[key])]))
  return { name: error.name, message: String(error.message), fields }
}

// --- time and chance -----------------------------------------------------------------------------------------------

const RealDate = Date
let now = answers.beginning
globalThis.Date = class Date extends RealDate {
  constructor(...given) {
    super(...(given.length ? given : [now]))
  }
  static now() {
    return now
  }
}
Math.random = () => 0.5

let timers = []
let last = 0
const begin = repeats => (call, delay = 0, ...given) => {
  const wait = delay >= 1 && delay <= 2147483647 ? delay : 1
  timers.push({ id: ++last, due: now + wait, wait: repeats ? wait : 0, call: () => call(...given) })
  return last
}
const end = id => (timers = timers.filter(timer => timer.id !== id))
Object.assign(globalThis, { setTimeout: begin(false), setInterval: begin(true), clearTimeout: end, clearInterval: end })

function ring(until) {
  const timer = timers.toSorted((one, other) => one.due - other.due || one.id - other.id)[0]
  if (timer === undefined || timer.due > until) return false
  now = Math.max(now, timer.due)
  if (timer.wait) timer.due += timer.wait
  else end(timer.id)
  timer.call()
  return true
}

const idle = async () => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise(done => tick(done))
}

// --- what the module finds -------------------------------------------------------------------------------------------

function taroFunction(name) {
  return (...given) => {
    note(`Taro.${name}`, 'value', plain(given))
    const result = structuredClone(answers.results[name])
    if (!answers.promises.includes(name)) return result
    const settled = { errMsg: `${name}:ok`, ...result }
    return Promise.resolve().then(() => {
      for (const name of ['success', 'complete']) {
        if (typeof given[0]?.[name] === 'function') given[0][name](settled)
      }
      return settled
    })
  }
}

globalThis.$taro = { ...structuredClone(answers.values) }
for (const name of answers.functions) globalThis.$taro[name] = taroFunction(name)
globalThis.wx = globalThis.$taro

globalThis.$foreign = name => {
  const fail = () => {
    throw Object.assign(new Error(`Foreign package ${name}`), { name: 'Foreign' })
  }
  const get = (_, key) => (typeof key === 'symbol' || key === '__esModule' ? undefined : fail())
  const proxy = new Proxy(function () {}, { get, apply: fail, construct: fail, getPrototypeOf: () => proxy, ownKeys: () => ['prototype'] })
  return proxy
}

for (const name of ['log', 'info', 'debug']) {
  console[name] = (...given) => format(...given).split('\n').forEach(line => note('prints ' + line))
}
console.warn = console.error = () => {}
process.on('unhandledRejection', reason => note('nobody catches', 'error', thrown(reason)))

// --- playing ---------------------------------------------------------------------------------------------------------

async function played(work, name, given) {
  let outcome
  try {
    outcome = work(...given)
  } catch (error) {
    note(`${name}() throws`, 'error', thrown(error))
    return
  }
  if (typeof outcome?.then !== 'function') {
    note(`${name}() gives`, 'value', plain(outcome))
    return
  }
  let ended = false
  outcome.then(
    value => (note(`${name}() gives`, 'value', plain(value)), (ended = true)),
    error => (note(`${name}() throws`, 'error', thrown(error)), (ended = true)),
  )
  const until = now + FARTHEST
  do await idle()
  while (!ended && ring(until))
  if (!ended) note(`${name}() never ends`)
}

const told = { loaded: null, calls: [] }
try {
  const module = createRequire(bundle)(bundle)
  await idle()
  for (const [name, given] of calls) {
    steps = []
    await played(module[name], name, given.map(each => (each === null ? undefined : each)))
    await idle()
    told.calls.push(steps)
  }
} catch (error) {
  told.loaded = thrown(error)
}
print('\n' + JSON.stringify(told) + '\n', () => process.exit(0))
