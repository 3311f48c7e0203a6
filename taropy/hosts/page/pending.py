"""What waits for a page: calls for their answers, and Python's functions for what they are called with."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable, Generator, Hashable, Mapping
from typing import Any

import attrs

from ...loops import loop_of_caller
from ...spec import CALLBACKS
from ..js_values import JsError
from .mail import Mail

Function = Callable[..., object]
#: So many events are kept for a listener that is still to come.
MOST_KEPT = 100_000


def failure(name: str, reason: str) -> dict[str, Any]:
    """What a call of this name fails with."""
    return {"errMsg": f"{name}:fail {reason}" if name else reason}


class Pending:
    """A call that has no answer yet. It gets one, `succeed` or `fail`, from any thread."""

    number: int
    #: Whether it may get more than one, as what a function does each time that it is called.
    repeats = False

    def __init__(self, name: str) -> None:
        self.name = name

    def succeed(self, value: Any) -> None:
        """The answer is this value."""
        raise NotImplementedError

    def fail(self, reason: Any) -> None:
        """It has failed with this."""
        raise NotImplementedError


class Waiter(Pending):
    """One for which its thread waits."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._open = threading.Lock()
        self._open.acquire()
        self._outcome: tuple[bool, Any] | None = None

    def succeed(self, value: Any) -> None:
        self._settle(True, value)

    def fail(self, reason: Any) -> None:
        self._settle(False, reason)

    def _settle(self, is_answer: bool, value: Any) -> None:
        if self._outcome is None:
            self._outcome = is_answer, value
            self._open.release()

    def wait(self, patience: float) -> Any:
        """The answer; `JsError` for a failure, and after `patience` seconds."""
        if not self._open.acquire(timeout=patience):
            raise JsError(failure(self.name, f"timeout: the page has not answered for {patience:g} s"))
        self._open.release()
        assert self._outcome is not None
        is_answer, value = self._outcome
        if not is_answer:
            raise JsError(value)
        return value


class Told(Pending):
    """One whose answer goes to the callbacks in its options, in the loop of who has called."""

    def __init__(self, name: str, options: Mapping[str, Any], mail: Mail) -> None:
        super().__init__(name)
        self._callbacks = [options.get(each) for each in CALLBACKS]
        self._mail = mail
        self._loop = loop_of_caller()

    def succeed(self, value: Any) -> None:
        self._mail.post(self._loop, self._tell, self._callbacks[0], value)

    def fail(self, reason: Any) -> None:
        self._mail.post(self._loop, self._tell, self._callbacks[1], reason)

    def _tell(self, callback: Function | None, value: Any) -> None:
        if callable(callback):
            callback(value)
        if callable(self._callbacks[2]):
            self._callbacks[2](value)


class Coming(Pending):
    """One that is awaited."""

    def __init__(self, name: str, mail: Mail) -> None:
        super().__init__(name)
        self._mail = mail
        loop = loop_of_caller()
        assert loop is not None  # where the runtime is, each thread has one
        self._loop = loop
        self._future: asyncio.Future[Any] = loop.create_future()

    def succeed(self, value: Any) -> None:
        self._mail.post(self._loop, self._settle, self._future.set_result, self.made(value))

    def fail(self, reason: Any) -> None:
        self._mail.post(self._loop, self._settle, self._future.set_exception, JsError(reason))

    def made(self, value: Any) -> Any:
        """What the awaiting code gets of the answer."""
        return value

    def _settle(self, settle: Callable[[Any], None], value: Any) -> None:
        if not self._future.done():
            settle(value)
            self._future.add_done_callback(_looked_at)

    def __await__(self) -> Generator[Any, None, Any]:
        return self._future.__await__()


def _looked_at(future: asyncio.Future[Any]) -> None:
    if not future.cancelled():
        future.exception()  # who is told by callbacks too does not look at it


@attrs.frozen
class CallbackNumber:
    """Stands for a function that the page has got already."""

    number: int


class Callback:
    """A function of Python's that the page may call; `sent` is how often the page has been given it.

    Without a function it keeps what it is called with until it gets one.
    """

    def __init__(self, function: Function | None = None, key: Hashable = None) -> None:
        self.key = key
        self.sent = 0
        self.loop: asyncio.AbstractEventLoop | None = None
        self._function = function
        self._kept: deque[tuple[Any, ...]] = deque(maxlen=MOST_KEPT)
        self._lock = threading.Lock()

    def tell(self, mail: Mail, arguments: tuple[Any, ...]) -> None:
        """The page has called it."""
        with self._lock:
            if self._function is None:
                self._kept.append(arguments)
            else:
                mail.post(self.loop, self._function, *arguments)

    def become(self, mail: Mail, function: Function) -> None:
        """It is this function, which is told what was kept."""
        with self._lock:
            self._function, self.loop = function, loop_of_caller()
            for arguments in self._kept:
                mail.post(self.loop, function, *arguments)
            self._kept.clear()
