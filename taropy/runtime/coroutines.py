"""Async functions as JavaScript has them: they begin at the call, and each await lets the other jobs run first."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Generator, Iterator
from contextlib import contextmanager
from contextvars import Context, copy_context
from functools import partial
from typing import Any, cast

from .errors import Cancelled
from .jobs import Jobs, entered, own_loop, running_jobs

Step = Callable[[], Any]
Fulfil = Callable[[Any], None]
Reject = Callable[[BaseException], None]


class Waiter:
    """What a task waits on while it awaits a promise: a future as asyncio knows them, without a value.

    A future of asyncio's own wakes its task in the next turn of the loop; this one does so where it is told to, as one
    of the jobs. `give_up` is called when the task is cancelled meanwhile.
    """

    __slots__ = ("_asyncio_future_blocking", "_cancelled", "_context", "_give_up", "_loop", "_message", "_wake")

    def __init__(self, loop: asyncio.AbstractEventLoop, give_up: Callable[[Waiter], None]) -> None:
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
        """Nothing; or raises `CancelledError`, or what `set_exception` was given."""
        if self._message is None and not self._cancelled:
            return
        if self._cancelled:
            raise asyncio.CancelledError() if self._message is None else asyncio.CancelledError(self._message)
        raise cast(BaseException, self._message)

    def set_exception(self, error: BaseException) -> None:
        """Ends the wait with an error, though the promise is still open."""
        if self._give_up is not None:
            self._give_up, self._message = None, error
            if self._wake is not None:
                self._loop.call_soon(self._wake, self, context=self._context)

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


def start(code: Coroutine[Any, Any, Any], fulfil: Fulfil, reject: Reject) -> asyncio.Task[None]:
    """Runs a coroutine up to its first wait now, and the rest as a task of the current loop; says how it ended.

    Outside any loop what is queued then runs before the caller goes on.
    """
    jobs = running_jobs()
    if jobs is None:
        with entered(own_loop()):
            return start(code, fulfil, reject)
    context = copy_context()
    started = _Started(code, jobs, context, fulfil, reject)
    task = jobs.loop.create_task(started, context=context)
    started.begin(task)
    return task


# Loops keep weak references to their tasks only.
_running: set[asyncio.Task[Any]] = set()


class _Started(Coroutine[Any, Any, None]):
    """A coroutine as its task knows it. The task has its turn only later; the steps before that are taken here."""

    __slots__ = (
        "__weakref__", "_awaited", "_begun", "_code", "_context", "_ended", "_fulfil", "_handed_over", "_jobs",
        "_reject", "_task",
    )  # fmt: skip

    def __init__(
        self, code: Coroutine[Any, Any, Any], jobs: Jobs, context: Context, fulfil: Fulfil, reject: Reject
    ) -> None:
        self._code = code
        self._jobs = jobs
        self._context = context
        self._fulfil = fulfil
        self._reject = reject
        self._task: asyncio.Task[None] | None = None
        self._begun = self._handed_over = self._ended = False
        #: What the coroutine waits for, as it was yielded.
        self._awaited: Any = None
        jobs.unsettled += 1

    def begin(self, task: asyncio.Task[None]) -> None:
        """Takes the first step, before the code that has made the coroutine goes on."""
        self._task = task
        if self._begun:  # by a task that begins at once itself, as those of an eager task factory
            self._keep(task)
            return
        self._begun = True
        self._jobs.nested += 1
        try:
            self._step_ahead(self._go_on)
        finally:
            self._jobs.nested -= 1
            self._keep(task)

    def _keep(self, task: asyncio.Task[None]) -> None:
        if not self._ended:
            _running.add(task)

    def _step_ahead(self, step: Step) -> None:
        """Takes a step in the place of the task, which will be given what the coroutine waits for then.

        Code finds the task as the current one, which `asyncio.timeout` needs; with asyncio's own means for tasks.
        """
        loop, task = self._jobs.loop, self._task
        outer = asyncio.current_task(loop)
        if outer is not None:
            asyncio.tasks._leave_task(loop, outer)
        asyncio.tasks._enter_task(loop, task)  # type: ignore[arg-type]
        try:
            self._awaited = self._context.run(self._take, step)
        except StopIteration:
            return
        finally:
            asyncio.tasks._leave_task(loop, task)  # type: ignore[arg-type]
            if outer is not None:
                asyncio.tasks._enter_task(loop, outer)
        if type(self._awaited) is Waiter:
            self._awaited._asyncio_future_blocking = False
            self._awaited.add_done_callback(self._woken)

    def _woken(self, waiter: Waiter) -> None:
        self._step_ahead(partial(self._code.throw, asyncio.CancelledError()) if waiter.cancelled() else self._go_on)

    def _go_on(self) -> Any:
        return self._code.send(None)

    def _take(self, step: Step) -> Any:
        """What the coroutine waits for after a step. If it has ended, says how, and ends too."""
        try:
            return step()
        except StopIteration as end:
            self._end(self._fulfil, end.value)
        except asyncio.CancelledError:
            self._end(self._reject, Cancelled("the task was cancelled"))
            if self._handed_over:
                raise
        except BaseException as error:
            self._end(self._reject, error)
            if ends_program(error):
                raise
        raise StopIteration

    def _end(self, tell: Callable[[Any], None], outcome: Any) -> None:
        self._ended = True
        _running.discard(self._task)
        del self._fulfil, self._reject  # who is told is not kept by a task that has its turn only later
        self._jobs.settled()
        tell(outcome)

    # --- what the task asks of a coroutine ----------------------------------------------------------------------

    def send(self, value: Any) -> Any:
        """Goes on; the first time, gives the task what the coroutine waits for already."""
        if self._ended:
            raise StopIteration
        if self._handed_over or not self._begun:
            self._begun = self._handed_over = True
            return self._take(partial(self._code.send, value))
        self._handed_over = True
        awaited, self._awaited = self._awaited, None
        if awaited is None:  # a bare yield has waited for this turn
            return self._take(self._go_on)
        awaited._asyncio_future_blocking = True
        return awaited

    def throw(self, kind: Any, error: Any = None, trace: Any = None) -> Any:
        """Raises an error in the coroutine, a cancellation most often."""
        if self._ended:
            raise StopIteration
        self._begun = self._handed_over = True
        awaited, self._awaited = self._awaited, None
        if awaited is not None:  # the task was cancelled before it was given this
            awaited.remove_done_callback(self._woken)
            awaited.cancel()
        return self._take(partial(self._code.throw, kind if error is None else error))

    def close(self) -> None:
        """Ends the coroutine."""
        self._code.close()

    def __await__(self) -> Generator[Any, None, None]:
        raise TypeError("a coroutine that has begun is its task's to await")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._code, name)  # its name and frames, for those who show tasks


def ends_program(error: BaseException) -> bool:
    """Whether it is to leave the loop, whoever was running: Ctrl-C, `sys.exit()`."""
    return isinstance(error, KeyboardInterrupt | SystemExit)


@contextmanager
def set_aside(loop: asyncio.AbstractEventLoop) -> Iterator[None]:
    """Lets other tasks take steps while the current one is in the middle of its own."""
    task = asyncio.current_task(loop)
    if task is None:
        yield
        return
    asyncio.tasks._leave_task(loop, task)
    try:
        yield
    finally:
        asyncio.tasks._enter_task(loop, task)
