"""`Map` and `Set`.

Keys are compared as JavaScript does it: 1 and 1.0 are one key, 1 and True are two, NaN equals itself, 0 is -0, and an
object is the same as none but itself, whatever its `__eq__` says. None and `undefined` are one key.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from collections.abc import Iterator as PythonIterator
from contextlib import closing
from itertools import chain
from typing import Any, Generic, Literal, TypeVar
from weakref import ReferenceType, ref

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

#: How many may have gone through a collection before it looks for those who have ceased to.
_MANY = 16


def key_of(value: Any) -> Hashable:
    """What a value is known by in a dict, so that two have the same if JavaScript takes them for one key."""
    kind = type(value)
    if kind is str or kind is int or value is None:
        return value  # type: ignore[no-any-return]
    if kind is float:
        return (value or 0) if value == value else _NAN  # -0 is 0
    if isinstance(value, str):
        return str(value)
    return None if is_nullish(value) else (bool, id(value))


def canonical(key: Any) -> Any:
    """The key as it is kept: 0 for -0."""
    return key if key != 0 or isinstance(key, bool) else 0


class _Walk:
    """What somebody who goes through a collection comes to after a change of it: nothing, as long as there was none.

    `along` is the iterator of the collection's dict that is gone along before. What was left of it at the change is in
    a list then. What comes meanwhile is added to that, and what was taken out is passed by, as long as it has not come
    again. `keys` are those that are known by something else.
    """

    __slots__ = ("__weakref__", "_left", "_places", "along", "keys")

    along: PythonIterator[Hashable]
    keys: Mapping[Hashable, Any]

    def come(self, known_by: Hashable) -> None:
        """A key is about to come."""
        self._list()
        self._places[known_by] = len(self._left)
        self._left.append(known_by)

    def go(self, known_by: Hashable) -> None:
        """A key is about to go."""
        self._list()
        self._places.pop(known_by, None)

    def go_all(self) -> None:
        """All keys are about to go."""
        self._list()
        self._places.clear()

    def __iter__(self) -> PythonIterator[Any]:
        if hasattr(self, "_left"):
            for place, known_by in enumerate(self._left):  # which may grow meanwhile
                if self._places.get(known_by) == place:
                    yield self.keys.get(known_by, known_by)

    def _list(self) -> None:
        if not hasattr(self, "_left"):
            self._left = list(self.along)  # which is at its end now, so that who goes along it comes here
            self._places = {known_by: place for place, known_by in enumerate(self._left)}


_new = _Walk.__new__


class _Collection(Generic[K]):
    """What maps and sets have in common: values by what their keys are known by, in the order in which they came.

    They may change while somebody goes through them, who is told.
    """

    __slots__ = ("__weakref__", "_keys", "_values", "_walks")

    def __init__(self) -> None:
        self._values: dict[Hashable, Any] = {}
        #: The keys that are known by something else.
        self._keys: dict[Hashable, Any] = {}
        #: Who goes through it just now, or has ceased to.
        self._walks: list[ReferenceType[_Walk]] = []

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
        if known_by not in self._values:
            return False
        if self._walks:
            for walk in self._going():
                walk.go(known_by)
        del self._values[known_by]
        if self._keys:
            self._keys.pop(known_by, None)
        return True

    def clear(self) -> None:
        """Takes all out."""
        for walk in self._going():
            walk.go_all()
        self._values.clear()
        self._keys.clear()

    __contains__ = has

    def __len__(self) -> int:
        return len(self._values)

    def __bool__(self) -> Literal[True]:
        return True

    def _put(self, key: Any, value: Any) -> None:
        known_by = key if type(key) is str else key_of(key)
        if self._walks or (known_by is not key and known_by not in self._keys):
            self._make_place(key, known_by)
        self._values[known_by] = value

    def _make_place(self, key: Any, known_by: Hashable) -> None:
        """For a key that may come to what somebody goes through, or is known by something else."""
        if known_by in self._values:
            return
        for walk in self._going():
            walk.come(known_by)
        if known_by is not key:
            self._keys[known_by] = canonical(key)

    def _going(self) -> list[_Walk]:
        """Who still goes through it."""
        if len(self._walks) == 1 and self._walks[0]() is None:
            self._walks.clear()
            return []
        walks = [walk for each in self._walks if (walk := each()) is not None]
        self._walks = [ref(walk) for walk in walks]
        return walks

    def _each_known(self) -> PythonIterator[Hashable]:
        """What all keys are known by, also those that come meanwhile, and none that was taken out before its turn."""
        if len(self._walks) > _MANY:
            self._going()
        walk = _new(_Walk)
        walk.along = along = iter(self._values)
        walk.keys = _THEMSELVES
        self._walks.append(ref(walk))
        return chain(along, walk)

    def _each_key(self, kind: Callable[..., Any]) -> Any:
        """The keys themselves, in the same way."""
        if self._keys:
            return kind(self._keys.get(known_by, known_by) for known_by in self._each_known())
        if len(self._walks) > _MANY:
            self._going()
        walk = _new(_Walk)
        walk.along = along = iter(self._values)
        walk.keys = self._keys
        self._walks.append(ref(walk))
        return kind(along, walk)


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
        if type(key) is str and not self._walks:
            self._values[key] = value
        else:
            self._put(key, value)
        return self

    def forEach(self, callback: Callback, this: Any = None) -> None:
        """Calls `callback(value, key, map)` for each."""
        function, count = taking(callback, 3)
        for known_by in self._each_known():
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
        return self._each_key(Iterator)  # type: ignore[no-any-return]

    def values(self) -> Iterator[V]:
        """The values."""
        return Iterator(map(self._values.__getitem__, self._each_known()))

    def entries(self) -> Iterator[Array[Any]]:
        """Arrays of a key and its value."""
        return Iterator(self)

    def __iter__(self) -> PythonIterator[Array[Any]]:
        return (Array((self._keys.get(each, each), self._values[each])) for each in self._each_known())

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
        for value in self._each_key(chain):
            function(*(value, value, self)[:count])

    def values(self) -> Iterator[V]:
        """The values."""
        return self._each_key(Iterator)  # type: ignore[no-any-return]

    keys = values

    def entries(self) -> Iterator[Array[V]]:
        """Arrays of a value, twice."""
        return Iterator(Array((value, value)) for value in self)

    def __iter__(self) -> PythonIterator[V]:
        return self._each_key(chain)  # type: ignore[no-any-return]

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
