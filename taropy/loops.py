"""Event loops: whether one is in a loop, and what goes on in it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Generator
from contextlib import suppress
from functools import wraps
from threading import get_ident
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

Result = TypeVar("Result")


def runs_here(loop: asyncio.AbstractEventLoop) -> bool:
    """Whether the caller is in this loop.

    A loop of asyncio's own says in which thread it runs; up to Python 3.11 it takes much longer to ask for the running
    one, since that asks the system for the process. But code may act inside a loop that does not run.
    """
    return getattr(loop, "_thread_id", None) == get_ident() or asyncio._get_running_loop() is loop


def in_its_loop(loop: asyncio.AbstractEventLoop, call: Callable[[], object]) -> Callable[[], None]:
    """The call, for whatever thread: where the loop does not run just now, in its next turn."""

    @wraps(call)  # by whose name the clock tells of its alarms
    def called() -> None:
        if runs_here(loop):
            call()
        elif not loop.is_closed():
            loop.call_soon_threadsafe(call)

    return called


def post(loop: asyncio.AbstractEventLoop, work: Callable[..., object], *arguments: Any) -> None:
    """Has the work done in the loop, from whatever thread; nothing if the loop is closed."""
    if not loop.is_closed():
        with suppress(RuntimeError):  # it has been closed this moment
            loop.call_soon_threadsafe(work, *arguments)


def settle(future: asyncio.Future[Result], result: Result) -> None:
    """Gives a future its result, from whatever thread; nothing if it has one, or its loop is closed."""
    post(future.get_loop(), _settle, future, result)


def _settle(future: asyncio.Future[Result], result: Result) -> None:
    if not future.done():
        future.set_result(result)


#: Gives the loop of this thread for code outside any loop, as the runtime has it.
_own: Callable[[], asyncio.AbstractEventLoop] | None = None


def own_is(give: Callable[[], asyncio.AbstractEventLoop]) -> None:
    """Says how the loop is found that code outside any loop acts in."""
    global _own
    _own = give


def loop_of_caller() -> asyncio.AbstractEventLoop | None:
    """The running loop, else the thread's own; None outside any loop in a process without a runtime."""
    return asyncio._get_running_loop() or (_own() if _own is not None else None)


def once_returned(work: Callable[..., object], *arguments: Any) -> None:
    """Does the work when the code that runs now has returned; outside any loop at once."""
    loop = asyncio._get_running_loop()
    if loop is None:
        work(*arguments)
    else:
        loop.call_soon(work, *arguments)


#: What goes on in each loop though no call is open, as a socket that opens: `taropy.settled()` waits for it.
_under_way: WeakKeyDictionary[asyncio.AbstractEventLoop, set[asyncio.Task[Any]]] = WeakKeyDictionary()


def keep_under_way(task: asyncio.Task[Any]) -> None:
    """Has whoever waits until a loop's calls have ended wait for this task of it as well."""
    tasks = _under_way.setdefault(task.get_loop(), set())
    tasks.add(task)
    task.add_done_callback(tasks.discard)


def under_way(loop: asyncio.AbstractEventLoop) -> set[asyncio.Task[Any]]:
    """What goes on in this loop."""
    return _under_way.get(loop, set())


class _Done:
    """Is there already, for who awaits it."""

    def __await__(self) -> Generator[None, None, None]:
        yield from ()


#: What is given of work that may be awaited and is done.
DONE = _Done()
