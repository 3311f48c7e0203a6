// Plays the calls of each program and prints, as {PROGRAM: [{answer | thrown, lines}]}, what came of them.
//
//   node play.mjs FOLDER CALLS
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const [folder, calls] = process.argv.slice(2)
process.env.TARO_ENV = 'weapp'
process.env.TZ = 'UTC'

const write = process.stdout.write.bind(process.stdout)
let written = ''
process.stdout.write = text => {
  written += text
  return true
}

const recorded = {}
for (const [name, ofProgram] of Object.entries(JSON.parse(calls))) {
  const program = await import(pathToFileURL(path.join(folder, `${name}.cjs`)).href)
  recorded[name] = []
  for (const call of ofProgram) recorded[name].push(await played(program[call.name], call.arguments))
}
write(JSON.stringify(recorded))

async function played(work, given) {
  written = ''
  let outcome
  try {
    outcome = { answer: plain(await work(...given)) }
  } catch (error) {
    outcome = { thrown: error instanceof Error ? { name: error.name, message: error.message } : plain(error) }
  }
  return { ...outcome, lines: written.split('\n').slice(0, -1) }
}

/** The value in JSON, in which what JSON has no word for is an object of one field, its name. */
function plain(value) {
  if (value === undefined || value === null) return null
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0) ? value : { $number: Object.is(value, -0) ? '-0' : String(value) }
  if (typeof value === 'function') return { $function: true }
  if (typeof value !== 'object') return value
  if (Array.isArray(value)) return Array.from(value, plain)
  return { $fields: Object.keys(value).map(key => [key, plain(value[key])]) }
}
