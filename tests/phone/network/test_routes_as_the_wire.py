"""A program over a server, over a route and over a mounted app: results, events, log, and what the server gets."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import attrs
import pytest
from servers import Answer, Received, WebServer
from transfers import put

import taropy
from taropy.phone import Phone, Request, Response

PLATFORMS = ("weapp", "alipay", "swan", "tt", "qq", "jd", "h5", "rn", "harmony", "harmony-hybrid")
LARGE = bytes(range(256)) * 4_000
FORM = {"content-type": "application/x-www-form-urlencoded"}


async def respond(received: Received) -> Answer:
    """The backend of all programs here."""
    return await ANSWERS.get(received.path, echo)(received)


async def echo(received: Received) -> Answer:
    told = {"method": received.method, "query": received.query, "cookie": received.headers.get("cookie")}
    return Answer({**told, "body": received.body.decode("latin-1")}, headers=[("X-Twice", "1"), ("x-twice", "2")])


async def size(received: Received) -> Answer:
    return Answer({"bytes": len(received.body)})


async def never(received: Received) -> Answer:
    await asyncio.Event().wait()
    return Answer()


def saying(body: Any = b"", status: int = 200, **headers: str) -> Callable[[Received], Awaitable[Answer]]:
    pairs = [(name.replace("_", "-"), value) for name, value in headers.items()]

    async def answer(received: Received) -> Answer:
        return Answer(body, status, pairs)

    return answer


async def tagged(received: Received) -> Answer:
    fresh = received.headers.get("if-none-match") != '"1"'
    return Answer("tagged", 200 if fresh else 304, [("ETag", '"1"'), ("Cache-Control", "max-age=60")])


ANSWERS: Mapping[str, Callable[[Received], Awaitable[Answer]]] = {
    "/never": never,
    "/size": size,
    "/missing": saying({"why": "gone"}, 404),
    "/broken": saying("<html>", 500, Content_Type="text/html"),
    "/empty": saying(status=204),
    "/gbk": saying("你好".encode("gbk"), Content_Type="text/plain; charset=gbk"),
    "/zipped": saying(gzip.compress(b'{"zipped": true}'), Content_Type="application/json", Content_Encoding="gzip"),
    "/no-zip": saying(b"no gzip", Content_Encoding="gzip"),
    "/large": saying(LARGE, Content_Type="application/octet-stream"),
    "/picture": saying(b"\x89PNG\r\n\x1a\n", Content_Type="image/png"),
    "/cookie": saying({"set": True}, Set_Cookie="session=s1; Path=/"),
    "/login": saying(status=302, Location="/echo?from=login", Set_Cookie="session=s2; Path=/"),
    "/moved": saying(status=307, Location="/echo?from=moved"),
    "/round": saying(status=302, Location="/round"),
    "/unsafe": saying(status=302, Location="ftp://127.0.0.1/"),
    "/tagged": tagged,
}


# --- the three ways -------------------------------------------------------------------------------------------------


def told_by(answer: Answer) -> tuple[list[tuple[str, str]], bytes]:
    """The headers and the body as `WebServer` sends them."""
    head, _, body = answer.encoded().partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")[1:]
    return [(name, value) for name, _, value in (line.partition(": ") for line in lines)], body


def received_by(request: Request) -> Received:
    target = request.url.removeprefix(re.match(r"https?://[^/]*", request.url)[0])  # type: ignore[index]
    headers = {name: request.headers[name] for name in request.headers}
    return Received(request.method, target, headers, request.body)


@contextmanager
def wire(phone: Phone, base: str) -> Iterator[list[Received]]:
    with WebServer(respond, port=int(base.rpartition(":")[2])) as server:
        yield server.received


@contextmanager
def route(phone: Phone, base: str) -> Iterator[list[Received]]:
    got: list[Received] = []

    async def handler(request: Request) -> Response:
        got.append(received_by(request))
        answer = await respond(got[-1])
        headers, body = told_by(answer)
        return Response(body, status=answer.status, headers=headers)

    phone.network.route(f"{base}/**", handler)
    yield got


@contextmanager
def mount(phone: Phone, base: str) -> Iterator[list[Received]]:
    got: list[Received] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        assert scope["type"] == "http"
        body = b""
        while (message := await receive())["type"] == "http.request":
            body += message["body"]
            if not message["more_body"]:
                break
        target = f"{scope['raw_path'].decode()}{'?' if scope['query_string'] else ''}{scope['query_string'].decode()}"
        got.append(Received(scope["method"], target, {k.decode(): v.decode() for k, v in scope["headers"]}, body))
        answer = await respond(got[-1])
        headers, body = told_by(answer)
        pairs = [(name.encode(), value.encode()) for name, value in headers]
        await send({"type": "http.response.start", "status": answer.status, "headers": pairs})
        await send({"type": "http.response.body", "body": body})

    phone.network.mount(base, app)
    yield got


# --- programs -------------------------------------------------------------------------------------------------------


@attrs.frozen
class Scene:
    """What a program has: its Taro, where the backend is, a file of its own, and what it notes."""

    taro: Any
    base: str
    file: str
    notes: list[Any] = attrs.field(factory=list)

    async def note(self, call: str, path: str, /, **options: Any) -> None:
        """Makes a call, and notes its events and its end."""
        events: dict[str, list[Any]] = {}
        task = getattr(self.taro, call)(url=f"{self.base}{path}", **options)
        for event in ("HeadersReceived", "ProgressUpdate", "ChunkReceived"):
            try:
                listen = getattr(task, f"on{event}")
            except (taropy.NotSupported, AttributeError):
                continue
            try:
                listen(lambda told, event=event: events.setdefault(event, []).append(plain(told)))
            except taropy.NotSupported:
                continue
        try:
            end: Any = plain(await task)
        except taropy.TaroError as error:
            end = (error.errMsg, error.errCode)
        # How the bytes fall into parts is the transport's affair: what counts is where they begin and end.
        progress = events.pop("ProgressUpdate", [])
        chunks = events.pop("ChunkReceived", [])
        self.notes.append((call, path, end, events, progress[-1:], b"".join(chunk["data"] for chunk in chunks)))


def plain(value: Any) -> Any:
    """A result as data, without the times in it and the names of temporary files."""
    fields = (
        dict(value)
        if isinstance(value, Mapping)
        else attrs.asdict(value, recurse=False)
        if attrs.has(type(value))
        else None
    )
    if fields is None:
        # The response that React Native has for a `dataType` of its own is an object, which is read once.
        return value if not hasattr(value, "bodyUsed") else (type(value).__name__, value.status, value._body)
    profile = fields.pop("profile", None)
    if profile:
        fields["profile"] = [profile["protocol"], profile["receivedBytedCount"]]
    for name in ("tempFilePath", "apFilePath", "filePath"):
        if isinstance(fields.get(name), str):
            fields[name] = Path(fields[name]).suffix if not fields[name].startswith("blob:") else "blob"
    return {name: plain(each) for name, each in fields.items()}


async def requests(scene: Scene) -> None:
    await scene.note("request", "/echo?a=1&b=2")
    await scene.note("request", "/echo", method="POST", data={"name": "李", "n": 1})
    await scene.note("request", "/echo", method="POST", data={"a": "b c"}, header=FORM)
    await scene.note("request", "/echo", data={"q": "x y"}, header={"X-Mine": "1"})
    await scene.note("request", "/echo", method="HEAD")
    for path in ("/missing", "/broken", "/empty", "/gbk", "/zipped", "/no-zip", "/picture"):
        await scene.note("request", path)
    await scene.note("request", "/gbk", responseType="arraybuffer")
    await scene.note("request", "/missing", dataType="text")


async def cookies_and_redirects(scene: Scene) -> None:
    await scene.note("request", "/cookie", credentials="include")
    await scene.note("request", "/echo", credentials="include")
    await scene.note("request", "/login", method="POST", data={"user": "ada"}, credentials="include")
    await scene.note("request", "/moved", method="POST", data={"user": "ada"})
    await scene.note("request", "/moved", redirect="manual")
    for path in ("/round", "/unsafe"):
        await scene.note("request", path)


async def transfers(scene: Scene) -> None:
    if scene.taro.platform.name not in ("rn", "harmony"):  # which have no task, or an answer before the upload's end
        named = {"filePath": scene.file, "name": "file", "fileName": "a.jpg"}
        await scene.note("uploadFile", "/size", **named, formData={"a": "1"})
        await scene.note("uploadFile", "/missing", **named)
    for path in ("/large", "/picture", "/missing", "/zipped"):
        await scene.note("downloadFile", path)


async def chunks(scene: Scene) -> None:
    await scene.note("request", "/large", enableChunked=True, responseType="arraybuffer")


async def kept(scene: Scene) -> None:
    for _ in range(2):
        await scene.note("request", "/tagged", enableCache=True, cache="default")
    await scene.note("request", "/tagged", cache="no-cache")


async def conditions(scene: Scene) -> None:
    network = scene.taro.phone.network
    network.latency = 0.001
    await scene.note("request", "/echo")
    network.bandwidth = 1e9
    await scene.note("downloadFile", "/large")
    network.latency, network.bandwidth = 0, None
    network.loss = 1
    await scene.note("request", "/echo")
    network.loss = 0
    network.type = "none"
    await scene.note("request", "/echo")
    network.type = "wifi"
    network.domains = ["https://elsewhere.example.com"]
    await scene.note("request", "/echo")
    network.domains = [scene.base]
    await scene.note("request", "/echo")
    network.domains = None
    network.max_body = 10
    await scene.note("request", "/large")
    network.max_download = 10
    await scene.note("downloadFile", "/large")


async def limits_of_time(scene: Scene) -> None:
    await scene.note("request", "/never", timeout=30)
    await scene.note("downloadFile", "/never", timeout=30)
    task = scene.taro.request(url=f"{scene.base}/never")
    asyncio.get_running_loop().call_later(0.03, task.abort)
    with pytest.raises(taropy.TaroError) as caught:
        await task
    scene.notes.append(caught.value.errMsg)


async def interceptors(scene: Scene) -> None:
    async def signing(chain: Any) -> Any:
        options = chain.requestParams
        result = await chain.proceed({**options, "header": {"X-Signed": "yes"}})
        return {**plain(result), "seen": True}

    scene.taro.addInterceptor(signing)
    await scene.note("request", "/echo")


PROGRAMS = (requests, cookies_and_redirects, transfers, chunks, kept, conditions, limits_of_time, interceptors)


def played(program: Any, platform: str, way: Any, base: str, folder: Path) -> tuple[list[Any], list[Any], list[Any]]:
    """What a program notes, what the log has of it, and what the server has got."""
    with Phone(log=True) as phone:
        file = put(phone, folder / "picture.jpg", LARGE[:300_000])
        taro = taropy.create(platform, phone=phone)
        scene = Scene(taro, base, phone.files.import_file(phone.app(platform), folder / "picture.jpg"))
        with way(phone, base) as got:

            async def main() -> None:
                await program(scene)
                await phone.aclose()

            asyncio.run(main())
        log = [(call.api, call.outcome, plain(call.result), str(call.error)) for call in phone.log]
        assert file
        return scene.notes, log, [normal(received) for received in got]


def normal(received: Received) -> Received:
    """What was received, with the same boundary of a form's parts, and the same name of a temporary file, each time."""
    received = attrs.evolve(received, target=received.target.removesuffix("?"))  # which ASGI does not tell
    found = re.search(r"boundary=([^;]+)", received.headers.get("content-type", ""))
    if found is None:
        return received
    headers = {**received.headers, "content-type": "multipart/form-data"}
    body = re.sub(rb'filename="tmp_\w+', b'filename="tmp', received.body.replace(found[1].encode(), b"boundary"))
    return attrs.evolve(received, headers=headers, body=body)


@pytest.fixture(scope="module")
def base() -> str:
    from servers import unused_port

    return f"http://127.0.0.1:{unused_port()}"


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.__name__)
@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_program_cannot_tell_a_route_or_an_app_from_a_server(
    platform: str, program: Any, base: str, tmp_path: Path
) -> None:
    notes, log, got = played(program, platform, wire, base, tmp_path)
    assert notes
    for way in (route, mount):
        notes_there, log_there, got_there = played(program, platform, way, base, tmp_path)
        for one, other in zip(notes, notes_there, strict=True):
            assert other == one
        assert log_there == log
        assert got_there == got


def test_json_is_what_both_sides_think_it_is() -> None:
    assert json.loads(Response(json={"a": [1, None, "李"]}).body) == {"a": [1, None, "李"]}
