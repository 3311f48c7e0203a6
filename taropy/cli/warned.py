"""taropy's warnings on the terminal: in words, not as lines of Python."""

from __future__ import annotations

import warnings
from typing import Any

import click

from ..runtime.errors import PluginWarning, TaroError, UnhandledRejectionWarning
from .traces import user_trace


def in_words() -> None:
    """Has Python show taropy's warnings in words, and every one; the caller's `warnings.catch_warnings()` undoes it."""
    for category in (PluginWarning, UnhandledRejectionWarning):
        warnings.simplefilter("always", category)
    show = warnings.showwarning

    def show_in_words(message: Warning | str, category: type[Warning], *where: Any, **more: Any) -> None:
        if isinstance(message, PluginWarning | UnhandledRejectionWarning):
            click.echo(_words(message), err=True)
        else:
            show(message, category, *where, **more)

    warnings.showwarning = show_in_words


def _words(warning: Warning) -> str:
    if not isinstance(warning, UnhandledRejectionWarning):
        return f"warning: {warning}"
    error = warning.error
    if isinstance(error, TaroError):
        return f"unhandled rejection: {error} (it was not awaited or caught, and had no fail or complete)"
    return f"unhandled error, in a callback or in a promise that nobody looked at:\n{user_trace(error)}"


__all__ = ["in_words"]
