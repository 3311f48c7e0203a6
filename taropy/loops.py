"""Event loops: whether one is in a loop, and what goes on in it."""

from __future__ import annotations

import asyncio
from threading import get_ident
from typing import Any
from weakref import WeakKeyDictionary


def runs_here(loop: asyncio.AbstractEventLoop) -> bool:
    """Whether the caller is in this loop.

    A loop of asyncio's own says in which thread it runs; up to Python 3.11 it takes much longer to ask for the running
    one, since that asks the system for the process. But code may act inside a loop that does not run.
    """
    return getattr(loop, "_thread_id", None) == get_ident() or asyncio._get_running_loop() is loop


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
