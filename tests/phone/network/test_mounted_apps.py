"""Apps that a test mounts behind a real address: they answer as behind a server, and live as long."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any

import pytest
from natively import PATIENCE
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from transfers import put

import taropy
from taropy.phone import Phone
from taropy.testing import expect_unhandled

API = "https://api.example.com"
PLATFORMS = ("weapp", "alipay", "swan", "tt", "qq", "jd", "h5", "rn", "harmony", "harmony-hybrid")


@pytest.fixture
def taro() -> Iterator[Any]:
    with taropy.create("weapp", phone=Phone()) as taro:
        yield taro
        taro.phone.close()


@pytest.fixture
def network(taro: Any) -> Any:
    return taro.phone.network


def serving(*handlers: Callable[[Request], Any], **options: Any) -> Starlette:
    """An app with each handler at its own name, for every method."""
    methods = ["GET", "POST", "PUT", "DELETE"]
    return Starlette(routes=[Route(f"/{each.__name__}", each, methods=methods) for each in handlers], **options)


async def echo(request: Request) -> Response:
    """What the app knows of a request."""
    return JSONResponse(
        {
            "method": request.method,
            "url": str(request.url),
            "query": dict(request.query_params),
            "host": request.headers["host"],
            "cookies": request.cookies,
            "body": (await request.body()).decode(),
        }
    )


def run_quietly(main: Callable[[], Any], *, none: bool = False) -> tuple[Any, list[str]]:
    """What an async program returns, and what the loop was told of meanwhile."""
    told: list[str] = []

    async def program() -> Any:
        asyncio.get_running_loop().set_exception_handler(lambda loop, context: told.append(context["message"]))
        return await main()

    with nullcontext() if none else expect_unhandled():
        return taropy.run(program), told


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_program_asks_an_app_in_the_process_by_a_real_address(platform: str) -> None:
    with taropy.create(platform) as taro:
        mount = taro.phone.network.mount(API, serving(echo))
        result = taro.request(url=f"{API}/echo?a=1", method="POST", data={"name": "李"}).result(20)
    assert result.statusCode == 200
    assert result.data["method"] == "POST"
    assert result.data["url"] == f"{API}/echo?a=1"
    assert result.data["query"] == {"a": "1"}
    assert result.data["host"] == "api.example.com"
    assert result.data["body"] == '{"name":"李"}'
    mount.assert_called(times=1)


@pytest.mark.parametrize(
    "base", ["https://example.com/api", "https://EXAMPLE.com:443/api/", "http://localhost:8000/a b"]
)
def test_an_app_may_be_mounted_below_a_path(taro: Any, network: Any, base: str) -> None:
    async def where(request: Request) -> Response:
        return JSONResponse([request.scope["root_path"], request.scope["path"], str(request.url_for("where"))])

    network.mount(base, Starlette(routes=[Route("/where", where)]))
    root, path, url = taro.request(url=f"{base.rstrip('/')}/where").result(20).data
    assert path == f"{root}/where"
    assert root in ("/api", "/a b")
    assert url.endswith("/where")


@pytest.mark.parametrize(
    "url", ["https://example.com/apis/echo", "https://example.com/", "http://example.com/api/echo"]
)
def test_other_addresses_are_not_the_apps(taro: Any, network: Any, url: str) -> None:
    mount = network.mount("https://example.com/api", serving(echo))
    network.unrouted = "fail"
    with (
        pytest.warns(UserWarning, match="Routes, latest first: https://example.com/api"),
        pytest.raises(taropy.TaroError),
    ):
        taro.request(url=url).result(20)
    mount.assert_not_called()


def wsgi(environ: Any, start_response: Any) -> list[bytes]:
    return []


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        (("api.example.com", serving()), ValueError, "is mounted at an address"),
        (("https://api.example.com/?a=1", serving()), ValueError, "is mounted at an address"),
        (("wss://api.example.com", serving()), ValueError, "is mounted at an address"),
        ((API, wsgi), TypeError, "a2wsgi"),
        ((API, Starlette), TypeError, "takes an ASGI app"),
        ((API, "app:app"), TypeError, "takes an ASGI app"),
    ],
)
def test_what_cannot_be_mounted_is_refused(network: Any, arguments: Any, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        network.mount(*arguments)
    assert network.routes == []


def test_routes_and_apps_have_requests_the_latest_first(taro: Any, network: Any) -> None:
    network.route("/echo", text="earlier")
    network.mount(API, serving(echo))
    network.route("/echo", text="later", times=1)
    assert taro.request(url=f"{API}/echo").result(20).data == "later"
    assert taro.request(url=f"{API}/echo").result(20).data["method"] == "GET"


# --- life -----------------------------------------------------------------------------------------------------------


class Diary:
    """What happens to an app, in order."""

    def __init__(self) -> None:
        self.entries: list[str] = []

    @asynccontextmanager
    async def lifespan(self, app: Starlette) -> AsyncIterator[dict[str, Any]]:
        self.entries.append("startup")
        await asyncio.sleep(0)
        yield {"pool": "a pool"}
        await asyncio.sleep(0)
        self.entries.append("shutdown")

    async def ask(self, request: Request) -> Response:
        """Notes the request and what the app has made at its startup."""
        self.entries.append(request.state.pool)
        return PlainTextResponse("ok")

    @property
    def app(self) -> Starlette:
        return Starlette(routes=[Route("/", self.ask)], lifespan=self.lifespan)


def test_an_app_starts_with_the_first_request_and_is_shut_down_with_the_phone() -> None:
    diary = Diary()
    with Phone() as phone:
        taro = taropy.create("weapp", phone=phone)
        phone.network.mount(API, diary.app)
        assert diary.entries == []
        for _ in range(2):
            taro.request(url=API).result(20)
        assert diary.entries == ["startup", "a pool", "a pool"]
    assert diary.entries == ["startup", "a pool", "a pool", "shutdown"]


def test_an_app_is_shut_down_with_its_loop_and_starts_anew_in_the_next() -> None:
    diary = Diary()
    with Phone() as phone:
        taro = taropy.create("weapp", phone=phone)
        phone.network.mount(API, diary.app)
        for _ in range(2):
            taropy.run(lambda: taro.request(url=API))
        assert diary.entries == ["startup", "a pool", "shutdown"] * 2


def test_a_phone_that_is_closed_in_the_loop_waits_for_the_apps_end() -> None:
    diary = Diary()

    async def main() -> None:
        async with Phone() as phone:
            phone.network.mount(API, diary.app)
            await asyncio.gather(*(taropy.create("weapp", phone=phone).request(url=API) for _ in range(3)))
        assert diary.entries == ["startup", "a pool", "a pool", "a pool", "shutdown"]

    asyncio.run(main())


def test_an_app_is_shut_down_with_the_process_at_the_latest() -> None:
    program = """
import contextlib, taropy
from starlette.applications import Starlette

@contextlib.asynccontextmanager
async def lifespan(app):
    print("startup")
    yield
    print("shutdown")

taro = taropy.create("weapp")
taro.phone.network.mount("https://api.example.com", Starlette(lifespan=lifespan))
print(taro.request("https://api.example.com").result().statusCode)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.stdout.split(), done.stderr) == (["startup", "404", "shutdown"], "")


def test_an_app_that_is_taken_away_is_shut_down() -> None:
    diary = Diary()
    with taropy.create("weapp") as taro:
        mount = taro.phone.network.mount(API, diary.app)
        taro.request(url=API).result(20)
        mount.unroute()
        assert diary.entries[-1] == "shutdown"
        assert taro.phone.network.routes == []


def test_an_app_that_nothing_asks_never_starts_and_is_told_as_unused() -> None:
    diary = Diary()
    with Phone() as phone:
        phone.network.mount(API, diary.app)
        phone.network.mount("https://other.example.com", diary.app, optional=True)
        assert phone.network.unused == [f"{API}, which nothing has asked for"]
    assert diary.entries == []


def test_an_app_whose_startup_fails_is_a_server_that_is_not_there_and_the_test_is_told(taro: Any, network: Any) -> None:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        raise OSError("no database")
        yield

    network.mount(API, Starlette(lifespan=lifespan))

    async def main() -> None:
        for _ in range(2):
            with pytest.raises(taropy.TaroError, match="ERR_CONNECTION_REFUSED"):
                await taro.request(url=API)

    _, told = run_quietly(main)
    assert told == ["the mounted app broke at its start"]
    assert [str(error) for error in network.errors] == ["no database"]


def test_an_app_whose_shutdown_fails_is_told_of(taro: Any, network: Any) -> None:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        yield
        raise OSError("no end")

    network.mount(API, Starlette(lifespan=lifespan))

    async def main() -> None:
        await taro.request(url=API)
        await network.aclose()

    _, told = run_quietly(main)
    assert told == ["the mounted app broke at its end"]


@pytest.mark.parametrize("in_its_loop", [True, False])
def test_an_app_whose_shutdown_never_ends_does_not_keep_the_test_from_ending(
    taro: Any, network: Any, monkeypatch: pytest.MonkeyPatch, in_its_loop: bool
) -> None:
    monkeypatch.setattr("taropy.phone.network.routes.serving.PATIENCE", 0.01)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        yield
        await asyncio.Event().wait()

    network.mount(API, Starlette(lifespan=lifespan))
    with expect_unhandled(TimeoutError, match="its shutdown has not ended within 0.01 seconds"):
        if in_its_loop:
            taropy.run(lambda: taro.request(url=API))
        else:
            taro.request(url=API).result(20)
            network.close()


def test_an_app_whose_startup_never_ends_does_not_keep_the_phone_from_closing(
    taro: Any, network: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("taropy.phone.network.routes.serving.PATIENCE", 0.01)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await asyncio.Event().wait()
        yield

    network.mount(API, Starlette(lifespan=lifespan))
    asked = taro.request(url=API, timeout=1000).catch(lambda error: error.errMsg)
    taro.phone.clock.advance(1)
    assert "timeout" in asked.result(20)
    with expect_unhandled(TimeoutError, match="its startup has not ended"):
        network.close()


def test_an_app_that_knows_no_lifespan_is_served_without_one(taro: Any, network: Any) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        assert scope["type"] == "http"
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
        await send({"type": "http.response.body", "body": b"bare"})

    network.mount(API, app)
    assert taro.request(url=API).result(20).data == "bare"
    assert network.errors == []


def test_what_an_app_does_behind_its_answer_can_be_waited_for(taro: Any, network: Any) -> None:
    done: list[str] = []
    go_on = asyncio.Event()

    async def later() -> None:
        await go_on.wait()
        done.append("mail sent")

    async def order(request: Request) -> Response:
        return PlainTextResponse("ordered", background=BackgroundTask(later))

    async def main() -> None:
        mount = network.mount(API, serving(order))
        assert (await taro.request(url=f"{API}/order")).data == "ordered"
        assert done == []
        go_on.set()
        await mount.settled()
        assert done == ["mail sent"]

    taropy.run(main)


# --- faults ---------------------------------------------------------------------------------------------------------


def test_an_app_that_raises_is_a_server_that_broke_and_the_test_is_told(taro: Any, network: Any) -> None:
    async def broken(request: Request) -> Response:
        raise LookupError("no such order")

    network.mount(API, serving(broken))
    result, told = run_quietly(lambda: taro.request(url=f"{API}/broken"))
    assert (result.statusCode, result.data) == (500, "Internal Server Error")
    assert told == ["the mounted app broke"]
    assert isinstance(network.errors[0], LookupError)
    assert network.calls[0].error is network.errors[0]


def head(*headers: tuple[bytes, bytes]) -> dict[str, Any]:
    return {"type": "http.response.start", "status": 200, "headers": headers}


def part(body: bytes, *, more: bool = False) -> dict[str, Any]:
    return {"type": "http.response.body", "body": body, "more_body": more}


@pytest.mark.parametrize(
    ("messages", "expected"),
    [
        ([], 500),
        ([head()], "ERR_INCOMPLETE_CHUNKED_ENCODING"),
        ([head(), part(b"a", more=True)], "ERR_INCOMPLETE_CHUNKED_ENCODING"),
        ([head((b"content-length", b"5")), part(b"a", more=True)], "ERR_CONTENT_LENGTH_MISMATCH"),
        ([head((b"content-length", b"5")), part(b"a")], "ERR_CONTENT_LENGTH_MISMATCH"),
        ([head((b"content-length", b"1")), part(b"abc")], "ERR_CONTENT_LENGTH_MISMATCH"),
        ([part(b"a")], 500),
        ([head(), head()], "ERR_INCOMPLETE_CHUNKED_ENCODING"),
    ],
)
def test_an_app_that_does_not_keep_to_the_rules_breaks_off_and_is_told_of(
    taro: Any, network: Any, messages: list[Any], expected: Any
) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            for message in messages:
                await send(message)

    network.mount(API, app)

    async def main() -> Any:
        try:
            return (await taro.request(url=API)).statusCode
        except taropy.TaroError as error:
            return error.errMsg.rpartition("::")[2]

    outcome, told = run_quietly(main)
    assert outcome == expected
    assert told == ["the mounted app broke"]
    assert isinstance(network.errors[0], RuntimeError)


def test_an_app_hears_that_its_client_has_gone(taro: Any, network: Any) -> None:
    heard: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            await receive()
            began.set()
            heard.append((await receive())["type"])
            await send(head())
            ended.set()

    async def main() -> None:
        nonlocal began, ended
        began, ended = asyncio.Event(), asyncio.Event()
        network.mount(API, app)
        task = taro.request(url=API)
        await began.wait()
        task.abort()
        with pytest.raises(taropy.TaroError, match="request:fail abort"):
            await task
        await ended.wait()
        assert heard == ["http.disconnect"]

    began = ended = asyncio.Event()
    assert run_quietly(main, none=True)[1] == []


def test_a_stream_without_end_ends_with_its_client(taro: Any, network: Any) -> None:
    async def endless(request: Request) -> Response:
        async def ticks() -> AsyncIterator[bytes]:
            try:
                while True:
                    yield b"tick"
                    await asyncio.sleep(0)
            finally:
                ended.set()

        return StreamingResponse(ticks())

    ended = asyncio.Event()
    mount = network.mount(API, serving(endless))

    async def main() -> None:
        nonlocal ended
        ended = asyncio.Event()
        task = taro.request(url=f"{API}/endless", enableChunked=True)
        heard = asyncio.Event()
        task.onChunkReceived(lambda told: heard.set())
        await heard.wait()
        task.abort()
        with pytest.raises(taropy.TaroError, match="request:fail abort"):
            await task
        async with asyncio.timeout(PATIENCE):
            await mount.settled()
            await ended.wait()

    assert run_quietly(main, none=True)[1] == []


# --- bodies ---------------------------------------------------------------------------------------------------------


def test_a_body_comes_in_as_the_app_streams_it(taro: Any, network: Any) -> None:
    async def parts(request: Request) -> Response:
        async def body() -> AsyncIterator[bytes]:
            for each in (b"one", b"two", b"three"):
                yield each
                await heard.get()

        return StreamingResponse(body(), media_type="text/plain")

    heard: asyncio.Queue[bytes] = asyncio.Queue()

    async def main() -> list[bytes]:
        nonlocal heard
        heard, chunks = asyncio.Queue(), []
        network.mount(API, serving(parts))
        task = taro.request(url=f"{API}/parts", enableChunked=True)
        task.onChunkReceived(lambda told: (chunks.append(told.data), heard.put_nowait(told.data)))
        await task
        return chunks

    assert taropy.run(main) == [b"one", b"two", b"three"]


def test_an_app_that_says_much_waits_for_its_client(taro: Any, network: Any, tmp_path: Path) -> None:
    size, sent = 8 * 1024 * 1024, []

    async def large(request: Request) -> Response:
        async def body() -> AsyncIterator[bytes]:
            for _ in range(size // 65_536):
                sent.append(65_536)
                yield bytes(65_536)

        return StreamingResponse(body(), headers={"Content-Length": str(size)})

    network.mount(API, serving(large))
    ahead: list[int] = []

    async def main() -> Any:
        task = taro.downloadFile(url=f"{API}/large")
        task.onProgressUpdate(lambda told: ahead.append(sum(sent) - told.totalBytesWritten))
        return await task

    result = taropy.run(main)
    assert result.dataLength == size
    assert max(ahead) <= 2 * 1024 * 1024


def test_an_upload_streams_into_the_app_and_is_counted(taro: Any, network: Any, tmp_path: Path) -> None:
    content = bytes(range(256)) * 4_000

    async def avatar(request: Request) -> Response:
        sizes = [len(part) async for part in request.stream()]
        return JSONResponse({"parts": len(sizes), "bytes": sum(sizes)})

    path = put(taro.phone, tmp_path / "picture.jpg", content)
    network.mount(API, serving(avatar))
    progress: list[Any] = []

    async def main() -> Any:
        task = taro.uploadFile(url=f"{API}/avatar", filePath=path, name="file", formData={"a": "1"})
        task.onProgressUpdate(progress.append)
        return await task

    result = taropy.run(main)
    told = json.loads(result.data)
    assert (progress[-1].progress, progress[-1].totalBytesSent) == (100, told["bytes"])
    assert told["parts"] > 3
    assert len(progress) > 3


def test_an_app_that_answers_before_the_upload_is_whole_is_heard_all_the_same(
    taro: Any, network: Any, tmp_path: Path
) -> None:
    async def refuse(request: Request) -> Response:
        return PlainTextResponse("too large", 413)

    path = put(taro.phone, tmp_path / "picture.jpg", bytes(3_000_000))
    network.mount(API, serving(refuse))
    progress: list[Any] = []

    async def main() -> Any:
        task = taro.uploadFile(url=f"{API}/refuse", filePath=path, name="file")
        task.onProgressUpdate(progress.append)
        return await task

    result = taropy.run(main)
    assert (result.statusCode, result.data) == (413, "too large")
    assert progress[-1].progress == 100


def test_head_and_empty_answers_have_no_body(taro: Any, network: Any) -> None:
    async def empty(request: Request) -> Response:
        return Response(status_code=204)

    async def text(request: Request) -> Response:
        return PlainTextResponse("text")

    network.mount(API, Starlette(routes=[Route("/empty", empty), Route("/text", text, methods=["GET"])]))
    assert taro.request(url=f"{API}/empty").result(20).statusCode == 204
    result = taro.request(url=f"{API}/text", method="HEAD").result(20)
    assert (result.statusCode, result.data, result.header["content-length"]) == (200, "", "4")


def test_cookies_and_redirects_work_as_with_a_server(network: Any) -> None:
    async def login(request: Request) -> Response:
        response = RedirectResponse("/echo", status_code=303)
        response.set_cookie("session", "s1")
        return response

    with taropy.create("alipay") as taro:
        taro.phone.network.mount(API, serving(login, echo))
        result = taro.request(url=f"{API}/login", method="POST", data={}).result(20)
    assert (result.data["method"], result.data["cookies"]) == ("GET", {"session": "s1"})


@pytest.mark.parametrize("origin", ["https://shop.example.org", "https://evil.example.net"])
def test_a_page_asks_ahead_and_the_app_decides(origin: str) -> None:
    cors = Middleware(
        CORSMiddleware, allow_origins=["https://shop.example.org"], allow_headers=["*"], allow_methods=["*"]
    )
    with Phone() as phone:
        phone.browser.origin = origin
        taro = taropy.create("h5", phone=phone)
        mount = phone.network.mount(API, serving(echo, middleware=[cors]))
        asked = taro.request(url=f"{API}/echo", method="PUT", data={"a": 1})
        if origin.endswith("org"):
            assert asked.result(20).data["method"] == "PUT"
            assert [call.method for call in mount.calls] == ["OPTIONS", "PUT"]
        else:
            with pytest.raises(taropy.TaroError, match="Failed to fetch"):
                asked.result(20)
            assert [call.method for call in mount.calls] == ["OPTIONS"]
