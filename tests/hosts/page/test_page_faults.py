"""What goes wrong with a page: each call ends once, in time, with one clear line, and nothing is left behind."""

from __future__ import annotations

import asyncio
import json
import signal
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from peer import LATER, Page, handshake, opened, port_of, waiting, with_message
from websockets.exceptions import ConnectionClosed, InvalidStatus

import taropy
from taropy.extras import MissingExtra
from taropy.hosts.errors import PageError
from taropy.hosts.page import connection, mail

GONE = "the page is gone: it was closed, loaded anew, or has crashed"


@pytest.fixture(autouse=True)
def _nothing_is_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    end = time.monotonic() + 5
    for thread in set(threading.enumerate()) - before:
        thread.join(max(0, end - time.monotonic()))
    assert not set(threading.enumerate()) - before


@pytest.fixture
def taro() -> Iterator[taropy.Taro]:
    with waiting() as made:
        yield made


@with_message
def silent(*given: Any) -> Any:
    return LATER


def reasons(calls: list[Any]) -> list[str]:
    """How each call has ended; one that has not would wait for ever."""

    async def main() -> list[str]:
        ended = await asyncio.wait_for(asyncio.gather(*calls, return_exceptions=True), 5)
        return [str(each) for each in ended]

    return taropy.run(main)  # type: ignore[no-any-return]


@pytest.mark.parametrize("how", ["closed", "cut"])
def test_a_page_that_goes_ends_every_call_once_and_another_takes_its_place(taro: taropy.Taro, how: str) -> None:
    told: list[str] = []

    async def main() -> None:
        calls = [taro.login(fail=lambda error: told.append(error.errMsg)) for _ in range(3)]
        await asyncio.sleep(0)
        page.wait_for(lambda: len(page.said) == 3)
        page.close() if how == "closed" else page.connection.socket.shutdown(socket.SHUT_RDWR)
        await asyncio.wait_for(asyncio.gather(*calls, return_exceptions=True), 5)

    page = Page(taro, {"login": silent})
    taropy.run(main)
    assert told == [f"login:fail {GONE}"] * 3
    page.close()
    with Page(taro, {"login": lambda options: {"code": "again"}}):
        assert taro.login().result().code == "again"


def test_a_call_that_waits_for_its_value_ends_when_the_page_goes(taro: taropy.Taro) -> None:
    @with_message
    def go(page: Page, number: int, key: str) -> Any:
        page.connection.socket.shutdown(socket.SHUT_RDWR)
        return LATER

    with Page(taro, {"getStorageSync": go}), pytest.raises(taropy.TaroError) as told:
        taro.getStorageSync("k")
    assert told.value.errMsg == f"getStorageSync:fail {GONE}"


def test_a_call_while_there_is_no_page_waits_for_the_next_one(taro: taropy.Taro) -> None:
    async def main() -> Any:
        with Page(taro, {"login": lambda options: {"code": "old"}}):
            await taro.login()
        call = taro.login()
        with Page(taro, {"login": lambda options: {"code": "new"}}):
            return (await call).code

    assert taropy.run(main) == "new"


def test_an_object_of_a_page_that_has_gone_says_so(taro: taropy.Taro) -> None:
    members = {"createInnerAudioContext": lambda: {"$": "h", "n": 5, "c": "Audio", "m": {"play": 1}}, "5.play": list}
    gone = "the page that this object was in is gone"
    with Page(taro, members):
        audio = taro.createInnerAudioContext()
        audio.play()
    assert not taro.phone.connected
    with pytest.raises(taropy.TaroError, match=gone):
        audio.play()
    with Page(taro, members), pytest.raises(taropy.TaroError, match=gone):
        audio.play()


def test_a_page_that_hangs_lets_a_call_go_after_its_time() -> None:
    told = pytest.raises(taropy.TaroError, match=r"timeout: the page has not answered for 0\.1 s")
    with waiting(patience=100) as taro, Page(taro, {"getStorageSync": silent}), told:
        taro.getStorageSync("k")


def test_the_time_of_a_promise_is_that_of_create() -> None:
    told = pytest.raises(taropy.TaroError, match="checkSession:fail timeout")
    with waiting(timeout=50) as taro, Page(taro, {"checkSession": silent}), told:
        taro.checkSession().result()


def test_the_first_answer_counts(taro: taropy.Taro) -> None:
    @with_message
    def twice(page: Page, number: int, options: Any) -> Any:
        page.say(
            ["ok", number, {"code": "first"}], ["ok", number, {"code": "second"}], ["fail", number, {"errMsg": "no"}]
        )
        return LATER

    told: list[Any] = []
    with Page(taro, {"login": twice}):
        assert taro.login(success=told.append).result().code == "first"
        assert taro.login(success=told.append).result().code == "first"
    assert [each.code for each in told] == ["first", "first"]


def test_an_answer_to_no_question_is_nothing(taro: taropy.Taro) -> None:
    with Page(taro, {"getStorageSync": lambda key: key}) as page:
        page.say(["ok", 4711, 1], ["fail", -1, None], ["event", 99, []], ["free", 99, 1])
        assert taro.getStorageSync("k") == "k"


def test_a_page_that_floods_its_program_is_let_go(taro: taropy.Taro, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "MOST", 100)
    on: list[Any] = []

    async def main() -> None:
        taro.onNetworkStatusChange(lambda _: None)
        call = taro.login()
        await asyncio.sleep(0)
        page.say(*(["event", on[0]["n"], [{}]] for _ in range(1000)))
        page.wait_for_end()  # so its own loop takes nothing meanwhile
        await call

    told = pytest.raises(taropy.TaroError, match="the page tells more than its program takes")
    with Page(taro, {"onNetworkStatusChange": on.append, "login": silent}) as page, told:
        taropy.run(main)


SHORT, LONG = "shorter than it says", "longer than it says"
LIES: dict[str, tuple[Callable[[Page], Any], str]] = {
    "no JSON": (lambda page: page.connection.send("{oops"), "no message: JSONDecodeError"),
    "no list": (lambda page: page.connection.send("{}"), "no message: it is no list of lists"),
    "a list of nothing": (lambda page: page.connection.send("[[]]"), "no message: it is no list of lists"),
    "another word": (lambda page: page.say(["sing", 1, 2]), "no message: sing"),
    "too few words": (lambda page: page.say(["ok"]), "no message: ok"),
    "a list as number": (lambda page: page.say(["ok", [1], 2]), "no message: ok"),
    "no arguments": (lambda page: page.say(["event", 1, 5]), "no message: event"),
    "an unknown tag": (lambda page: page.say(["ok", 1, {"$": "zzz"}]), "no message: ValueError"),
    "a bad date": (lambda page: page.say(["ok", 1, {"$": "d", "v": 1e300}]), "no message: OverflowError"),
    "an object of no class": (lambda page: page.say(["ok", 1, {"$": "h", "n": 1, "s": 9}]), "no message: KeyError"),
    "very deep": (lambda page: page.connection.send("[[" + "[" * 100_000), "no message: RecursionError"),
    "hello again": (lambda page: page.hello(), "said hello twice"),
    "bytes that are none": (lambda page: page.connection.send(b"\0\0"), SHORT),
    "a long head": (lambda page: page.connection.send(struct.pack(">I", 2**31) + b"[]"), SHORT),
    "a long file": (lambda page: page.say_with_files(["ok", 1, {"$": "b", "size": 9}], b"abc"), SHORT),
    "a negative file": (lambda page: page.say_with_files(["ok", 1, {"$": "b", "size": -1}], b"abc"), SHORT),
    "a file in a text": (lambda page: page.say(["ok", 1, {"$": "b", "size": 1}]), SHORT),
    "more than it says": (lambda page: page.say_with_files(["ok", 1, {"$": "b", "size": 1}], b"abc"), LONG),
    "a text that is none": (lambda page: page.connection.send(b"\xff\xfe", text=True), "a text that is none"),
    "a frame that is none": (lambda page: page.connection.socket.sendall(b"\xff\xff\xff\xff"), "no WebSocket message"),
}  # fmt: skip


@pytest.mark.parametrize("lie", LIES)
def test_a_page_that_sends_what_is_no_message_is_let_go(taro: taropy.Taro, lie: str) -> None:
    say, reason = LIES[lie]
    on: list[Any] = []

    async def main() -> None:
        taro.onNetworkStatusChange(print)
        call = taro.login()
        await asyncio.sleep(0)
        page.wait_for(lambda: len(page.said) == 2)
        if lie == "no arguments":
            page.say(["event", on[0]["n"], 5])
        else:
            say(page)
        await call

    members = {"login": silent, "onNetworkStatusChange": on.append}
    with Page(taro, members) as page, pytest.raises(taropy.TaroError) as told:
        taropy.run(main)
    assert reason in told.value.errMsg
    assert "\n" not in told.value.errMsg
    with Page(taro, {"getStorageSync": lambda key: 1}):
        assert taro.getStorageSync("k") == 1


def test_a_message_may_be_so_long_and_no_longer() -> None:
    with waiting(max_size=1000) as taro:
        with Page(taro, {"getStorageSync": lambda key: "x" * 900}):
            assert taro.getStorageSync("k") == "x" * 900
        told = pytest.raises(taropy.TaroError, match="the page has sent a message of more than max_size=1000 bytes")
        with Page(taro, {"getStorageSync": lambda key: "x" * 1000}), told:
            taro.getStorageSync("k")


def test_an_agent_of_another_version_is_named(taro: taropy.Taro) -> None:
    with opened(taro) as socket:
        hello = '[["hello",{"version":99,"members":{},"names":[]}]]'
        socket.send(hello)
        with pytest.raises(ConnectionClosed, match=r"agent\.js of version 99, and taropy here needs 1"):
            socket.recv(timeout=5)


def test_a_page_that_is_not_taken_is_told_of_to_who_waits() -> None:
    with waiting(patience=300) as taro, opened(taro) as page:
        page.send('[["hello",{"version":99,"members":{},"names":[]}]]')
        told = pytest.raises(taropy.TaroError, match=r"no page is connected: the page has agent\.js of version 99")
        with told:
            taro.getStorageSync("k")
        with Page(taro, {"getStorageSync": lambda key: 1}):
            assert taro.getStorageSync("k") == 1
        with pytest.raises(taropy.TaroError, match="no page is connected: open http"):
            taro.getStorageSync("k")


def test_a_page_without_a_taro_is_told_of() -> None:
    with waiting() as taro, opened(taro) as page:
        page.send('[["hello",{"version":1,"members":null,"names":["Taro","wx"]}]]')
        with pytest.raises(taropy.TaroError, match="the page has no Taro or wx that could be called"):
            taro.getStorageSync("k")


@contextmanager
def mute(taro: taropy.Taro, member: str) -> Iterator[None]:
    """A page that says hello, and then neither reads nor says anything: no end comes, and no answer to a ping."""
    hello = json.dumps([["hello", {"version": 1, "members": {member: 1}, "names": []}]]).encode()
    with socket.create_connection(("127.0.0.1", port_of(taro))) as client:
        client.sendall(handshake(taro).encode())
        assert client.recv(4096).startswith(b"HTTP/1.1 101 ")
        client.sendall(bytes([0x81, 0x80 | len(hello), 0, 0, 0, 0]) + hello)
        yield


def test_a_network_that_drops_is_noticed(taro: taropy.Taro, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "HEARTBEAT", 0.1)
    with mute(taro, "login"):
        assert reasons([taro.login()]) == ["login:fail the page does not answer any more"]


def test_a_second_page_does_not_get_in_while_there_is_one(taro: taropy.Taro) -> None:
    with Page(taro, {"getStorageSync": lambda key: "first"}):
        with pytest.raises(InvalidStatus, match="409"):
            opened(taro)
        assert taro.getStorageSync("k") == "first"


def test_a_port_that_is_taken_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PageError, match=f"port {port} cannot be listened on: Address already in use"):
            waiting(port=port)


def test_who_waits_for_a_page_in_vain_is_told_what_to_open() -> None:
    with waiting(patience=50) as taro:
        told = r"no page is connected: open http://page\.test:8000/\?taropy=\d+\.[\w-]{32}\.Taro,wx"
        with pytest.raises(taropy.TaroError, match=told):
            taro.getStorageSync("k")


@pytest.mark.parametrize(
    ("name", "options"), [("login", {}), ("request", {"url": "a"}), ("connectSocket", {"url": "a"})]
)
def test_a_call_that_waits_for_a_page_in_vain_ends_too(name: str, options: dict[str, Any]) -> None:
    """Also one that gives a task, which does not come either."""
    with waiting(patience=300) as taro:
        with Page(taro, {name: silent}):
            call = getattr(taro, name)  # which the program knows from then on
        assert reasons([call(**options)])[0].startswith(
            f"{name}:fail no page is connected: open http://page.test:8000/"
        )


def test_a_page_that_takes_nothing_any_more_is_let_go(taro: taropy.Taro, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "HEARTBEAT", 0.3)
    told = pytest.raises(taropy.TaroError, match=r"setStorageSync:fail the page does not (take|answer) any more")
    with mute(taro, "setStorageSync"), told:
        taro.setStorageSync("k", "x" * 50_000_000)


def test_a_program_that_is_interrupted_while_it_waits_goes_on_with_the_next_call(taro: taropy.Taro) -> None:
    @with_message
    def interrupt(page: Page, number: int, key: str) -> Any:
        if key != "interrupt":
            return key
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
        return LATER

    with Page(taro, {"getStorageSync": interrupt}) as page:
        with pytest.raises(KeyboardInterrupt):
            taro.getStorageSync("interrupt")
        page.answer(page.said[0][1], "too late")
        assert taro.getStorageSync("next") == "next"


def test_the_end_of_the_program_ends_its_calls_and_its_server() -> None:
    taro = waiting()
    address = ("127.0.0.1", port_of(taro))
    told: list[str] = []

    async def main() -> None:
        taro.login(fail=lambda error: told.append(error.errMsg))
        await asyncio.sleep(0)
        page.wait_for(lambda: len(page.said) == 1)
        await taro.aclose()
        await asyncio.sleep(0)

    with Page(taro, {"login": silent, "getStorageSync": silent}) as page:
        native = taro.native
        taropy.run(main)
        with pytest.raises(Exception, match="this runtime is closed"):
            native.getStorageSync("k")
    assert told == ["login:fail interrupted"]
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(address)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"url": "nowhere"}, "url is a page's address"),
        ({"url": "file:///tmp/index.html"}, "url is a page's address"),
        ({"token": "short"}, "a token has at least 32"),
        ({"patience": 0}, "patience is a number above 0"),
        ({"port": 70000}, "port is a number below 65536"),
        ({"max_size": True}, "max_size is a whole number above 0"),
        ({"max_size": 2.5}, "max_size is a whole number above 0"),
        ({"headless": False}, "there is no option 'headless' for a page without launch=True"),
        ({"patiense": 5}, "there is no option 'patiense' for a page without launch=True; did you mean 'patience'"),
        ({"launch": True, "url": None}, "launch=True needs the url"),
        ({"launch": "no"}, "launch is True or False, not 'no'"),
    ],
)
def test_options_that_are_none_are_refused(options: dict[str, Any], told: str) -> None:
    with pytest.raises(TypeError, match=told):
        waiting(**options)


@pytest.mark.parametrize(("module", "launch"), [("websockets", False), ("playwright.async_api", True)])
def test_a_package_that_is_missing_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, module: str, launch: bool
) -> None:
    (tmp_path / "index.html").write_text("")
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtra, match=rf"needs the package {module.split('.')[0]}: .*taropy\[browser\]"):
        waiting(url=str(tmp_path), launch=launch)


OLD = """#!{python}
import json, os
buffer = b""
while data := os.read(3, 65536):
    *messages, buffer = (buffer + data).split(b"\\0")
    for message in map(json.loads, messages):
        version = {{"protocolVersion": "1.1", "product": "Chrome/60", "revision": "", "userAgent": "", "jsVersion": ""}}
        is_known = message["method"] == "Browser.getVersion"
        unknown = {{"code": -32601, "message": message["method"] + " wasn't found"}}
        told = {{"result": version}} if is_known else {{"error": unknown}}
        os.write(4, json.dumps({{"id": message["id"], **told}}).encode() + b"\\0")
        if not is_known:
            raise SystemExit
"""
ENDING = "#!{python}\nraise SystemExit('I know no option --remote-debugging-pipe')\n"


@pytest.mark.skipif(sys.platform == "win32", reason="the browsers are scripts")
@pytest.mark.parametrize(
    ("browser", "told"),
    [
        (OLD, r"the browser .*/chromium is too old or too new for the installed playwright: .*wasn't found"),
        (ENDING, "the browser could not show the page: .*; it said: I know no option --remote-debugging-pipe"),
    ],
    ids=["speaks an old protocol", "ends at once"],
)
def test_a_browser_that_is_too_old_is_named(tmp_path: Path, browser: str, told: str) -> None:
    (tmp_path / "index.html").write_text("<html><head></head></html>", "utf-8")
    old = tmp_path / "chromium"
    old.write_text(browser.format(python=sys.executable), "utf-8")
    old.chmod(0o755)
    with pytest.raises(PageError, match=told):
        taropy.create("h5", host="page", url=str(tmp_path), launch=True, executable_path=str(old))
