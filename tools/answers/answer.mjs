// Answers the expressions that it is given as a JSON list on its standard input, with a list of what each gives.
//
// Of what is thrown only the kind counts.
import { readFileSync } from 'node:fs'
import { format } from 'node:util'
import { described } from './described.mjs'

const indirect = eval
// What console.log prints.
globalThis.printed = format

const answers = JSON.parse(readFileSync(0, 'utf8')).map(source => {
  try {
    return described(indirect(source))
  } catch (error) {
    return { throws: error?.name ?? described(error) }
  }
})
process.stdout.write(JSON.stringify(answers))
