"""`Waiter`: what a task waits on that is to go on at once, and not in the next turn of its loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Generator
from contextvars import Context


def _nobody_to_tell(waiter: Waiter) -> None:
    """For waits that nobody has to hear the end of."""


class Waiter:
    """What a task waits on while it awaits a promise: a future as asyncio knows them, without a value.

    A future of asyncio's own wakes its task in the next turn of the loop; this one does so where it is told to, as one
    of the jobs. `give_up` is called when the task is cancelled meanwhile.
    """

    __slots__ = ("_asyncio_future_blocking", "_cancelled", "_context", "_give_up", "_loop", "_message", "_wake")

    def __init__(self, loop: asyncio.AbstractEventLoop, give_up: Callable[[Waiter], None] = _nobody_to_tell) -> None:
        self._asyncio_future_blocking = False
        self._loop = loop
        self._give_up: Callable[[Waiter], None] | None = give_up
        self._cancelled = False
        self._message: object = None
        self._wake: Callable[[Waiter], object] | None = None
        self._context: Context | None = None

    def __await__(self) -> Generator[Waiter, None, None]:
        self._asyncio_future_blocking = True
        yield self
        self.result()

    def wake(self, promise: object = None) -> None:
        """Has the task go on, at once."""
        if self.done():
            return
        self._give_up = None
        if self._wake is None:
            return
        if self._context is None:
            self._wake(self)
        else:
            self._context.run(self._wake, self)

    # What a task asks of a future.

    def get_loop(self) -> asyncio.AbstractEventLoop:
        """The loop of the task."""
        return self._loop

    def done(self) -> bool:
        """Whether the task was told to go on."""
        return self._give_up is None

    def cancelled(self) -> bool:
        """Whether the task was cancelled meanwhile."""
        return self._cancelled

    def result(self) -> None:
        """Nothing; or raises `CancelledError`."""
        if self._cancelled:
            raise asyncio.CancelledError() if self._message is None else asyncio.CancelledError(self._message)

    def add_done_callback(self, wake: Callable[[Waiter], object], *, context: Context | None = None) -> None:
        """Has `wake` called when the task is to go on; only the last that was given is."""
        self._wake, self._context = wake, context
        if self.done():
            self._loop.call_soon(wake, self, context=context)

    def remove_done_callback(self, wake: Callable[[Waiter], object]) -> int:
        """Has nothing called."""
        found = self._wake == wake
        if found:
            self._wake = self._context = None
        return int(found)

    def cancel(self, msg: object = None) -> bool:
        """Ends the wait with a `CancelledError`."""
        if self._give_up is None:
            return False
        give_up, self._give_up = self._give_up, None
        self._cancelled, self._message = True, msg
        if self._wake is not None:
            self._loop.call_soon(self._wake, self, context=self._context)
        give_up(self)
        return True
