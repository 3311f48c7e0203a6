"""A small model of the HTML event loop: promises by the letter of ECMAScript, calls as Taro's adapters make them.

It runs the same code as taropy does, `async def` included, with nothing of asyncio: a queue of jobs, which runs dry
after every macrotask, and two kinds of macrotasks, the answers of native functions and timers. Whose turn it is where
both are there is not JavaScript's to say; `Loop.run` is told.
"""

from __future__ import annotations

import asyncio
import heapq
import inspect
from collections import deque
from collections.abc import Callable, Coroutine, Generator, Iterable, Mapping
from functools import partial
from itertools import count
from typing import Any, NoReturn

import attrs

import taropy

PENDING, FULFILLED, REJECTED = "pending", "fulfilled", "rejected"

#: What code may raise without ending the program.
FAULTS = (Exception, asyncio.CancelledError)

Work = Callable[[], object]
Settle = Callable[..., None]


@attrs.define(order=True)
class Timer:
    """Work that is due at a time."""

    due: float
    number: int
    work: Work = attrs.field(order=False)
    cancelled: bool = attrs.field(default=False, order=False)

    def cancel(self) -> None:
        """`clearTimeout`."""
        self.cancelled = True


class Loop:
    """The queues, and the order in which they are served; `Promise` makes its promises."""

    def __init__(self) -> None:
        self.Promise = Promises(self)
        self.jobs: deque[Work] = deque()
        self.answers: deque[Work] = deque()
        self._timers: list[Timer] = []
        self._now = 0.0
        self._numbers = count()

    def run(self, main: Work, answer_goes_first: Callable[[], bool] = lambda: True) -> None:
        """Runs `main` and everything that comes of it."""
        self._macrotask(main)
        while self.answers or self._timers:
            if self.answers and (not self._timers or answer_goes_first()):
                self._macrotask(self.answers.popleft())
            else:
                timer = heapq.heappop(self._timers)
                self._now = timer.due
                if not timer.cancelled:
                    self._macrotask(timer.work)

    def _macrotask(self, work: Work) -> None:
        work()
        while self.jobs:
            self.jobs.popleft()()

    def setTimeout(self, work: Work, ms: float) -> Timer:
        """JavaScript's, on a clock that jumps to what is due."""
        timer = Timer(self._now + ms, next(self._numbers), work)
        heapq.heappush(self._timers, timer)
        return timer

    def promisified(self, native: Callable[[dict[str, Any]], object], options: Mapping[str, Any]) -> Promise:
        """A call of a native function: its callbacks tell the program's, and settle the promise."""

        def executor(resolve: Settle, reject: Settle) -> None:
            def told(name: str, settle: Settle | None = None) -> Callable[[Any], None]:
                def tell(value: Any) -> None:
                    self._tell(options.get(name), value)
                    if settle is not None:
                        settle(value)

                return tell

            callbacks = {
                "success": told("success", resolve),
                "fail": told("fail", reject),
                "complete": told("complete"),
            }
            native({**options, **callbacks})

        return self.Promise(executor)

    def _tell(self, callback: Callable[[Any], Any] | None, value: Any) -> None:
        """Calls a program's callback, which may be async; what it raises is reported, and nobody else's business."""
        if callback is not None:
            self.Promise(lambda resolve, reject: callback(value))


class Promises:
    """What `Promise` is to a program: it makes one, and has the statics."""

    def __init__(self, loop: Loop) -> None:
        self._loop = loop

    def __call__(self, executor: Callable[[Settle, Settle], object]) -> Promise:
        """`new Promise(executor)`; an async executor that fails rejects, as taropy has it."""
        made = Promise(self._loop)
        resolve, reject = made.resolving_functions()
        try:
            outcome = executor(resolve, reject)
        except FAULTS as error:
            reject(error)
        else:
            if inspect.iscoroutine(outcome):
                self.start(outcome).catch(reject)
        return made

    def resolve(self, value: Any = None) -> Promise:
        """`Promise.resolve(value)`; a coroutine is an async function that is called here, and begins."""
        if isinstance(value, Promise):
            return value
        if inspect.iscoroutine(value):
            return self.start(value)
        return self(lambda resolve, reject: resolve(value))

    def reject(self, reason: Any = None) -> Promise:
        """`Promise.reject(reason)`."""
        return self(lambda resolve, reject: reject(reason))

    def start(self, code: Coroutine[Any, Any, Any]) -> Promise:
        """Runs an async function up to its first `await`, and on from there as jobs; gives its promise."""
        made = Promise(self._loop)
        resolve, reject = made.resolving_functions()

        def step(go_on: Callable[[Any], Any], value: Any = None) -> None:
            try:
                awaited = go_on(value)
            except StopIteration as end:
                resolve(end.value)
            except FAULTS as error:
                reject(error)
            else:
                awaited.then(partial(step, code.send), partial(step, lambda reason: code.throw(raisable(reason))))

        step(code.send)
        return made

    def all(self, given: Iterable[Any]) -> Promise:
        """`Promise.all`."""
        return self._gathered(
            given,
            each=lambda keep, resolve, reject: (keep, reject),
            end=lambda kept, resolve, reject: resolve(kept),
        )

    def allSettled(self, given: Iterable[Any]) -> Promise:
        """`Promise.allSettled`."""

        def each(keep: Settle, resolve: Settle, reject: Settle) -> tuple[Settle, Settle]:
            return (
                lambda value: keep({"status": FULFILLED, "value": value}),
                lambda reason: keep({"status": REJECTED, "reason": reason}),
            )

        return self._gathered(given, each, end=lambda kept, resolve, reject: resolve(kept))

    def any(self, given: Iterable[Any]) -> Promise:
        """`Promise.any`."""
        return self._gathered(
            given,
            each=lambda keep, resolve, reject: (resolve, keep),
            end=lambda kept, resolve, reject: reject(taropy.AggregateError(kept)),
        )

    def race(self, given: Iterable[Any]) -> Promise:
        """`Promise.race`."""

        def executor(resolve: Settle, reject: Settle) -> None:
            for each in given:
                self.resolve(each).then(resolve, reject)

        return self(executor)

    def _gathered(
        self,
        given: Iterable[Any],
        each: Callable[[Settle, Settle, Settle], tuple[Settle, Settle]],
        end: Callable[[list[Any], Settle, Settle], None],
    ) -> Promise:
        """Has `each` say what becomes of the one and the other outcome; `end` tells what was kept when all has been."""
        items = list(given)
        kept: list[Any] = [None] * len(items)
        left = len(items)

        def executor(resolve: Settle, reject: Settle) -> None:
            def keep(index: int, value: Any) -> None:
                nonlocal left
                kept[index] = value
                left -= 1
                if not left:
                    end(kept, resolve, reject)

            for index, item in enumerate(items):
                self.resolve(item).then(*each(partial(keep, index), resolve, reject))
            if not items:
                end(kept, resolve, reject)

        return self(executor)


class Thrown(Exception):
    """What is thrown and may be no exception."""

    def __init__(self, reason: Any) -> None:
        super().__init__(reason)
        self.reason = reason


class Promise:
    """ECMAScript's."""

    def __init__(self, loop: Loop) -> None:
        self.state = PENDING
        self.value: Any = None
        self._loop = loop
        self._reactions: list[Work] = []

    def resolving_functions(self) -> tuple[Settle, Settle]:
        """`resolve` and `reject`, of which only the first call counts."""
        left = [True]

        def resolve(value: Any = None) -> None:
            if left:
                left.clear()
                self._resolve(value)

        def reject(reason: Any = None) -> None:
            if left:
                left.clear()
                self._settle(REJECTED, reason)

        return resolve, reject

    def _resolve(self, value: Any) -> None:
        if inspect.iscoroutine(value):
            value = self._loop.Promise.start(value)
        if value is self:
            self._settle(REJECTED, TypeError("a promise can't follow itself"))
        elif callable(then := getattr(value, "then", None)):
            self._loop.jobs.append(partial(self._ask, then))
        else:
            self._settle(FULFILLED, value)

    def _ask(self, then: Callable[[Settle, Settle], object]) -> None:
        resolve, reject = self.resolving_functions()
        try:
            then(resolve, reject)
        except FAULTS as error:
            reject(error)

    def _settle(self, state: str, value: Any) -> None:
        self.state, self.value = state, value
        self._loop.jobs.extend(self._reactions)
        self._reactions.clear()

    def then(
        self, on_fulfilled: Callable[[Any], Any] | None = None, on_rejected: Callable[[Any], Any] | None = None
    ) -> Promise:
        """`then`."""
        derived = Promise(self._loop)
        resolve, reject = derived.resolving_functions()

        def reaction() -> None:
            handler = on_fulfilled if self.state == FULFILLED else on_rejected
            try:
                if handler is not None:
                    resolve(handler(self.value))
                elif self.state == FULFILLED:
                    resolve(self.value)
                else:
                    reject(self.value)
            except Thrown as thrown:
                reject(thrown.reason)
            except FAULTS as error:
                reject(error)

        if self.state == PENDING:
            self._reactions.append(reaction)
        else:
            self._loop.jobs.append(reaction)
        return derived

    def catch(self, on_rejected: Callable[[Any], Any]) -> Promise:
        """`catch`."""
        return self.then(None, on_rejected)

    def finally_(self, on_settled: Callable[[], Any]) -> Promise:
        """`finally`."""
        promises = self._loop.Promise

        def fulfilled(value: Any) -> Promise:
            return promises.resolve(on_settled()).then(lambda _: value)

        def rejected(reason: Any) -> Promise:
            def throw(_: Any) -> NoReturn:
                raise Thrown(reason)

            return promises.resolve(on_settled()).then(throw)

        return self.then(fulfilled, rejected)

    def __await__(self) -> Generator[Promise, Any, Any]:
        return (yield self)


def raisable(reason: Any) -> BaseException:
    """What `await` raises for a reason."""
    if isinstance(reason, BaseException):
        return reason
    return taropy.TaroError(reason["errMsg"] if isinstance(reason, Mapping) else str(reason))
