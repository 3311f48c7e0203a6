// Runs examples in Python, on a phone of their own, away from the page: whoever waits too long ends this worker.
import { loadPyodide } from './pyodide/pyodide.mjs'
import { install } from './pyodide/taropy.mjs'

const RUNNER = `
import io, os, sys, traceback
from contextlib import redirect_stdout
import taropy
from taropy.hosts.pyodide.waiting import waiting

def run(before, code, platform):
    """Runs an example, and what stands before it on its page, as one program."""
    with waiting():
        os.environ["TARO_ENV"] = platform
        taropy.use(platform)
        program = {"__name__": "__main__"}
        try:
            with redirect_stdout(io.StringIO()):
                for earlier in before:
                    exec(compile(earlier, "<earlier on this page>", "exec"), program)
            exec(compile(code, "<example>", "exec"), program)
        except SystemExit:
            pass
        except BaseException as error:
            traceback.print_exception(error.with_traceback(error.__traceback__.tb_next))
`

const tell = (kind, value) => postMessage({ kind, value })

async function load() {
  const pyodide = await loadPyodide()
  await install(pyodide)
  for (const set of ['setStdout', 'setStderr']) pyodide[set]({ batched: line => tell('line', line) })
  await pyodide.runPythonAsync(RUNNER)
  return pyodide
}

const loading = load()
loading.then(() => tell('ready'), error => tell('broken', String(error.message ?? error)))

onmessage = async ({ data: { before, code, platform } }) => {
  const pyodide = await loading
  const given = pyodide.toPy(before)
  tell('begun')
  try {
    pyodide.globals.get('run')(given, code, platform)
    tell('done')
  } catch (error) {
    tell('crashed', String(error.message ?? error)) // Python itself: what a program raises is printed
  }
}
