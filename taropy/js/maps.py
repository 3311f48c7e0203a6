"""`Map` and `Set`.

Keys are compared as JavaScript does it: 1 and 1.0 are one key, 1 and True are two, NaN equals itself, 0 is -0, and an
object is the same as none but itself, whatever its `__eq__` says. None and `undefined` are one key.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
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


class _Collection(Generic[K]):
    """What maps and sets have in common: values by what their keys are known by, in the order in which they came.

    They may change while somebody goes through them, who tells by the numbers of the keys which came meanwhile.
    """

    __slots__ = ("__weakref__", "_keys", "_last", "_numbers", "_values")

    def __init__(self) -> None:
        self._values: dict[Hashable, Any] = {}
        #: The keys that are known by something else.
        self._keys: dict[Hashable, Any] = {}
        #: When each key came, from 1 on.
        self._numbers: dict[Hashable, int] = {}
        self._last = 0

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self._values)

    def has(self, key: K) -> bool:
        """Whether it is in."""
        return (key if type(key) is str else key_of(key)) in self._values

    def delete(self, key: K) -> bool:
        """Takes it out; whether it was in."""
        known_by = key if type(key) is str else key_of(key)
        if self._numbers.pop(known_by, None) is None:
            return False
        del self._values[known_by]
        if self._keys:
            self._keys.pop(known_by, None)
        return True

    def clear(self) -> None:
        """Takes all out."""
        self._values.clear()
        self._keys.clear()
        self._numbers.clear()

    __contains__ = has

    def __len__(self) -> int:
        return len(self._values)

    def __bool__(self) -> Literal[True]:
        return True

    def _put(self, key: Any, value: Any) -> None:
        known_by = key if type(key) is str else key_of(key)
        if known_by not in self._values:
            if known_by is not key:
                self._keys[known_by] = key
            elif type(key) is float and not key:
                known_by = 0  # for -0
            self._numbers[known_by] = self._last = self._last + 1
        self._values[known_by] = value

    def _each(self, giving: Mapping[Hashable, Any]) -> PythonIterator[Any]:
        """What it gives for all keys, also those that come meanwhile, and none that was taken out before its turn."""
        numbers, seen = self._numbers, 0
        while seen < self._last:
            fresh, before, seen = self._after(seen), seen, self._last
            for known_by in fresh:
                if before < numbers.get(known_by, 0) <= seen:
                    yield giving.get(known_by, known_by)

    def _after(self, number: int) -> list[Hashable]:
        """What the keys are known by that came after so many others."""
        if not number:
            return list(self._values)
        fresh = list(takewhile(lambda known_by: self._numbers[known_by] > number, reversed(self._values)))
        fresh.reverse()
        return fresh


#: Gives what the keys are known by.
_THEMSELVES: Mapping[Hashable, Any] = {}


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
            self._put(pair[0], pair[1])

    def get(self, key: K) -> V | Any:
        """The value of a key; None if there is none, which checkers leave to those who know that there is one."""
        return self._values.get(key if type(key) is str else key_of(key))

    def set(self, key: K, value: V) -> Map[K, V]:
        """Sets the value of a key; returns the map."""
        self._put(key, value)
        return self

    def forEach(self, callback: Callback, this: Any = None) -> None:
        """Calls `callback(value, key, map)` for each."""
        function, count = taking(callback, 3)
        for known_by in self._each(_THEMSELVES):
            function(*(self._values[known_by], self._keys.get(known_by, known_by), self)[:count])

    def getOrInsert(self, key: K, value: V) -> V:
        """The value of a key, which is set to this one if there is none."""
        return self.getOrInsertComputed(key, lambda: value)

    def getOrInsertComputed(self, key: K, callback: Callback) -> V:
        """The value of a key; if there is none, what `callback(key)` returns, to which it is set."""
        function, count = taking(callback, 1)
        if not self.has(key):
            self._put(key, function(*(canonical(key),)[:count]))
        return self.get(key)

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
        return Iterator(self._each(self._keys))

    def values(self) -> Iterator[V]:
        """The values."""
        return Iterator(self._each(self._values))

    def entries(self) -> Iterator[Array[Any]]:
        """Arrays of a key and its value."""
        return Iterator(self)

    def __iter__(self) -> PythonIterator[Array[Any]]:
        return (Array((self._keys.get(each, each), self._values[each])) for each in self._each(_THEMSELVES))

    def __repr__(self) -> str:
        return f"Map({[list(pair) for pair in self]!r})"


class Set(_Collection[V]):
    """`Set(values)`: values of any kind, each once, in the order in which they came."""

    __slots__ = ()
    __tag__: str = "Set"

    def __init__(self, values: Iterable[V] | None = None) -> None:
        super().__init__()
        for value in given(values):
            self._put(value, None)

    def add(self, value: V) -> Set[V]:
        """Puts a value in; returns the set."""
        self._put(value, None)
        return self

    def forEach(self, callback: Callback, this: Any = None) -> None:
        """Calls `callback(value, value, set)` for each."""
        function, count = taking(callback, 3)
        for value in self._each(self._keys):
            function(*(value, value, self)[:count])

    def values(self) -> Iterator[V]:
        """The values."""
        return Iterator(self)

    keys = values

    def entries(self) -> Iterator[Array[V]]:
        """Arrays of a value, twice."""
        return Iterator(Array((value, value)) for value in self)

    def __iter__(self) -> PythonIterator[V]:
        return self._each(self._keys)

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
        return f"Set({list(self)!r})"
