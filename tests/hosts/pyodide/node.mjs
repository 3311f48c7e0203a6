// Pyodide in Node.js: `node node.mjs PYODIDE WHEELS`. Each line of the input is a program as JSON, {python, javascript};
// each line of the output what became of it, {printed, error}. `javascript` is run first, in a function of its own.
import path from 'node:path'
import readline from 'node:readline'
import { pathToFileURL } from 'node:url'

const [pyodideFolder, wheels] = process.argv.slice(2)
const { loadPyodide } = await import(pathToFileURL(path.join(pyodideFolder, 'pyodide.mjs')))
const { install } = await import(pathToFileURL(path.join(wheels, 'taropy.mjs')))

let printed = []
const print = { batched: line => printed.push(line) }
const pyodide = await loadPyodide({ stdout: line => printed.push(line), stderr: line => printed.push(line) })
pyodide.setStdout(print)
pyodide.setStderr(print)
await install(pyodide)

const rejections = []
process.on('unhandledRejection', reason => {
  if (reason?.pyodide_fatal_error) process.exit(1) // nothing can be run any more
  rejections.push(String(reason))
})

for await (const line of readline.createInterface({ input: process.stdin })) {
  const { python, javascript } = JSON.parse(line)
  printed = []
  let error = ''
  const globals = pyodide.toPy({ __name__: '__main__' })
  try {
    if (javascript) await new Function(`return (async () => { ${javascript} })()`)()
    await pyodide.runPythonAsync(python, { globals })
  } catch (thrown) {
    error = thrown.message || String(thrown)
  }
  globals.destroy()
  process.stdout.write(JSON.stringify({ printed: printed.join('\n'), error, rejections: rejections.splice(0) }) + '\n')
}
process.exit() // whatever timers are left
