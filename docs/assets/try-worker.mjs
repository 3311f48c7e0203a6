// Runs examples in Python, on a phone of their own, away from the page: whoever waits too long ends this worker.
import { loadPyodide } from './pyodide/pyodide.mjs'
import { install } from './pyodide/taropy.mjs'

const RUNNER = `
import io, linecache, os, sys, traceback
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
                for number, earlier in enumerate(before, 1):
                    exec(compiled(earlier, f"<example {number} of this page>"), program)
            exec(compiled(code, "<example>"), program)
        except SystemExit as exit:
            if exit.code is not None and not isinstance(exit.code, int):
                print(exit.code, file=sys.stderr)
        except BaseException as error:
            advise(error)
            traceback.print_exception(error.with_traceback(own(error.__traceback__)))
        finally:
            sys.stdout.flush()
            sys.stderr.flush()

def compiled(code, name):
    """The program; its lines are shown in tracebacks."""
    linecache.cache[name] = len(code), None, code.splitlines(keepends=True), name
    return compile(code, name, "exec")

def advise(error):
    """Says what is otherwise here than at home."""
    if isinstance(error, ModuleNotFoundError):
        error.add_note("Here are taropy, what it depends on, and Python's own library; nothing else can be installed.")
    elif isinstance(error, EOFError):
        error.add_note("Nobody answers input() here: write the answer into the program.")
    elif isinstance(error, SyntaxError) and "'await' outside" in str(error.msg):
        error.add_note("A program awaits in its own function: async def main(): ..., and then taropy.run(main).")

def own(trace):
    """A traceback without what is of this file."""
    while trace is not None and trace.tb_frame.f_code.co_filename == "<exec>":
        trace = trace.tb_next
    return trace
`

const tell = (kind, value) => postMessage({ kind, value })

async function load() {
  const pyodide = await loadPyodide()
  await install(pyodide)
  pyodide.setStdin({ stdin: () => null })
  for (const set of ['setStdout', 'setStderr']) {
    const decoder = new TextDecoder()
    const write = bytes => {
      tell('text', decoder.decode(bytes, { stream: true }))
      return bytes.length
    }
    pyodide[set]({ write })
  }
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
