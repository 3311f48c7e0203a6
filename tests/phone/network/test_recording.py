"""Exchanges that are kept in HAR files: `phone.network.record`, and what a file has."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from har_schema import HAR
from listened import echo, listening, opened, serving
from natively import turns
from servers import Answer, RawServer, Received, WebServer, saying, unused_port
from websockets.asyncio.server import ServerConnection

import taropy
from taropy.phone import Phone, RecordingError

LOGIN = {"token": "k-7f3a", "expires": 7200, "user": {"name": "Ada", "password": "p-1", "pin_token": 1234}, "ok": True}


def respond(received: Received) -> Answer:
    answers = {
        "/login": Answer(LOGIN, headers=[("Set-Cookie", "sid=s-99; Path=/; HttpOnly"), ("Set-Cookie", "theme=dark")]),
        "/old": Answer(b"", 302, [("Location", "/new?token=k-7f3a")]),
        "/new": Answer("here"),
        "/picture": Answer(b"\x89PNG\x00\xff", headers=[("Content-Type", "image/png")]),
        "/latin": Answer("café".encode("latin-1"), headers=[("Content-Type", "text/plain; charset=ISO-8859-1")]),
        "/zipped": Answer(gzip.compress(b'{"a": 1}'), headers=[
            ("Content-Encoding", "gzip"), ("Content-Type", "application/json"),
        ]),
        "/nothing": Answer(b"", 204),
        "/number": Answer({"n": len(count)}),
    }  # fmt: skip
    count.append(received.path)
    return answers.get(received.path, Answer({"error": "no"}, 404))


count: list[str] = []


@pytest.fixture
def server() -> Iterator[WebServer]:
    count.clear()
    with WebServer(respond) as server:
        yield server


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "recordings" / "shop.har"


def entries(file: Path) -> list[dict[str, Any]]:
    """What a file has, which has to be HAR."""
    har = json.loads(file.read_text("utf-8"))
    jsonschema.validate(har, HAR, format_checker=jsonschema.FormatChecker())
    return list(har["log"]["entries"])


def request(taro: Any, url: str, **options: Any) -> Any:
    return taro.request(url=url, **options).result()


def headers(message: dict[str, Any]) -> dict[str, str]:
    return {header["name"].lower(): header["value"] for header in message["headers"]}


# --- what is kept --------------------------------------------------------------------------------------------------


def test_an_exchange_is_kept_as_it_was_and_the_program_notices_nothing(
    weapp: Any, server: WebServer, file: Path
) -> None:
    with weapp.phone.network.record(file):
        answer = request(weapp, server.url("/new"), data={"page": 1, "q": "tea pot"})
    assert (answer.statusCode, answer.data) == (200, "here")
    (entry,) = entries(file)
    asked, told = entry["request"], entry["response"]
    assert (asked["method"], asked["url"]) == ("GET", server.url("/new?page=1&q=tea%20pot"))
    assert asked["queryString"] == [{"name": "page", "value": "1"}, {"name": "q", "value": "tea pot"}]
    assert "MicroMessenger" in headers(asked)["user-agent"]
    assert (told["status"], told["statusText"], told["content"]["text"]) == (200, "OK", "here")
    assert told["content"]["mimeType"] == "text/plain; charset=utf-8"


def test_the_file_is_readable_and_named_as_ours(weapp: Any, server: WebServer, file: Path) -> None:
    with weapp.phone.network.record(file) as recording:
        request(weapp, server.url("/new"))
    text = file.read_text("utf-8")
    assert text.startswith('{\n  "log": {\n    "version": "1.2",\n    "creator": {\n      "name": "taropy",\n')
    assert (recording.file, len(recording.entries)) == (file, 1)
    assert repr(recording) == f"<Recording into {file}, 1 exchanges>"


def test_secrets_are_nowhere_in_the_file(weapp: Any, server: WebServer, file: Path) -> None:
    with weapp.phone.network.record(file):
        answer = request(
            weapp,
            server.url("/login?access_token=q-55&page=1"),
            method="POST",
            header={"Authorization": "Bearer h-77aa", "Cookie": "sid=c-33; theme=dark", "X-Api-Key": "x-22"},
            data={"password": "b-11", "name": "Ada", "nested": [{"session_key": "n-44"}]},
        )
        request(weapp, server.url("/old"))
        request(
            weapp, server.url("/new"), method="POST", data={"pwd": "f-88", "name": "Ada"},
            header={"content-type": "application/x-www-form-urlencoded"},
        )  # fmt: skip
    assert answer.data == LOGIN
    text = file.read_text("utf-8")
    for secret in ("k-7f3a", "p-1", "1234", "s-99", "q-55", "h-77aa", "c-33", "x-22", "b-11", "n-44", "f-88"):
        assert secret not in text
    login, *_, form = entries(file)
    assert headers(login["request"])["authorization"] == "Bearer ***"
    assert headers(login["request"])["cookie"] == "sid=***; theme=***"
    assert login["request"]["url"].endswith("/login?access_token=***&page=1")
    assert json.loads(login["request"]["postData"]["text"]) == {
        "password": "***", "name": "Ada", "nested": [{"session_key": "***"}],
    }  # fmt: skip
    assert json.loads(login["response"]["content"]["text"]) == {
        "token": "***", "expires": 7200, "user": {"name": "Ada", "password": "***", "pin_token": 0}, "ok": True,
    }  # fmt: skip
    assert [header["value"] for header in login["response"]["headers"] if header["name"] == "Set-Cookie"] == [
        "sid=***; Path=/; HttpOnly", "theme=***",
    ]  # fmt: skip
    assert form["request"]["postData"]["text"] == "pwd=***&name=Ada"


def test_a_test_may_name_more_secrets(weapp: Any, server: WebServer, file: Path) -> None:
    with weapp.phone.network.record(file, secrets=["phone", "X-User"]):
        request(weapp, server.url("/new"), method="POST", data={"phone": "555-0100", "n": 1}, header={"X-User": "u-1"})
    assert "555-0100" not in file.read_text("utf-8")
    assert "u-1" not in file.read_text("utf-8")
    with pytest.raises(TypeError, match="secrets is a list of names"):
        weapp.phone.network.record(file, secrets="phone")


def test_bodies_of_every_kind_are_kept(weapp: Any, server: WebServer, file: Path) -> None:
    paths = ("/picture", "/latin", "/zipped", "/nothing", "/none")
    with weapp.phone.network.record(file):
        for path in paths:
            request(weapp, server.url(path), responseType="arraybuffer")
    picture, latin, zipped, nothing, none = [entry["response"]["content"] for entry in entries(file)]
    assert (picture["encoding"], picture["text"], picture["size"]) == ("base64", "iVBORwD/", 6)
    assert (latin["text"], latin["size"]) == ("café", 4)
    assert (zipped["text"], zipped["size"]) == ('{"a": 1}', 8)
    assert (nothing["size"], "text" in nothing) == (0, False)
    assert json.loads(none["text"]) == {"error": "no"}


def test_redirects_are_kept_one_by_one(weapp: Any, server: WebServer, file: Path) -> None:
    with weapp.phone.network.record(file):
        assert request(weapp, server.url("/old")).data == "here"
    old, new = entries(file)
    assert (old["response"]["status"], old["response"]["redirectURL"]) == (302, "/new?token=***")
    assert (new["request"]["url"], new["response"]["status"]) == (server.url("/new?token=***"), 200)


def test_an_upload_is_kept_by_its_fields(weapp: Any, server: WebServer, file: Path) -> None:
    weapp.getFileSystemManager().writeFileSync(f"{weapp.env.USER_DATA_PATH}/a.txt", "content")
    with weapp.phone.network.record(file):
        weapp.uploadFile(
            url=server.url("/new"), filePath=f"{weapp.env.USER_DATA_PATH}/a.txt", name="file",
            formData={"token": "k-7f3a", "n": 1},
        ).result()  # fmt: skip
    (entry,) = entries(file)
    assert server.last.body.count(b"content") == 1
    assert entry["request"]["postData"]["params"] == [
        {"name": "token", "value": "***"},
        {"name": "n", "value": "1"},
        {"name": "file", "fileName": "a.txt", "contentType": "text/plain"},
    ]


def test_a_download_is_kept(weapp: Any, server: WebServer, file: Path) -> None:
    with weapp.phone.network.record(file):
        weapp.downloadFile(url=server.url("/picture")).result()
    assert entries(file)[0]["response"]["content"]["text"] == "iVBORwD/"


def test_what_did_not_come_is_kept_as_chromium_has_it(weapp: Any, file: Path) -> None:
    def failing(port: int) -> str:
        error = weapp.request(url=f"http://127.0.0.1:{port}/").catch(lambda error: error).result()
        return str(error.errMsg)

    with (
        weapp.phone.network.record(file),
        RawServer(saying(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")) as raw,
    ):
        failing(unused_port())
        failing(raw.port)
    refused, half = [entry["response"] for entry in entries(file)]
    assert (refused["status"], refused["_error"]) == (0, "net::ERR_CONNECTION_REFUSED")
    assert (half["status"], half["content"]["text"], half["_error"]) == (
        200,
        "half",
        "net::ERR_CONTENT_LENGTH_MISMATCH",
    )


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"])
def test_a_time_that_was_up_is_up_in_a_replay_as_well(said: bytes, file: Path) -> None:
    def failing(taro: Any, url: str) -> str:
        error = taro.request(url=url, timeout=100).catch(lambda error: error).result()
        return str(error.errMsg)

    server = RawServer(saying(said, then="wait"))
    with server, taropy.create("weapp") as taro, taro.phone.network.record(file):
        assert failing(taro, server.url()) == "request:fail timeout"
    assert entries(file)[0]["response"]["_error"] == "net::ERR_TIMED_OUT"
    with taropy.create("weapp") as taro, taro.phone.network.replay(file):
        assert failing(taro, server.url()) == "request:fail timeout"


def test_what_the_program_gives_up_is_kept_so(weapp: Any, file: Path) -> None:
    async def never(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        loop.call_soon_threadsafe(asked.set)
        await reader.read()

    async def give_up(url: str) -> None:
        task = weapp.request(url=url)
        await asked.wait()
        task.abort()
        await taropy.Promise.allSettled([task])
        await turns()

    with asyncio.Runner() as runner, RawServer(never) as server, weapp.phone.network.record(file):
        loop, asked = runner.get_loop(), asyncio.Event()
        runner.run(give_up(server.url()))
    assert entries(file)[0]["response"]["_error"] == "net::ERR_ABORTED"


def test_only_what_is_real_is_kept_whatever_came_first(weapp: Any, server: WebServer, file: Path) -> None:
    network = weapp.phone.network
    network.route("/before", text="made up")
    with network.record(file):
        network.route("/later", text="made up")
        for path in ("/before", "/later", "/new"):
            request(weapp, server.url(path))
    assert [entry["request"]["url"] for entry in entries(file)] == [server.url("/new")]


def test_several_recordings_stand_beside_each_other(weapp: Any, server: WebServer, file: Path, tmp_path: Path) -> None:
    network = weapp.phone.network
    other = network.record(tmp_path / "other.har")
    with network.record(file):
        request(weapp, server.url("/new"))
    request(weapp, server.url("/number"))
    other.stop()
    other.stop()
    request(weapp, server.url("/number"))
    assert [len(entries(each)) for each in (file, tmp_path / "other.har")] == [1, 2]


# --- WebSockets ----------------------------------------------------------------------------------------------------


async def welcome(connection: ServerConnection) -> None:
    await connection.send("welcome")
    await echo(connection)


async def chat(taro: Any, url: str) -> list[Any]:
    """A conversation; and the states of another socket, which nobody takes."""
    task, ears = await opened(taro, url, protocols=["v1"], header={"X-Token": "h-77"})
    await ears.until("Message")
    for number, data in enumerate(('{"token": "k-7f3a", "n": 1}', b"\x00\xff"), 2):
        task.send(data=data)
        await ears.until("Message", number)
    task.close()
    await ears.until("Close")
    nobody = listening(await taro.connectSocket(url="ws://127.0.0.1:1/"))
    await nobody.until("Close")
    return [ears.events, [type(message.data) for message in ears.all("Message")], nobody.events]


@pytest.mark.anyio
async def test_sockets_are_kept_and_replayed_like_requests(file: Path) -> None:
    async with serving(welcome, subprotocols=["v1"]) as url, taropy.create("weapp") as taro:
        with taro.phone.network.record(file):
            taro.phone.sockets.route("wss://chat.example.com/", messages=["made up"])
            before = await chat(taro, url)
            await opened(taro, "wss://chat.example.com/")
    talk, nobody = entries(file)
    assert (talk["request"]["url"], talk["_resourceType"], talk["response"]["status"]) == (url, "websocket", 101)
    assert (headers(talk["request"])["x-token"], headers(talk["response"])["sec-websocket-protocol"]) == ("***", "v1")
    assert [(each["type"], each["opcode"], each["data"]) for each in talk["_webSocketMessages"]] == [
        ("receive", 1, "welcome"),
        ("send", 1, '{"token": "***", "n": 1}'),
        ("receive", 1, '{"token": "***", "n": 1}'),
        ("send", 2, "AP8="),
        ("receive", 2, "AP8="),
    ]
    assert (nobody["response"]["status"], nobody["response"]["_error"]) == (0, "net::ERR_CONNECTION_FAILED")
    async with taropy.create("weapp") as taro:
        taro.phone.network.replay(file)
        assert await chat(taro, url) == before


@pytest.mark.anyio
async def test_a_socket_that_is_still_open_and_one_that_was_refused_are_kept(file: Path) -> None:
    def refuse(connection: ServerConnection, request: Any) -> Any:
        return connection.respond(HTTPStatus.FORBIDDEN, "no") if request.path == "/no" else None

    async with serving(welcome, process_request=refuse) as url, taropy.create("weapp") as taro:
        with taro.phone.network.record(file):
            _, ears = await opened(taro, url)
            await ears.until("Message")
            await listening(await taro.connectSocket(url=f"{url}no")).until("Close")
    still, refused = entries(file)
    assert [each["data"] for each in still["_webSocketMessages"]] == ["welcome"]
    assert (refused["response"]["status"], refused["_webSocketMessages"]) == (403, [])


# --- when it is written --------------------------------------------------------------------------------------------


def test_a_block_that_fails_is_written_as_well(weapp: Any, server: WebServer, file: Path) -> None:
    def failing() -> None:
        with weapp.phone.network.record(file):
            request(weapp, server.url("/new"))
            raise RuntimeError("the test's own")

    with pytest.raises(RuntimeError, match="the test's own"):
        failing()
    assert len(entries(file)) == 1


def test_a_phone_that_closes_writes_what_it_records(server: WebServer, file: Path) -> None:
    with Phone() as phone, taropy.create("weapp", phone=phone) as taro:
        phone.network.record(file)
        request(taro, server.url("/new"))
        assert not file.exists()
    assert len(entries(file)) == 1


def test_a_file_that_is_there_stays_whole_if_the_new_one_can_not_be_written(
    weapp: Any, server: WebServer, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    file.parent.mkdir()
    file.write_text("before", "utf-8")
    recording = weapp.phone.network.record(file)
    request(weapp, server.url("/new"))
    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", full)
        with pytest.raises(OSError, match="No space left"):
            recording.stop()
    assert file.read_text("utf-8") == "before"
    assert [each.name for each in file.parent.iterdir()] == ["shop.har"]


def test_a_folder_is_no_file_to_record_into(weapp: Any, tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError, match="is a folder"):
        weapp.phone.network.record(tmp_path)


# --- once ----------------------------------------------------------------------------------------------------------


def test_once_records_and_from_then_on_replays(server: WebServer, file: Path) -> None:
    heard = []
    for _ in range(3):
        with taropy.create("weapp") as taro, taro.phone.network.record_once(file) as tape:
            heard.append((tape.is_recording, request(taro, server.url("/number")).data["n"]))
    assert heard == [(True, 0), (False, 0), (False, 0)]
    assert len(server.received) == 1


def test_once_keeps_no_file_of_nothing(weapp: Any, file: Path) -> None:
    with weapp.phone.network.record_once(file):
        pass
    assert not file.exists()
    with weapp.phone.network.record(file):
        pass
    assert entries(file) == []


def test_once_does_not_overwrite_a_damaged_file(weapp: Any, file: Path) -> None:
    file.parent.mkdir()
    file.write_text("{", "utf-8")
    with pytest.raises(RecordingError):
        weapp.phone.network.record_once(file)
    assert file.read_text("utf-8") == "{"
