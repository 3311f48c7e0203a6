"""An event loop that waits where it stands, for a thread that nobody else needs: a Web Worker's, or Node.js's.

Pyodide's own loop is the page's, which always runs: there `promise.result()` and `taropy.run` can't wait. In a worker
they can, since a worker may stand still. What comes from JavaScript doesn't come while it does; the phone needs none.
"""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from ...runtime.jobs import end_own_loop


class WaitingLoop(asyncio.BaseEventLoop):
    """asyncio's loop, without sockets, pipes and other threads: it sleeps until the next timer."""

    _selector: Any

    def __init__(self) -> None:
        super().__init__()
        self._selector = _Sleep()

    def run_in_executor(  # type: ignore[override]
        self, executor: Any, func: Callable[..., Any], *args: Any
    ) -> asyncio.Future[Any]:
        """Does it at once: there is no other thread."""
        done = self.create_future()
        try:
            done.set_result(func(*args))
        except Exception as error:
            done.set_exception(error)
        return done

    def _process_events(self, event_list: list[Any]) -> None:
        """There are none: nothing is listened to."""

    def _write_to_self(self) -> None:
        """There is no other thread that would have to wake this one."""


class _Sleep:
    """In place of what waits for sockets."""

    def select(self, timeout: float | None) -> list[Any]:
        if timeout is None:
            raise RuntimeError("the program waits for something that nothing on this thread can bring")
        if timeout > 0:
            time.sleep(timeout)
        return []


class _Policy:
    """Has asyncio make such loops; the rest of a policy is not asked for."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None

    def get_event_loop(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            raise RuntimeError("there is no current event loop")
        return self._loop

    def set_event_loop(self, loop: asyncio.AbstractEventLoop | None) -> None:
        self._loop = loop

    def new_event_loop(self) -> asyncio.AbstractEventLoop:
        return WaitingLoop()


@contextmanager
def waiting() -> Iterator[None]:
    """Within it, code is outside any event loop, as a script on a computer is, and may wait: see above.

    What still goes on at its end, as a sensor's readings, is ended there.
    """
    own: Any = asyncio  # of which types say nothing that is for those who write event loops
    page = own._get_running_loop()
    task = None if page is None else own.current_task(page)
    if task is not None:
        own.tasks._leave_task(page, task)
    policy = own.events._get_event_loop_policy()
    own._set_running_loop(None)
    own.events._set_event_loop_policy(type("_Policy", (_Policy, own.events._AbstractEventLoopPolicy), {})())
    try:
        yield
    finally:
        end_own_loop()
        gc.collect()  # here, where little is on the stack: Pyodide 314 has crashed of a collection inside an import
        own.events._set_event_loop_policy(policy)
        own._set_running_loop(page)
        if task is not None:
            own.tasks._enter_task(page, task)
