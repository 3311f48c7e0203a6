"""What belongs to an event loop, and is to end with it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterable
from contextlib import suppress
from functools import partial
from typing import Any

Close = Callable[[], Coroutine[Any, Any, None]]


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


def end_tasks(tasks: Iterable[asyncio.Task[Any]]) -> None:
    """Cancels the tasks, each in its own loop. A loop that waits to run again runs until they have ended."""
    tasks_of: dict[asyncio.AbstractEventLoop, list[asyncio.Task[Any]]] = {}
    for task in tasks:
        tasks_of.setdefault(task.get_loop(), []).append(task)
    for loop, ending in tasks_of.items():
        close_in(loop, partial(_end, ending))


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
