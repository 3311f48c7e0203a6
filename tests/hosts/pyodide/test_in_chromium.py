"""In a browser: the phone in a page and in the worker of the site's examples, and taropy over the page's own object."""

from __future__ import annotations

import http.server
import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from queue import Queue
from typing import Any

import attrs
import pytest
from websockets.sync.server import ServerConnection, serve

from taropy.hosts.page.browser import NAMES, found
from tools.pyodide import runtime

pytestmark = pytest.mark.pyodide

ASSETS = Path(__file__).parents[3] / "docs" / "assets"
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--mute-audio",
)  # fmt: skip
PATIENCE = 100.0

#: What each page does: it tells the server what came of it.
PAGE = """<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><body></body><script type="module">
const tell = told => fetch('/told', { method: 'POST', body: JSON.stringify(told) })
addEventListener('unhandledrejection', event => tell({ error: String(event.reason) }))
try {
  await tell(await (async () => { BODY })())
} catch (error) {
  await tell({ error: String(error.message ?? error) })
}
</script>"""

#: The beginning of those that run Python in the page itself; what that prints is told.
PYTHON = """
const { loadPyodide } = await import('/_static/pyodide/pyodide.mjs')
const { install } = await import('/_static/pyodide/taropy.mjs')
const pyodide = await loadPyodide()
await install(pyodide)
const lines = []
pyodide.setStdout({ batched: line => lines.push(line) })
"""


class _Handler(http.server.SimpleHTTPRequestHandler):
    told: Queue[Any]

    def guess_type(self, path: Any) -> str:
        return {".mjs": "text/javascript", ".wasm": "application/wasm"}.get(Path(path).suffix, super().guess_type(path))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/told":
            self.told.put(json.loads(body))
            body = b""
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keeps quiet."""


@attrs.frozen
class Browser:
    """A Chromium that shows pages, each in a process of its own."""

    program: str
    folder: Path
    port: int
    told: Queue[Any]

    def shows(self, body: str, profile: Path) -> Any:
        """What the page tells that does this."""
        (self.folder / "page.html").write_text(PAGE.replace("BODY", body), "utf-8")
        url = f"http://127.0.0.1:{self.port}/page.html"
        command = [self.program, *FLAGS, f"--user-data-dir={profile}", url]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as chromium:
            try:
                return self.told.get(timeout=PATIENCE)
            finally:
                chromium.terminate()


@pytest.fixture(scope="module")
def browser(pyodide_package: Path, wheel_set: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    program = found()
    if program is None:
        pytest.skip(f"none of {', '.join(NAMES)} is on the PATH")
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(wheel_set, folder / "_static" / "pyodide")
    for name in runtime.FILES:
        shutil.copyfile(pyodide_package / name, folder / "_static" / "pyodide" / name)
    for name in ("try.js", "try-worker.mjs"):
        shutil.copyfile(ASSETS / name, folder / "_static" / name)
    told: Queue[Any] = Queue()
    handler = type("Handler", (_Handler,), {"told": told})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Browser(program, folder, server.server_port, told)
        server.shutdown()


def test_in_a_page_the_phone_works_and_requests_go_out(browser: Browser, tmp_path: Path) -> None:
    told = browser.shows(
        PYTHON
        + """
        await pyodide.runPythonAsync(`
            import js, taropy
            from taropy import Taro
            print(len((await Taro.login()).code))
            sent = await Taro.request(url=f"{js.location.origin}/echo", method="POST", data={"tea": "Assam"})
            print(sent.statusCode, sent.data.tea)
            with taropy.create("h5") as page:
                print((await page.request(url=f"{js.location.origin}/echo", method="POST", data={"n": 1})).data.n)
        `)
        return { lines }
        """,
        tmp_path,
    )
    assert told == {"lines": ["32", "200 Assam", "1"]}


@pytest.fixture
def chat() -> Iterator[str]:
    """A WebSocket server that repeats what it hears, and closes when it hears "leave"."""

    def talk(connection: ServerConnection) -> None:
        for message in connection:
            if message == "leave":
                connection.close(4001, "gone")
            else:
                connection.send(message)

    with serve(talk, "127.0.0.1", 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"ws://127.0.0.1:{server.socket.getsockname()[1]}/"
        server.shutdown()


def test_a_socket_is_the_browser_s_own_and_tells_what_one_tells_elsewhere(
    browser: Browser, chat: str, tmp_path: Path
) -> None:
    told = browser.shows(
        PYTHON
        + f"""
        await pyodide.runPythonAsync(`
            import asyncio, taropy
            async def talk(url, *messages):
                taro = taropy.create("weapp")
                told, over = [], asyncio.Event()
                task = await taro.connectSocket(url=url)
                task.onOpen(lambda _: [task.send(data=message) for message in messages])
                task.onMessage(lambda event: told.append(event.data))
                task.onError(lambda event: told.append(event.errMsg))
                task.onClose(lambda event: (told.append(event.code), over.set()))
                await over.wait()
                await taro.aclose()
                print(*told)
            await talk("{chat}", "hello", b"\\x01\\x02", "leave")
            await talk("ws://127.0.0.1:1/")
        `)
        return {{ lines }}
        """,
        tmp_path,
    )
    assert told == {"lines": ["hello b'\\x01\\x02' 4001", "open fail: _code:2,_msg:Underlying Transport Error 1006"]}


def test_events_and_errors_of_the_browser_s_own_cross_as_data(browser: Browser, tmp_path: Path) -> None:
    told = browser.shows(
        PYTHON
        + """
        const target = new EventTarget()
        globalThis.wx = {
          onNetworkStatusChange: listener => target.addEventListener('it', listener),
          offNetworkStatusChange: listener => target.removeEventListener('it', listener),
          login: () => Promise.reject(new DOMException('not now', 'AbortError')),
          fire: () => target.dispatchEvent(new MessageEvent('it', { data: { deep: [1] } })),
          getWindowInfo: () => new DOMRect(1, 2, 3, 4),
          getFileSystemManager: () => ({ readFileSync: () => new Blob(['text']) }),
        }
        await pyodide.runPythonAsync(`
            import js, taropy
            taro = taropy.create("weapp", native=js.wx)
            heard = []
            taro.onNetworkStatusChange(heard.append)
            js.wx.fire()
            taro.offNetworkStatusChange(heard.append)
            js.wx.fire()
            print(len(heard), heard[0].type, heard[0].data)
            try:
                await taro.login()
            except taropy.TaroError as error:
                print(error.errMsg)
            print(taro.getWindowInfo()["width"])
            blob = taro.getFileSystemManager().readFileSync("a")
            print(blob.size, bytes(await blob.arrayBuffer()))
        `)
        return { lines }
        """,
        tmp_path,
    )
    assert told == {"lines": ["1 it {'deep': [1]}", "login:fail not now", "3", "4 b'text'"]}


EXAMPLE = """
document.body.innerHTML = '<div class="highlight-python notranslate try-it"><pre></pre></div>'
document.querySelector('pre').textContent = CODE
const script = Object.assign(document.createElement('script'), { src: '/_static/try.js' })
script.dataset.seconds = SECONDS
await new Promise(done => { script.onload = done; document.head.append(script) })
const button = () => document.querySelector('.try-bar button')
const output = () => document.querySelector('.try-output')
const ended = async () => {
  do await new Promise(done => setTimeout(done, 50)); while (button().textContent !== 'Run')
  return [...output().children].map(line => line.textContent)
}
button().click()
"""


def example(code: str, seconds: float = 60) -> str:
    """A page with an example that is being tried."""
    return EXAMPLE.replace("CODE", json.dumps(code)).replace("SECONDS", str(seconds))


def test_a_reader_runs_an_example_changes_it_and_sees_the_error(browser: Browser, tmp_path: Path) -> None:
    told = browser.shows(
        example("from taropy import Taro\nprint(len(Taro.login().result().code))\n")
        + """
        const first = await ended()
        document.querySelector('textarea').value = 'from taropy import Taro\\nprint(Taro.platform.name)\\nTaro.nothing'
        document.querySelector('select').value = 'alipay'
        button().click()
        return { first, second: await ended() }
        """,
        tmp_path,
    )
    assert told["first"] == ["32"]
    assert told["second"][0] == "alipay"
    assert told["second"][-1] == "AttributeError: Taro has no 'nothing'"
    assert '  File "<example>", line 3, in <module>' in told["second"]


TELLING = {
    "print('a', end=''); print('b')\nprint()\nprint('c', end='')": ["ab", "", "c"],
    "print('d')": ["d"],
    "import requests": [
        "Traceback (most recent call last):",
        '  File "<example>", line 1, in <module>',
        "    import requests",
        "ModuleNotFoundError: No module named 'requests'",
        "Here are taropy, what it depends on, and Python's own library; nothing else can be installed.",
    ],
    "await nothing": [
        '  File "<example>", line 1',
        "SyntaxError: 'await' outside function",
        "A program awaits in its own function: async def main(): ..., and then taropy.run(main).",
    ],
    "input('name? ')": [
        "name? Traceback (most recent call last):",
        '  File "<example>", line 1, in <module>',
        "    input('name? ')",
        "    ~~~~~^^^^^^^^^^",
        "EOFError: EOF when reading a line",
        "Nobody answers input() here: write the answer into the program.",
    ],
    "raise SystemExit('bye')": ["bye"],
    "x = 1": ["The program has ended and printed nothing."],
    "print('x' * 300_000)": ["x" * 200_000, "Ended: it prints more than 200000 signs."],
}


def test_what_an_example_prints_and_fails_with_is_told_as_it_is(browser: Browser, tmp_path: Path) -> None:
    told = browser.shows(
        example("print('first')\n")
        + f"""
        const told = [await ended()]
        for (const code of {json.dumps([*TELLING])}) {{
          document.querySelector('textarea').value = code
          button().click()
          told.push(await ended())
        }}
        document.querySelectorAll('.try-bar button')[1].click() // Reset
        told.push([document.querySelector('textarea').value, button().textContent, output().textContent])
        return told
        """,
        tmp_path,
    )
    assert told == [["first"], *TELLING.values(), ["print('first')", "Run", ""]]


def test_an_example_that_never_ends_is_ended_and_the_next_one_runs(browser: Browser, tmp_path: Path) -> None:
    told = browser.shows(
        example("while True:\n    pass\n", seconds=0.5)
        + """
        document.querySelector('textarea').value = 'print("again")'
        const first = await ended()
        script.dataset.seconds = 60
        button().click()
        return { first, second: await ended() }
        """,
        tmp_path,
    )
    assert told == {"first": ["Ended after 0.5 seconds."], "second": ["again"]}
