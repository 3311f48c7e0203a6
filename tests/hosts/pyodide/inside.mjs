// Pyodide in a page, beside its Taro: `begin` with the files that programs import, then `run` for each program. They
// share their names, as the cells of a notebook do.
import { loadPyodide } from './pyodide.mjs'
import { install } from './taropy.mjs'

let pyodide
let printed = []
let rejections = []

let ends
/** Comes when Pyodide has ended, as it does now and then. */
const ended = new Promise(resolve => (ends = error => resolve({ ended: String(error?.message ?? error) })))

addEventListener('unhandledrejection', ({ reason }) => {
  if (reason?.pyodide_fatal_error) ends(reason)
  else rejections.push(String(reason))
})

export async function begin(files) {
  const print = line => printed.push(line)
  pyodide = await loadPyodide({ stdout: print, stderr: print })
  pyodide.setStdout({ batched: print })
  pyodide.setStderr({ batched: print })
  pyodide._api.on_fatal = ends
  await install(pyodide)
  for (const [name, text] of Object.entries(files)) {
    pyodide.FS.mkdirTree(name.replace(/\/[^/]*$/, ''))
    pyodide.FS.writeFile(name, text)
  }
}

/** What became of the program: {printed, error, rejections}, or {ended} if Pyodide itself has come to its end. */
export function run(python) {
  printed = []
  return Promise.race([ended, perform(python)])
}

async function perform(python) {
  let error = ''
  try {
    await pyodide.runPythonAsync(python)
  } catch (thrown) {
    if (thrown.pyodide_fatal_error || /already fatally failed/.test(thrown.message)) return { ended: thrown.message }
    error = thrown.message || String(thrown)
  }
  return { printed: printed.join('\n'), error, rejections: rejections.splice(0) }
}
