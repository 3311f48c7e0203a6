"""The servers of a trace, for a phone on which it is played: they answer requests as recorded, and say so on sockets.

What a request got is known by its result. A file that was downloaded is what the program has read in it; of one that it
has not read only the size is known, and it has zeros.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from ...extras import MissingExtra
from .kinds import OF_THE_WIRE
from .script import Call, Script
from .traces import Step, markers
from .values import Json

if TYPE_CHECKING:
    from ...phone import Phone
    from ...phone.network.sockets.serverside import ServerSide

_LARGEST = 10_000_000
_ERROR = re.compile(r"net::(ERR_\w+)")

Outcome = tuple[str, Json]


class Servers:
    """What stands at the addresses that the calls of a trace name."""

    def __init__(self, phone: Phone, script: Script, value: Callable[[Json], Any]) -> None:
        self._phone = phone
        self._script = script
        self._value = value
        self._sides: list[ServerSide] = []
        #: The objects of the trace that are sockets, in the order in which they were opened.
        self._sockets: list[int] = []

    def open(self) -> None:
        """Has the phone's network lead to them, and nowhere else."""
        self._phone.network.unrouted = self._phone.sockets.unrouted = "fail"
        for call in reversed(list(self._script.calls.values())):  # of routes to one address the latest answers
            options = _first(call.step)
            url = options.get("url")
            if isinstance(url, str) and re.match("https?://", url):
                self._route(call, options, url)
        for call in self._script.calls.values():
            url = str(_first(call.step).get("url"))
            if url.startswith(("ws://", "wss://")):
                self._open_socket(call, url)

    # --- requests ------------------------------------------------------------------------------------------------

    def _route(self, call: Call, options: Mapping[str, Any], url: str) -> None:
        answer = self._answer(call)
        if answer is None:
            return
        method = "POST" if call.step.name == "uploadFile" else str(options.get("method") or "GET").upper()
        where = re.compile(rf"^{re.escape(url)}(?:[?&]|$)")
        behind = (answer.pop("handler"),) if "handler" in answer else ()
        self._phone.network.route(method, where, *behind, **answer, times=1, optional=True, cors=True)

    def _answer(self, call: Call) -> dict[str, Any] | None:
        """What the server gave; None of a call that has asked none."""
        how, result = self._script.outcome(call)
        if not isinstance(result, dict):
            return None
        status = result.get("statusCode", result.get("status"))
        if how == "success" and call.step.name == "downloadFile" and status is None:
            status = 200  # as HarmonyOS has it
        if how == "success" and isinstance(status, int) and 200 <= status <= 599:
            headers = {name: value for name, value in self._headers(result) if name.lower() not in OF_THE_WIRE}
            return {"body": self._body(call, result), "status": status, "headers": headers}
        message = str(result.get("errMsg", ""))
        if how != "fail":
            return None
        if "abort" in message:
            return {"handler": _never}
        found = _ERROR.search(message)
        return {"error": "timeout" if "timeout" in message else found[1] if found else "refused"}

    def _body(self, call: Call, result: Mapping[str, Json]) -> bytes:
        if "data" not in result:
            read = self._read(result)
            return bytes(min(self._size(call, result), _LARGEST)) if read is None else read
        data = self._value(result["data"])
        if isinstance(data, bytes):
            return data
        return (data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)).encode()

    def _read(self, result: Mapping[str, Json]) -> bytes | None:
        """What the program has read in the file that it was given."""
        paths = [
            each for name in ("tempFilePath", "filePath", "apFilePath") if isinstance(each := result.get(name), str)
        ]
        for call in self._script.calls.values():
            if call.step.name.startswith("readFile") and any(path in str(call.step.value) for path in paths):
                how, value = self._script.outcome(call)
                data = value.get("data") if how == "success" and isinstance(value, dict) else value
                read = self._value(data) if how in ("success", "returned") else None
                return read if isinstance(read, bytes) else read.encode() if isinstance(read, str) else None
        return None

    def _size(self, call: Call, result: Mapping[str, Json]) -> int:
        """How many bytes a file has that was downloaded, as far as anything says it."""
        sizes = [result.get("dataLength"), result.get("downloadTotalBytes"), *self._progress(call)]
        sizes += [
            value for name, value in self._headers(result) if name.lower() == "content-length" and value.isdigit()
        ]
        return max((int(size) for size in sizes if size), default=0)

    def _progress(self, call: Call) -> Iterator[Json]:
        """What the task of the call told of the size."""
        returned = None if call.returned is None else call.returned.value
        on = returned.get("$object") if isinstance(returned, dict) else None
        listening = [each for each in self._script.calls.values() if on is not None and each.step.on == on]
        functions = {marked.get("$function") for each in listening for marked in markers(each.step.value)}
        for step in self._script.steps:
            if step.kind == "told" and step.function in functions:
                yield _first(step).get("totalBytesExpectedToWrite")

    @staticmethod
    def _headers(result: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
        headers = result.get("header", result.get("headers"))
        for name, value in headers.items() if isinstance(headers, dict) else ():
            if isinstance(value, str):
                yield name, value

    # --- sockets -------------------------------------------------------------------------------------------------

    def _open_socket(self, call: Call, url: str) -> None:
        returned = None if call.returned is None else call.returned.value
        if isinstance(returned, dict) and "$object" in returned:
            self._sockets.append(returned["$object"])
        with suppress(MissingExtra):  # the phone says so itself, when the socket is opened
            self._phone.sockets.route(url, on_connect=self._connected, on_message=_nothing, optional=True)

    def _connected(self, side: ServerSide) -> None:
        self._sides.append(side)

    def say(self, step: Step, name: str, on: int) -> None:
        """Says what the program is told next, if a server has said it; by `name` the program listens, to an object."""
        told = _first(step)
        at = self._sockets.index(on) if on in self._sockets else len(self._sides) - 1
        if not 0 <= at < len(self._sides):
            return
        side = self._sides[at]
        if name in ("onMessage", "onSocketMessage") and "data" in told:
            side.send(self._value(told["data"]))
        elif told.get("code") == 1006:
            side.fail()
        elif name in ("onClose", "onSocketClose") and not self._closes(on):
            code = told.get("code")
            own = isinstance(code, int) and 3000 <= code < 5000  # others are not a server's to say
            side.close(code if own else 1000, str(told.get("reason") or ""))

    def _closes(self, on: int) -> bool:
        """Whether it is the program that closes the socket."""
        return self._script.has(on, "close") or self._script.has(0, "closeSocket")


def _first(step: Step) -> Mapping[str, Json]:
    """The options of a call, or what an event tells; empty if it has no fields."""
    return step.value[0] if step.value and isinstance(step.value[0], dict) else {}


async def _never(_: Any) -> None:
    await asyncio.get_running_loop().create_future()


def _nothing(*_: Any) -> None:
    """What the program sends is not answered but by what was recorded."""
