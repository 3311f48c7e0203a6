"""`crypto`: random numbers and names."""

from __future__ import annotations

import os
import uuid
from typing import Any, Final

from .dom_exception import DOMException

#: The most bytes that are given at once.
QUOTA: Final = 65_536


class Crypto:
    """`crypto.getRandomValues` and `crypto.randomUUID`."""

    @staticmethod
    def getRandomValues(array: Any) -> Any:
        """Fills an array of whole numbers with random ones, and gives it back.

        `DOMException` for one of other numbers (TypeMismatchError), and for more than 65536 bytes (QuotaExceededError).
        """
        from .typed_arrays import is_integer_array

        if not is_integer_array(array):
            raise DOMException("The data argument must be an integer-type TypedArray", "TypeMismatchError")
        if array.byteLength > QUOTA:
            raise DOMException(f"The requested length exceeds {QUOTA:,} bytes", "QuotaExceededError")
        array.memory()[:] = os.urandom(array.byteLength)
        return array

    @staticmethod
    def randomUUID() -> str:
        """A random UUID (version 4)."""
        return str(uuid.uuid4())

    def __repr__(self) -> str:
        return "crypto"


crypto: Final = Crypto()
