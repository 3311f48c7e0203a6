"""`kept`: a property that is worked out once."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # To type checkers it is a plain property: pyright takes no other for what a protocol says is one.
    kept = property
else:
    from functools import cached_property as kept

__all__ = ["kept"]
