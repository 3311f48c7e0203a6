"""taropy's warnings on the terminal, and what nothing in a program has handled: in words, not as lines of Python."""

from __future__ import annotations

import warnings
from typing import Any

import click

from ..runtime.errors import PluginWarning, TaroError, UnhandledRejectionWarning
from ..unheard import Collector, ProgramWarning, UnhandledErrorWarning, warn
from .traces import line_of, user_trace

CATEGORIES = (PluginWarning, UnhandledErrorWarning)


def in_words() -> None:
    """Has Python show taropy's warnings in words, and every one; the caller's `warnings.catch_warnings()` undoes it."""
    for category in CATEGORIES:
        warnings.simplefilter("always", category)
    show = warnings.showwarning

    def show_in_words(message: Warning | str, category: type[Warning], *where: Any, **more: Any) -> None:
        if isinstance(message, CATEGORIES):
            click.echo(_words(message), err=True)
        else:
            show(message, category, *where, **more)

    warnings.showwarning = show_in_words


class Told(Collector):
    """Tells of what nothing in the program handles while it is entered, unless the program's filters ignore it."""

    def __init__(self) -> None:
        super().__init__()
        #: Whether there was something to which the program does not listen itself.
        self.failed: bool = False

    def take(self, warning: UnhandledErrorWarning) -> bool:
        """Tells of it."""
        try:
            with warnings.catch_warnings(record=True) as shown:
                warn(warning)
        except UnhandledErrorWarning:  # the program has made errors of warnings
            ignored = False
        else:
            ignored = not shown
        if not ignored:
            click.echo(_words(warning), err=True)
            self.failed |= not warning.heard
        return True

    def refuse(self, warning: ProgramWarning) -> bool:
        """Tells of it: the program has made an error of it."""
        click.echo(_at(warning, str(warning)), err=True)
        self.failed = True
        return True


def _words(warning: Warning) -> str:
    if not isinstance(warning, UnhandledErrorWarning):
        return f"warning: {warning}"
    error = warning.error
    if not isinstance(warning, UnhandledRejectionWarning):
        heard = "" if warning.heard else ", and nothing has handled it"
        return _at(warning, f"{warning.said}{heard}:\n{user_trace(error)}")
    if isinstance(error, TaroError):
        return _at(warning, f"unhandled rejection: {error} (it was not awaited or caught, and had no fail or complete)")
    return _at(warning, f"unhandled error, in a callback or in a promise that nobody looked at:\n{user_trace(error)}")


def _at(warning: ProgramWarning, words: str) -> str:
    return ": ".join(part for part in (line_of(warning.place), words) if part)


__all__ = ["Told", "in_words"]
