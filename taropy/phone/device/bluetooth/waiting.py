"""Calls that wait for others: for a device, or for their turn."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from ...core.faces import Phone

Outcome = TypeVar("Outcome")


@contextmanager
def idle(phone: Phone) -> Iterator[None]:
    """Says that the call waits for others, so that whoever moves the clock does not wait for it."""
    asleep, task = phone.clock.work.asleep, asyncio.current_task()
    assert task is not None
    asleep[task] = None
    try:
        yield
    finally:
        asleep.pop(task, None)


class Waiters:
    """Who waits for something to happen, in whatever loop: a program's calls may be in several, one after another."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    @contextmanager
    def one(self) -> Iterator[asyncio.Future[None]]:
        """One more, in the running loop: done as soon as `wake` was called."""
        waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(waiting)
        try:
            yield waiting
        finally:
            self._waiting.discard(waiting)

    def wake(self) -> None:
        """Wakes all of them."""
        waiting, self._waiting = self._waiting, set()
        for each in waiting:
            settle(each, None)


def settle(waiting: asyncio.Future[Outcome], outcome: Outcome) -> None:
    """Gives one who waits the outcome, in their own loop, if they still wait by then."""
    loop = waiting.get_loop()
    if not loop.is_closed():
        loop.call_soon_threadsafe(lambda: None if waiting.done() else waiting.set_result(outcome))
