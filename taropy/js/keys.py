"""The keys of JavaScript's objects: texts, of which those that are array indexes come first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

#: Keys that sort before this may be indexes, or stand for symbols; names of fields hardly ever do.
FIRST_OF_NAMES = "A"
LARGEST_INDEX = 2**32 - 2
#: What the text begins with under which a field by a symbol is kept.
SYMBOLIC = "@@symbol:"


def property_key(key: Any) -> str:
    """The key that a value means between brackets: `"1"` for 1 and for 1.0, `"null"` for None."""
    if type(key) is str:
        return key
    if type(key) is int:
        return str(key)
    of_symbol = getattr(type(key), "__property_key__", None)
    if of_symbol is not None:
        return of_symbol(key)  # type: ignore[no-any-return]
    from .conversions import text

    return text(key)


def is_index(key: str) -> bool:
    """Whether it is the text of a whole number from 0 to 4294967294, as these are written."""
    if not key.isdecimal() or not key.isascii() or len(key) > 10:
        return False
    return (key[0] != "0" or key == "0") and int(key) <= LARGEST_INDEX


def is_symbolic(key: str) -> bool:
    """Whether it stands for a symbol: nobody lists such a key."""
    return key.startswith(SYMBOLIC)


def in_order(keys: Iterable[str]) -> list[str]:
    """Indexes first, ascending; the others as they are, without those that stand for symbols."""
    indexes: list[str] = []
    names: list[str] = []
    for key in keys:
        if is_index(key):
            indexes.append(key)
        elif not is_symbolic(key):
            names.append(key)
    return [*sorted(indexes, key=int), *names]
