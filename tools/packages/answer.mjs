// Answers expressions about packages: {folder, now, imports, setup, expressions} on its standard input, a list of what
// each gives on its output. Time stands still, and timers wait, until an expression calls `tick(milliseconds)`.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { described } from '../answers/described.mjs'

const { folder, now, imports, setup, expressions } = JSON.parse(readFileSync(0, 'utf8'))

let time = now
let timers = []
let lastTimer = 0

globalThis.Date = class extends Date {
  constructor(...parts) {
    super(...(parts.length ? parts : [time]))
  }
  static now() {
    return time
  }
}
globalThis.setTimeout = (callback, delay = 0, ...given) => {
  timers.push({ id: ++lastTimer, due: time + Math.max(1, Number(delay) || 1), run: () => callback(...given) })
  return lastTimer
}
globalThis.clearTimeout = id => {
  timers = timers.filter(timer => timer.id !== id)
}
globalThis.tick = milliseconds => {
  const end = time + milliseconds
  for (;;) {
    const next = timers.filter(timer => timer.due <= end).sort((a, b) => a.due - b.due || a.id - b.id)[0]
    if (!next) break
    clearTimeout(next.id)
    time = next.due
    next.run()
  }
  time = end
}
console.warn = console.error = console.log = () => {}

const require = createRequire(path.join(folder, 'package.json'))
for (const [name, specifier, isDefault] of imports) {
  const module = require(specifier)
  globalThis[name] = isDefault ? (module?.default ?? module) : module
}
const indirect = eval
for (const line of setup) indirect(line)

const answers = []
for (const source of expressions) {
  time = now
  timers = []
  try {
    answers.push(described(await indirect(source)))
  } catch (error) {
    answers.push({ throws: error?.name ?? described(error) })
  }
}
process.stdout.write(JSON.stringify(answers))
