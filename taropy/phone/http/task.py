"""A request under way: who listens to it, how it ends, and the task object that programs hold."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from ..native import Fail, Options, Result, finish
from .failures import interrupted

Listener = Callable[[Result], Any]


class Exchange:
    """One call of a network function, from its start to its one answer.

    The answer is given when the work is done, however that comes about: work that is cancelled before it began
    never runs a line of its own.
    """

    def __init__(self, name: str, options: Options) -> None:
        self.name = name
        self.options = options
        self.result: Result | None = None
        self._aborted = False
        self._work: asyncio.Task[None] | None = None
        self._listeners: dict[str, list[Listener]] = {}

    def start(self, work: asyncio.Task[None], ended: Callable[[Exchange], None]) -> None:
        """Takes over `work`, which sets `result` or raises `Fail`; `ended` hears of its end before the program."""
        self._work = work

        def answer(work: asyncio.Task[None]) -> None:
            ended(self)
            self._answer(work)

        work.add_done_callback(answer)

    def abort(self) -> None:
        """Ends the work, from whatever thread; the answer is `fail abort`, unless it was given before."""
        work = self._work
        if work is None or work.done() or work.get_loop().is_closed():
            return
        self._aborted = True
        work.get_loop().call_soon_threadsafe(work.cancel)

    async def end(self, loop: asyncio.AbstractEventLoop) -> None:
        """Ends the work, if it belongs to `loop`, and waits for its end."""
        work = self._work
        if work is not None and work.get_loop() is loop:
            work.cancel()
            await asyncio.wait([work])

    def listen(self, event: str, listener: Listener) -> None:
        """Tells `listener` of each `event` from now on."""
        self._listeners.setdefault(event, []).append(listener)

    def unlisten(self, event: str, listener: Listener | None) -> None:
        """Takes the listener off; without one, all of the event."""
        listeners = self._listeners.get(event, [])
        self._listeners[event] = [] if listener is None else [one for one in listeners if one != listener]

    def notify(self, event: str, make: Callable[[], Result]) -> None:
        """Tells the listeners of `event` what `make` gives. One that throws is reported, and stops nothing."""
        for listener in tuple(self._listeners.get(event, ())):
            try:
                listener(make())
            except Exception as error:
                _report(f"a listener of {self.name} threw", error)

    def _answer(self, work: asyncio.Task[None]) -> None:
        failure = self._failure(work)
        if failure is not None:
            finish(self.options, failure.result(self.name), ok=False)
        else:
            finish(self.options, {"errMsg": f"{self.name}:ok", **(self.result or {})}, ok=True)

    def _failure(self, work: asyncio.Task[None]) -> Fail | None:
        if work.cancelled():
            return Fail("abort") if self._aborted else interrupted()
        error = work.exception()
        if error is None or isinstance(error, Fail):
            return error
        _report(f"{self.name} broke", error)
        return Fail(f"{type(error).__name__}: {error}")


class RequestTask:
    """What `request` returns: developers.weixin.qq.com/miniprogram/dev/api/network/request/RequestTask.html."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange

    def abort(self) -> None:
        """Ends the request, from whatever thread; it fails with `request:fail abort` unless it has ended."""
        self._exchange.abort()

    def onHeadersReceived(self, callback: Listener) -> None:
        """Calls `callback` with `header`, `statusCode` and `cookies`, before the body has come in."""
        self._exchange.listen("headers", callback)

    def offHeadersReceived(self, callback: Listener | None = None) -> None:
        """Takes `callback` off again; without one, every callback."""
        self._exchange.unlisten("headers", callback)

    def onChunkReceived(self, callback: Listener) -> None:
        """With `enableChunked`, calls `callback` with each part of the body as it comes in: bytes in `data`."""
        self._exchange.listen("chunk", callback)

    def offChunkReceived(self, callback: Listener | None = None) -> None:
        """Takes `callback` off again; without one, every callback."""
        self._exchange.unlisten("chunk", callback)


def _report(message: str, error: BaseException) -> None:
    asyncio.get_running_loop().call_exception_handler({"message": message, "exception": error})
