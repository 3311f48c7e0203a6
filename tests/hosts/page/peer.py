"""A page that is written in Python: it speaks what agent.js speaks, over a real socket.

Its functions are called with what Python has sent, and answer by what they return; one that raises `Fails` fails. A
function that returns `LATER` answers by `answer(id, …)`, or not at all.
"""

from __future__ import annotations

import asyncio
import http.server
import json
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Self

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

import taropy

LATER = object()
URL = "http://page.test:8000/"
ORIGIN = "http://page.test:8000"
PATIENCE = 10.0


async def until(holds: Callable[[], object]) -> None:
    """Waits until this holds, in the program's loop."""

    async def wait() -> None:
        while not holds():  # noqa: ASYNC110 (what it waits for comes from another process)
            await asyncio.sleep(0.001)

    await asyncio.wait_for(wait(), PATIENCE)


class Fails(Exception):
    """The function fails with this value."""

    def __init__(self, value: Any) -> None:
        super().__init__(value)
        self.value = value


def waiting(platform: str = "weapp", **options: Any) -> taropy.Taro:
    """A program that waits for a page of `URL`."""
    return taropy.create(platform, host="page", **{"url": URL, "patience": 5_000, **options})


def opened(taro: taropy.Taro, *, origin: str | None = ORIGIN, token: str | None = None) -> ClientConnection:
    """A WebSocket as the program's page opens it, but for what is changed."""
    offered = [Subprotocol(each) for each in ("taropy", taro.phone.token if token is None else token) if each]
    opening = connect(
        taro.phone.address,
        origin=None if origin is None else Origin(origin),
        subprotocols=offered,
        compression=None,
        max_size=None,
        open_timeout=PATIENCE,
    )
    return opening.__enter__()  # which newer versions of the library want


def port_of(taro: taropy.Taro) -> int:
    """The port of the program's server."""
    return int(taro.phone.address.rpartition(":")[2].strip("/"))


def handshake(taro: taropy.Taro, **changes: str | None) -> str:
    """The request by which the program's page opens its WebSocket, with these headers changed."""
    headers: dict[str, str | None] = {
        "Host": f"127.0.0.1:{port_of(taro)}",
        "Origin": ORIGIN,
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Protocol": f"taropy, {taro.phone.token}",
        **{name.replace("_", "-"): value for name, value in changes.items()},
    }
    lines = [f"{name}: {value}" for name, value in headers.items() if value is not None]
    return "\r\n".join(["GET / HTTP/1.1", *lines, "", ""])


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """A server of another origin on this computer, with this folder, and its address."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *given: Any) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield f"http://localhost:{server.server_port}/"
        server.shutdown()
        thread.join()


class Page:
    """The page, with these functions and values; `says` is what else it says of itself."""

    says: ClassVar[Mapping[str, Any]] = {}

    def __init__(self, taro: taropy.Taro, members: Mapping[str, Any], **changes: Any) -> None:
        self.members = dict(members)
        self.said: list[Any] = []
        self.freed: list[list[int]] = []
        self._come = threading.Condition()
        self.connection = opened(taro, **changes)
        self.hello()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        taro.phone.wait_until_connected()

    def hello(self, version: int = 1) -> None:
        members = {name: int(callable(value)) for name, value in self.members.items()}
        self.say(["hello", {"version": version, "members": members, "names": ["Taro"], **self.says}])

    def say(self, *messages: list[Any]) -> None:
        self.connection.send(json.dumps(messages))

    def say_with_files(self, message: list[Any], *files: bytes) -> None:
        head = json.dumps([message]).encode()
        self.connection.send(b"".join([struct.pack(">I", len(head)), head, *files]))

    def answer(self, number: int, value: Any = None) -> None:
        self.say(["ok", number, value])

    def tell(self, callback: Mapping[str, Any], *arguments: Any) -> None:
        """Calls a function of Python's."""
        assert callback["$"] == "c"
        self.say(["event", callback["n"], list(arguments)])

    def close(self) -> None:
        """Goes. The program's server ends the connection last: by then its bridge has let the page go."""
        self.connection.close()
        self._thread.join(PATIENCE)

    def wait_for_end(self) -> None:
        """Blocks until the program has let the page go."""
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()

    def wait_for(self, holds: Callable[[], bool]) -> None:
        with self._come:
            assert self._come.wait_for(holds, PATIENCE), self.said

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _run(self) -> None:
        try:
            for frame in self.connection:
                for message in _read(frame):
                    self._take(message)
                    with self._come:
                        self._come.notify_all()
        except ConnectionClosed:
            return

    def _take(self, message: list[Any]) -> None:
        if message[0] == "free":
            self.freed += message[1]
            return
        self.said.append(message)
        kind, number, handle, *rest = message
        try:
            answer = self._do(kind, number, handle, *rest)
        except Fails as failure:
            self.say(["fail", number, failure.value])
            return
        if answer is not LATER:
            self.answer(number, answer)

    def _do(self, kind: str, number: int, handle: Any, name: Any = "", given: Any = (), *more: Any) -> Any:
        if kind in ("call", "make", "keep", "put"):
            return self._do_directly(kind, number, handle, name, given, *more)
        if kind == "get":
            return self.members[name]
        if kind == "set":
            self.members[name] = given
            return None
        return self._call(number, name if handle == 0 else f"{handle}.{name}", given, *more)

    def _do_directly(self, kind: str, number: int, owner: Any, name: Any, given: Any = (), *more: Any) -> Any:
        """What is done to the letter: owners are references, by `number` and `names`."""
        if kind == "put":
            return None
        if kind == "keep":
            is_value = not (isinstance(owner, dict) and owner.get("$") == "r")
            return None if is_value or name else self.members[".".join(owner["at"])]
        path = [*([] if owner["n"] == 0 else ["it"]), *owner["at"], name]
        return self._call(number, ".".join(filter(None, path)), given, *more)

    def _call(self, number: int, name: str, given: Any, *more: Any) -> Any:
        known = self.members.get(name)
        if known is None:
            raise Fails({"errMsg": f"{name}:fail there is no such function"})
        takes = getattr(known, "takes_message", False)
        return known(self, number, *given, *more) if takes else known(*given)


def with_message(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function gets the page and the call's number before its arguments, and what goes with the call after them."""
    function.takes_message = True  # type: ignore[attr-defined]
    return function


def _read(frame: str | bytes) -> list[list[Any]]:
    if isinstance(frame, str):
        return json.loads(frame)  # type: ignore[no-any-return]
    (length,) = struct.unpack_from(">I", frame)
    rest = memoryview(frame)[4 + length :]

    def files(value: Any) -> Any:
        nonlocal rest
        if isinstance(value, list):
            return [files(item) for item in value]
        if isinstance(value, dict) and value.get("$") in ("b", "f"):
            data, rest = bytes(rest[: value["size"]]), rest[value["size"] :]
            return {**value, "data": data}
        return {key: files(field) for key, field in value.items()} if isinstance(value, dict) else value

    read: list[list[Any]] = files(json.loads(frame[4 : 4 + length]))
    return read
