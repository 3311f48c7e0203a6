"""Programs as data, for hypothesis to make up: they run the same over taropy and over the model of the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from functools import partial
from itertools import count
from typing import Any, Protocol

import attrs


class World(Protocol):
    """What a program runs in."""

    Promise: Any
    taro: Any

    def setTimeout(self, work: Callable[[], object], ms: float) -> object:
        """JavaScript's."""

    def wait_and_be_cancelled(self, promise: Any) -> None:
        """Has a task begin to wait for a promise, and cancels it."""


class Run:
    """A program that runs in a world: its promises, and what it has logged."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.trace: list[str] = []
        self.promises: list[Any] = [world.Promise.resolve("at first")]
        self.gates: list[tuple[Callable[..., None], Callable[..., None]]] = []
        self.waiting = 0  # for answers and timers
        self._labels = count(1)

    def label(self, kind: str) -> str:
        """A new name for a piece of code; the first line of an answer or a timer begins with its kind."""
        return f"{kind} {next(self._labels)}"

    def log(self, line: str) -> None:
        """Adds a line."""
        self.trace.append(line)

    def promise(self, number: int) -> Any:
        """One of the promises that there are."""
        return self.promises[number % len(self.promises)]

    def keep(self, promise: Any) -> None:
        """Adds a promise."""
        self.promises.append(promise)


# --- how code ends, and what a promise is resolved with ---------------------------------------------------------------


@attrs.frozen
class Value:
    """A plain value."""

    value: int

    def give(self, run: Run) -> Any:
        """Returns it."""
        return self.value


@attrs.frozen
class Raised:
    """An error."""

    error: type[BaseException]

    def give(self, run: Run) -> Any:
        """Raises it."""
        raise self.error("raised")


@attrs.frozen
class Promised:
    """A promise that is there."""

    promise: int

    def give(self, run: Run) -> Any:
        """Returns it."""
        return run.promise(self.promise)


@attrs.frozen
class Thenable:
    """An object with a `then`, which answers at once."""

    outcome: Value | Raised | Promised

    def give(self, run: Run) -> Any:
        """Returns a new one."""
        return _Thenable(run, self.outcome)


class _Thenable:
    def __init__(self, run: Run, outcome: Value | Raised | Promised) -> None:
        self._run = run
        self._outcome = outcome
        self._label = run.label("thenable")

    def then(self, resolve: Callable[..., None], reject: Callable[..., None]) -> None:
        self._run.log(self._label)
        resolve(self._outcome.give(self._run))


Outcome = Value | Raised | Promised | Thenable


# --- what code does ---------------------------------------------------------------------------------------------------


class Step(Protocol):
    """One thing that code does."""

    def do(self, run: Run) -> None:
        """Does it."""


@attrs.frozen
class Code:
    """A function, which may be async: it logs what it is given, takes its steps and ends."""

    steps: tuple[Step | Await, ...]
    end: Outcome
    is_async: bool

    def function(self, run: Run, kind: str) -> Callable[..., Any]:
        """The function, as a program gives it to others."""
        label = run.label(kind)

        def begin(value: Any) -> None:
            if kind in ("answer", "timer"):
                run.waiting -= 1
            run.log(f"{label} gets {told(value)}")

        def function(value: Any = None) -> Any:
            begin(value)
            for step in self.steps:
                if not isinstance(step, Await):
                    step.do(run)
            return self.end.give(run)

        async def async_function(value: Any = None) -> Any:
            begin(value)
            for step in self.steps:
                if isinstance(step, Await):
                    await step.log(run, label)
                else:
                    step.do(run)
            return self.end.give(run)

        return async_function if self.is_async else function


@attrs.frozen
class Await:
    """An `await`, of async functions."""

    promise: int

    async def log(self, run: Run, label: str) -> None:
        """Waits, and logs how it went."""
        try:
            value = await run.promise(self.promise)
        except (Exception, asyncio.CancelledError) as error:
            run.log(f"{label} catches {told(error)}")
        else:
            run.log(f"{label} awaited {told(value)}")


@attrs.frozen
class Ticks:
    """A chain of handlers that log, as a measure beside what else happens: a tick more or less shows."""

    count: int

    def do(self, run: Run) -> None:
        """Does it."""
        promise = run.world.Promise.resolve()
        for _ in range(self.count):
            promise = promise.then(partial(_tick, run, run.label("tick")))


def _tick(run: Run, label: str, _: Any) -> None:
    run.log(label)


@attrs.frozen
class Gate:
    """Makes a promise that stays pending until somebody settles it."""

    def do(self, run: Run) -> None:
        """Does it."""
        run.keep(run.world.Promise(lambda resolve, reject: run.gates.append((resolve, reject))))


@attrs.frozen
class SettleGate:
    """Settles such a promise, if it is the first to do so."""

    gate: int
    outcome: Outcome

    def do(self, run: Run) -> None:
        """Does it."""
        if run.gates:
            resolve, reject = run.gates[self.gate % len(run.gates)]
            if isinstance(self.outcome, Raised):
                reject(self.outcome.error("rejected"))
            else:
                resolve(self.outcome.give(run))


@attrs.frozen
class Then:
    """`then`, with one handler or two."""

    promise: int
    fulfilled: Code | None
    rejected: Code | None

    def do(self, run: Run) -> None:
        """Does it."""
        handlers = [each and each.function(run, "handler") for each in (self.fulfilled, self.rejected)]
        run.keep(run.promise(self.promise).then(*handlers))


@attrs.frozen
class Finally:
    """`finally`."""

    promise: int
    code: Code

    def do(self, run: Run) -> None:
        """Does it."""
        run.keep(run.promise(self.promise).finally_(self.code.function(run, "finally")))


@attrs.frozen
class Gather:
    """`Promise.all` or one of its like, of promises that are there."""

    name: str
    promises: tuple[int, ...]

    def do(self, run: Run) -> None:
        """Does it."""
        gather = getattr(run.world.Promise, self.name)
        run.keep(gather([run.promise(each) for each in self.promises]))


@attrs.frozen
class Start:
    """Calls an async function."""

    code: Code

    def do(self, run: Run) -> None:
        """Does it."""
        function = attrs.evolve(self.code, is_async=True).function(run, "async")
        run.keep(run.world.Promise.resolve(function()))


@attrs.frozen
class CancelledWait:
    """A task that waits for a promise and is cancelled: nothing to the promise, since another one follows it."""

    promise: int

    def do(self, run: Run) -> None:
        """Does it."""
        promise = run.promise(self.promise)
        run.keep(promise.then())
        run.world.wait_and_be_cancelled(promise)


@attrs.frozen
class Call:
    """A call of `Taro`, which succeeds or fails, with callbacks."""

    succeeds: bool
    code: Code
    complete: Code | None

    def do(self, run: Run) -> None:
        """Does it."""
        run.waiting += 1
        callbacks = {"success" if self.succeeds else "fail": self.code.function(run, "answer")}
        if self.complete is not None:
            callbacks["complete"] = self.complete.function(run, "complete")
        taro = run.world.taro
        run.keep(taro.login(**callbacks) if self.succeeds else taro.getStorage(key="missing", **callbacks))


@attrs.frozen
class Timer:
    """A timer of 0 ms."""

    code: Code

    def do(self, run: Run) -> None:
        """Does it."""
        run.waiting += 1
        function = attrs.evolve(self.code, is_async=False).function(run, "timer")
        run.world.setTimeout(lambda: attempt(function), 0)


def attempt(function: Callable[[], object]) -> None:
    """A timer may not raise: loops and phones each have their own way to tell of it."""
    try:
        function()
    except (Exception, asyncio.CancelledError):
        return


def told(value: Any) -> str:
    """A value or a reason in words that are the same in both worlds."""
    if isinstance(value, asyncio.CancelledError) or type(value).__name__ == "Cancelled":
        return "cancelled"
    if isinstance(value, list):
        return f"[{', '.join(map(told, value))}]"
    if isinstance(value, dict) and "status" in value:
        return f"{value['status']} {told(value['value' if 'value' in value else 'reason'])}"
    if hasattr(value, "errMsg"):
        return str(value.errMsg)
    return type(value).__name__ if isinstance(value, Exception) else str(value)


def run_all(steps: Iterable[Step], run: Run) -> None:
    """The steps of a program's own code, in one macrotask."""
    for step in steps:
        step.do(run)
