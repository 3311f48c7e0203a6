"""agent.js in Chromium, over a page of a few lines: what crosses, and how."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import math
import os
import select
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from peer import serving, until

import taropy
from taropy.hosts.errors import PageError
from taropy.hosts.js_values import Blob, JsError

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def taro(folder: Path) -> Iterator[taropy.Taro]:
    with taropy.create("h5", host="page", url=str(folder), launch=True) as made:
        yield made


@pytest.fixture
def native(taro: taropy.Taro) -> Any:
    return taro.native


def test_python_s_values_are_javascript_s(native: Any) -> None:
    sent = [
        None, True, 1, 2.5, -0.0, math.nan, math.inf, "茶 🍵", [1, None], (1,), {"a": 1}, b"abc", bytearray(2),
        memoryview(b"abcd")[::2].tobytes(), Blob(b"leaf", "text/plain"), Blob(b"leaf", "text/plain", "tea.txt"),
    ]  # fmt: skip
    assert native.told(*sent) == [
        "undefined", "boolean true", "number 1", "number 2.5", "number -0", "number NaN", "number Infinity",
        "string 茶 🍵", "Array 0,1", "Array 0", "Object a", "ArrayBuffer 3", "ArrayBuffer 2", "ArrayBuffer 2",
        "Blob text/plain 4", "File tea.txt text/plain 4",
    ]  # fmt: skip


def test_javascript_s_values_are_python_s(native: Any) -> None:
    values = native.values()
    assert "undefined" not in values
    assert values["null"] is None
    assert math.isnan(values["nan"])
    assert values["infinite"] == -math.inf
    assert math.copysign(1, values["zero"]) == -1
    assert values["big"] == 2**70
    assert values["date"].isoformat() == "1970-01-02T00:00:00+00:00"
    assert values["bad"] is None
    assert values["list"] == [None, None, None, 1]
    assert (values["bytes"], values["buffer"]) == (b"\2\3", b"\0\0")
    assert (values["text"], values["symbol"]) == ("boxed", "Symbol(s)")
    assert values["tagged"] == {"$": "h", "n": 1}


@pytest.mark.parametrize(
    "value",
    [
        "",
        "a\u2028\ud7ff\U0001f375",
        "half \ud83c",
        2**53 - 1,
        1e300,
        [[[]]],
        {"$": {"$": "u"}},
        {"__proto__": 1},
        {"": 0},
    ],
    ids=repr,
)
def test_a_value_comes_back_as_it_was(native: Any, value: Any) -> None:
    assert native.echo(value) == value
    assert native.echo([value, b"bytes"]) == [value, b"bytes"]


def test_nothing_is_undefined_or_null_by_its_place(native: Any) -> None:
    assert native.told(None, 1, None) == ["undefined", "number 1"]  # at the end it is left out
    assert native.echo({"a": None, "b": [None]}) == {"a": None, "b": [None]}
    native.keep({"a": None})
    assert native.told(native.kept()["a"]) == []


def test_rectangles_errors_and_events_are_their_fields(native: Any) -> None:
    rect = native.rect()
    assert {name: rect[name] for name in ("left", "top", "width", "height")} == {
        "left": 10, "top": 20, "width": 30, "height": 40,
    }  # fmt: skip
    assert native.error() == {"name": "TypeError", "message": "no tea", "errCode": 7}
    event = native.message()
    assert (event["type"], event["data"], event["origin"]) == ("message", {"leaf": [1]}, "http://a")
    assert "target" not in event


def test_files_are_bytes(native: Any) -> None:
    file = native.file()
    assert (file, file.name, file.type) == (b"leaf", "tea.txt", "text/plain")
    assert native.blobMessage()["data"] == b"leaf"


def test_what_holds_itself_fails_or_stays_in_the_page(native: Any) -> None:
    circle = native.circle()
    assert circle["name"] == "it"
    assert repr(circle["self"]) == "<Object in the page>"
    with pytest.raises(JsError, match="the value holds itself"):
        native.list()


def test_an_element_stays_in_the_page_and_can_be_asked(native: Any) -> None:
    body = native.element()
    assert body.tagName == "BODY"
    assert body.querySelector("#box").id == "box"


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("error", {"name": "RangeError", "message": "too much"}),
        ("object", {"errMsg": "x:fail no", "errCode": 3}),
        ("text", "just so"),
        ("nothing", None),
    ],
)
def test_whatever_is_thrown_or_rejected_is_an_exception_with_its_fields(native: Any, kind: str, value: Any) -> None:
    with pytest.raises(JsError) as thrown:
        native.throws(kind)
    assert thrown.value.value == value

    async def main() -> Any:
        with pytest.raises(JsError) as rejected:
            await native.rejects(kind)
        return rejected.value.value

    assert asyncio.run(main()) == value


def test_a_promise_is_awaited(native: Any) -> None:
    async def main() -> Any:
        promise = native.resolves({"a": 1})
        return [await promise, await promise]

    assert asyncio.run(main()) == [{"a": 1}, {"a": 1}]


def test_objects_have_methods_and_properties_and_are_the_same_each_time(native: Any) -> None:
    audio = native.audio()
    assert (audio.play(), audio.duration, audio.volume) == ("plays", 4.5, 1)
    audio.volume = 0.5
    assert audio.volume == 0.5
    assert native.echo(audio) is audio
    assert {"play", "duration", "volume", "onEnded"} <= {*dir(audio)}
    with pytest.raises(AttributeError, match="this Audio of the page has no 'sing'"):
        audio.sing()


def test_functions_of_the_page_are_called_there(native: Any) -> None:
    functions = native.functions()
    assert functions.add(1, 2) == 3
    nested = functions.nested
    assert (nested.name, nested.twice(4)) == ("n", 8)


def test_nothing_of_python_s_is_written_on_the_page_s_objects(native: Any) -> None:
    """They could not be: `Taro` is frozen in this page."""
    frozen = native.frozen()
    assert (frozen.play(), frozen.loud) == ("plays", True)
    assert native.gives({"how": 1, "success": print}) is None


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ("success", ("ok", {"errMsg": "option:ok"})),
        ("later", ("ok", {"how": "later"})),
        ("twice", ("ok", {"at": 1})),
        ("complete", ("ok", {"errMsg": "option:ok"})),
        ("complete fails", ("fail", {"errMsg": "option:fail so"})),
        ("promise", ("ok", {"how": "promise"})),
        ("promise fails", ("fail", {"name": "Error", "message": "broken"})),
        ("fails in circles", ("fail", {"name": "Error", "message": "the value holds itself"})),
        ("throws", ("fail", {"name": "Error", "message": "thrown"})),
    ],
)
def test_the_first_answer_counts_however_it_comes(native: Any, how: str, told: Any) -> None:
    async def main() -> Any:
        heard: list[Any] = []
        native.option({
            "how": how, "success": lambda value: heard.append(("ok", value)),
            "fail": lambda value: heard.append(("fail", value)), "complete": lambda value: heard.append("complete"),
        })  # fmt: skip
        await until(lambda: len(heard) == 2)
        await asyncio.sleep(0.01)
        return heard

    assert asyncio.run(main()) == [told, "complete"]


def test_a_listener_is_the_same_function_each_time(native: Any) -> None:
    def hear(*values: Any) -> None:
        heard.append(values)

    async def main() -> None:
        assert native.onTold(hear) == 1
        assert native.onTold(hear) == 1
        native.tell(1, None, {"a": b"x"})
        await until(lambda: heard)
        assert native.offTold(hear) is True

    heard: list[Any] = []
    asyncio.run(main())
    assert heard == [(1, None, {"a": b"x"})]


@pytest.mark.parametrize("tell", ["tellMany", "tellFiles"])
def test_events_come_in_order_and_none_is_lost(native: Any, tell: str) -> None:
    """Also with files among them, which the page has to read first."""

    async def main() -> list[Any]:
        heard: list[Any] = []
        native.onTold(heard.append)
        getattr(native, tell)(1000)
        await until(lambda: len(heard) == 1000)
        native.offTold(heard.append)
        return heard

    heard = asyncio.run(main())
    if tell == "tellMany":
        assert [each["at"] for each in heard] == list(range(1000))
    else:
        assert [each if at % 2 else 1000 - len(each) for at, each in enumerate(heard)] == list(range(1000))


def test_bytes_are_told_as_they_were_when_they_were_told(native: Any) -> None:
    async def main() -> list[Any]:
        heard: list[Any] = []
        native.onTold(heard.append)
        native.tellChanged()
        await until(lambda: len(heard) == 3)
        native.offTold(heard.append)
        return heard

    assert asyncio.run(main()) == [b"x", b"\1", b"\2"]


def test_an_event_that_cannot_be_sent_is_told_of_and_the_next_one_comes(
    native: Any, caplog: pytest.LogCaptureFixture
) -> None:
    async def main() -> list[Any]:
        heard: list[Any] = []
        native.onTold(heard.append)
        native.tellCircle()
        native.tell("next")
        await until(lambda: heard)
        native.offTold(heard.append)
        return heard

    assert asyncio.run(main()) == ["next"]
    assert "could not be sent: Error: the value holds itself" in caplog.text


def test_stubs_and_what_is_hidden_are_not_there(taro: taropy.Taro) -> None:
    native = taro.native
    for name in ("stub", "_own", "nothing", "there is none"):
        assert not hasattr(native, name)
    assert native.env == {"USER_DATA_PATH": "here"}


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 10_000_000])
def test_bytes_of_all_sizes_cross_both_ways(native: Any, size: int) -> None:
    assert native.size(b"x" * size) == size
    assert native.bytes(size) == b"\7" * size
    assert native.size("x" * size) == size


def test_what_python_lets_go_of_the_page_lets_go_of(taro: taropy.Taro) -> None:
    audios = [taro.native.audio() for _ in range(50)]
    assert len({each._handle for each in audios}) == 50
    bridge = taro.native._bridge
    handle = audios[0]._handle
    del audios
    gc.collect()
    taro.native.echo(1)
    assert handle not in bridge._objects
    with pytest.raises(JsError, match="the object is not there any more"):
        bridge.ask("play", "value", handle, "play", [])


def test_what_the_page_lets_go_of_python_lets_go_of(taro: taropy.Taro) -> None:
    bridge, browser = taro.native._bridge, taro.phone.browser
    before = len(bridge._callbacks)

    listeners = [lambda number=number: number for number in range(200)]
    for listener in listeners:
        taro.native.onTold(listener)
    assert len(bridge._callbacks) >= 200
    for listener in listeners:
        taro.native.offTold(listener)
    session = browser.run(browser.context.new_cdp_session(browser.page))
    end = time.monotonic() + 10
    while len(bridge._callbacks) > before and time.monotonic() < end:
        browser.run(session.send("HeapProfiler.collectGarbage"))
        taro.native.echo(1)
    assert len(bridge._callbacks) <= before


def test_the_page_saw_no_error_of_ours(taro: taropy.Taro) -> None:
    assert taro.phone.browser.run(taro.phone.browser.page.evaluate("late")) == []


# --- what happens to the page --------------------------------------------------------------------------------------


def test_a_page_that_is_loaded_anew_ends_its_calls_and_is_there_again(folder: Path) -> None:
    with taropy.create("h5", host="page", url=str(folder), launch=True) as taro:
        native = taro.native
        audio = native.audio()
        told: list[Any] = []

        async def main() -> None:
            native.option({"how": "never", "fail": told.append})
            native.echo(1)  # by whose answer the page has got the call before
            taro.phone.reload()
            await until(lambda: told)

        asyncio.run(main())
        assert told == [{"errMsg": "option:fail the page is gone: it was closed, loaded anew, or has crashed"}]
        assert native.echo("again") == "again"
        with pytest.raises(JsError, match="the page that this object was in is gone"):
            audio.play()


@pytest.mark.parametrize(
    ("name", "told"), [("max_siz", "did you mean 'max_size'"), ("colour_scheme", "did you mean 'color_scheme'")]
)
def test_an_option_that_no_browser_has_is_named(folder: Path, name: str, told: str) -> None:
    with pytest.raises(TypeError, match=f"has an option '{name}'; {told}"):
        taropy.create("h5", host="page", url=str(folder), launch=True, **{name: 1})


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("loads", ["reload", "open"])
def test_a_page_that_crashes_ends_its_calls_and_can_be_loaded_anew(folder: Path, loads: str) -> None:
    with taropy.create("h5", host="page", url=str(folder), launch=True, patience=1_500) as taro:
        native, browser = taro.native, taro.phone.browser
        told: list[Any] = []

        async def crash() -> None:
            session = await browser.context.new_cdp_session(browser.page)
            with contextlib.suppress(Exception, asyncio.CancelledError):  # nobody is left to answer
                await session.send("Page.crash")

        async def main() -> None:
            native.option({"how": "never", "fail": told.append})
            native.echo(1)  # by whose answer the page has got the call before
            browser.begin(crash(), "crash")
            await until(lambda: told)

        asyncio.run(asyncio.wait_for(main(), 10))
        assert told == [{"errMsg": "option:fail the page is gone: it was closed, loaded anew, or has crashed"}]
        with pytest.raises(taropy.TaroError, match="no page is connected: it has crashed"):
            native.echo(1)
        getattr(taro.phone, loads)()
        assert native.echo(1) == 1
        browser.run(browser.page.goto("about:blank"))
        with pytest.raises(taropy.TaroError, match=r"no page is connected: http.* is open and does not connect$"):
            native.echo(1)


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_browser_that_has_ended_is_told_of(folder: Path) -> None:
    with taropy.create("h5", host="page", url=str(folder), launch=True, patience=1_000) as taro:
        browser = taro.phone.browser
        browser.run(browser.context.browser.close())
        with pytest.raises(taropy.TaroError, match="no page is connected: its browser has ended"):
            taro.native.echo(1)


def test_a_page_that_hangs_lets_a_call_go(folder: Path) -> None:
    with taropy.create("h5", host="page", url=str(folder), launch=True, patience=2_000) as taro:
        taro.native._bridge.patience = 0.2
        with pytest.raises(JsError, match=r"timeout: the page has not answered for 0\.2 s"):
            taro.native.hang(1000)
        taro.native._bridge.patience = 5
        assert taro.native.echo("later") == "later"


def test_a_browser_that_is_missing_is_named(folder: Path) -> None:
    before = {*threading.enumerate()}
    with pytest.raises(PageError, match="there is no browser at /nowhere/chromium"):
        taropy.create("h5", host="page", url=str(folder), launch=True, executable_path="/nowhere/chromium")
    assert {*threading.enumerate()} <= before


def test_a_page_that_cannot_be_loaded_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(PageError, match=r"the browser could not show the page: .*ERR_CONNECTION_REFUSED"):
        taropy.create("h5", host="page", url=f"http://127.0.0.1:{port}/", launch=True)


def test_a_page_without_a_taro_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<html><head></head><script>no.such.thing</script></html>")
    told = "no page is connected: http://127.0.0.1:\\d+/ is open and does not connect; it says: .*no is not defined"
    with pytest.raises(PageError, match=told):
        taropy.create("h5", host="page", url=str(tmp_path), launch=True, patience=1_500)


def test_a_page_that_allows_no_connections_is_reached_all_the_same(tmp_path: Path) -> None:
    policy = "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'; script-src 'unsafe-inline'\">"
    page = f"<html><head>{policy}</head><body><script>window.Taro = {{ echo: value => value }}</script></body></html>"
    (tmp_path / "index.html").write_text(page)
    with taropy.create("h5", host="page", url=str(tmp_path), launch=True) as taro:
        assert taro.native.echo(1) == 1


def test_an_async_program_that_ends_its_page_goes_on_meanwhile(folder: Path) -> None:
    async def main() -> int:
        turns = 0
        async with taropy.create("h5", host="page", url=str(folder), launch=True) as taro:
            assert taro.native.echo(1) == 1
            closing = asyncio.ensure_future(taro.aclose())
            while not closing.done():
                turns += 1
                await asyncio.sleep(0.001)
        return turns

    assert asyncio.run(main()) > 1


def test_no_browser_is_left_when_the_program_ends(folder: Path) -> None:
    with taropy.create("h5", host="page", url=str(folder), launch=True) as taro:
        browser = taro.phone.browser
        assert browser.page.url.startswith("http://127.0.0.1:")
    assert browser.closed
    assert not browser.context.browser.is_connected()


# --- other ways to connect ------------------------------------------------------------------------------------------


def test_a_page_that_a_person_opens_connects_by_its_address_and_again_when_it_is_loaded_anew(
    taro: taropy.Taro, folder: Path
) -> None:
    browser = taro.phone.browser
    with taropy.create("h5", host="page", url=str(folder)) as other:

        async def open_() -> Any:
            page = await browser.context.new_page()
            await page.goto(other.phone.link)
            return page

        page = browser.run(open_())
        assert other.native.echo("by link") == "by link"
        assert browser.run(page.evaluate("location.search")) == ""
        browser.run(page.reload())
        assert other.native.echo("again") == "again"
        browser.run(page.close())


#: A mini program's way to connect, over the browser's.
CONNECT_SOCKET = """([address, token]) => {
  const connectSocket = ({ url, protocols }) => {
    const socket = new WebSocket(url, protocols)
    socket.binaryType = 'arraybuffer'
    return {
      onOpen: listener => (socket.onopen = () => listener({ header: {} })),
      onMessage: listener => (socket.onmessage = ({ data }) => listener({ data })),
      onClose: listener => (socket.onclose = ({ code, reason }) => listener({ code, reason })),
      onError: listener => (socket.onerror = () => listener({ errMsg: '' })),
      send: ({ data }) => socket.send(data),
    }
  }
  const wx = { echo: value => value, login: ({ success }) => success({ code: 'c', errMsg: 'login:ok' }) }
  taropyAgent.connect({ address, token, api: wx, connectSocket })
}"""


def test_a_mini_program_connects_by_its_own_sockets(taro: taropy.Taro) -> None:
    page = taro.phone.browser
    origin = page.run(page.page.evaluate("location.origin"))
    with taropy.create("weapp", host="page", origin=origin) as other:
        phone = other.phone
        assert phone.link is None
        page.run(page.page.evaluate(CONNECT_SOCKET, [phone.address, phone.token]))
        assert other.login().result().code == "c"
        assert other.native.echo([b"bytes", "茶"]) == [b"bytes", "茶"]


# --- the end of the program ------------------------------------------------------------------------------------------

PROGRAM = """
import signal, sys, taropy
taro = taropy.create("h5", host="page", url=sys.argv[1], launch=True)
print(taro.phone.browser.run(taro.phone.browser.context.browser.new_browser_cdp_session()) and "up", flush=True)
{end}
"""


def browsers(marker: str) -> set[int]:
    """The processes that have this in their command line."""
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if marker in (process / "cmdline").read_bytes().decode(errors="replace"):
                found.add(int(process.name))
    return found


def has_ended(process: int, patience: float) -> bool:
    """Whether a process ends within so many seconds, or has ended."""
    try:
        descriptor = os.pidfd_open(process)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([descriptor], [], [], max(0, patience))[0])
    finally:
        os.close(descriptor)


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="waits for processes as only Linux can")
@pytest.mark.parametrize(
    "end", ["sys.exit()", "signal.raise_signal(signal.SIGKILL)", "signal.raise_signal(signal.SIGINT)"]
)
def test_no_browser_is_left_however_the_program_ends(folder: Path, end: str) -> None:
    """Also without `close`."""
    marker = f"--taropy-test={end[-12:-1]}-{time.monotonic_ns()}"
    program = PROGRAM.format(end=end).replace("launch=True", f"launch=True, arguments=[{marker!r}]")
    command = [sys.executable, "-c", program, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "up\n"
        assert browsers(marker)
        running.wait(20)
    last = time.monotonic() + 10
    while left := browsers(marker) - {running.pid}:
        assert all(has_ended(process, last - time.monotonic()) for process in left), left


# --- hostile pages -----------------------------------------------------------------------------------------------


@pytest.fixture
def evil(tmp_path: Path) -> Iterator[str]:
    """A server of another origin on this computer."""

    (tmp_path / "index.html").write_text("<html><head></head><body>evil</body></html>")
    with serving(tmp_path) as url:
        yield url


CONNECT = """([address, token]) => new Promise(resolve => {
  const socket = new WebSocket(address, ['taropy', ...(token ? [token] : [])])
  socket.onopen = () => resolve('open')
  socket.onerror = () => resolve('refused')
})"""


def test_a_page_of_another_origin_does_not_get_in_even_with_the_token(folder: Path, evil: str) -> None:
    with taropy.create("h5", host="page", url=str(folder), launch=True) as taro:
        browser, phone = taro.phone.browser, taro.phone

        async def attack() -> list[Any]:
            page = await browser.context.new_page()
            await page.goto(evil)
            given = [await page.evaluate(CONNECT, [phone.address, token]) for token in ("", phone.token)]
            given.append(await page.evaluate("typeof taropyAgent"))
            return given

        assert browser.run(attack()) == ["refused", "refused", "undefined"]
        assert taro.native.echo(1) == 1


def test_a_frame_of_another_origin_and_the_page_itself_do_not_see_the_token(folder: Path, evil: str) -> None:
    with taropy.create("h5", host="page", url=str(folder), launch=True) as taro:
        browser = taro.phone.browser

        async def look() -> list[Any]:
            await browser.page.evaluate(
                "url => new Promise(done => { const f = document.createElement('iframe'); f.src = url; f.onload = done;"
                " document.body.append(f) })",
                evil,
            )
            frame = browser.page.frames[-1]
            assert frame.url == evil
            names = "Object.getOwnPropertyNames(window).filter(name => /taropy/i.test(name))"
            return [
                await frame.evaluate(names),
                await browser.page.evaluate(names),
                await browser.page.evaluate("Object.keys(sessionStorage)"),
            ]

        assert browser.run(look()) == [[], ["taropyAgent"], []]
