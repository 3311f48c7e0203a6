"""`Map` and `Set`.

Keys are compared as JavaScript does it: 1 and 1.0 are one key, 1 and True are two, NaN equals itself, 0 is -0, and an
object is the same as none but itself, whatever its `__eq__` says. None and `undefined` are one key.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from collections.abc import Iterator as PythonIterator
from contextlib import closing
from itertools import takewhile
from typing import Any, Generic, Literal, TypeVar

from .array import Array
from .callbacks import Callback, taking
from .errors import TypeError
from .iterators import Iterator
from .listing import all_of
from .missing import is_nullish
from .set_operations import SetLike

K = TypeVar("K")
V = TypeVar("V")

_NAN = object()


def key_of(value: Any) -> Hashable:
    """What a value is known by in a dict, so that two have the same if JavaScript takes them for one key."""
    kind = type(value)
    if kind is str or kind is int or value is None:
        return value  # type: ignore[no-any-return]
    if kind is float:
        return value if value == value else _NAN
    if isinstance(value, str):
        return str(value)
    return None if is_nullish(value) else (bool, id(value))


def canonical(key: Any) -> Any:
    """The key as it is kept: 0 for -0."""
    return key if key != 0 or isinstance(key, bool) else 0


class _Entry:
    """What a map holds; it stays to be found by those who go through the map after it was taken out."""

    __slots__ = ("alive", "key", "serial", "value")

    def __init__(self, key: Any, value: Any, serial: int) -> None:
        self.key = key
        self.value = value
        self.serial = serial
        self.alive = True


class _Entries:
    """Entries in the order in which they came, which may change while they are gone through."""

    __slots__ = ("_last", "known")

    def __init__(self) -> None:
        self.known: dict[Hashable, _Entry] = {}
        self._last = 0

    def __len__(self) -> int:
        return len(self.known)

    def find(self, key: Any) -> _Entry | None:
        return self.known.get(key if type(key) is str else key_of(key))

    def put(self, key: Any, value: Any) -> None:
        known_by = key if type(key) is str else key_of(key)
        entry = self.known.get(known_by)
        if entry is not None:
            entry.value = value
            return
        self._last += 1
        self.known[known_by] = _Entry(key or canonical(key), value, self._last)

    def clear(self) -> None:
        for entry in self.known.values():
            entry.alive = False
        self.known.clear()

    def __iter__(self) -> PythonIterator[_Entry]:
        """All of them, also those that come meanwhile, and none that was taken out before its turn."""
        seen = 0
        while fresh := self._after(seen):
            for entry in fresh:
                if entry.alive:
                    yield entry
            seen = fresh[-1].serial

    def _after(self, serial: int) -> list[_Entry]:
        if not serial:
            return list(self.known.values())
        fresh = list(takewhile(lambda entry: entry.serial > serial, reversed(self.known.values())))
        fresh.reverse()
        return fresh


class _Collection(Generic[K]):
    """What maps and sets have in common: what they hold is found by its key."""

    __slots__ = ("__weakref__", "_entries")

    def __init__(self) -> None:
        self._entries = _Entries()

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self._entries.known)

    def has(self, key: K) -> bool:
        """Whether it is in."""
        return self._entries.find(key) is not None

    def delete(self, key: K) -> bool:
        """Takes it out; whether it was in."""
        entry = self._entries.known.pop(key if type(key) is str else key_of(key), None)
        if entry is None:
            return False
        entry.alive = False
        return True

    def clear(self) -> None:
        """Takes all out."""
        self._entries.clear()

    __contains__ = has

    def __len__(self) -> int:
        return len(self._entries)

    def __bool__(self) -> Literal[True]:
        return True


def given(items: Iterable[V] | None) -> Iterable[V]:
    """What a collection is made of: nothing where it is None or `undefined`."""
    return () if items is None or is_nullish(items) else items


class Map(_Collection[K], Generic[K, V]):
    """`Map(pairs)`: values by keys of any kind, in the order in which these came. It gives arrays of both."""

    __slots__ = ()
    __tag__: str = "Map"

    def __init__(self, pairs: Iterable[Any] | None = None) -> None:
        super().__init__()
        for pair in given(pairs):
            if isinstance(pair, str | int | float):
                raise TypeError(f"Iterator value {pair} is not an entry object")
            self._entries.put(pair[0], pair[1])

    def get(self, key: K) -> V | Any:
        """The value of a key; None if there is none, which checkers leave to those who know that there is one."""
        entry = self._entries.known.get(key if type(key) is str else key_of(key))
        return None if entry is None else entry.value

    def set(self, key: K, value: V) -> Map[K, V]:
        """Sets the value of a key; returns the map."""
        self._entries.put(key, value)
        return self

    def forEach(self, callback: Callback, this: Any = None) -> None:
        """Calls `callback(value, key, map)` for each."""
        function, count = taking(callback, 3)
        for entry in self._entries:
            function(*(entry.value, entry.key, self)[:count])

    def getOrInsert(self, key: K, value: V) -> V:
        """The value of a key, which is set to this one if there is none."""
        return self.getOrInsertComputed(key, lambda: value)

    def getOrInsertComputed(self, key: K, callback: Callback) -> V:
        """The value of a key; if there is none, what `callback(key)` returns, to which it is set."""
        function, count = taking(callback, 1)
        entry = self._entries.find(key)
        if entry is not None:
            return entry.value  # type: ignore[no-any-return]
        value: V = function(*(canonical(key),)[:count])
        self._entries.put(key, value)
        return value

    @staticmethod
    def groupBy(items: Iterable[Any], callback: Callback) -> Map[Any, Array[Any]]:
        """Arrays of the items, by what `callback(item, index)` returns for them."""
        function, count = taking(callback, 2)
        groups: Map[Any, Array[Any]] = Map()
        for index, item in enumerate(all_of(items)):
            groups.getOrInsert(function(*(item, index)[:count]), Array()).push(item)
        return groups

    def keys(self) -> Iterator[K]:
        """The keys."""
        return Iterator(entry.key for entry in self._entries)

    def values(self) -> Iterator[V]:
        """The values."""
        return Iterator(entry.value for entry in self._entries)

    def entries(self) -> Iterator[Array[Any]]:
        """Arrays of a key and its value."""
        return Iterator(self)

    def __iter__(self) -> PythonIterator[Array[Any]]:
        return (Array((entry.key, entry.value)) for entry in self._entries)

    def __repr__(self) -> str:
        return f"Map({[[entry.key, entry.value] for entry in self._entries]!r})"


class Set(_Collection[V]):
    """`Set(values)`: values of any kind, each once, in the order in which they came."""

    __slots__ = ()
    __tag__: str = "Set"

    def __init__(self, values: Iterable[V] | None = None) -> None:
        super().__init__()
        for value in given(values):
            self._entries.put(value, None)

    def add(self, value: V) -> Set[V]:
        """Puts a value in; returns the set."""
        self._entries.put(value, None)
        return self

    def forEach(self, callback: Callback, this: Any = None) -> None:
        """Calls `callback(value, value, set)` for each."""
        function, count = taking(callback, 3)
        for entry in self._entries:
            function(*(entry.key, entry.key, self)[:count])

    def values(self) -> Iterator[V]:
        """The values."""
        return Iterator(self)

    keys = values

    def entries(self) -> Iterator[Array[V]]:
        """Arrays of a value, twice."""
        return Iterator(Array((value, value)) for value in self)

    def __iter__(self) -> PythonIterator[V]:
        return (entry.key for entry in self._entries)

    # --- with another set, a map, or what has `size`, `has` and `keys` as they do -------------------------------

    def union(self, other: Any) -> Set[Any]:
        """A set of the values of both."""
        others = SetLike(other)
        made: Set[Any] = Set(self)
        for value in others.each():
            made.add(value)
        return made

    def intersection(self, other: Any) -> Set[V]:
        """A set of the values that are in both."""
        others = SetLike(other)
        if self.size <= others.size:
            return Set(value for value in self if others.contains(value))
        return Set(value for value in others.each() if self.has(value))

    def difference(self, other: Any) -> Set[V]:
        """A set of the values that are not in the other one."""
        others = SetLike(other)
        made: Set[V] = Set(self)
        left_out = (value for value in self if others.contains(value)) if self.size <= others.size else others.each()
        for value in left_out:
            made.delete(value)
        return made

    def symmetricDifference(self, other: Any) -> Set[Any]:
        """A set of the values that are in one of the two alone."""
        others = SetLike(other)
        made: Set[Any] = Set(self)
        for value in others.each():
            if self.has(value):
                made.delete(value)
            else:
                made.add(value)
        return made

    def isSubsetOf(self, other: Any) -> bool:
        """Whether all values are in the other one."""
        others = SetLike(other)
        return self.size <= others.size and all(others.contains(value) for value in self)

    def isSupersetOf(self, other: Any) -> bool:
        """Whether all values of the other one are in this."""
        others = SetLike(other)
        if self.size < others.size:
            return False
        with closing(others.each()) as values:
            return all(self.has(value) for value in values)

    def isDisjointFrom(self, other: Any) -> bool:
        """Whether no value is in both."""
        others = SetLike(other)
        if self.size <= others.size:
            return not any(others.contains(value) for value in self)
        with closing(others.each()) as values:
            return not any(self.has(value) for value in values)

    def __repr__(self) -> str:
        return f"Set({[entry.key for entry in self._entries]!r})"
