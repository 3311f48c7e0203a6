"""`OpenFile`: a file that a program has open."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import attrs

from .failures import BAD_DESCRIPTOR, fail

Value = TypeVar("Value")


@attrs.define(eq=False)
class OpenFile:
    """A file that a program has open, and in which way; one call at a time works on it."""

    descriptor: int
    opening: int
    closed: bool = False
    _lock: threading.Lock = attrs.field(factory=threading.Lock)

    @property
    def readable(self) -> bool:
        """Whether it was opened to be read."""
        return self.opening & (os.O_WRONLY | os.O_RDWR) != os.O_WRONLY

    @property
    def writable(self) -> bool:
        """Whether it was opened to be written."""
        return bool(self.opening & (os.O_WRONLY | os.O_RDWR))

    @contextmanager
    def held(self) -> Iterator[int]:
        """Its descriptor, which nobody else uses or closes meanwhile; `Fail` if it has been closed."""
        with self._lock:
            if self.closed:
                raise fail(*BAD_DESCRIPTOR)
            yield self.descriptor

    def at(self, position: int | None, work: Callable[[int], Value]) -> Value:
        """What `work` does with the descriptor, where the last call ended or, without moving that, at `position`."""
        if position is None:
            return work(self.descriptor)
        ended = os.lseek(self.descriptor, 0, os.SEEK_CUR)
        os.lseek(self.descriptor, position, os.SEEK_SET)
        try:
            return work(self.descriptor)
        finally:
            os.lseek(self.descriptor, ended, os.SEEK_SET)

    def close(self) -> None:
        """Closes it."""
        with self.held() as descriptor:
            self.closed = True
            os.close(descriptor)
