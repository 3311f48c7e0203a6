"""Async handlers begin at once, as async functions do in JavaScript: what comes before their first `await` has been
done when the call returns. So what an async `onLoad` sets up first is there in `onShow`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Generator, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from ..runtime.promise import run_coroutine


def start(
    code: Coroutine[Any, Any, Any], fulfil: Callable[[Any], None], reject: Callable[[BaseException], None]
) -> None:
    """Runs a coroutine up to its first wait now, and the rest as a task of the loop; says how it ended."""
    first = _First(code)
    task = run_coroutine(_awaited(first), fulfil, reject)
    with _inside(task):
        first.take()


class _First:
    """The first step of a coroutine, which is taken before the task runs that takes the others."""

    def __init__(self, code: Coroutine[Any, Any, Any]) -> None:
        self._code = code
        self._outcome: Callable[[], Any] = partial(code.send, None)

    def take(self) -> None:
        """Takes it. What comes of it, be it an error, is the task's to know."""
        self._outcome = _kept(self._outcome)

    def __await__(self) -> Generator[Any, Any, Any]:
        """The coroutine from there on, as a task runs it."""
        step = self._outcome
        while True:
            try:
                waiting_for = step()
            except StopIteration as end:
                return end.value
            try:
                sent = yield waiting_for
            except BaseException as error:  # a cancellation, most often: the coroutine's to handle
                step = partial(self._code.throw, error)
            else:
                step = partial(self._code.send, sent)


async def _awaited(first: _First) -> Any:
    return await first


def _kept(step: Callable[[], Any]) -> Callable[[], Any]:
    """Takes a step now; gives a function that ends as it did."""
    try:
        value = step()
    except BaseException as error:
        return partial(_raise, error)
    return lambda: value


def _raise(error: BaseException) -> None:
    raise error


@contextmanager
def _inside(task: asyncio.Task[Any]) -> Iterator[None]:
    """Lets code find `task` as the current one, which `asyncio.timeout` needs; with asyncio's own means for tasks."""
    loop = task.get_loop()
    outer = asyncio.current_task(loop)
    if outer is not None:
        asyncio.tasks._leave_task(loop, outer)
    asyncio.tasks._enter_task(loop, task)
    try:
        yield
    finally:
        asyncio.tasks._leave_task(loop, task)
        if outer is not None:
            asyncio.tasks._enter_task(loop, outer)
