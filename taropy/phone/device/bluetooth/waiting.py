"""Calls that wait for others: for a device, or for their turn."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ....loops import settle

if TYPE_CHECKING:
    from ...core.faces import Phone


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
