"""invariant 2: throws unless something holds."""

from __future__ import annotations

from typing import Any

from ..conversions import text, truthy
from ..errors import Error


def invariant(condition: Any = None, format: Any = None, *values: Any) -> None:
    """`Error` unless the condition is true: its message is `format`, with the values in the place of each `%s`."""
    if format is None:
        raise Error("invariant requires an error message argument")
    if truthy(condition):
        return
    message, left = text(format), list(values)
    while "%s" in message and left:
        message = message.replace("%s", text(left.pop(0)), 1)
    error = Error(message)
    error.name = "Invariant Violation"
    raise error
