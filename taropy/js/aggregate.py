"""`AggregateError`: several errors in one."""

from __future__ import annotations

from typing import Any

from .array import Array
from .errors import Error


class AggregateError(Error):
    """Several errors in one, `AggregateError(errors, message)`; `errors` has them."""

    name: Any = "AggregateError"

    def __init__(self, errors: Any, message: Any = None, options: Any = None) -> None:
        super().__init__(message, options)
        self.errors: Any = Array(errors)
