"""Whether one is in an event loop."""

from __future__ import annotations

import asyncio
from threading import get_ident


def runs_here(loop: asyncio.AbstractEventLoop) -> bool:
    """Whether the caller is in this loop.

    A loop of asyncio's own says in which thread it runs; up to Python 3.11 it takes much longer to ask for the running
    one, since that asks the system for the process. But code may act inside a loop that does not run.
    """
    return getattr(loop, "_thread_id", None) == get_ident() or asyncio._get_running_loop() is loop
