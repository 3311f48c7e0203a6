"""Requests of a phone that is in a browser itself, under Pyodide: there are no sockets, and the browser sends them.

So they are a page's: servers on other origins have to allow them (CORS), a browser follows redirects by itself and
keeps its own cookies, and it tells no reason when one fails.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

import attrs

from ...core.answers import Fail
from ...core.browser import in_javascript, is_browsers_own
from .faults import NetError
from .outgoing import Outgoing
from .reply import Pairs
from .web import FORBIDDEN
from .wire import Wire

if TYPE_CHECKING:
    import ssl

#: What a browser writes itself, or would have a server asked for its leave, which no phone has to do.
_NOT_SENT = FORBIDDEN | {"user-agent"}
#: What a browser tells of a body that it has decoded already.
_OF_THE_BODY = frozenset({"content-encoding", "content-length", "transfer-encoding"})

# Promises are settled before Python sees them. `next` gives the next part of the body.
_FETCH = """
(url, options) => {
  const controller = new AbortController()
  const settled = promise => promise.then(value => [true, value], error => [false, String(error?.message ?? error)])
  let reader
  const head = response => {
    reader = response.body?.getReader()
    return [response.status, [...response.headers], response.type]
  }
  return {
    head: settled(fetch(url, { ...options, signal: controller.signal }).then(head)),
    next: () => settled(reader ? reader.read().then(({ value }) => value) : Promise.resolve()),
    abort: () => controller.abort(),
  }
}
"""

# For a thread that stands still meanwhile, as a worker may.
_ASK = """
(url, options) => {
  const request = new XMLHttpRequest()
  request.open(options.method, url, false)
  request.responseType = 'arraybuffer'
  request.timeout = options.timeout
  request.withCredentials = options.credentials === 'include'
  for (const [name, value] of options.headers) request.setRequestHeader(name, value)
  try {
    request.send(options.body)
  } catch (error) {
    return [error.name]
  }
  const headers = request.getAllResponseHeaders().trim().split('\\r\\n').filter(line => line)
  const pairs = headers.map(line => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()])
  return ['', request.status, pairs, new Uint8Array(request.response)]
}
"""


class FetchingWire(Wire):
    """The browser's `fetch`; in a loop that is not the browser's, a request that the thread waits for."""

    async def send(self, outgoing: Outgoing, tls: ssl.SSLContext | None) -> Fetched:
        """As `Wire.send`. What `tls` says is nothing that a browser would ask for."""
        if "access-control-request-method" in outgoing.headers:
            return Fetched(204, _allowing(outgoing))  # the browser asks by itself
        body = outgoing.body
        if body is not None and not isinstance(body, bytes):
            body = b"".join([part async for part in body])
        # A body that is none has no type; a server would be asked for its leave to be told one.
        left_out = _NOT_SENT if body is not None else _NOT_SENT | {"content-type"}
        headers = [pair for name, pair in outgoing.headers.items() if name not in left_out]
        options = {
            "method": outgoing.method,
            "headers": [[name.decode("latin-1"), value.decode("latin-1")] for name, value in headers],
            "credentials": "include" if outgoing.cookies else "omit",
            "redirect": "follow" if outgoing.follow else "manual",
            "cache": "no-store",  # the phone has one of its own
            **({} if body is None else {"body": body}),
        }
        url = f"{outgoing.url.scheme}://{outgoing.url.netloc}{outgoing.url.target}"
        if not is_browsers_own(self._loop):
            return _waited_for(url, {**options, "timeout": outgoing.timeout * 1000}, outgoing)
        call = in_javascript(_FETCH)(url, _object(options))
        try:
            has_come, head = (await call.head).to_py()
        except asyncio.CancelledError:
            call.abort()
            raise
        if not has_come:
            raise NetError("ERR_FAILED")
        status, pairs, kind = head
        if kind == "opaqueredirect":
            call.abort()
            raise Fail('redirect: a browser does not tell where to; "manual" needs a phone outside of one')
        return Fetched(status, (*_pairs(pairs), *_allowing(outgoing)), call)


@attrs.define
class Fetched:
    """A response that a browser has got, with its body as it comes in; `call` is None for one without."""

    status: int
    pairs: Pairs
    call: Any = None
    body: bytes = b""
    protocol: str = "http/1.1"
    _ended: bool = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        if self.body:
            yield self.body
        while self.call is not None and not self._ended:
            has_come, part = await self.call.next()
            if not has_come:
                raise NetError("ERR_FAILED")
            self._ended = part is None
            if part is not None:
                yield part.to_bytes()

    async def aclose(self) -> None:
        """Ends the request unless all has come."""
        if self.call is not None and not self._ended:
            self._ended = True
            self.call.abort()


def _waited_for(url: str, options: Mapping[str, Any], outgoing: Outgoing) -> Fetched:
    """The response, which this thread waits for."""
    if not hasattr(import_module("js"), "XMLHttpRequest"):
        raise Fail("nothing here can wait for a server: call it in Pyodide's own event loop, or write a route")
    failed, *found = in_javascript(_ASK)(url, _object(options))
    if failed == "TimeoutError":
        raise TimeoutError
    if failed:
        raise NetError("ERR_FAILED")
    status, pairs, body = found
    return Fetched(status, (*_pairs(pairs.to_py()), *_allowing(outgoing)), body=body.to_bytes())


def _pairs(told: Iterable[Sequence[str]]) -> Pairs:
    return [
        (name.encode("latin-1"), value.encode("latin-1", "replace"))
        for name, value in told
        if name.lower() not in _OF_THE_BODY
    ]


def _allowing(outgoing: Outgoing) -> Pairs:
    """What a server says that lets a page see its answer: the browser has looked at that, and tells it nobody."""
    if "origin" not in outgoing.headers:
        return ()
    names = outgoing.asks.authored
    told = {
        b"access-control-allow-origin": outgoing.headers["origin"][1],
        b"access-control-allow-credentials": b"true",
        b"access-control-allow-methods": outgoing.headers.get("access-control-request-method", (b"", b"*"))[1],
        b"access-control-allow-headers": ",".join(names).encode(),
    }
    return tuple(told.items())


def _object(value: Any) -> Any:
    """The value in JavaScript; dicts are objects, and bytes a Uint8Array."""
    return import_module("pyodide.ffi").to_js(value, dict_converter=import_module("js").Object.fromEntries)
