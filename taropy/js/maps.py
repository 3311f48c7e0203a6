"""`Map`, `Set`, `WeakMap` and `WeakSet`.

Keys are compared as JavaScript does it: 1 and 1.0 are one key, 1 and True are two, NaN equals itself, 0 is -0, and an
object is the same as none but itself, whatever its `__eq__` says. None and `undefined` are one key.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import takewhile
from typing import Any, Generic, Literal, TypeVar
from weakref import ref

from .array import Array
from .callbacks import Callback, taking
from .errors import TypeError
from .missing import is_nullish

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

    __slots__ = ("_known", "_last")

    def __init__(self) -> None:
        self._known: dict[Hashable, _Entry] = {}
        self._last = 0

    def __len__(self) -> int:
        return len(self._known)

    def find(self, key: Any) -> _Entry | None:
        return self._known.get(key_of(key))

    def put(self, key: Any, value: Any) -> None:
        known_by = key_of(key)
        entry = self._known.get(known_by)
        if entry is not None:
            entry.value = value
            return
        self._last += 1
        self._known[known_by] = _Entry(key if key != 0 or isinstance(key, bool) else 0, value, self._last)

    def remove(self, key: Any) -> bool:
        entry = self._known.pop(key_of(key), None)
        if entry is not None:
            entry.alive = False
        return entry is not None

    def clear(self) -> None:
        for entry in self._known.values():
            entry.alive = False
        self._known.clear()

    def __iter__(self) -> Iterator[_Entry]:
        """All of them, also those that come meanwhile, and none that was taken out before its turn."""
        seen = 0
        while fresh := self._after(seen):
            for entry in fresh:
                if entry.alive:
                    yield entry
            seen = fresh[-1].serial

    def _after(self, serial: int) -> list[_Entry]:
        fresh = list(takewhile(lambda entry: entry.serial > serial, reversed(self._known.values())))
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
        return len(self._entries)

    def has(self, key: K) -> bool:
        """Whether it is in."""
        return self._entries.find(key) is not None

    def delete(self, key: K) -> bool:
        """Takes it out; whether it was in."""
        return self._entries.remove(key)

    def clear(self) -> None:
        """Takes all out."""
        self._entries.clear()

    __contains__ = has

    def __len__(self) -> int:
        return len(self._entries)

    def __bool__(self) -> Literal[True]:
        return True


def _given(items: Iterable[V] | None) -> Iterable[V]:
    """What a collection is made of: nothing where it is None or `undefined`."""
    return () if items is None or is_nullish(items) else items


class Map(_Collection[K], Generic[K, V]):
    """`Map(pairs)`: values by keys of any kind, in the order in which these came. It gives arrays of both."""

    __slots__ = ()
    __tag__: str = "Map"

    def __init__(self, pairs: Iterable[Any] | None = None) -> None:
        super().__init__()
        for pair in _given(pairs):
            if isinstance(pair, str | int | float):
                raise TypeError(f"Iterator value {pair} is not an entry object")
            self._entries.put(pair[0], pair[1])

    def get(self, key: K) -> V | None:
        """The value of a key; None if there is none."""
        entry = self._entries.find(key)
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

    def keys(self) -> Iterator[K]:
        """The keys."""
        return (entry.key for entry in self._entries)

    def values(self) -> Iterator[V]:
        """The values."""
        return (entry.value for entry in self._entries)

    def entries(self) -> Iterator[Array[Any]]:
        """Arrays of a key and its value."""
        return (Array((entry.key, entry.value)) for entry in self._entries)

    __iter__ = entries

    def __repr__(self) -> str:
        return f"Map({[[entry.key, entry.value] for entry in self._entries]!r})"


class Set(_Collection[V]):
    """`Set(values)`: values of any kind, each once, in the order in which they came."""

    __slots__ = ()
    __tag__: str = "Set"

    def __init__(self, values: Iterable[V] | None = None) -> None:
        super().__init__()
        for value in _given(values):
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
        return (entry.key for entry in self._entries)

    keys = values

    def entries(self) -> Iterator[Array[V]]:
        """Arrays of a value, twice."""
        return (Array((entry.key, entry.key)) for entry in self._entries)

    __iter__ = values

    def __repr__(self) -> str:
        return f"Set({[entry.key for entry in self._entries]!r})"


class _Weak:
    """Values by objects that are not kept alive by it; an object that Python can't watch (a list, a dict) is kept."""

    __slots__ = ("__weakref__", "_known")

    def __init__(self) -> None:
        self._known: dict[int, tuple[Callable[[], Any], Any]] = {}

    def _put(self, key: Any, value: Any) -> None:
        self._known[id(key)] = self._watched(key), value

    def _watched(self, key: Any) -> Callable[[], Any]:
        known, place = self._known, id(key)
        try:
            return ref(key, lambda _: known.pop(place, None))
        except builtins.TypeError:
            return lambda: key

    def has(self, key: Any) -> bool:
        """Whether it is in."""
        return id(key) in self._known

    def delete(self, key: Any) -> bool:
        """Takes it out; whether it was in."""
        return self._known.pop(id(key), None) is not None


class WeakMap(_Weak):
    """`WeakMap(pairs)`: values by objects, which the map does not keep alive."""

    __slots__ = ()
    __tag__: str = "WeakMap"

    def __init__(self, pairs: Iterable[Any] | None = None) -> None:
        super().__init__()
        for pair in _given(pairs):
            self.set(pair[0], pair[1])

    def get(self, key: Any) -> Any:
        """The value of an object; None if there is none."""
        found = self._known.get(id(key))
        return None if found is None else found[1]

    def set(self, key: Any, value: Any) -> WeakMap:
        """Sets the value of an object; `TypeError` for what is none. Returns the map."""
        self._put(_object(key, "Invalid value used as weak map key"), value)
        return self


class WeakSet(_Weak):
    """`WeakSet(values)`: objects, which the set does not keep alive."""

    __slots__ = ()
    __tag__: str = "WeakSet"

    def __init__(self, values: Iterable[Any] | None = None) -> None:
        super().__init__()
        for value in _given(values):
            self.add(value)

    def add(self, value: Any) -> WeakSet:
        """Puts an object in; `TypeError` for what is none. Returns the set."""
        self._put(_object(value, "Invalid value used in weak set"), None)
        return self


def _object(value: Any, otherwise: str) -> Any:
    if is_nullish(value) or isinstance(value, str | int | float):
        raise TypeError(otherwise)
    return value
