"""A call under way that ends when its work does: who listens to it, how it ends, and the task that programs hold."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import TYPE_CHECKING, Any

from ...models.record import Record
from ...unheard import tell_loop
from .answers import CALLBACKS, INTERRUPTED, Fail, Options, Result, finish
from .app import App
from .events import off, on
from .functions import plain
from .listening import Listeners, Repeating
from .room import Manager
from .vendors import is_in_browser, of_vendor

if TYPE_CHECKING:
    from .faces import Phone

#: Whose progress is a part of one: uploadFile.ts and downloadFile.ts of plugin-platform-harmony-ets 4.2.0.
PARTS_OF_ONE: Mapping[str, bool] = {"harmony": True}

# How long a browser waits at least between telling of a transfer's progress, in seconds: XMLHttpRequest's standard.
PAUSES: Mapping[str, float] = {"h5": 0.05}


def _interrupted() -> Fail:
    return Fail(INTERRUPTED)


class Exchange:
    """One call, from its start to its one answer.

    `caller` is the app whose program called; None if the phone itself did. `interrupted` is what it fails with that the
    phone has ended.

    The answer is given when the work is done, however that comes about: work that is cancelled before it began
    never runs a line of its own.
    """

    #: What does the work, from `start` on.
    work: asyncio.Task[None]
    _tell_ended: Callable[[Exchange], None]
    #: What takes the limit off its time, if that is only until the head of the reply is there.
    lift_limit: Callable[[], None] | None = None

    def __init__(
        self, name: str, options: Options, caller: App | None, interrupted: Callable[[], Fail] = _interrupted
    ) -> None:
        self.name = name
        self._interrupted = interrupted
        own = dict(options)
        self._callbacks: Options = {name: own.pop(name) for name in CALLBACKS if name in own}
        self.options: Options = own
        self.caller = caller
        self._result: Result | None = None
        self._failed: Fail | None = None
        self._ended_by: Fail | None = None
        self._past_abort = False
        self._answered = False
        #: What the program is told as soon as the transfer has begun, where that is its answer.
        self.begun_with: Any = None
        repeats = caller is not None and is_in_browser(caller)
        self.listeners = Repeating() if repeats else Listeners()

    def start(self, work: asyncio.Task[None], ended: Callable[[Exchange], None]) -> None:
        """Takes over `work`, which does `take`; `ended` hears of its end before the program."""
        self.work = work
        self._tell_ended = ended
        work.add_done_callback(self._answer)

    async def take(self, work: Callable[[], Awaitable[Result]]) -> None:
        """Does work that gives the result or raises `Fail`, which the task does not keep: see `Fail.answer`."""
        try:
            self._result = await work()
        except Fail as failure:
            self._failed = failure

    def accompany(self, companion: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Runs `companion` beside the work, in the work's loop and at most as long; from whatever thread."""
        work = self.work
        if work.get_loop().is_closed():
            return

        def begin() -> None:
            task = work.get_loop().create_task(companion())
            work.add_done_callback(lambda _: task.cancel())

        work.get_loop().call_soon_threadsafe(begin)

    def begun(self) -> None:
        """The transfer has begun, which may be all that the program is told."""
        if self.begun_with is not None:
            self._answered = True
            finish(self._callbacks, self.begun_with, ok=True)

    def headed(self) -> None:
        """The head of the reply is there, which may be all that the time was for."""
        if self.lift_limit is not None:
            self.lift_limit()
            self._past_abort = True

    def abort(self, reason: Fail | None = None) -> None:
        """Ends the work, from whatever thread; the answer is `reason`, or `fail abort`, if there was none yet."""
        loop = self.work.get_loop()
        if self.work.done() or loop.is_closed() or self._ended_by is not None or (reason is None and self._past_abort):
            return
        self._ended_by = reason or Fail("abort")
        loop.call_soon_threadsafe(self.work.cancel)

    def _answer(self, work: asyncio.Task[None]) -> None:
        self._tell_ended(self)
        failure = self._failure(work)
        if self._answered:
            return
        if failure is not None:
            finish(self._callbacks, failure.answer(self.name), ok=False)
        else:
            finish(self._callbacks, {"errMsg": f"{self.name}:ok", **(self._result or {})}, ok=True)
        self._callbacks = {}  # they are of the program's promise, which has the task: neither would go before the other

    def _failure(self, work: asyncio.Task[None]) -> Fail | None:
        if work.cancelled():
            return self._ended_by or self._interrupted()
        error = work.exception()
        if error is None:
            return self._failed
        tell_loop(f"{self.name} broke", error)  # it is no fault of the program, which is told by its call
        return Fail(f"{type(error).__name__}: {error}")


class Task(Manager):
    """What all tasks can do that a call of the network gives."""

    def __init__(self, phone: Phone, app: App, exchange: Exchange) -> None:
        super().__init__(phone, app)
        self._exchange = exchange

    def audience(self, app: App) -> Listeners:
        return self._exchange.listeners

    @plain
    def abort(self, app: App) -> None:
        """Ends the call, from whatever thread; it fails with `fail abort` unless it has ended."""
        self._exchange.abort()

    onHeadersReceived = on("headers", "Tells `header`, `statusCode` and `cookies`, before the body has come in.")
    offHeadersReceived = off("headers")


class TransferTask(Task):
    """A task that tells how far it has come."""

    onProgressUpdate = on("progress", "Tells `progress` in percent, and the bytes so far and in all: see `Progress`.")
    offProgressUpdate = off("progress")


class Progress:
    """How far a transfer has come: tells its listeners `progress`, a whole number of percent, and the bytes.

    HarmonyOS's progress is a part of one, with six decimals.

    Of a length that the server does not tell, `expected` is None: then -1 bytes are expected and the progress is 0,
    until the end. A page is told in whole percents as they are nearest, and as seldom as browsers tell.
    """

    def __init__(
        self, exchange: Exchange, names: tuple[str, str], expected: int | None, *, at_once: bool = True
    ) -> None:
        """`at_once` is whether the first bytes are told of, however soon they come."""
        self._listeners = exchange.listeners
        self._parts = exchange.caller is not None and of_vendor(PARTS_OF_ONE, exchange.caller, False)
        self._names = names
        self._pause = 0.0 if exchange.caller is None else of_vendor(PAUSES, exchange.caller, 0.0)
        self._told_at = -math.inf if at_once else time.monotonic()
        self.expected = expected
        self.done = 0

    def add(self, number_of_bytes: int) -> None:
        """So many bytes more have been transferred."""
        self.done += number_of_bytes
        if self._pause and self.done != self.expected:
            if time.monotonic() - self._told_at < self._pause:
                return
            self._told_at = time.monotonic()
        self._listeners.tell_each("progress", self._event)

    def end(self) -> None:
        """All has been transferred."""
        if self.expected is None:
            self.expected = self.done
            self._listeners.tell_each("progress", self._event)

    def _event(self) -> Result:
        done, expected = self._names
        whole = -1 if self.expected is None else self.expected
        return Record({"progress": self._progress(whole), done: self.done, expected: whole})

    def _progress(self, whole: int) -> float:
        if self._parts and whole:
            return round(max(0.0, self.done / whole), 6)
        if self.done == whole:
            return 100
        nearest = whole // 2 if self._pause else 0
        return max(0, (self.done * 100 + nearest) // whole)
