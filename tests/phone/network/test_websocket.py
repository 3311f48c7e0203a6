"""WebSockets: `connectSocket`, its task, and the global functions."""

from __future__ import annotations

import asyncio
import base64
import threading
from typing import Any

import pytest
from listened import Ears, Reader, Writer, echo, listening, opened, serving, shake_hands
from natively import called
from servers import RawServer
from websockets.asyncio.server import ServerConnection
from websockets.frames import Frame, Opcode

import taropy
from taropy import TaroError, extras, spec
from taropy.phone import Phone

pytestmark = pytest.mark.anyio

EVERYWHERE = sorted(spec.supported_on("connectSocket"))
#: Whose sockets are a browser's.
PAGES = ("h5", "harmony-hybrid")
GLOBALLY = sorted(spec.supported_on("sendSocketMessage"))
LIMITED = sorted({*EVERYWHERE} - {"alipay", "rn", "harmony", "harmony-hybrid"})


# --- messages ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", EVERYWHERE)
async def test_text_and_bytes_come_back_in_their_order(platform: str) -> None:
    async with serving() as url, taropy.create(platform) as taro:
        task, ears = await opened(taro, url)
        binary = [] if platform == "harmony" else [b"\x00\xff", b""]
        sent: list[str | bytes] = ["hello", "\N{SNOWMAN}", "", *binary]
        for data in sent:
            await task.send(data=data)
        await ears.until("Message", len(sent))
        assert [message.data for message in ears.all("Message")] == sent
        task.close()
        closed = await ears.until("Close")
        reasons = {**dict.fromkeys(PAGES, "server complete,close"), "rn": "server complete, close"}
        assert (closed.code, closed.reason) == (1000, reasons.get(platform, ""))
        assert ears.events == ["Open", *["Message"] * len(sent), "Close"]


async def test_a_message_that_is_on_its_way_has_succeeded() -> None:
    async with serving() as url, taropy.create("weapp") as taro:
        task, ears = await opened(taro, url)
        assert await called(task._native, "send", data="hello") == {"errMsg": "sendSocketMessage:ok"}
        assert (await ears.until("Message")).data == "hello"


async def test_many_messages_keep_their_order() -> None:
    async with serving() as url, taropy.create("weapp") as taro:
        task, ears = await opened(taro, url)
        for number in range(500):
            task.send(data=str(number))
        await ears.until("Message", 500)
        assert [message.data for message in ears.all("Message")] == [str(number) for number in range(500)]


async def test_long_messages_arrive_as_they_were() -> None:
    async with serving(max_size=None) as url, taropy.create("weapp") as taro:
        task, ears = await opened(taro, url)
        sent: list[str | bytes] = ["\N{SNOWMAN}" * 400_000, bytes(range(256)) * 5000, b"\x01" * 65_534, "short"]
        for data in sent:
            task.send(data=data)
        await ears.until("Message", len(sent))
        assert [message.data for message in ears.all("Message")] == sent


async def test_several_sockets_each_get_their_own() -> None:
    async with serving() as url, taropy.create("weapp") as taro:
        sockets = [await opened(taro, url) for _ in range(5)]
        for number, (task, _) in enumerate(sockets):
            task.send(data=f"to {number}")
        for number, (_, ears) in enumerate(sockets):
            assert (await ears.until("Message")).data == f"to {number}"
        assert len({task.socketTaskId for task, _ in sockets}) == 5


async def test_a_message_in_pieces_is_one_message() -> None:
    async def in_pieces(connection: ServerConnection) -> None:
        await connection.ping()
        await connection.send(["one", " two", " three"])
        await connection.send([b"\x01", b"\x02"])
        await connection.wait_closed()

    async with serving(in_pieces) as url, taropy.create("weapp") as taro:
        _, ears = await opened(taro, url)
        await ears.until("Message", 2)
        assert [message.data for message in ears.all("Message")] == ["one two three", b"\x01\x02"]


def frame(opcode: Opcode, data: bytes, *, fin: bool = True) -> bytes:
    """A frame as servers write it."""
    return Frame(opcode, data, fin).serialize(mask=False)


@pytest.mark.parametrize("deflate", [False, True])
@pytest.mark.parametrize("size", [1, 2, 3, 130, 1_000, 1_000_000])
async def test_messages_are_whole_however_the_network_cuts_them(size: int, deflate: bool) -> None:
    sent: list[str | bytes] = []
    said = b""
    for length in (0, 1, 125, 126, 127, 1_000, 2**16 - 1, 2**16) if size > 100 else (0, 1, 125, 126, 127):
        text, data = "x" * length, bytes(length)
        said += frame(Opcode.TEXT, text.encode()) + frame(Opcode.PING, b"there?") + frame(Opcode.BINARY, data)
        said += frame(Opcode.BINARY, data, fin=False) + frame(Opcode.PONG, b"") + frame(Opcode.CONT, b"end")
        sent += [text, data, data + b"end"]

    async def talk(reader: Reader, writer: Writer) -> None:
        extensions = [b"Sec-WebSocket-Extensions: permessage-deflate"] if deflate else []
        await shake_hands(reader, writer, *extensions)
        for start in range(0, len(said), size):
            writer.write(said[start : start + size])
            await writer.drain()
        await reader.read()

    with RawServer(talk) as server:
        async with taropy.create("weapp") as taro:
            url = f"ws://127.0.0.1:{server.port}/"
            ears = listening(await taro.connectSocket(url=url, perMessageDeflate=deflate))
            await ears.until("Message", len(sent))
            assert [message.data for message in ears.all("Message")] == sent


async def test_messages_are_compressed_if_both_sides_want_it() -> None:
    async with serving(compression="deflate") as url, taropy.create("weapp") as taro:
        for wanted in (True, False):
            task, ears = await opened(taro, url, perMessageDeflate=wanted)
            header = (await ears.until("Open")).header
            assert ("permessage-deflate" in header.get("Sec-WebSocket-Extensions", "")) is wanted
            task.send(data="tea " * 1000)
            assert (await ears.until("Message")).data == "tea " * 1000


@pytest.mark.parametrize("data", [None, 1, {"a": 1}, ["a"]])
async def test_what_is_no_text_and_no_bytes_is_not_sent(data: Any) -> None:
    async with serving() as url, taropy.create("weapp") as taro:
        task, _ = await opened(taro, url)
        native = task._native
        answer = await called(native, "send", data=data)
        expected = "SocketTask.send:fail parameter error: parameter.data should be String/ArrayBuffer"
        assert answer["errMsg"].startswith(expected)


# --- opening -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", [each for each in EVERYWHERE if each not in (*PAGES, "rn", "harmony")])
async def test_the_server_chooses_a_subprotocol(platform: str) -> None:
    async with serving(subprotocols=["v2", "v1"]) as url, taropy.create(platform) as taro:
        _, ears = await opened(taro, url, protocols=["v1", "v2"])
        assert (await ears.until("Open")).header["Sec-WebSocket-Protocol"] == "v2"


@pytest.mark.parametrize("platform", PAGES)
async def test_a_page_is_told_of_an_opening_and_no_more(platform: str) -> None:
    async with serving() as url, taropy.create(platform) as taro:
        _, ears = await opened(taro, url)
        assert dict(await ears.until("Open")) == {"type": "open"}


async def test_a_page_sends_its_origin_and_cookies_and_no_headers_of_the_program() -> None:
    sent: list[Any] = []

    async def note(connection: ServerConnection) -> None:
        sent.append(connection.request.headers if connection.request else None)
        await connection.wait_closed()

    async with serving(note) as url, taropy.create("h5") as taro:
        taro.phone.browser.origin = "https://shop.example.com"
        _, ears = await opened(taro, url, header={"X-Mine": "1"})
        await ears.until("Open")
    assert (sent[0]["Origin"], "X-Mine" in sent[0], "Referer" in sent[0]) == ("https://shop.example.com", False, False)


async def test_a_page_listens_with_one_listener_at_a_time() -> None:
    heard: list[str] = []
    async with serving() as url, taropy.create("h5") as taro:
        task, ears = await opened(taro, url)
        told = asyncio.Event()
        task.onMessage(lambda _: heard.append("first"))
        task.onMessage(lambda _: (heard.append("second"), told.set()))
        await ears.until("Open")
        task.send(data="tea")
        await told.wait()
    assert heard == ["second"]


@pytest.mark.parametrize("listens", [True, False])
async def test_a_page_counts_a_socket_that_has_gone_until_it_is_told(listens: bool) -> None:
    async with taropy.create("h5") as taro:
        for _ in range(5):
            gone = await taro.connectSocket(url="ws://127.0.0.1:1/")
            if listens:
                gone.onClose(lambda _: None)
        await asyncio.sleep(0.1)
        sixth = await taropy.Promise.allSettled([taro.connectSocket(url="ws://127.0.0.1:1/")])
        assert (sixth[0].status == "fulfilled") is listens


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"url": "ws://"}, "The URL 'ws://' is invalid."),
        ({"url": "ws://a/", "protocols": ["v1", "v1"]}, "The subprotocol 'v1' is duplicated."),
        (
            {"url": "ws://a/#b"},
            "The URL contains a fragment identifier ('b'). Fragment identifiers are not allowed in WebSocket URLs.",
        ),
    ],
)
async def test_what_makes_no_socket_in_a_browser_is_refused(options: dict[str, Any], reason: str) -> None:
    async with taropy.create("h5") as taro:
        with pytest.raises(TaroError) as raised:
            await taro.connectSocket(options)
    assert raised.value.errMsg == f"connectSocket:fail Failed to construct 'WebSocket': {reason}"


async def test_harmony_sends_no_bytes_and_no_subprotocols_and_has_no_state() -> None:
    async def talk(connection: ServerConnection) -> None:
        assert connection.request is not None
        await connection.send(str(connection.request.headers.get("Sec-WebSocket-Protocol")))
        await echo(connection)

    async with serving(talk) as url, taropy.create("harmony") as taro:
        task, ears = await opened(taro, url, protocols=["v1"])
        assert (await ears.until("Message")).data == "None"
        with pytest.raises(taropy.TaroError, match=r"data should be String instead of ArrayBuffer"):
            await task.send(data=b"x")
        assert not hasattr(task, "readyState")
        await task.send(data="x")
        assert (await ears.until("Message", 2)).data == "x"


@pytest.mark.parametrize(
    ("ending", "told"),
    [
        ({"code": 3001}, (3001, "server complete, close")),
        ({"reason": "enough"}, (1000, "enough")),
        (None, (1006, "abnormal closure")),
    ],
)
async def test_on_react_native_a_close_is_told_as_the_program_has_wished_it(ending: Any, told: tuple[int, str]) -> None:
    async def bye(connection: ServerConnection) -> None:
        await connection.close(4002, "bye") if ending is None else await echo(connection)

    async with serving(bye) as url, taropy.create("rn") as taro:
        task, ears = await opened(taro, url)
        if ending is not None:
            task.close(**ending)
        closed = await ears.until("Close")
        assert (closed.code, closed.reason) == told


async def test_on_react_native_a_socket_that_the_program_has_closed_counts_no_more() -> None:
    async with serving() as url, taropy.create("rn") as taro:
        tasks = [(await opened(taro, url))[0] for _ in range(2)]
        with pytest.raises(TaroError, match="同时最多发起 2 个 socket 请求"):
            await taro.connectSocket(url=url)
        tasks[0].close()
        await opened(taro, url)


async def test_on_react_native_a_success_has_the_task_too() -> None:
    async with serving() as url, taropy.create("rn") as taro:
        res = await called(taro.native, "connectSocket", url=url)
        assert (res["errMsg"], res["socketTask"].socketTaskId) == ("connectSocket:ok", res["socketTaskId"])


async def test_react_native_tells_no_headers_of_the_servers_answer() -> None:
    async with serving(subprotocols=["v1"]) as url, taropy.create("rn") as taro:
        _, ears = await opened(taro, url, protocols=["v1"])
        assert (await ears.until("Open")).header == {}


async def test_the_server_sees_the_programs_headers_and_the_phones_own() -> None:
    seen: dict[str, str] = {}

    async def look(connection: ServerConnection) -> None:
        assert connection.request is not None
        seen.update({name.lower(): value for name, value in connection.request.headers.raw_items()})
        await echo(connection)

    async with serving(look) as url, taropy.create("weapp", appid="wx0123456789abcdef") as taro:
        header = {"X-Token": "t", "X-Number": 1, "Referer": "https://elsewhere.example", "Host": "elsewhere.example"}
        await opened(taro, f"{url}path?a=b", header=header)
        assert seen["x-token"] == "t"
        assert seen["x-number"] == "1"
        assert seen["referer"] == "https://servicewechat.com/wx0123456789abcdef/0/page-frame.html"
        assert seen["host"] in url
        assert "MicroMessenger" in seen["user-agent"]


async def test_open_tells_headers_and_times() -> None:
    async with serving() as url, taropy.create("weapp") as taro:
        _, ears = await opened(taro, url)
        told = await ears.until("Open")
        assert told.header["Upgrade"] == "websocket"
        assert told.profile["fetchStart"] <= told.profile["connectEnd"]
        assert told.profile["cost"] >= told.profile["handshakeCost"] >= 0


async def test_a_task_says_how_far_it_is() -> None:
    async with serving() as url, taropy.create("weapp") as taro:
        task = await taro.connectSocket(url=url)
        ears = listening(task)
        assert (task.CONNECTING, task.OPEN, task.CLOSING, task.CLOSED) == (0, 1, 2, 3)
        states = [task.readyState]
        await ears.until("Open")
        states.append(task.readyState)
        task.close()
        states.append(task.readyState)
        await ears.until("Close")
        assert [*states, task.readyState] == [0, 1, 2, 3]
        assert task.errMsg == "connectSocket:ok"


WRONG = {
    "no url": ({}, "parameter error: parameter.url should be String instead of Undefined"),
    "a number": ({"url": 1}, "parameter error: parameter.url should be String instead of Number"),
    "http": ({"url": "http://a.example"}, 'invalid url "http://a.example"'),
    "nothing": ({"url": ""}, 'invalid url ""'),
    "no host": ({"url": "ws://"}, 'invalid url "ws://"'),
    "no port": ({"url": "ws://a.example:port"}, 'invalid url "ws://a.example:port"'),
    "a space": ({"url": "ws://a.example/a b"}, 'invalid url "ws://a.example/a b"'),
    "a line": ({"url": "ws://a.example/\r\nX: y"}, 'invalid url "ws://a.example/\r\nX: y"'),
    "a fragment": ({"url": "ws://a.example/#a"}, 'invalid url "ws://a.example/#a"'),
    "header": ({"url": "ws://a.example", "header": "a"}, "parameter error: parameter.header should be Object"),
    "an injected header": ({"url": "ws://a.example", "header": {"a": "b\r\nc: d"}}, "errcode:-4"),
    "a header's name": ({"url": "ws://a.example", "header": {"a b": "c"}}, "errcode:-4"),
    "protocols": ({"url": "ws://a.example", "protocols": "a"}, "parameter error: parameter.protocols should be Array"),
    "a protocol": ({"url": "ws://a.example", "protocols": [1]}, "parameter error: parameter.protocols[0]"),
    "a bad protocol": ({"url": "ws://a.example", "protocols": ["a", "b c"]}, "parameter error: parameter.protocols[1]"),
    "a protocol twice": ({"url": "ws://a.example", "protocols": ["a", "a"]}, "parameter error: parameter.protocols[1]"),
    "timeout": ({"url": "ws://a.example", "timeout": "1"}, "parameter error: parameter.timeout should be Number"),
    "tcpNoDelay": ({"url": "ws://a.example", "tcpNoDelay": 1}, "parameter error: parameter.tcpNoDelay should be"),
    "deflate": ({"url": "ws://a.example", "perMessageDeflate": 1}, "parameter error: parameter.perMessageDeflate"),
}


@pytest.mark.parametrize("wrong", WRONG)
async def test_wrong_options_fail_and_nothing_is_begun(wrong: str) -> None:
    options, reason = WRONG[wrong]
    with Phone() as phone:
        answer = await called(phone.native("weapp"), "connectSocket", **options)
        assert answer["errMsg"].startswith(f"connectSocket:fail {reason}")


async def test_a_server_must_be_among_the_domains_if_there_are_any() -> None:
    async with serving() as url, taropy.create("weapp") as taro:
        taro.phone.network.domains = {"socket": [url], "request": ["https://a.example"]}
        await opened(taro, url)
        taro.phone.network.domains = ["wss://a.example"]
        with pytest.raises(TaroError) as failure:
            await taro.connectSocket(url=url)
        assert failure.value.errMsg == "connectSocket:fail url not in domain list"


async def test_without_the_library_the_error_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> Any:
        raise ModuleNotFoundError(name=name)

    monkeypatch.setattr(extras.importlib, "import_module", missing)
    with Phone() as phone:
        answer = await called(phone.native("weapp"), "connectSocket", url="ws://a.example")
        assert "pip install 'taropy[socket]'" in answer["errMsg"]


async def test_a_socket_goes_through_the_machines_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    async def tunnel(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append((await reader.readuntil(b"\r\n\r\n")).decode().splitlines()[0])
        host, _, port = asked[-1].split()[1].partition(":")
        theirs, to_them = await asyncio.open_connection(host, int(port))
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        await asyncio.gather(_pour(reader, to_them), _pour(theirs, writer))

    proxy = await asyncio.start_server(tunnel, "127.0.0.1", 0)
    async with proxy, serving() as url:
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.sockets[0].getsockname()[1]}")
        monkeypatch.setenv("no_proxy", "")
        async with taropy.create("weapp") as taro:
            task, ears = await opened(taro, url)
            task.send(data="through")
            assert (await ears.until("Message")).data == "through"
            task.close()
            await ears.until("Close")
        assert asked == [f"CONNECT {url.removeprefix('ws://').rstrip('/')} HTTP/1.1"]


async def _pour(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    while part := await source.read(4096):
        target.write(part)
    target.close()


# --- closing -------------------------------------------------------------------------------------------------------


async def test_the_server_hears_code_and_reason() -> None:
    heard: asyncio.Future[tuple[Any, Any]] = asyncio.get_running_loop().create_future()

    async def listen(connection: ServerConnection) -> None:
        await connection.wait_closed()
        heard.set_result((connection.close_code, connection.close_reason))

    async with serving(listen) as url, taropy.create("weapp") as taro:
        task, ears = await opened(taro, url)
        await task.close(code=3001, reason="\N{SNOWMAN} enough")
        assert await heard == (3001, "\N{SNOWMAN} enough")
        closed = await ears.until("Close")
        assert (closed.code, closed.reason) == (3001, "\N{SNOWMAN} enough")


@pytest.mark.parametrize("platform", ["weapp", "alipay", "h5"])
@pytest.mark.parametrize("code", [4001, 1001, 1005])
async def test_the_server_may_close(code: int, platform: str) -> None:
    async def leave(connection: ServerConnection) -> None:
        await connection.send("last words")
        if code == 1005:
            connection.transport.write(b"\x88\x00")  # goodbye without a word
            await connection.wait_closed()
        else:
            await connection.close(code, "over")

    async with serving(leave) as url, taropy.create(platform) as taro:
        _, ears = await opened(taro, url)
        closed = await ears.until("Close")
        assert (closed.code, closed.reason) == (code, "" if code == 1005 else "over")
        assert repr(closed.code) == str(code)
        assert ears.events == ["Open", "Message", "Close"]


@pytest.mark.parametrize("code", [0, 999, 1001, 1005, 1006, 2999, 5000, 3000.5, -1])
async def test_other_codes_are_refused_and_the_socket_stays_open(code: float) -> None:
    async with serving() as url, taropy.create("weapp") as taro:
        task, _ = await opened(taro, url)
        answer = await called(task._native, "close", code=code)
        assert answer["errMsg"] == (
            "SocketTask.close:fail Failed to execute 'close' on 'WebSocket': "
            f"The code must be either 1000, or between 3000 and 4999. {code} is neither."
        )
        assert task.readyState == task.OPEN


async def test_a_reason_is_short() -> None:
    async with serving() as url, taropy.create("weapp") as taro:
        task, ears = await opened(taro, url)
        answer = await called(task._native, "close", reason="\N{SNOWMAN}" * 42)
        assert "must not be greater than 123 bytes" in answer["errMsg"]
        await task.close(reason="\N{SNOWMAN}" * 41)
        assert (await ears.until("Close")).reason == "\N{SNOWMAN}" * 41


async def test_nothing_is_sent_or_closed_before_and_after() -> None:
    async with serving() as url, taropy.create("weapp") as taro:
        task = await taro.connectSocket(url=url)
        ears = listening(task)
        early = await called(task._native, "send", data="a")
        assert early["errMsg"] == "SocketTask.send:fail SocketTask.readyState is not OPEN"
        await ears.until("Open")
        task.close()
        await ears.until("Close")
        late = [await called(task._native, name, data="a") for name in ("send", "close")]
        assert [answer["errMsg"] for answer in late] == [
            "SocketTask.send:fail SocketTask.readyState is not OPEN",
            "SocketTask.close:fail WebSocket is not connected",
        ]
        assert ears.events == ["Open", "Close"]


async def test_a_socket_can_be_given_up_while_it_is_made() -> None:
    async with serving() as url, taropy.create("weapp") as taro:
        task = await taro.connectSocket(url=url)
        ears = listening(task)
        task.close(code=3000, reason="never mind")
        closed = await ears.until("Close")
        assert (closed.code, closed.reason) == (3000, "never mind")
        _, others = await opened(taro, url)
        assert ears.events == ["Close"]
        assert others.events == ["Open"]


# --- how many ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", LIMITED)
async def test_a_sixth_socket_fails_until_one_has_closed(platform: str) -> None:
    async with serving() as url, taropy.create(platform) as taro:
        (first, ears), *_ = [await opened(taro, url) for _ in range(5)]
        with pytest.raises(TaroError) as failure:
            await taro.connectSocket(url=url)
        native = await called(taro.phone.native(platform), "connectSocket", url=url)
        limit = "同时最多发起 5 个 socket 请求" if platform == "h5" else "reach max websocket connect count 5"
        assert limit in failure.value.errMsg
        assert limit in native["errMsg"]
        first.close()
        await ears.until("Close")
        await opened(taro, url)


async def test_there_is_no_limit_where_none_is_known() -> None:
    async with serving() as url, taropy.create("harmony") as taro:
        assert len([await opened(taro, url) for _ in range(7)]) == 7


@pytest.mark.parametrize(("platform", "most"), [("rn", 2), ("harmony-hybrid", 5)])
async def test_taros_own_code_counts_the_sockets(platform: str, most: int) -> None:
    async with serving() as url, taropy.create(platform) as taro:
        for _ in range(most):
            await opened(taro, url)
        with pytest.raises(TaroError, match=f"同时最多发起 {most} 个 socket 请求"):
            await taro.connectSocket(url=url)


async def test_a_test_can_lift_the_limit() -> None:
    async with serving() as url, taropy.create("weapp") as taro:
        taro.phone.sockets.max_web_sockets = None
        assert len([await opened(taro, url) for _ in range(7)]) == 7


async def test_apps_of_one_phone_do_not_share_the_limit() -> None:
    async with serving() as url, Phone() as phone:
        for platform in ("weapp", "tt"):
            with taropy.create(platform, phone=phone) as taro:
                assert len([await opened(taro, url) for _ in range(5)]) == 5


# --- the global functions --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", GLOBALLY)
async def test_the_global_functions_do_without_a_task(platform: str) -> None:
    async with serving() as url, taropy.create(platform) as taro:
        ears = Ears(taro, "Open", "Message", "Error", "Close", prefix="onSocket")
        await taro.connectSocket(url=url)
        assert (await ears.until("Open")).header["Upgrade"] == "websocket"
        sent = await taro.sendSocketMessage(data="hello")
        assert sent.errMsg == "sendSocketMessage:ok"
        assert (await ears.until("Message")).data == "hello"
        assert (await taro.closeSocket()).errMsg == "closeSocket:ok"
        assert (await ears.until("Close")).code == 1000
        assert ears.events == ["Open", "Message", "Close"]


@pytest.mark.parametrize("platform", GLOBALLY)
async def test_without_an_open_socket_they_fail(platform: str) -> None:
    async def failing(taro: Any) -> None:
        for call in (taro.sendSocketMessage(data="a"), taro.closeSocket()):
            with pytest.raises(TaroError) as failure:
                await call
            assert failure.value.errMsg.endswith(":fail WebSocket is not connected")

    async with serving() as url, taropy.create(platform) as taro:
        await failing(taro)
        await taro.connectSocket(url=url)
        await failing(taro)


async def test_they_are_about_the_first_socket_that_is_there() -> None:
    async with serving() as url, taropy.create("weapp") as taro:
        everywhere = Ears(taro, "Message", "Close", prefix="onSocket")
        (first, ears), (second, _) = [await opened(taro, url) for _ in range(2)]
        second.send(data="by the second")
        await taro.sendSocketMessage(data="by the first")
        assert (await ears.until("Message")).data == "by the first"
        assert [message.data for message in everywhere.all("Message")] == ["by the first"]
        first.close()
        await everywhere.until("Close")
        _, ears = await opened(taro, url)
        await taro.sendSocketMessage(data="by the third")
        assert (await ears.until("Message")).data == "by the third"


async def test_wechat_keeps_one_listener_and_alipay_all() -> None:
    async with serving() as url:
        for platform, number in (("weapp", 1), ("alipay", 2)):
            async with taropy.create(platform) as taro:
                ears = [Ears(taro, "Open", prefix="onSocket") for _ in range(2)]
                await taro.connectSocket(url=url)
                await ears[1].until("Open")
                assert sum(len(each.events) for each in ears) == number


async def test_alipay_has_one_socket_unless_it_is_asked_for_several() -> None:
    async with serving() as url, Phone() as phone:
        my = phone.native("alipay", "my")
        assert my.connectSocket({"url": url}) is None
        refused = await called(my, "connectSocket", url=url)
        assert refused["error"] == 3
        tasks = [my.connectSocket({"url": url, "multiple": True}) for _ in range(4)]
        for task, ears in [(task, listening(task)) for task in tasks]:
            await ears.until("Open")
            task.send({"data": base64.b64encode(b"\x01").decode(), "isBuffer": True})
            message = (await ears.until("Message"))["data"]
            assert (message["data"], message["isBuffer"]) == ("AQ==", True)
            assert {event: told["data"]["socketTaskID"] for event, told in ears.heard}.keys() == {"Open", "Message"}
        assert (await called(my, "connectSocket", url=url, multiple=True))["errMsg"].endswith("connect count 5")
        assert (await called(my, "connectSocket", url="ws://"))["error"] == 4
        assert (await called(my, "connectSocket", url="http://a"))["error"] == 5
        assert (await called(my, "connectSocket"))["error"] == 2
        assert (await called(tasks[0], "send", data="?", isBuffer=True))["errMsg"].endswith("is no base64")
        assert (await called(tasks[0], "send", data=b"?"))["errMsg"].endswith("should be String instead of ArrayBuffer")


@pytest.mark.parametrize("multiple", [False, True])
async def test_alipays_programs_too_send_and_get_bytes(multiple: bool) -> None:
    async with serving() as url, taropy.create("alipay") as taro:
        everywhere = Ears(taro, "Message", prefix="onSocket")
        task, ears = await opened(taro, url, multiple=multiple)
        task.send(data=b"\x00\xff")
        message = await ears.until("Message")
        assert (message.data, "isBuffer" in message) == (b"\x00\xff", False)
        if not multiple:
            await taro.sendSocketMessage(data=b"\x01")
            assert (await everywhere.until("Message", 2)).data == b"\x01"


# --- life ----------------------------------------------------------------------------------------------------------


async def test_another_thread_may_send_and_close() -> None:
    async with serving() as url, taropy.create("weapp") as taro:
        task, ears = await opened(taro, url)

        async def elsewhere(name: str) -> None:
            assert (await called(task._native, name, data="from elsewhere"))["errMsg"].endswith(":ok")

        for name, event in (("send", "Message"), ("close", "Close")):
            thread = threading.Thread(target=lambda name=name: asyncio.run(elsewhere(name)))
            thread.start()
            await ears.until(event)
            thread.join()
        assert ears.all("Message")[0].data == "from elsewhere"
        assert ears.all("Close")[0].code == 1000


@pytest.mark.filterwarnings("ignore::taropy.UnhandledErrorWarning")
async def test_a_listener_that_throws_stops_nobody() -> None:
    reported: list[Any] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: reported.append(context))

    def throw(_: Any) -> None:
        raise RuntimeError("the program's own")

    async with serving() as url, Phone() as phone:
        task = phone.native("weapp").connectSocket({"url": url})
        task.onOpen(throw)
        ears = listening(task)
        await ears.until("Open")
        assert len(reported) == 1


@pytest.mark.parametrize("platform", PAGES)
@pytest.mark.parametrize("url", ["echo", "/echo", "http://127.0.0.1/", ""])
async def test_a_page_is_refused_a_socket_to_what_is_no_socket_s_url(platform: str, url: str) -> None:
    async with taropy.create(platform) as taro:
        with pytest.raises(TaroError) as raised:
            await taro.connectSocket(url=url)
    assert raised.value.errMsg == f'connectSocket:fail invalid url "{url}"'
