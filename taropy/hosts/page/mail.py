"""What a page has said, on its way into the event loops of those that it is for."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

#: So much may be on its way into a loop; a page that says more than its program takes is let go.
MOST = 100_000

Work = Callable[..., object]


class _Box:
    """What is on its way into one loop."""

    __slots__ = ("scheduled", "work")

    def __init__(self) -> None:
        self.work: deque[tuple[Work, tuple[Any, ...]]] = deque()
        self.scheduled = False


class Mail:
    """Has work done in event loops, from any thread: in each loop in order, and a turn of the loop for each.

    So the program's jobs that one answer leads to run before the next is told. `overflow` is called with the reason
    when a loop does not keep up.
    """

    def __init__(self, overflow: Callable[[str], None]) -> None:
        self._overflow = overflow
        self._lock = threading.Lock()
        self._boxes: WeakKeyDictionary[asyncio.AbstractEventLoop, _Box] = WeakKeyDictionary()

    def post(self, loop: asyncio.AbstractEventLoop | None, work: Work, *arguments: Any) -> None:
        """Has `work` done in the loop; nothing if that is closed. Without any loop, at once."""
        if loop is None:
            work(*arguments)
            return
        with self._lock:
            box = self._boxes.get(loop)
            if box is None:
                box = self._boxes[loop] = _Box()
            if loop.is_closed():
                box.work.clear()
                return
            box.work.append((work, arguments))
            is_full = len(box.work) > MOST
            wake = not box.scheduled
            box.scheduled = True
        if wake:
            try:
                loop.call_soon_threadsafe(self._deliver, loop, box)
            except RuntimeError:  # it has been closed this moment
                box.work.clear()
        if is_full:
            with self._lock:
                box.work.clear()
            self._overflow("the page tells more than its program takes")

    def _deliver(self, loop: asyncio.AbstractEventLoop, box: _Box) -> None:
        with self._lock:
            if not box.work:
                box.scheduled = False
                return
            work, arguments = box.work.popleft()
            if box.work:
                loop.call_soon(self._deliver, loop, box)
            else:
                box.scheduled = False
        work(*arguments)
