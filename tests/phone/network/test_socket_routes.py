"""WebSockets that a test answers in the process: `phone.sockets.route` and the server's side."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import pytest
from listened import Ears, leaving_no_task, listening, opened, serving
from natively import turns

import taropy
from taropy.phone import Disconnected, Phone, ServerSide, UnroutedRequestWarning
from taropy.testing import expect_unhandled

pytestmark = pytest.mark.anyio

CHAT = "wss://chat.example.com/room/7"


@contextmanager
def reports(*, none: bool = False) -> Iterator[list[BaseException]]:
    """The errors that the event loop is told of meanwhile."""
    loop = asyncio.get_running_loop()
    told: list[BaseException] = []
    loop.set_exception_handler(lambda _, context: told.append(context["exception"]))
    with nullcontext() if none else expect_unhandled():
        yield told
    loop.set_exception_handler(None)


async def closed(taro: Any, url: str) -> Ears:
    """Ears at a WebSocket that has come to its end."""
    ears = listening(await taro.connectSocket(url=url))
    await ears.until("Close")
    return ears


# --- what a server does --------------------------------------------------------------------------------------------


async def test_what_a_handler_of_messages_returns_is_sent() -> None:
    async with taropy.create("weapp") as taro:
        route = taro.phone.sockets.route(CHAT, on_message=lambda side, message: f"echo {message}")
        task, ears = await opened(taro, CHAT)
        task.send(data="one")
        task.send(data="two")
        await ears.until("Message", 2)
        assert [message.data for message in ears.all("Message")] == ["echo one", "echo two"]
        assert route.calls[0].received == ["one", "two"]
        assert route.calls[0].sent == ["echo one", "echo two"]


async def test_text_bytes_and_json_are_sent_as_such() -> None:
    async def on_connect(side: ServerSide) -> None:
        side.send("text")
        side.send(b"\x00\xff")
        side.send({"type": "tick", "price": 25.0, "name": "\N{SNOWMAN}"})
        await side.send([1, None])

    async with taropy.create("weapp") as taro:
        taro.phone.sockets.route(CHAT, on_connect=on_connect)
        _, ears = await opened(taro, CHAT)
        await ears.until("Message", 4)
        assert [message.data for message in ears.all("Message")] == [
            "text", b"\x00\xff", '{"type":"tick","price":25,"name":"\N{SNOWMAN}"}', "[1,null]",
        ]  # fmt: skip


async def test_a_handler_may_receive_one_by_one_or_all() -> None:
    async def on_connect(side: ServerSide) -> None:
        login = await side.receive_json()
        await side.send(f"welcome {login['name']}")
        async for message in side:
            await side.send(message[::-1])
        said.append((side.close_code, side.close_reason))

    said: list[Any] = []
    async with taropy.create("weapp") as taro:
        route = taro.phone.sockets.route(CHAT, on_connect=on_connect)
        task, ears = await opened(taro, CHAT)
        for data in ('{"name": "Ada"}', "tea", "pot"):
            task.send(data=data)
        await ears.until("Message", 3)
        assert [message.data for message in ears.all("Message")] == ["welcome Ada", "aet", "top"]
        task.close(code=3001, reason="bye")
        await route.calls[0].wait_closed()
        assert said == [(3001, "bye")]


async def test_the_test_itself_may_be_the_server() -> None:
    async with taropy.create("weapp") as taro:
        route = taro.phone.sockets.route(CHAT)
        for number in range(2):
            task, ears = await opened(taro, CHAT)
            side = await route.connected()
            side.send(f"hello {number}")
            assert (await ears.until("Message")).data == f"hello {number}"
            task.send(data="hi")
            assert await side.receive() == "hi"
            await side.close(1000, "done")
            assert (await ears.until("Close")).reason == "done"


async def test_a_test_may_wait_for_a_connection_that_is_still_to_come() -> None:
    async with taropy.create("weapp") as taro:
        route = taro.phone.sockets.route(CHAT)
        waiting = asyncio.ensure_future(route.connected())
        given_up = asyncio.ensure_future(route.connected())
        await asyncio.sleep(0)
        given_up.cancel()
        await opened(taro, CHAT)
        await opened(taro, CHAT)
        assert (await waiting) is route.calls[0]
        assert (await route.connected()) is route.calls[1]


async def test_who_waits_for_a_connection_that_never_comes_is_told_what_has_come_instead() -> None:
    async with taropy.create("weapp") as taro:
        other = taro.phone.sockets.route("wss://other.example.com/")
        await opened(taro, "wss://other.example.com/")
        await other.connected()
        route = taro.phone.sockets.route(CHAT)
        with pytest.raises(AssertionError, match=f"(?s)nothing more has connected to {CHAT} for 0.01 .*other.example"):
            await route.connected(timeout=0.01)
        await opened(taro, CHAT)
        assert (await route.connected(timeout=None)).url == CHAT


async def test_messages_of_the_route_come_first_and_in_turn() -> None:
    async with taropy.create("weapp") as taro:
        taro.phone.sockets.route(CHAT, messages=["one", {"two": 2}], on_connect=lambda side: side.send("three"))
        _, ears = await opened(taro, CHAT)
        await ears.until("Message", 3)
        assert [message.data for message in ears.all("Message")] == ["one", '{"two":2}', "three"]


async def test_an_async_handler_is_done_with_a_message_before_the_next() -> None:
    order: list[str] = []

    async def on_message(side: ServerSide, message: str) -> str:
        order.append(f"begin {message}")
        await asyncio.sleep(0)
        order.append(f"end {message}")
        return message

    async with taropy.create("weapp") as taro:
        taro.phone.sockets.route(CHAT, on_message=on_message)
        task, ears = await opened(taro, CHAT)
        for data in "ab":
            task.send(data=data)
        await ears.until("Message", 2)
    assert order == ["begin a", "end a", "begin b", "end b"]


async def test_both_handlers_run_beside_each_other() -> None:
    async def tick(side: ServerSide) -> None:
        while True:
            await side.sleep(1)
            await side.send("tick")

    async with taropy.create("weapp") as taro:
        clock = taro.phone.clock
        clock.stop()
        taro.phone.sockets.route(CHAT, on_connect=tick, on_message=lambda side, message: side.send(message))
        task, ears = await opened(taro, CHAT)
        task.send(data="hello")
        await ears.until("Message")
        for number in range(2, 4):
            clock.advance(1)
            await ears.until("Message", number)
        assert [message.data for message in ears.all("Message")] == ["hello", "tick", "tick"]


async def test_what_the_program_asks_for_is_there_to_read() -> None:
    async with taropy.create("weapp") as taro:
        url = "wss://chat.example.com/room/7?user=ada&page="
        route = taro.phone.sockets.route("wss://chat.example.com/room/{room}")
        await opened(taro, url, header={"X-Token": "t-1"}, protocols=["v1", "v2"])
        side = await route.connected()
        assert (side.url, side.path, side.query, side.params) == (
            url, "/room/7", {"user": "ada", "page": ""}, {"room": "7"},
        )  # fmt: skip
        assert (side.headers["x-token"], side.headers["Host"]) == ("t-1", "chat.example.com")
        assert (side.protocols, side.protocol, side.app.platform) == (["v1", "v2"], None, "weapp")


async def test_the_server_chooses_of_the_protocols_and_sends_headers_of_its_own() -> None:
    async with taropy.create("weapp") as taro:
        route = taro.phone.sockets.route(CHAT, protocols=["v2", "v1"], headers={"X-Server": "tea"})
        _, ears = await opened(taro, CHAT, protocols=["v1", "v2"])
        header = (await ears.until("Open")).header
        assert (header["Sec-WebSocket-Protocol"], header["X-Server"]) == ("v2", "tea")
        assert (await route.connected()).protocol == "v2"
        for offered in ([], ["v3"]):
            _, ears = await opened(taro, CHAT, protocols=offered)
            assert "Sec-WebSocket-Protocol" not in (await ears.until("Open")).header
            assert (await route.connected()).protocol is None


@pytest.mark.parametrize("is_async", [False, True])
async def test_a_handshake_may_be_looked_at_and_refused(is_async: bool) -> None:
    def check(side: ServerSide) -> None:
        if side.headers.get("X-Token") != "t-1":
            side.refuse(401, "who are you?", {"X-Why": "token"})

    async def check_later(side: ServerSide) -> None:
        await asyncio.sleep(0)
        check(side)

    async with taropy.create("weapp") as taro:
        route = taro.phone.sockets.route(CHAT, on_handshake=check_later if is_async else check)
        ears = listening(await taro.connectSocket(url=CHAT))
        await ears.until("Close")
        assert ears.all("Error")[0].errMsg == "open fail: _code:20,_msg:Invalid HTTP status."
        await opened(taro, CHAT, header={"X-Token": "t-1"})
        assert [repr(side) for side in route.calls] == [
            f"<ServerSide of {CHAT}, refused>", f"<ServerSide of {CHAT}, open>",
        ]  # fmt: skip


async def test_a_server_may_break_off_instead_of_an_answer() -> None:
    async with taropy.create("weapp") as taro:
        taro.phone.sockets.route(CHAT, on_handshake=lambda side: side.fail())
        ears = listening(await taro.connectSocket(url=CHAT))
        await ears.until("Close")
        assert ears.events == ["Error", "Close"]
        assert ears.all("Error")[0].errMsg == "open fail: _code:2,_msg:Underlying Transport Error"


async def test_a_server_that_never_answers_is_waited_for_as_long_as_the_program_wants() -> None:
    async with taropy.create("weapp") as taro:
        taro.phone.sockets.route(CHAT, on_handshake=lambda side: asyncio.get_running_loop().create_future())
        ears = listening(await taro.connectSocket(url=CHAT, timeout=50))
        await ears.until("Close")
        assert ears.all("Error")[0].errMsg == "open fail: _code:9,_msg:Timer Expired"


async def test_a_reconnecting_program_meets_the_routes_in_turn() -> None:
    async with taropy.create("weapp") as taro:
        sockets = taro.phone.sockets
        sockets.route(CHAT, messages=["at last"])
        sockets.route(CHAT, status=503, times=2)
        heard = []
        for _ in range(3):
            ears = listening(await taro.connectSocket(url=CHAT))
            await ears.until("Message" if len(heard) == 2 else "Close")
            heard.append(ears.events)
        assert heard == [["Error", "Close"], ["Error", "Close"], ["Open", "Message"]]
        assert sockets.unused == []


# --- time ----------------------------------------------------------------------------------------------------------


async def test_a_delay_goes_by_the_phones_clock() -> None:
    async with taropy.create("weapp") as taro:
        clock = taro.phone.clock
        clock.stop()
        route = taro.phone.sockets.route(CHAT, delay=30, on_connect=lambda side: side.send("later", delay=5))
        ears = listening(await taro.connectSocket(url=CHAT))
        clock.advance(29)
        await asyncio.sleep(0.01)
        assert ears.events == []
        clock.advance(1)
        await ears.until("Open")
        await route.connected()
        assert route.calls[0].sent == []
        clock.advance(5)
        assert (await ears.until("Message")).data == "later"


async def test_a_message_that_comes_too_late_for_its_connection_is_none() -> None:
    async with taropy.create("weapp") as taro:
        taro.phone.clock.stop()
        route = taro.phone.sockets.route(CHAT)
        task, ears = await opened(taro, CHAT)
        side = await route.connected()
        side.send("too late", delay=5)
        task.close()
        await ears.until("Close")
        taro.phone.clock.advance(5)
        assert side.messages == []


# --- what goes wrong -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["on_handshake", "on_connect", "on_message"])
@pytest.mark.parametrize("is_async", [False, True])
async def test_what_a_handler_raises_is_told_and_ends_the_connection(name: str, is_async: bool) -> None:
    def broken(side: ServerSide, message: str = "") -> None:
        raise AssertionError("the test's own")

    async def broken_later(side: ServerSide, message: str = "") -> None:
        await asyncio.sleep(0)
        broken(side)

    with reports() as told:
        async with taropy.create("weapp") as taro:
            handler: Any = broken_later if is_async else broken
            route = taro.phone.sockets.route(CHAT, **{name: handler})
            task = await taro.connectSocket(url=CHAT)
            ears = listening(task)
            task.onOpen(lambda _: task.send(data="hello"))
            closed = await ears.until("Close")
            assert [str(error) for error in (*told, *route.errors, *taro.phone.sockets.errors)] == [
                "the test's own"
            ] * 3
            if name == "on_handshake":
                assert ears.all("Error")[0].errMsg == "open fail: _code:20,_msg:Invalid HTTP status."
            else:
                assert (closed.code, ears.events) == (1011, ["Open", "Close"])


async def test_a_failure_of_pytests_own_is_told_as_well() -> None:
    def check(side: ServerSide, message: str) -> None:
        pytest.fail("not this")

    with reports() as told:
        async with taropy.create("weapp") as taro:
            taro.phone.sockets.route(CHAT, on_message=check)
            task, ears = await opened(taro, CHAT)
            task.send(data="hello")
            assert (await ears.until("Close")).code == 1011
            assert [str(error) for error in told] == ["not this"]


async def test_a_handler_whose_program_has_gone_just_ends() -> None:
    ended: list[Disconnected] = []

    async def on_connect(side: ServerSide) -> None:
        try:
            await side.receive()
        except Disconnected as error:
            ended.append(error)
            raise

    with reports(none=True) as told:
        async with taropy.create("weapp") as taro:
            route = taro.phone.sockets.route(CHAT, on_connect=on_connect)
            task, ears = await opened(taro, CHAT)
            task.close(code=3000, reason="bye")
            await ears.until("Close")
            await route.calls[0].wait_closed()
            await asyncio.sleep(0)
            assert [(error.code, error.reason) for error in ended] == [(3000, "bye")]
            assert str(ended[0]) == f"the WebSocket {CHAT} has ended: 3000 'bye'"
            with pytest.raises(Disconnected):
                route.calls[0].send("anybody there?")
    assert told == []


async def test_when_the_network_goes_the_server_sees_a_broken_connection() -> None:
    async with taropy.create("weapp") as taro:
        route = taro.phone.sockets.route(CHAT)
        await opened(taro, CHAT)
        side = await route.connected()
        taro.phone.network.type = "none"
        with pytest.raises(Disconnected) as raised:
            await side.receive()
        assert (raised.value.code, side.close_code, side.is_open) == (1006, 1006, False)


async def test_what_arrived_before_the_end_can_still_be_received() -> None:
    async with taropy.create("weapp") as taro:
        route = taro.phone.sockets.route(CHAT)
        task, ears = await opened(taro, CHAT)
        task.send(data="last words")
        task.close()
        await ears.until("Close")
        side = await route.connected()
        assert await side.receive() == "last words"
        with pytest.raises(Disconnected):
            await side.receive()


@pytest.mark.parametrize("code", [0, 999, 1004, 1005, 1006, 1015, 5000])
async def test_a_server_closes_with_no_code_that_there_is_not(code: int) -> None:
    async with taropy.create("weapp") as taro:
        route = taro.phone.sockets.route(CHAT)
        _, ears = await opened(taro, CHAT)
        side = await route.connected()
        with pytest.raises(ValueError, match=f"no server closes with {code}"):
            side.close(code)
        await side.close(None)
        side.close(1000)
        assert (await ears.until("Close")).code == 1005


async def test_calls_at_the_wrong_time_say_so() -> None:
    def too_early(side: ServerSide) -> None:
        with pytest.raises(RuntimeError, match="the handshake is not answered yet"):
            side.send("hello")

    async with taropy.create("weapp") as taro:
        route = taro.phone.sockets.route(CHAT, on_handshake=too_early, on_message=lambda side, message: None)
        await opened(taro, CHAT)
        side = await route.connected()
        with pytest.raises(RuntimeError, match="has been answered already"):
            side.refuse(401)
        with pytest.raises(RuntimeError, match="go to the on_message of its route"):
            await side.receive()
        assert route.errors == []


WRONG = {
    "http": ({"url": "https://chat.example.com/"}, ValueError, "a request's address; those are phone.network's affair"),
    "nothing": ({"url": ""}, ValueError, "no address that a route could be for"),
    "no host": ({"url": "wss:///room"}, ValueError, "names no server"),
    "ftp": ({"url": "ftp://chat.example.com/"}, ValueError, "no address that a route could be for"),
    "a number": ({"url": 7}, TypeError, "a route is for an address"),
    "a handler": ({"url": CHAT, "on_connect": "hello"}, TypeError, "on_connect is a function, not 'hello'"),
    "messages": ({"url": CHAT, "messages": "hello"}, TypeError, "messages is a list"),
    "protocols": ({"url": CHAT, "protocols": "v1"}, TypeError, "protocols is a list"),
    "a protocol": ({"url": CHAT, "protocols": ["v 1"]}, ValueError, "'v 1' is no subprotocol"),
    "a header": ({"url": CHAT, "headers": {"X": "a\r\nY: b"}}, ValueError, "is no header"),
    "a status": ({"url": CHAT, "status": 101}, ValueError, "a status from 200 to 599, not 101"),
    "both": ({"url": CHAT, "status": 401, "messages": ["a"]}, TypeError, "a route with a status refuses"),
    "times": ({"url": CHAT, "times": 0}, ValueError, "times is not 0"),
    "delay": ({"url": CHAT, "delay": -1}, ValueError, "delay is a number of seconds, not -1"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_no_route_is_refused(wrong: str) -> None:
    options, error, text = WRONG[wrong]
    with Phone() as phone:
        with pytest.raises(error, match=re.escape(text)):
            phone.sockets.route(**options)
        assert phone.sockets.routes == []


# --- which route ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "url", "takes"),
    [
        ("wss://chat.example.com/live", "wss://chat.example.com/live?a=b", True),
        ("wss://chat.example.com/live", "wss://chat.example.com:443/live", True),
        ("wss://chat.example.com/live", "ws://chat.example.com/live", False),
        ("wss://chat.example.com", "wss://chat.example.com/", True),
        ("wss://chat.example.com/live?room=7", "wss://chat.example.com/live?user=a&room=7", True),
        ("wss://chat.example.com/live?room=7", "wss://chat.example.com/live?room=8", False),
        ("wss://*.example.com/**", "wss://a.example.com/b/c", True),
        ("wss://*.example.com/**", "wss://example.com/b/c", False),
        ("ws{,s}://chat.example.com/*", "ws://chat.example.com/live", True),
        ("/live", "ws://127.0.0.1:9/live", True),
        ("/live", "ws://127.0.0.1:9/live/more", False),
        ("**/room/{name}", "ws://127.0.0.1:9/api/room/7", True),
        (re.compile(r"^wss?://.*/live\b"), "ws://127.0.0.1:9/live?a", True),
        (re.compile(r"/dead\b"), "ws://127.0.0.1:9/live", False),
    ],
)
async def test_patterns_are_those_of_requests(pattern: Any, url: str, takes: bool) -> None:
    async with taropy.create("weapp") as taro:
        taro.phone.sockets.unrouted = "fail"
        route = taro.phone.sockets.route(pattern, optional=True)
        if takes:
            await opened(taro, url)
        else:
            with pytest.warns(UnroutedRequestWarning):
                await closed(taro, url)
        assert route.called is takes


async def test_the_latest_route_has_it_until_it_is_taken_away() -> None:
    async with taropy.create("weapp") as taro:
        sockets = taro.phone.sockets
        for name in ("first", "second", "third"):
            sockets.route(CHAT, messages=[name])

        async def met() -> str:
            _, ears = await opened(taro, CHAT)
            return (await ears.until("Message")).data

        heard = [await met()]
        sockets.routes[-1].unroute()
        heard.append(await met())
        sockets.unroute(CHAT)
        assert (heard, sockets.routes) == (["third", "second"], [])
        with pytest.raises(ValueError, match="no route is for"):
            sockets.unroute(CHAT)


async def test_what_no_route_takes_goes_to_the_real_server_or_fails() -> None:
    async with serving() as url, taropy.create("weapp") as taro:
        sockets = taro.phone.sockets
        route = sockets.route(CHAT)
        assert sockets.unrouted == "pass"
        task, ears = await opened(taro, url)
        task.send(data="real")
        assert (await ears.until("Message")).data == "real"
        sockets.unrouted = "fail"
        with pytest.warns(UnroutedRequestWarning, match=re.escape(f"{url} meets no route")) as warned:
            ears = await closed(taro, url)
        assert f"Routes, latest first: {CHAT}" in str(warned[0].message)
        assert ears.events == ["Error", "Close"]
        assert ears.all("Error")[0].errMsg == "open fail: _code:2,_msg:Underlying Transport Error"
        with pytest.raises(AssertionError) as raised:
            route.assert_called()
        assert str(raised.value) == (
            f"{CHAT} was connected to 0 times. What was connected to:\n  {url} (no route)\n  {url} (no route)"
        )
        with pytest.raises(ValueError, match="there are pass, fail"):
            sockets.unrouted = "never"


async def test_checks_of_what_was_called_read_well() -> None:
    async with taropy.create("weapp") as taro:
        route = taro.phone.sockets.route("wss://chat.example.com/room/*", on_message=lambda side, message: {"ok": True})
        route.assert_not_called()
        assert (route.called, route.unused) == (False, "wss://chat.example.com/room/*, which nothing has connected to")
        task, ears = await opened(taro, f"{CHAT}?token=k-7f3a")
        task.send(data='{"token":"k-7f3a"}')
        await ears.until("Message")
        task.close()
        await ears.until("Close")
        route.assert_called()
        route.assert_called(times=1)
        with pytest.raises(AssertionError, match="was connected to once, not 2 times"):
            route.assert_called(times=2)
        with pytest.raises(AssertionError, match="was connected to once"):
            route.assert_not_called()
        await route.calls[0].wait_closed()
        assert str(route.calls) == (
            f"{CHAT}?token=*** on weapp: closed 1000\n"
            'program: {"token":***}\n'
            ' server: {"ok":true}'
        )  # fmt: skip
        assert taro.phone.sockets.calls == route.calls


async def test_a_snapshot_has_the_routes() -> None:
    async with taropy.create("weapp") as taro:
        sockets, phone = taro.phone.sockets, taro.phone
        before = phone.snapshot()
        route = sockets.route(CHAT, times=1)
        scripted = phone.snapshot()
        await opened(taro, CHAT)
        sockets.unrouted = "fail"
        assert sockets.unused == []
        phone.restore(scripted)
        assert (sockets.routes, sockets.unrouted, route.called) == ([route], "pass", False)
        await opened(taro, CHAT)
        phone.restore(before)
        assert sockets.routes == []


# --- life ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["aclose", "close", "aend"])
async def test_a_handler_in_the_middle_of_its_work_is_ended_with_the_phone(how: str) -> None:
    cleaned: list[str] = []
    begun = asyncio.Event()

    async def on_connect(side: ServerSide) -> None:
        try:
            begun.set()
            await asyncio.get_running_loop().create_future()
        finally:
            cleaned.append("up")

    with leaving_no_task(), reports(none=True) as told:
        taro = taropy.create("weapp")
        taro.phone.sockets.route(CHAT, on_connect=on_connect, on_message=lambda side, message: None)
        _, ears = await opened(taro, CHAT)
        await begun.wait()
        if how == "aclose":
            await taro.phone.aclose()
        elif how == "close":
            taro.phone.close()
            await turns(20)
        else:
            await taro.aclose()
        assert cleaned == ["up"]
        assert ears.events == ["Open", "Close"]
        assert told == []


def test_a_loop_that_ends_takes_its_connections_and_handlers_along() -> None:
    cleaned: list[str] = []

    async def on_connect(side: ServerSide) -> None:
        try:
            await side.receive()
            await asyncio.get_running_loop().create_future()
        finally:
            cleaned.append("up")

    async def main(phone: Phone) -> None:
        task = phone.native("weapp").connectSocket({"url": CHAT})
        ears = listening(task)
        await ears.until("Open")
        task.send({"data": "hello"})
        await asyncio.sleep(0.01)

    with Phone() as phone:
        phone.sockets.route(CHAT, on_connect=on_connect)
        for _ in range(2):
            asyncio.run(main(phone))
    assert cleaned == ["up", "up"]


async def test_another_thread_may_be_the_server() -> None:
    async with taropy.create("weapp") as taro:
        route = taro.phone.sockets.route(CHAT)
        _, ears = await opened(taro, CHAT)
        side = await route.connected()

        def elsewhere() -> None:
            side.send("from elsewhere")
            side.close(4000, "enough")

        thread = threading.Thread(target=elsewhere)
        thread.start()
        closed = await ears.until("Close")
        thread.join()
        assert (ears.all("Message")[0].data, closed.code) == ("from elsewhere", 4000)


async def test_a_server_that_sends_more_than_the_program_takes_waits() -> None:
    sent: list[int] = []

    async def flood(side: ServerSide) -> None:
        for number in range(100):
            await side.send(b"x" * 1_000_000)
            sent.append(number)

    async with taropy.create("weapp") as taro:
        taro.phone.clock.stop()
        taro.phone.sockets.route(CHAT, on_connect=flood)
        task = await taro.connectSocket(url=CHAT)
        ears = Ears(task, "Open", "Message")
        await ears.until("Open")
        taro.phone.network.latency = 1
        for _ in range(500):
            await asyncio.sleep(0)
        assert 0 < len(sent) < 60
        taro.phone.network.latency = 0
        taro.phone.clock.advance(1)
        await ears.until("Message", 100)


def test_a_program_outside_of_any_loop_is_served_too() -> None:
    with Phone() as phone, taropy.create("weapp", phone=phone) as taro:
        phone.sockets.route(CHAT, on_message=lambda side, message: message.upper())

        async def main() -> str:
            task, ears = await opened(taro, CHAT)
            task.send(data="tea")
            return str((await ears.until("Message")).data)

        assert taropy.run(main()) == "TEA"


def test_without_the_library_the_error_names_the_command() -> None:
    program = (
        "import sys; sys.modules['websockets'] = None\nimport taropy; taropy.Phone().sockets.route('wss://a.example')"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert "phone.sockets.route needs the package websockets: pip install 'taropy[socket]'" in done.stderr
