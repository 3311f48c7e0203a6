"""Errors that nobody looked at: to whom they are told."""

from __future__ import annotations

import atexit
import gc
import os
import sys
import warnings
from asyncio import CancelledError
from collections.abc import Callable
from functools import cache, partial
from typing import Any

from ..program import place_of
from .errors import Cancelled, Rejected, UnhandledRejectionWarning, as_exception
from .jobs import jobs_of, running_loop

Listener = Callable[[Any], object]


class Rejections:
    """The unhandled rejections of one runtime, and who listens to them."""

    __slots__ = ("listeners",)

    def __init__(self) -> None:
        self.listeners: dict[Listener, None] = {}

    def report(self, error: Any) -> None:
        """Tells of an error, or another reason, that nobody has handled: to the listeners, and as a warning."""
        # A warning may be an error (-W error), and there is no caller to raise it to. From `__del__`, Python hands
        # it to `sys.unraisablehook`, where such errors belong; so every report goes that way.
        Unhandled(error.value if isinstance(error, Rejected) else error, self)

    def _tell(self, reason: Any) -> None:
        if isinstance(reason, Cancelled | CancelledError):
            return
        loop = running_loop()
        for listener in list(self.listeners):
            if loop is None:
                listener(reason)
            else:
                jobs_of(loop).add(partial(listener, reason))
        _warn(as_exception(reason))


def _warn(error: BaseException) -> None:
    """Warns of the error, at the line of the program where it was raised if it was."""
    warning = UnhandledRejectionWarning(error)
    place = place_of(error)
    if place is None:
        warnings.warn(warning, stacklevel=2)
    else:
        warnings.warn_explicit(warning, None, *place)


#: Those of promises that belong to no runtime, which are the process's own.
process = Rejections()

#: Those of the listeners themselves, who are not told of their own: their errors are warnings, and no more.
of_listeners = Rejections()


class Unhandled:
    """Waits with a rejected promise for somebody to look; reports it when the promise goes and nobody has."""

    __slots__ = ("armed", "home", "reason")

    def __init__(self, reason: Any, home: Rejections) -> None:
        self.reason = reason
        self.home = home
        self.armed = True
        _report_at_exit()

    def __del__(self) -> None:
        if self.armed and not sys.is_finalizing():
            self.home._tell(self.reason)


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
            each.armed = False
            each.home.report(each.reason)
