// Plays every program of the given modules and prints what each logged, as {MODULE: {PROGRAM: [LINE, ...]}}.
//
//   node play.mjs MODULE...
//
// A native function answers in a macrotask of its own. Whether that comes before a timer of 0 ms or after it is nothing
// that JavaScript says, and phones differ. So each program is played twice, and one that is not the same both times is refused.
import path from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { taroOver } from './model.mjs'

const ANSWERS_FIRST = { answers: setImmediate, delay: 20 }
const TIMERS_FIRST = { answers: answer => timer(answer, 10), delay: 0 }

const timer = globalThis.setTimeout
process.on('unhandledRejection', () => {}) // some programs leave one, and go on

const recorded = {}
for (const file of process.argv.slice(2)) {
  const programs = await import(pathToFileURL(path.resolve(file)).href)
  const traces = (recorded[path.basename(file, '.mjs')] = {})
  for (const [name, program] of Object.entries(programs)) traces[name] = await record(name, program)
}
process.stdout.write(JSON.stringify(recorded))

async function record(name, program) {
  const [one, other] = [await play(program, ANSWERS_FIRST), await play(program, TIMERS_FIRST)]
  if (one.join('\n') !== other.join('\n')) {
    throw new Error(`${name} depends on whether an answer or a timer comes first:\n${one.join(', ')}\n${other.join(', ')}`)
  }
  return one
}

/** What a program logs until no timer of its own and no answer is left. */
async function play(program, { answers, delay }) {
  const trace = []
  const open = new Set()
  const opened = (start, work) => {
    const handle = start(() => {
      open.delete(handle)
      work()
    })
    open.add(handle)
    return handle
  }
  globalThis.setTimeout = (work, ms) => opened(run => timer(run, ms + delay), work)
  globalThis.clearTimeout = handle => {
    open.delete(handle)
    handle.close()
  }
  program(line => trace.push(String(line)), taroOver(answer => opened(answers, answer)))
  do await turn()
  while (open.size > 0)
  return trace
}
