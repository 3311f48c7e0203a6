"""What belongs to an event loop, and is to end with it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterable
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

Thing = TypeVar("Thing")
Close = Callable[[], Coroutine[Any, Any, None]]
CloseAll = Callable[[list[Thing]], Coroutine[Any, Any, None]]
LoopOf = Callable[[Thing], asyncio.AbstractEventLoop]


def at_end_of_loop(aclose: Close) -> AsyncGenerator[None]:
    """Has `aclose` awaited when the running loop is shut down the usual way (`asyncio.run`, `asyncio.Runner`).

    The loop remembers only what someone holds: keep what this returns for as long as there is something to close.
    """
    guard = _closing(aclose)
    # One step brings the generator to its `yield`, with nothing to wait for. From there the loop knows it, and closes
    # it at its end.
    with suppress(StopIteration):
        guard.__anext__().send(None)
    return guard


def close_in(loop: asyncio.AbstractEventLoop, aclose: Close) -> None:
    """Has `aclose` awaited in `loop`, from wherever we are; a loop that waits to run again does so when it runs."""
    if loop.is_closed():
        return
    if loop.is_running():
        asyncio.run_coroutine_threadsafe(aclose(), loop)
    elif asyncio._get_running_loop() is None:
        loop.run_until_complete(aclose())


def close_each(things: Iterable[Thing], loop_of: LoopOf[Thing], aclose: CloseAll[Thing]) -> None:
    """As `close_in`, for things of several loops: in each loop for those that belong there."""
    things_of: dict[asyncio.AbstractEventLoop, list[Thing]] = {}
    for thing in things:
        things_of.setdefault(loop_of(thing), []).append(thing)
    for loop, ending in things_of.items():
        close_in(loop, partial(aclose, ending))


async def aclose_each(things: Iterable[Thing], loop_of: LoopOf[Thing], aclose: CloseAll[Thing]) -> None:
    """As `close_each`, and waits for what belongs to the running loop."""
    things, here = list(things), asyncio.get_running_loop()
    await aclose([thing for thing in things if loop_of(thing) is here])
    close_each((thing for thing in things if loop_of(thing) is not here), loop_of, aclose)


def end_tasks(tasks: Iterable[asyncio.Task[Any]]) -> None:
    """Cancels the tasks, each in its own loop. A loop that waits to run again runs until they have ended."""
    close_each(tasks, asyncio.Task.get_loop, _end)


async def aend_tasks(tasks: Iterable[asyncio.Task[Any]]) -> None:
    """As `end_tasks`, and waits for those of the running loop."""
    await aclose_each(tasks, asyncio.Task.get_loop, _end)


async def _end(tasks: list[asyncio.Task[Any]]) -> None:
    for task in tasks:
        task.cancel()
    others = [task for task in tasks if task is not asyncio.current_task()]
    if others:
        await asyncio.wait(others)


async def _closing(aclose: Close) -> AsyncGenerator[None]:
    try:
        yield
    finally:
        await aclose()
