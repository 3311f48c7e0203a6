"""Requests that are answered from HAR files, by the phone or from a browser: `phone.network.replay`."""

from __future__ import annotations

import asyncio
import base64
import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from listened import listening, opened
from servers import Answer, Received, WebServer

import taropy
from taropy import TaroError
from taropy.phone import RecordingError, UnroutedRequestWarning
from taropy.testing import expect_unhandled

API = "https://api.example.com"
UNREACHABLE = "ERR_ADDRESS_UNREACHABLE"

Har = Callable[..., Path]


@pytest.fixture
def har(tmp_path: Path) -> Har:
    """Writes a file with these entries, as browsers do, and gives its path."""

    def write(*entries: Any, **log: Any) -> Path:
        path = tmp_path / "shop.har"
        path.write_text(json.dumps({"log": {"version": "1.2", "entries": entries, **log}}), "utf-8")
        return path

    return write


def entry(
    url: str, text: str | None = "", method: str = "GET", status: int = 200, *, type: str = "text/plain",
    headers: Any = (), sent: Any = (), posted: Any = None, content: Any = None, **more: Any,
) -> dict[str, Any]:  # fmt: skip
    """An entry that says no more than it has to."""
    told = {"size": len(text or ""), "mimeType": type} | ({} if text is None else {"text": text}) | (content or {})
    return {
        "startedDateTime": "2026-01-01T00:00:00.000Z",
        "request": {
            "method": method, "url": url, "headers": [{"name": name, "value": value} for name, value in sent],
            **({} if posted is None else {"postData": posted}),
        },
        "response": {
            "status": status, "content": told,
            "headers": [{"name": name, "value": value} for name, value in (("content-type", type), *headers)],
        },
        **more,
    }  # fmt: skip


def got(taro: Any, url: str, **options: Any) -> Any:
    return taro.request(url=url, **options).result().data


def failed(taro: Any, url: str, wants: str = UNREACHABLE, **options: Any) -> str:
    """What is said of a request that the file does not have, beside its failure."""
    with pytest.warns(UnroutedRequestWarning) as warned, pytest.raises(TaroError, match=wants):
        taro.request(url=url, **options).result()
    assert len(warned) == 1
    return str(warned[0].message)


# --- from one's own recording --------------------------------------------------------------------------------------


def respond(received: Received) -> Answer:
    if received.path == "/login":
        return Answer({"token": "k-7f3a"}, headers=[("Set-Cookie", "sid=s-9; Path=/")])
    if received.path == "/old":
        return Answer(b"", 302, [("Location", "/me")])
    if received.path == "/me":
        return Answer({"cookie": received.headers.get("cookie"), "token": received.headers.get("authorization")})
    return Answer({"path": received.path, "sent": received.body.decode("utf-8", "replace")[:40]})


def program(taro: Any, server: str) -> list[Any]:
    """Logs in, goes on with what it got, uploads and downloads."""
    fs, folder = taro.getFileSystemManager(), taro.env.USER_DATA_PATH
    fs.writeFileSync(f"{folder}/a.txt", "content")
    token = got(taro, f"{server}/login", method="POST", data={"user": "ada", "password": "p"})["token"]
    me = got(taro, f"{server}/old", header={"Authorization": f"Bearer {token}"}, credentials="include")
    sent = taro.uploadFile(url=f"{server}/up", filePath=f"{folder}/a.txt", name="f", formData={"n": 1}).result()
    file = taro.downloadFile(url=f"{server}/down").result().tempFilePath
    return [sorted(me), sent.statusCode, json.loads(fs.readFileSync(file, "utf8"))["path"]]


@pytest.mark.parametrize("platform", ["weapp", "swan", "tt", "qq", "jd"])
def test_a_program_does_the_same_without_its_server(platform: str, tmp_path: Path) -> None:
    file = tmp_path / "login.har"
    with WebServer(respond) as server, taropy.create(platform) as taro, taro.phone.network.record(file):
        before = program(taro, server.origin)
    with taropy.create(platform) as taro, taro.phone.network.replay(file) as replay:
        assert program(taro, server.origin) == before
        assert (replay.called, replay.unused) == (True, "")
        assert [call.status for call in replay.calls] == [200, 302, 200, 200, 200]


def test_a_replay_ends_with_its_block(weapp: Any, har: Har) -> None:
    network = weapp.phone.network
    network.route(f"{API}/me", text="route")
    with network.replay(har(entry(f"{API}/me", "recorded"))):
        assert got(weapp, f"{API}/me") == "recorded"
    assert got(weapp, f"{API}/me") == "route"


# --- which one -----------------------------------------------------------------------------------------------------


def test_method_url_query_and_body_decide(weapp: Any, har: Har) -> None:
    json_body = {"mimeType": "application/json", "text": '{"page": 1, "sort": {"by": "name", "up": true}}'}
    form_body = {"mimeType": "application/x-www-form-urlencoded", "text": "a=1&b=2"}
    weapp.phone.network.replay(har(
        entry(f"{API}/shops?page=1&near=a%20b", "first"),
        entry(f"{API}/shops?page=2", "second"),
        entry(f"{API}/shops", "posted", "POST", posted=json_body),
        entry(f"{API}/shops", "form", "POST", posted=form_body),
        entry(f"{API}/shops", "text", "POST", posted={"mimeType": "text/plain", "text": "tea"}),
    ))  # fmt: skip
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert got(weapp, f"{API}/shops?near=a%20b&page=1") == "first"
    assert got(weapp, f"{API}/shops", data={"page": 2}) == "second"
    assert got(weapp, f"{API}/shops", method="POST", data={"sort": {"up": True, "by": "name"}, "page": 1}) == "posted"
    assert got(weapp, f"{API}/shops", method="POST", data={"b": 2, "a": 1}, header=form) == "form"
    assert got(weapp, f"{API}/shops", method="POST", data="tea", header={"content-type": "text/plain"}) == "text"


def test_several_answers_come_in_their_order_and_the_last_again(weapp: Any, har: Har) -> None:
    phone = weapp.phone
    phone.network.replay(har(*(entry(f"{API}/n", f"n{number}") for number in range(3)), entry(f"{API}/other", "o")))
    assert [got(weapp, f"{API}/n") for _ in range(2)] == ["n0", "n1"]
    kept = phone.snapshot()
    assert [got(weapp, f"{API}/n") for _ in range(3)] == ["n2", "n2", "n2"]
    phone.restore(kept)
    assert [got(weapp, f"{API}/n"), got(weapp, f"{API}/other")] == ["n2", "o"]


def test_secrets_are_not_compared(weapp: Any, har: Har) -> None:
    posted = {"mimeType": "application/json", "text": '{"password": "theirs", "name": "Ada"}'}
    weapp.phone.network.replay(har(
        entry(f"{API}/me?token=theirs", "me"),
        entry(f"{API}/login", "in", "POST", posted=posted),
        entry(f"{API}/sms", "sent", "POST", posted={"mimeType": "", "text": '{"phone": "***", "n": 1}'}),
    ))  # fmt: skip
    assert got(weapp, f"{API}/me?token=mine") == "me"
    assert got(weapp, f"{API}/login", method="POST", data={"name": "Ada", "password": "mine"}) == "in"
    assert got(weapp, f"{API}/sms", method="POST", data={"phone": "555", "n": 1}) == "sent"


def test_names_that_were_secret_in_the_recording_are_so_in_the_replay(tmp_path: Path) -> None:
    file = tmp_path / "a.har"
    server = WebServer(lambda _: Answer("ok"))
    with server, taropy.create("weapp") as taro, taro.phone.network.record(file, secrets=["phone"]):
        got(taro, server.url("/sms"), method="POST", data={"phone": 5550100})
    with taropy.create("weapp") as taro, taro.phone.network.replay(file):
        assert got(taro, server.url("/sms"), method="POST", data={"phone": 5550199}) == "ok"


# --- what is not there ---------------------------------------------------------------------------------------------


def test_what_is_not_in_the_file_fails_and_says_what_comes_next_to_it(weapp: Any, har: Har) -> None:
    file = har(
        entry(f"{API}/shops?page=1", "first"),
        entry(f"{API}/shops?page=2&token=t-1", "second"),
        entry(f"{API}/login", "in", "POST", posted={"mimeType": "application/json", "text": '{"a": 1}'}),
    )
    weapp.phone.network.replay(file)
    end = 'To have it answered, record it anew, or say unmatched="pass"'
    assert failed(weapp, f"{API}/shops?page=3") == (
        f"GET {API}/shops?page=3 is not in {file}: it has the same with ?page=1, ?page=2&token=***. {end}"
    )
    assert "it has the same with another body" in failed(weapp, f"{API}/login", method="POST", data={"a": 2})
    assert "it has POST there" in failed(weapp, f"{API}/login")
    assert f"it has GET {API}/shops?page=1, POST {API}/login. " in failed(weapp, f"{API}/elsewhere")


def test_with_pass_earlier_routes_and_the_real_server_have_the_rest(weapp: Any, har: Har) -> None:
    with WebServer(lambda _: Answer("real")) as server:
        weapp.phone.network.route(f"{API}/route", text="route")
        weapp.phone.network.replay(har(entry(f"{API}/me", "recorded")), unmatched="pass")
        weapp.phone.network.route(f"{API}/later", text="later")
        heard = [got(weapp, url) for url in (f"{API}/me", f"{API}/route", f"{API}/later", server.url("/"))]
    assert heard == ["recorded", "route", "later", "real"]
    with pytest.raises(ValueError, match="there are fail, pass"):
        weapp.phone.network.replay(har(), unmatched="never")


def test_a_replay_that_nothing_has_asked_is_told(weapp: Any, har: Har) -> None:
    file = har(entry(f"{API}/me", "recorded"))
    weapp.phone.network.replay(file)
    assert weapp.phone.network.unused == [f"{file}, which nothing has asked for"]


# --- browsers' files -----------------------------------------------------------------------------------------------


def test_bodies_as_browsers_write_them(weapp: Any, har: Har) -> None:
    picture = base64.b64encode(b"\x89PNG\x00\xff").decode()
    zipped = base64.b64encode(gzip.compress(b'{"a": 1}')).decode()
    weapp.phone.network.replay(har(
        entry(f"{API}/picture", picture, type="image/png", content={"encoding": "base64"}),
        entry(f"{API}/json", '{"a":1}', type="application/json", content={"compression": 3},
              headers=[("content-encoding", "br"), ("content-length", "5")]),
        entry(f"{API}/raw", zipped, type="application/json", headers=[("Content-Encoding", "gzip")],
              content={"encoding": "base64"}),
        entry(f"{API}/gbk", "\u8336", type="text/plain; charset=gbk"),
        entry(f"{API}/beyond", "\u8336", type="text/plain; charset=iso-8859-1"),
        entry(f"{API}/half", "\ud83c tea"),
        entry(f"{API}/nothing", None, status=204),
    ))  # fmt: skip
    assert got(weapp, f"{API}/picture", responseType="arraybuffer") == b"\x89PNG\x00\xff"
    assert got(weapp, f"{API}/json") == {"a": 1}
    assert got(weapp, f"{API}/raw") == {"a": 1}
    assert got(weapp, f"{API}/gbk") == "\u8336"
    assert got(weapp, f"{API}/gbk", responseType="arraybuffer") == "\u8336".encode("gbk")
    assert got(weapp, f"{API}/beyond") == "\u8336"
    assert got(weapp, f"{API}/half") == "? tea"
    assert got(weapp, f"{API}/nothing") == ""


def test_headers_as_browsers_write_them(weapp: Any, har: Har) -> None:
    weapp.phone.network.replay(har(entry(
        f"{API}/me", "me", sent=[(":method", "GET"), (":authority", "api.example.com")],
        headers=[(":status", "200"), ("set-cookie", "a=1; Path=/\nb=2"), ("x-odd", "caf\u00e9"),
                 ("transfer-encoding", "chunked")],
    )))  # fmt: skip
    answer = weapp.request(url=f"{API}/me").result()
    assert answer.cookies == ["a=1; Path=/", "b=2"]
    assert answer.header["x-odd"] == "caf\u00e9"
    assert not any(name.startswith(":") or name == "transfer-encoding" for name in answer.header)


def test_redirects_lead_to_their_targets(weapp: Any, har: Har) -> None:
    weapp.phone.network.replay(har(
        {**entry(f"{API}/old", None, status=301), "response": {"status": 301, "redirectURL": "/new", "headers": []}},
        entry(f"{API}/new", "here"),
    ))  # fmt: skip
    assert got(weapp, f"{API}/old") == "here"


def test_a_304_is_what_the_browser_had_in_its_cache(weapp: Any, har: Har) -> None:
    weapp.phone.network.replay(har(
        entry(f"{API}/kept", "kept", status=304),
        entry(f"{API}/both", None, status=304, content={"size": 4}),
        entry(f"{API}/both", "both"),
    ))  # fmt: skip
    assert weapp.request(url=f"{API}/kept").result().statusCode == 200
    assert got(weapp, f"{API}/both") == "both"


@pytest.mark.parametrize(
    ("status", "error", "told"),
    [
        (0, {"_error": "net::ERR_NAME_NOT_RESOLVED"}, "ERR_NAME_NOT_RESOLVED"),
        (-1, {"_failureText": "net::ERR_CONNECTION_RESET"}, "ERR_CONNECTION_RESET"),
        (0, {"_error": "net::ERR_BLOCKED_BY_CLIENT"}, "ERR_FAILED"),
        (0, {}, "ERR_FAILED"),
    ],
)
def test_what_failed_in_the_browser_fails_here(weapp: Any, har: Har, status: int, error: Any, told: str) -> None:
    kept = entry(f"{API}/me", None, status=status)
    kept["response"] |= error
    weapp.phone.network.replay(har(kept))
    with pytest.raises(TaroError, match=told):
        got(weapp, f"{API}/me")


def test_content_that_was_not_exported_is_told_where_it_is_asked_for(weapp: Any, har: Har) -> None:
    file = har(entry(f"{API}/me", None, content={"size": 17}), entry(f"{API}/other", "here"))
    weapp.phone.network.replay(file)
    assert got(weapp, f"{API}/other") == "here"
    why = "the file has no content of responses: export it again, with content"
    assert failed(weapp, f"{API}/me") == f"GET {API}/me cannot be answered from {file}: {why}"


def test_content_may_be_in_files_beside_it(weapp: Any, har: Har, tmp_path: Path) -> None:
    (tmp_path / "5ba93c9db0cff93f52b521d7420e43f6.txt").write_bytes(b"attached")
    (tmp_path / "da39a3ee.txt").write_bytes("\u8336".encode())
    (tmp_path / "3e36a075.json").write_bytes(b'{"a": 1}')
    weapp.phone.network.replay(har(
        entry(f"{API}/gbk", None, content={"_file": "da39a3ee.txt"}, type="text/plain; charset=gbk"),
        entry(f"{API}/sent", "sent", "POST", posted={"mimeType": "", "text": "", "_file": "3e36a075.json"}),
        entry(f"{API}/me", None, content={"_file": "5ba93c9db0cff93f52b521d7420e43f6.txt"}),
        entry(f"{API}/gone", None, content={"_file": "gone.txt"}),
    ))  # fmt: skip
    assert got(weapp, f"{API}/me") == "attached"
    assert got(weapp, f"{API}/gbk") == "\u8336"
    assert got(weapp, f"{API}/sent", method="POST", data={"a": 1}) == "sent"
    assert "another body" in failed(weapp, f"{API}/sent", method="POST", data={"a": 2})
    assert "gone.txt, which is not there" in failed(weapp, f"{API}/gone")


def test_a_file_outside_is_not_read(weapp: Any, har: Har) -> None:
    with pytest.raises(RecordingError, match="which is not beside it"):
        weapp.phone.network.replay(har(entry(f"{API}/me", None, content={"_file": "../secret.txt"})))


def test_bodies_that_were_sent_are_compared_as_far_as_they_are_there(weapp: Any, har: Har) -> None:
    fields = [{"name": "n", "value": "1"}, {"name": "f", "fileName": "a.txt", "contentType": "text/plain"}]
    says = "Content-Disposition: form-data;"
    whole = f'--B\r\n{says} name="n"\r\n\r\n2\r\n--B\r\n{says} name="f"; filename="a.txt"\r\n\r\ntheirs\r\n--B--\r\n'
    kept = entry(f"{API}/blob", "blob", "POST")
    kept["request"]["bodySize"] = 12
    weapp.phone.network.replay(har(
        entry(f"{API}/up", "params", "POST", posted={"mimeType": "multipart/form-data; boundary=A", "params": fields}),
        entry(f"{API}/up", "text", "POST", posted={"mimeType": "multipart/form-data; boundary=B", "text": whole}),
        kept,
    ))  # fmt: skip
    path = f"{weapp.env.USER_DATA_PATH}/a.txt"
    weapp.getFileSystemManager().writeFileSync(path, "mine")

    def sent(n: int) -> str:
        return str(weapp.uploadFile(url=f"{API}/up", filePath=path, name="f", formData={"n": n}).result().data)

    assert (sent(1), sent(2)) == ("params", "text")
    with pytest.warns(UnroutedRequestWarning, match="another body"), pytest.raises(TaroError, match=UNREACHABLE):
        sent(3)
    assert got(weapp, f"{API}/blob", method="POST", data=b"\x00\xff") == "blob"


def test_what_no_phone_asks_for_is_passed_over(weapp: Any, har: Har) -> None:
    weapp.phone.network.replay(har(
        entry("data:text/plain,hello", "hello"),
        entry("blob:https://shop.example.com/5ba93c9d", "blob"),
        entry("chrome-extension://abc/x.js", "x"),
        entry(f"{API}/me", "me", _initiator={"type": "script"}, _priority="High", pageref="page_1", cache={}),
        browser={"name": "Firefox", "version": "130"}, pages=[],
    ))  # fmt: skip
    assert got(weapp, f"{API}/me") == "me"


def test_a_byte_order_mark_does_no_harm(weapp: Any, har: Har) -> None:
    file = har(entry(f"{API}/me", "me"))
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    weapp.phone.network.replay(file)
    assert got(weapp, f"{API}/me") == "me"


def test_pages_may_ask_if_they_are_told_so(har: Har) -> None:
    with taropy.create("h5") as taro:
        taro.phone.browser.origin = "https://shop.example.com"
        file = har(entry(f"{API}/me", '["me"]', "PUT", type="application/json"))
        with taro.phone.network.replay(file, cors=True):
            assert got(taro, f"{API}/me", method="PUT") == ["me"]
        taro.phone.network.replay(file)
        assert f"OPTIONS {API}/me is not in" in failed(taro, f"{API}/me", method="PUT", wants="Failed to fetch")


BROWSERS = Path(__file__).parent / "browsers"


@pytest.mark.anyio
async def test_what_playwright_has_recorded_of_chromium_is_replayed() -> None:
    """The shape of a real file, with its addresses, times and most headers taken out."""
    shop = "https://shop.example.com"
    async with taropy.create("weapp") as taro:
        taro.phone.network.replay(BROWSERS / "playwright.har")

        async def said(path: str, **options: Any) -> Any:
            return (await taro.request(url=shop + path, **options)).data

        assert (await said("/me?q=a%20b&page=1"))["name"] == "Ada"
        assert [await said("/gzip"), await said("/br")] == [{"zipped": True}, "brotli"]
        assert await said("/picture", responseType="arraybuffer") == b"\x89PNG\x00\xff"
        assert [await said("/latin"), await said("/gbk")] == ["caf\u00e9", "\u8336"]
        assert [await said("/old"), await said("/nothing"), await said("/none")] == ["here", "", "no"]
        assert [await said("/cached") for _ in range(3)] == ["cached"] * 3
        with pytest.raises(TaroError, match="ERR_EMPTY_RESPONSE"):
            await said("/hang")
        assert (await said("/post", method="POST", data={"n": 1, "password": "mine"}))["size"] == 22
        form = {"content-type": "application/x-www-form-urlencoded"}
        assert (await said("/post", method="POST", data={"b": "\u00e9", "a": "1 &"}, header=form))["size"] == 16
        task, ears = await opened(taro, "wss://shop.example.com/live")
        for number, data in enumerate(('{"token":"mine"}', b"\x00\xff"), 1):
            await ears.until("Message", number)
            task.send(data=data)
        await ears.until("Message", 3)
        assert [message.data for message in ears.all("Message")] == ["welcome", 'echo {"token":"k-1"}', b"\x00\xff"]


# --- WebSockets ----------------------------------------------------------------------------------------------------


def conversation(
    *messages: tuple[str, str | bytes], status: int = 101, url: str = "wss://chat.example.com/live"
) -> Any:
    said = [
        {"type": who, "time": 1.0, "opcode": 1 if isinstance(data, str) else 2,
         "data": data if isinstance(data, str) else base64.b64encode(data).decode()}
        for who, data in messages
    ]  # fmt: skip
    kept = entry(url, None, status=status, headers=[("Sec-WebSocket-Protocol", "v2")])
    return {**kept, "_resourceType": "websocket", "_webSocketMessages": said}


@pytest.mark.anyio
async def test_sockets_hear_what_the_server_said_when_they_say_what_the_program_did(har: Har) -> None:
    async with taropy.create("weapp") as taro:
        replay = taro.phone.network.replay(har(conversation(
            ("receive", "welcome"), ("send", '{"token": "theirs", "n": 1}'),
            ("receive", b"\x00\xff"), ("receive", "bye"),
        )))  # fmt: skip
        task, ears = await opened(taro, "wss://chat.example.com/live", protocols=["v1", "v2"])
        assert (await ears.until("Open")).header["Sec-WebSocket-Protocol"] == "v2"
        await ears.until("Message")
        task.send(data='{"n": 1, "token": "mine"}')
        await ears.until("Message", 3)
        assert [message.data for message in ears.all("Message")] == ["welcome", b"\x00\xff", "bye"]
        assert replay.unused == ""
        replay.stop()
        assert taro.phone.sockets.routes == []


@pytest.mark.anyio
async def test_a_socket_that_says_something_else_is_told_to_the_test(har: Har) -> None:
    told: list[Any] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context["exception"]))
    async with expect_unhandled(AssertionError), taropy.create("weapp") as taro:
        file = har(conversation(("send", "tea"), ("receive", "here you are")))
        taro.phone.network.replay(file)
        task, ears = await opened(taro, "wss://chat.example.com/live")
        task.send(data="coffee")
        assert (await ears.until("Close")).code == 1011
    assert [str(error) for error in told] == [
        f"{file} has the program send tea to wss://chat.example.com/live, and it has sent coffee"
    ]


@pytest.mark.anyio
async def test_several_sockets_have_their_conversations_in_turn(har: Har) -> None:
    async with taropy.create("weapp") as taro:
        taro.phone.network.replay(har(
            conversation(status=0), conversation(status=403),
            conversation(("receive", "1")), conversation(("receive", "2")),
        ))  # fmt: skip
        heard = []
        for _ in range(5):
            ears = listening(await taro.connectSocket(url="wss://chat.example.com/live"))
            await ears.until("Close" if len(heard) < 2 else "Message")
            heard.append([*ears.events, *(message.data for message in ears.all("Message"))])
        assert heard == [
            ["Error", "Close"], ["Error", "Close"], ["Open", "Message", "1"], ["Open", "Message", "2"],
            ["Open", "Message", "2"],
        ]  # fmt: skip


# --- damaged and foreign files -------------------------------------------------------------------------------------

GOOD = json.dumps({"log": {"version": "1.2", "entries": [entry(f"{API}/me", "me")]}}, indent=2).encode()


def changed(change: Callable[[dict[str, Any]], Any]) -> bytes:
    """A file whose second entry has been changed."""
    har = {"log": {"entries": [entry(f"{API}/me", "me"), entry(f"{API}/you", "you", "POST")]}}
    change(har["log"]["entries"][1])
    return json.dumps(har).encode()


FAULTS = {
    "empty": (b"", "is empty"),
    "blank": (b" \n", "is empty"),
    "cut off": (GOOD[:400], "or a damaged one: it is no JSON (line"),
    "cut at a brace": (GOOD[:-3], "which looks as if it were cut off"),
    "HTML": (b"<!doctype html>", "is no HAR file, or a damaged one: it is no JSON (line 1, column 1)"),
    "a picture": (b"\x89PNG\r\n\x1a\n\xff", "since it is no text in UTF-8"),
    "too deep": (b"[" * 100_000, "no one can read its JSON"),
    "a list": (b"[]", "is JSON, but no HAR file: it has no log with entries"),
    "another JSON": (b'{"log": {"level": "debug"}}', "is JSON, but no HAR file"),
    "entries that are none": (b'{"log": {"entries": {}}}', "is JSON, but no HAR file"),
    "no entry": (b'{"log": {"entries": [7]}}', "number 1, the entry is no object"),
    "no request": (changed(lambda entry: entry.pop("request")), "number 2, request is not there"),
    "no url": (changed(lambda entry: entry["request"].pop("url")), "number 2, request.url is not there"),
    "a url that is none": (
        changed(lambda entry: entry["request"].update(url="https://a:b")),
        "request.url is 'https://a:b'",
    ),
    "no method": (changed(lambda entry: entry["request"].update(method=1)), "request.method is no text"),
    "no status": (changed(lambda entry: entry["response"].update(status="200")), "response.status is '200'"),
    "no headers": (changed(lambda entry: entry["response"].pop("headers")), "response.headers is not there"),
    "a header": (changed(lambda entry: entry["response"].update(headers=[{"name": 1}])), "headers.name is no text"),
    "no base64": (
        changed(lambda entry: entry["response"]["content"].update(text="?", encoding="base64")),
        "response.content.text is no base64",
    ),
    "a text that is none": (
        changed(lambda entry: entry["response"]["content"].update(text=1)),
        "content.text is no text",
    ),
    "odd messages": (
        changed(lambda entry: entry.update(_webSocketMessages=[{"data": "a"}])),
        "type of a message is None",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_no_recording_is_refused_with_its_name_and_what_to_do(weapp: Any, tmp_path: Path, fault: str) -> None:
    data, words = FAULTS[fault]
    file = tmp_path / "shop.har"
    file.write_bytes(data)
    with pytest.raises(RecordingError, match=re.escape(words)) as raised:
        weapp.phone.network.replay(file)
    assert str(raised.value).startswith(f"{file} ")
    assert "record it anew with phone.network.record(…)" in str(raised.value)
    assert (raised.value.path, weapp.phone.network.routes) == (file, [])


def test_a_file_that_is_not_there_is_refused_with_what_to_do(weapp: Any, tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match=r"is not there; phone\.network\.record_once"):
        weapp.phone.network.replay(tmp_path / "none.har")
    with pytest.raises(RecordingError, match="cannot be read"):
        weapp.phone.network.replay(tmp_path)
