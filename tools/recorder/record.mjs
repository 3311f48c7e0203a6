// Plays every case through Taro's adapter of one platform and prints what came of each, one JSON object.
//
//   node record.mjs NODE_MODULES PLATFORM < inputs.json
//
// A case is a list of steps, in the order in which they happened:
//   ["call", NAME, ...ARGUMENTS]     a native function was called, with its options but for the callbacks
//   ["returned", VALUE]              Taro's function returned; "$promise" stands for a promise
//   ["threw", ERROR]                 or it threw
//   ["success" | "fail" | "complete", VALUE]   a callback of the program was called
//   ["heard", ...VALUES]             a listener, or another function that the program gave, was called
//   ["resolved" | "rejected", VALUE] the promise settled; ["pending"] if it never does
//   ["task", METHOD, ...ARGUMENTS]   a method of the native task or manager was called
//   ["methods", ...NAMES]            the methods of a task that the promise has
//   ["changed", ARGUMENTS]           the program's own arguments are not what they were
import fs from 'node:fs'
import { register } from 'node:module'
import path from 'node:path'
import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { nativeObject } from './native.mjs'
import { plain, revived } from './plain.mjs'

const ADAPTERS = {
  weapp: 'runtime-utils',
  alipay: 'runtime-utils',
  swan: 'runtime-utils',
  tt: 'runtime-utils',
  qq: 'runtime',
  jd: 'runtime-utils',
}
const GLOBALS = ['getApp', 'getCurrentPages', 'requirePlugin']
const SWITCHES = ['INNER_HTML', 'ADJACENT_HTML', 'SIZE_APIS', 'TEMPLATE_CONTENT', 'MUTATION_OBSERVER', 'CLONE_NODE', 'CONTAINS']

// What the methods that work in the next tick are asked with.
const ASKED = { exec: [], observe: ['.box', () => {}] }

const TASK_METHODS = [
  'abort', 'onHeadersReceived', 'offHeadersReceived', 'onProgressUpdate', 'offProgressUpdate', 'onChunkReceived', 'offChunkReceived',
]

// The interceptors that a case may name; tests/golden/golden_replay.py has the same.
const INTERCEPTORS = {
  'proceeds': chain => chain.proceed(chain.requestParams),
  'proceeds with nothing': chain => chain.proceed(),
  'proceeds with a header': chain => chain.proceed({ ...chain.requestParams, header: { a: 'b' } }),
  'changes the result': chain => chain.proceed(chain.requestParams).then(result => ({ ...result, changed: true })),
  'answers itself': () => Promise.resolve({ errMsg: 'answered' }),
  'gives no promise': () => ({ errMsg: 'answered' }),
  'throws': () => {
    throw new Error('thrown by the interceptor')
  },
  'rejects with fields': () => Promise.reject({ errMsg: 'refused', code: 9 }),
  'rejects with other fields': () => Promise.reject({ code: 9 }),
  'rejects with an error': () => Promise.reject(new Error('refused')),
  'logs': chain => Taro.interceptors.logInterceptor(chain),
  'gives up in time': chain => Taro.interceptors.timeoutInterceptor(chain),
}

const [root, platform] = process.argv.slice(2)
const inputs = JSON.parse(fs.readFileSync(0, 'utf8'))
const about = inputs.platforms[platform]
console.warn = console.error = console.log = () => {}
const { Taro, hostConfig } = await load()
process.stdout.write(JSON.stringify(await recordAll()))

async function load() {
  process.env.TARO_ENV = platform
  process.env.TARO_PLATFORM = 'mini'
  process.env.TARO_VERSION = '4.2.1'
  process.on('unhandledRejection', () => {})
  for (const name of SWITCHES) globalThis[`ENABLE_${name}`] = false
  register('./hooks.mjs', import.meta.url, { data: { root } })
  const adapter = path.join(root, `@tarojs/plugin-platform-${platform}/dist/${ADAPTERS[platform]}.js`)
  const { default: Taro } = await import('@tarojs/api')
  const module = await import(pathToFileURL(adapter).href)
  return { Taro, hostConfig: module.hostConfig }
}

async function recordAll() {
  const recorded = {}
  for (const name of about.functions) {
    const { ways, ...definition } = inputs.functions[name]
    for (const way of ways) recorded[`${name} ${way}`] = await record({ name, way, ...definition })
  }
  for (const special of inputs.special.filter(each => each.platforms.includes(platform))) {
    recorded[special.id] = await record({ ...inputs.functions[special.name], ...special })
  }
  return recorded
}

/** One case: sets Taro up over a new native object, calls the function and writes down what happens. */
async function record({ name, way, use, ...given }) {
  const [which, style, outcome] = way.split(' ')
  const steps = []
  const taro = equip(nativeOf({ name, outcome, steps, ...given }))
  for (const each of given.interceptors ?? []) taro.addInterceptor(INTERCEPTORS[each])
  for (const call of given.before ?? []) prepare(taro, call, steps)
  const args = arranged(given[which] ?? given.required, style, steps)
  const before = JSON.stringify(args.map(plain))
  let returned
  try {
    returned = taro[name](...args)
    steps.push(['returned', plain(returned)])
  } catch (error) {
    steps.push(['threw', plain(error)])
  }
  if (typeof returned?.then === 'function') watch(returned, steps, revived(use, () => {}))
  if (outcome === 'abort' || style === 'aborted') returned?.abort?.()
  if (style === 'methods') steps.push(['methods', ...TASK_METHODS.filter(each => typeof returned[each] === 'function')])
  if (style === 'exec' || style === 'observe') steps.push(['asked', plain(returned[style](...ASKED[style]))])
  await quiet(given.kind === 'own' || style === 'exec' || style === 'observe' || outcome === 'silence')
  if (returned !== undefined && plain(returned) === '$promise' && !settled(steps)) steps.push(['pending'])
  if (JSON.stringify(args.map(plain)) !== before) steps.push(['changed', args.map(plain)])
  return steps
}

/** What a program has done before: `["eventCenter.on", "login", "$function"]`. */
function prepare(taro, [path, ...args], steps) {
  const [name, method] = path.split('.')
  const given = revived(args, heard => steps.push(['heard', ...heard.map(plain)]))
  if (method) taro[name][method](...given)
  else taro[name](...given)
}

/** The platform's native object, without the functions that the case is about if they are to be missing. */
function nativeOf({ name, outcome, steps, lacks = [], ...told }) {
  const mine = about.natives[name] ?? [name]
  const missing = outcome === 'missing' ? mine : lacks
  const names = about.has.filter(each => !missing.includes(each))
  return nativeObject(names, steps, called => answerOf(called, mine.includes(called), outcome, told))
}

function answerOf(called, mine, outcome, { kind, answer, answers, object, refusal }) {
  const own = { ...about.answers, ...answers }
  const value = structuredClone(called in own ? own[called] : mine ? answer : undefined)
  return mine ? { kind, outcome, object, refusal, value } : { kind: 'value', value }
}

function equip(native) {
  globalThis[about.native] = native
  for (const name of GLOBALS) globalThis[name] = native[name]
  delete Taro.config // `pxTransform` looks there, whichever object it is called on
  const taro = { ...Taro, options: {}, config: {} }
  hostConfig.initNativeApi(taro)
  return taro
}

function arranged(args, style, steps) {
  const given = revived(args, heard => steps.push(['heard', ...heard.map(plain)]))
  if (style !== 'callbacks' && style !== 'thrower') return given
  const callbacks = ['success', 'fail', 'complete'].map(name => [name, callback(name, style === 'thrower', steps)])
  return [{ ...given[0], ...Object.fromEntries(callbacks) }, ...given.slice(1)]
}

function callback(name, throws, steps) {
  return value => {
    steps.push([name, plain(value)])
    if (throws && name !== 'complete') throw new Error('thrown by the callback')
  }
}

function watch(promise, steps, use) {
  promise.then(
    value => {
      steps.push(['resolved', plain(value)])
      if (use) value[use[0]](...use.slice(1))
    },
    reason => steps.push(['rejected', plain(reason)]),
  )
}

function settled(steps) {
  return steps.some(([what]) => what === 'resolved' || what === 'rejected')
}

/** Lets everything happen that is going to; what Taro defers waits for a timer. */
async function quiet(deferred) {
  if (deferred) await pause(5)
  for (let turns = 0; turns < 4; turns += 1) await turn()
}
