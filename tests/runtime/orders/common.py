"""What the programs share; common.mjs has the same."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple, NoReturn

from taropy import Promise

Log = Callable[[Any], None]


def ticks(log: Log, count: int) -> None:
    """Logs one tick of the job queue after the other, to measure beside what else happens."""
    promise = Promise.resolve()
    for tick in range(1, count + 1):
        promise = promise.then(partial(_log_tick, log, tick))


def _log_tick(log: Log, tick: int, _: Any) -> None:
    log(f"tick {tick}")


class Pending(NamedTuple):
    """A promise that is pending until `resolve` or `reject` is called."""

    promise: Promise[Any]
    resolve: Callable[..., None]
    reject: Callable[..., None]


def pending() -> Pending:
    """A new one."""
    settle: list[Callable[..., None]] = []
    promise: Promise[Any] = Promise(lambda resolve, reject: settle.extend((resolve, reject)))
    return Pending(promise, *settle)


def throwing(text: str) -> Callable[..., Any]:
    """A function that raises."""

    def throw(*_: object) -> NoReturn:
        raise ValueError(text)

    return throw


def sleep(ms: int) -> Promise[Any]:
    """A promise that a timer resolves."""
    return Promise(lambda resolve, reject: setTimeout(lambda: resolve(None), ms))


def setTimeout(work: Callable[[], object], ms: int) -> asyncio.TimerHandle:
    """JavaScript's; what it returns has `cancel()` for `clearTimeout`."""
    return asyncio.get_running_loop().call_later(ms / 1000, work)
