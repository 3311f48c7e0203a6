"""Errors that nobody looked at: to whom they are told."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from asyncio import CancelledError
from collections.abc import Callable
from functools import cache, partial
from typing import Any

from .. import unheard
from ..program import Place
from .errors import Cancelled, Rejected, UnhandledRejectionWarning, as_exception
from .jobs import jobs_of, running_loop

Listener = Callable[[Any], object]


class Rejections:
    """The unhandled rejections of one runtime, and who listens to them."""

    __slots__ = ("listeners",)

    def __init__(self) -> None:
        #: Each with what says whether it listens, if it does not always.
        self.listeners: dict[Listener, Callable[[], bool] | None] = {}

    def report(self, error: Any, place: Place | None = None) -> None:
        """Tells of an error, or another reason, that nobody has handled: to the listeners, and as a warning."""
        # A warning may be an error (-W error), and there is no caller to raise it to. From `__del__`, Python hands
        # it to `sys.unraisablehook`, where such errors belong; so every report goes that way.
        Unhandled(error.value if isinstance(error, Rejected) else error, self, place)

    def _tell(self, reason: Any, place: Place | None) -> None:
        if isinstance(reason, Cancelled | CancelledError):
            return
        loop = running_loop()
        heard = any(listens is None or listens() for listens in self.listeners.values())
        for listener in list(self.listeners):
            if loop is None:
                listener(reason)
            else:
                jobs_of(loop).add(partial(listener, reason))
        warning = UnhandledRejectionWarning(as_exception(reason), heard=heard)
        warning.place = warning.place or place
        if not unheard.collected(warning):
            unheard.warn(warning)


#: Those of promises that belong to no runtime, which are the process's own.
process = Rejections()

#: Those of the listeners themselves, who are not told of their own: their errors are warnings, and no more.
of_listeners = Rejections()


class Unhandled:
    """Waits with a rejected promise for somebody to look; reports it when the promise goes and nobody has.

    `place` is the line of the program that has asked for the promise, if that is known.
    """

    __slots__ = ("__weakref__", "armed", "home", "place", "reason")

    def __init__(self, reason: Any, home: Rejections, place: Place | None = None) -> None:
        self.reason = reason
        self.home = home
        self.place = place
        self.armed = True
        unheard.hold(self)
        _report_at_exit()

    @property
    def error(self) -> BaseException:
        """What it would be reported as."""
        return as_exception(self.reason)

    def tell(self) -> None:
        """Reports it now, and never again."""
        self.armed = False
        self.home.report(self.reason, self.place)

    def __del__(self) -> None:
        unheard.held.pop(id(self), None)
        if self.armed and not sys.is_finalizing():
            self.armed = False  # the error's trace may bring this back to life
            self.home._tell(self.reason, self.place)


@cache
def _report_at_exit() -> None:
    # An error that a callback raised and its promise keep each other alive, by way of the trace, until the garbage
    # collector finds them; in a short program it never would.
    atexit.register(_report_at_end_of, os.getpid())


def _report_at_end_of(process: int) -> None:
    if os.getpid() == process:  # what a child has of its parent's is the parent's to report
        report_held()


def report_held() -> None:
    """Reports the errors of promises that are still held: for the end of a program, when nobody can look any more."""
    gc.collect()
    for each in gc.get_objects():
        if type(each) is Unhandled and each.armed:
            each.tell()
