"""`Symbol`: a value that is like no other, as a mark, as the key of a map, and as the key of an object's field.

A field by a symbol is kept under a text that nothing else has. JavaScript lists it nowhere: `Object.keys`, `for … in`
and JSON pass it by, and spreading an object takes it along.
"""

from __future__ import annotations

from itertools import count
from typing import Any, NoReturn

from .conversions import text
from .errors import TypeError
from .keys import SYMBOLIC

_numbers = count(1)


class Symbol:
    """`Symbol("day")`: it equals itself alone, whatever its description. `Symbol.for_("day")` is the same each time."""

    __slots__ = ("__weakref__", "_description", "_key")
    __typeof__: str = "symbol"
    __tag__: str = "Symbol"

    def __init__(self, description: Any = None) -> None:
        self._description: str | None = None if description is None else text(description)
        self._key: str = f"{SYMBOLIC}{next(_numbers)}:{self._description or ''}"

    @property
    def description(self) -> str | None:
        """What it was made with."""
        return self._description

    def toString(self) -> str:
        """`Symbol(day)`; neither a template nor `+` makes a text of a symbol."""
        return f"Symbol({self._description or ''})"

    def valueOf(self) -> Symbol:
        """The symbol itself."""
        return self

    @staticmethod
    def for_(key: Any) -> Symbol:
        """The symbol of this key; the same each time."""
        name = text(key)
        found = _registered.get(name)
        if found is None:
            found = _registered[name] = Symbol(name)
        return found

    @staticmethod
    def keyFor(symbol: Any) -> str | None:
        """The key of a symbol that `for_` has given; None of any other."""
        return next((key for key, known in _registered.items() if known is symbol), None)

    def __property_key__(self) -> str:
        return self._key

    def __primitive__(self, hint: str) -> NoReturn:
        raise TypeError(f"Cannot convert a Symbol value to a {'string' if hint == 'string' else 'number'}")

    def __copy__(self) -> Symbol:
        return self

    def __deepcopy__(self, memo: object) -> Symbol:
        return self

    def __reduce__(self) -> NoReturn:
        raise TypeError("a symbol can't be pickled: nothing else would be like it where it arrives")

    def __repr__(self) -> str:
        return self.toString()


_registered: dict[str, Symbol] = {}
