"""`URLSearchParams`: the pairs of a query, as the URL Standard has them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote, unquote_to_bytes

from .array import Array
from .callbacks import called_with
from .conversions import text
from .errors import TypeError
from .missing import is_nullish
from .utf16 import units, usv

Pair = tuple[str, str]


class URLSearchParams:
    """The pairs of names and values of a query, in their order; a name may come more than once.

    `URLSearchParams(query)` takes a text with or without its `?`, an object, or pairs, another one's too. Iterating
    gives the pairs; `str(params)` is the query. `TypeError` for pairs that are none.
    """

    __slots__ = ("_changed", "_pairs")

    def __init__(self, init: Any = None) -> None:
        self._pairs: list[Pair] = _pairs_of(init)
        self._changed: Callable[[], object] | None = None

    @classmethod
    def _of_url(cls, query: str, changed: Callable[[], object]) -> URLSearchParams:
        """Those of a URL, which is told when they are changed."""
        params = cls(query)
        params._changed = changed
        return params

    def _read(self, query: str) -> None:
        self._pairs = _parsed(query)

    def _set(self, pairs: list[Pair]) -> None:
        self._pairs = pairs
        if self._changed is not None:
            self._changed()

    @property
    def size(self) -> int:
        """How many pairs there are."""
        return len(self._pairs)

    def append(self, name: Any, value: Any) -> None:
        """Adds a pair."""
        self._set([*self._pairs, (_text(name), _text(value))])

    def delete(self, name: Any, value: Any = None) -> None:
        """Removes the pairs of a name, or those of them that have this value."""
        self._set([pair for pair in self._pairs if not _is(pair, name, value)])

    def get(self, name: Any) -> str | None:
        """The first value of a name, None if there is none."""
        name = _text(name)
        return next((value for known, value in self._pairs if known == name), None)

    def getAll(self, name: Any) -> Array[str]:
        """All values of a name."""
        name = _text(name)
        return Array(value for known, value in self._pairs if known == name)

    def has(self, name: Any, value: Any = None) -> bool:
        """Whether there is such a pair."""
        return any(_is(pair, name, value) for pair in self._pairs)

    def set(self, name: Any, value: Any) -> None:
        """Gives a name one value, in the place of the first that it had, or at the end."""
        new, pairs, is_there = (_text(name), _text(value)), [], False
        for pair in self._pairs:
            if pair[0] != new[0]:
                pairs.append(pair)
            elif not is_there:
                pairs.append(new)
                is_there = True
        self._set(pairs if is_there else [*pairs, new])

    def sort(self) -> None:
        """Sorts the pairs by their names, by UTF-16 units; those of one name stay in their order."""
        self._set(sorted(self._pairs, key=lambda pair: units(pair[0])))

    def forEach(self, callback: Callable[..., Any]) -> None:
        """Calls `callback(value, name, params)` for each pair."""
        for name, value in self._pairs:
            called_with(callback, (value, name, self))

    def keys(self) -> Iterator[str]:
        """The names."""
        return iter([name for name, _ in self._pairs])

    def values(self) -> Iterator[str]:
        """The values."""
        return iter([value for _, value in self._pairs])

    def entries(self) -> Iterator[Array[str]]:
        """The pairs."""
        return iter([Array(pair) for pair in self._pairs])

    def __iter__(self) -> Iterator[Array[str]]:
        return self.entries()

    def toString(self) -> str:
        """The query, without a `?`."""
        return "&".join(f"{_encoded(name)}={_encoded(value)}" for name, value in self._pairs)

    def __str__(self) -> str:
        return self.toString()

    def __repr__(self) -> str:
        return f"URLSearchParams({self.toString()!r})"


def _text(value: Any) -> str:
    """A value as text that can be encoded: half of a surrogate pair is no character."""
    return usv(text(value))


def _is(pair: Pair, name: Any, value: Any) -> bool:
    return pair[0] == _text(name) and (is_nullish(value) or pair[1] == _text(value))


def _pairs_of(init: Any) -> list[Pair]:
    if is_nullish(init):
        return []
    if isinstance(init, Mapping):
        return list({_text(name): _text(init[name]) for name in init}.items())
    if isinstance(init, Iterable) and not isinstance(init, str):
        return [_pair(item) for item in init]
    return _parsed(text(init))


def _pair(item: Any) -> Pair:
    parts = () if isinstance(item, str) or not isinstance(item, Iterable) else tuple(item)
    if len(parts) != 2:
        raise TypeError("Each query pair must be an iterable [name, value] tuple")
    return _text(parts[0]), _text(parts[1])


def _parsed(query: str) -> list[Pair]:
    pairs = (part.partition("=") for part in usv(query.removeprefix("?")).split("&") if part)
    return [(_decoded(name), _decoded(value)) for name, _, value in pairs]


def _decoded(part: str) -> str:
    return unquote_to_bytes(part.replace("+", " ")).decode("utf-8", "replace")


def _encoded(part: str) -> str:
    return quote(part, safe="* ").replace(" ", "+").replace("~", "%7E")
