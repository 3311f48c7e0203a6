// Answers the expressions that it is given as a JSON list on its standard input, with a list of what each gives.
//
// null and undefined are one: Python has None for both. Of what is thrown only the kind counts.
import { readFileSync } from 'node:fs'
import { format } from 'node:util'

const indirect = eval
// What console.log prints.
globalThis.printed = format

function described(value) {
  switch (typeof value) {
    case 'undefined':
      return null
    case 'boolean':
    case 'string':
      return value
    case 'number':
      return { number: Object.is(value, -0) ? '-0' : String(value) }
    case 'function':
      return { function: true }
  }
  if (value === null) return null
  if (Array.isArray(value)) return Array.from(value, (item, index) => (index in value ? described(item) : { hole: true }))
  if (value instanceof Map) return { map: [...value].map(described) }
  if (value instanceof Set) return { set: [...value].map(described) }
  if (value instanceof Error) return { error: value.name }
  return { object: Object.entries(value).map(([key, field]) => [key, described(field)]) }
}

const answers = JSON.parse(readFileSync(0, 'utf8')).map(source => {
  try {
    return described(indirect(source))
  } catch (error) {
    return { throws: error?.name ?? described(error) }
  }
})
process.stdout.write(JSON.stringify(answers))
