"""Async functions whose call is awaited where it stands: `await load()`.

Between such a call and its await nothing can run, so the function's code may run as a part of the code that awaits it,
without a task of its own. Its own awaits and its end let the jobs run that are queued, as those of any promise do: the
order of things is the same, and a call costs a tenth.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Generator
from functools import lru_cache
from opcode import opmap
from typing import Any, TypeVar

from . import rejections
from .coroutines import ends_program
from .jobs import Jobs, running_jobs
from .promise import FULFILLED, PLAIN, Promise, begun, is_plain_object

T = TypeVar("T")

_CACHE = opmap.get("CACHE", 0)
_GET_AWAITABLE = opmap.get("GET_AWAITABLE", -1)  # where there is none, no call is taken for awaited


@lru_cache(maxsize=4096)
def is_awaited(code: bytes, at: int) -> bool:
    """Whether code that stands at a call awaits what the call gives, before it does anything else."""
    return next((operation for operation in code[at + 2 :: 2] if operation != _CACHE), None) == _GET_AWAITABLE


class AtOnce(Promise[T]):
    """The promise of an async function that runs when it is awaited: to be given to code that does so at once.

    To whoever does something else with it, it is a promise like any other, whose function begins then.
    """

    _code: Coroutine[Any, Any, T] | None

    def __getattr__(self, name: str) -> Any:
        """What every promise has from the start, and this one when somebody asks for it: its function begins."""
        if name not in ("_home", "_jobs"):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        Promise.__init__(self)
        code, self._code = self._code, None
        if code is not None:
            promise = begun(code, self._home)
            self._running = promise._running
            promise._mark_handled()
            promise._watch_settling(self._follow)
        return self.__dict__[name]

    def __await__(self) -> Generator[Any, None, T]:
        code = self._code
        jobs = None if code is None else running_jobs()
        if code is None or jobs is None:
            return (yield from Promise.__await__(self))
        self._code = None
        self._jobs = jobs
        self._home = rejections.process
        try:
            value = yield from code.__await__()
        except BaseException as error:
            self._handled = True
            self._reject(error)
            is_the_reason = error is self._error or error is self._value
            if _is_leaving(error) or (is_the_reason and _nobody_can_tell(jobs)):
                del self  # which has the error, whose trace has this frame
                raise
        else:
            if self._reactions is None and (type(value) in PLAIN or is_plain_object(value)):
                self._state = FULFILLED
                self._value = value
                if not jobs.queue and not jobs.nested and jobs.left > 0:  # as `_nobody_can_tell`
                    jobs.left -= 1
                    return value
            else:
                self._resolve(value)
        return (yield from Promise.__await__(self))


_new = AtOnce.__new__


def at_once(code: Coroutine[Any, Any, T]) -> Promise[T]:
    """The promise of an async function, for code that awaits it at once."""
    promise: AtOnce[T] = _new(AtOnce)
    promise._code = code
    return promise


def _nobody_can_tell(jobs: Jobs) -> bool:
    """Whether nothing would run before an await of a settled promise goes on, so that it may go on at once."""
    if jobs.queue or jobs.nested or jobs.left <= 0:
        return False
    jobs.left -= 1
    return True


def _is_leaving(error: BaseException) -> bool:
    """Whether it goes through all code that waits: the end of the program, or of the task that waits."""
    if isinstance(error, Exception):
        return False
    if isinstance(error, asyncio.CancelledError):
        task = asyncio.current_task()
        return task is None or task.cancelling() > 0
    return isinstance(error, GeneratorExit) or ends_program(error)
