"""`Automation`: the port at which clients are served, in the running event loop or in a thread of its own."""

from __future__ import annotations

import asyncio
import errno
import json
import logging
import threading
from collections import deque
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from ..extras import need
from ..loops import post, runs_here
from ..models.json import json_of
from ..phone.core.loopback import is_loopback
from ..runtime.errors import TaroError
from . import app as _app  # noqa: F401
from . import element, page, tool  # noqa: F401  (they register their methods)
from .commands import Refused, find
from .console import Console
from .target import Target

if TYPE_CHECKING:
    from websockets.asyncio.server import Server, ServerConnection
    from websockets.http11 import Request, Response

    from ..app import declaring
    from ..phone import Phone
    from ..runtime.taro import Taro

#: The largest frame that is taken, in bytes: pictures come as texts in them.
LARGEST = 32 * 1024 * 1024

HOST = "127.0.0.1"


class PortTaken(OSError):
    """The port cannot be had; the text says so."""


class _Line:
    """The way to one client: frames go out in their order, and those that nobody takes any more are dropped.

    `minium` 1.6 begins to wait for an answer after it has sent its request, and misses one that comes sooner: it finds
    it when its time is up, a minute later. Any frame wakes it, so the last answer is sent again if the client has said
    nothing for a moment; one that has got it takes no notice. It is known by the Origin that its WebSockets send.
    """

    PAUSE = 0.05

    def __init__(self, connection: ServerConnection, begin: Callable[[Coroutine[Any, Any, None]], None]) -> None:
        self._connection = connection
        self._begin = begin
        request = connection.request
        self._may_miss = request is not None and request.headers.get("Origin") is not None
        self._again: asyncio.TimerHandle | None = None
        self._queue: deque[str] = deque()
        self._held = self._flushing = False

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keeps what is sent meanwhile for who flushes it then: a frame that is answered at once needs no task."""
        self._held = True
        try:
            yield
        finally:
            self._held = False

    def heard(self) -> None:
        """The client has said something, and so has had its answer; or it is gone."""
        if self._again is not None:
            self._again.cancel()
            self._again = None

    def answer(self, text: str) -> None:
        """Sends an answer."""
        self.send(text)
        if self._may_miss:
            self.heard()
            self._again = asyncio.get_running_loop().call_later(self.PAUSE, self.send, text)

    def send(self, text: str) -> None:
        """Sends a frame."""
        self._queue.append(text)
        if not self._held:
            self._begin(self.flush())

    async def flush(self) -> None:
        """Sends what is to be sent, unless that is being done already."""
        from websockets.exceptions import ConnectionClosed

        if self._flushing:
            return
        self._flushing = True
        try:
            while self._queue:
                await self._connection.send(self._queue.popleft())
        except ConnectionClosed:
            self._queue.clear()
        finally:
            self._flushing = False


class Automation:
    """The automation port of a phone, for `minium` and `miniprogram-automator`.

        async with phone.devtools(port=9420) as tools:    # in the running event loop
            await tools.closed()

        with phone.devtools(app) as tools:                # in a thread of its own, where the app is launched
            minium.Minium({"test_port": tools.port, …})

    - `app`: a `taropy.App` that is launched when the port opens; without one, clients get the app in front.
    - `port`: the port, a free one by default; `url` is its address. `PortTaken` if it cannot be had.
    - `taro`: the runtime that the app is launched on; by default a new one on the phone.
    - `console`: whether clients hear of what is printed, too; of logging's records they do in any case.
    - `interruptible`: whether Ctrl-C ends the process while JavaScript of a client runs, which may be an endless loop.

    It listens on this computer alone, and answers no page of a browser.
    """

    def __init__(
        self,
        phone: Phone,
        app: declaring.App | None = None,
        *,
        port: int = 0,
        taro: Taro | None = None,
        console: bool = False,
        interruptible: bool = False,
    ) -> None:
        self._serve = need("websockets.asyncio.server", extra="devtools", what="the automation port").serve
        self.port = port
        self.target = Target(phone, self._tell, taro, interruptible=interruptible)
        self._app = app
        self._taro = taro
        self._own_taro: Taro | None = None
        self._console = Console(self.target.log, printed=console)
        self._connections: dict[ServerConnection, _Line] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: Server | None = None
        self._over: asyncio.Event | None = None
        self._thread: _Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        #: Since when no client is connected, by the loop's clock; None while one is.
        self.idle_since: float | None = None

    @property
    def url(self) -> str:
        """Where clients connect."""
        return f"ws://{HOST}:{self.port}"

    # --- life --------------------------------------------------------------------------------------------------

    async def open(self) -> None:
        """Begins to listen, and launches the app."""
        self._over, self._loop = asyncio.Event(), asyncio.get_running_loop()
        try:
            server = self._server = await self._serve(
                self._connected, HOST, self.port, process_request=self._check, max_size=LARGEST, compression=None,
                close_timeout=1, ping_interval=None,
            )  # fmt: skip
        except OSError as error:
            taken = error.errno == errno.EADDRINUSE
            reason = "it is in use" if taken else str(error.strerror or error)
            raise PortTaken(f"cannot listen at {HOST}:{self.port}: {reason}") from None
        self.port = server.sockets[0].getsockname()[1]
        self.idle_since = self._loop.time()
        self.target.close_tool = self._over.set
        try:
            self.target.begin()
            self._console.begin()
            if self._app is not None:
                await self._app.launch(self._runtime())
        except BaseException:  # also one who is cancelled leaves no open port
            await self.aclose()
            raise

    async def closed(self) -> None:
        """Waits until a client has closed it (`Tool.close`), or `aclose` has."""
        assert self._over is not None
        await self._over.wait()

    async def aclose(self) -> None:
        """Ends the service: connections, what clients have put in place of functions, and the app that it launched."""
        if self._over is None or self._server is None:
            return
        self._over.set()
        server, self._server = self._server, None
        for task in list(self._tasks):
            task.cancel()
        server.close()
        await server.wait_closed()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._console.end()
        self.target.end()
        if self._own_taro is not None:
            await self._own_taro.aclose()

    def _runtime(self) -> Taro:
        if self._taro is not None:
            return self._taro
        from ..runtime.taro import create

        self._own_taro = create("weapp", phone=self.target.phone)
        return self._own_taro

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    def __enter__(self) -> Self:
        if asyncio._get_running_loop() is not None:
            raise RuntimeError("an event loop runs here: write `async with phone.devtools(…)`")
        thread = _Thread(self)
        thread.start()
        self._thread = thread
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the service that runs in a thread of its own. A second call does nothing."""
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.stop()

    # --- connections -------------------------------------------------------------------------------------------

    def _check(self, connection: ServerConnection, request: Request) -> Response | None:
        """Refuses who is no client of this computer: pages of browsers, also those that lead a name of theirs here."""
        host = request.headers.get("Host", "")
        if not is_loopback(urlsplit(f"//{host}").hostname or ""):
            return connection.respond(HTTPStatus.MISDIRECTED_REQUEST, f"the port is not known as {host!r}\n")
        origin = request.headers.get("Origin")
        if origin is not None and urlsplit(origin).netloc != host:
            return connection.respond(HTTPStatus.FORBIDDEN, "pages of a browser are not served\n")
        return None

    async def _connected(self, connection: ServerConnection) -> None:
        line = self._connections[connection] = _Line(connection, self._begin)
        self.idle_since = None
        try:
            async for frame in connection:
                line.heard()
                with line.held():
                    self._take(line, frame)
                await line.flush()
        finally:
            line.heard()
            del self._connections[connection]
            if not self._connections:
                self.idle_since = asyncio.get_running_loop().time()

    def _take(self, line: _Line, frame: str | bytes) -> None:
        """Answers a frame, at once or when what it asks for is done."""
        number: Any = None
        try:
            request = _read(frame)
            number = request.get("id")
            params = request.get("params")
            if params is not None and not isinstance(params, dict):
                raise Refused("params should be an object")
            outcome = find(request.get("method"))(self.target, params or {})
        except Exception as error:  # whatever it is, the client that waits is told
            line.answer(_failure(number, error))
            return
        if hasattr(outcome, "__await__"):
            self._begin(self._answer(line, number, outcome))
        else:
            line.answer(_success(number, outcome))

    async def _answer(self, line: _Line, number: Any, outcome: Any) -> None:
        try:
            told = _success(number, await outcome)
        except Exception as error:
            told = _failure(number, error)
        line.answer(told)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _tell(self, method: str, params: Any) -> None:
        """Sends an event to all clients. The phone, and whoever logs, may tell of one from any thread."""
        loop = self._loop
        if loop is None:
            return
        if not runs_here(loop):
            post(loop, self._tell, method, params)
            return
        text = _written({"method": method, "params": params}) if self._connections else ""
        for line in list(self._connections.values()):
            line.send(text)


def _read(frame: str | bytes) -> dict[str, Any]:
    try:
        request = json.loads(frame)
    except (ValueError, RecursionError):
        raise Refused("the frame is no JSON") from None
    if not isinstance(request, dict):
        raise Refused("the frame is no object")
    return request


def _success(number: Any, result: Any) -> str:
    return _written({"id": number, "result": {} if result is None else result})


def _failure(number: Any, error: Exception) -> str:
    known = isinstance(error, Refused | TaroError | ImportError)
    if not known:
        logging.getLogger("taropy.automation").debug("a request failed", exc_info=error)
    message = str(error) if known else f"{type(error).__name__}: {error}"
    return _written({"id": number, "error": {"message": message}})


def _written(told: Any) -> str:
    """A frame, with numbers as JavaScript writes them; half a letter, which no frame can have, is escaped."""
    text = json_of(told)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(told)
    return text


class _Thread:
    """Serves in a thread, with an event loop of its own."""

    def __init__(self, automation: Automation) -> None:
        self._automation = automation
        self._loop: asyncio.AbstractEventLoop | None = None
        self._open = threading.Event()
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="taropy-automation", daemon=True)

    def start(self) -> None:
        """Returns when the port is open; raises what has kept it from that."""
        self._thread.start()
        self._open.wait()
        if self._failure is not None:
            self._end()

    def stop(self) -> None:
        """Ends the service, and waits until it has ended; raises what it has failed with."""
        if self._loop is not None:
            post(self._loop, self._automation.target.close_tool)
        self._end()

    def _end(self) -> None:
        self._thread.join()
        if self._failure is not None:
            raise self._failure

    def _run(self) -> None:
        try:
            asyncio.run(self._work())
        except BaseException as error:  # it is raised where the service was begun, or is ended
            self._failure = error
        finally:
            self._open.set()

    async def _work(self) -> None:
        self._loop = asyncio.get_running_loop()
        async with self._automation as automation:
            self._open.set()
            await automation.closed()
