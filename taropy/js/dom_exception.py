"""`DOMException`: what functions of the web's standards raise, beside JavaScript's own errors."""

from __future__ import annotations

from typing import Any, Final

from .errors import Error

# The numbers that such errors had before they had names.
_CODES: Final = {"InvalidCharacterError": 5, "SyntaxError": 12, "QuotaExceededError": 22, "DataCloneError": 25}


class DOMException(Error):
    """`DOMException(message, name)`: an error whose `name` says what it is: "DataCloneError", "AbortError", ….

    `code` is the number that belongs to the name, 0 for most.
    """

    def __init__(self, message: Any = "", name: str = "Error") -> None:
        super().__init__(message)
        self.name = name
        self.code: int = _CODES.get(name, 0)
