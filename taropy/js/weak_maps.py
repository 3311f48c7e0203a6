"""`WeakMap` and `WeakSet`: what they hold is not kept alive by them."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterable
from typing import Any
from weakref import ref

from .callbacks import Callback, taking
from .errors import TypeError
from .maps import given
from .missing import is_nullish


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
        for pair in given(pairs):
            self.set(pair[0], pair[1])

    def get(self, key: Any) -> Any:
        """The value of an object; None if there is none."""
        found = self._known.get(id(key))
        return None if found is None else found[1]

    def set(self, key: Any, value: Any) -> WeakMap:
        """Sets the value of an object; `TypeError` for what is none. Returns the map."""
        self._put(_object(key, "Invalid value used as weak map key"), value)
        return self

    def getOrInsert(self, key: Any, value: Any) -> Any:
        """The value of an object, which is set to this one if there is none."""
        return self.getOrInsertComputed(key, lambda: value)

    def getOrInsertComputed(self, key: Any, callback: Callback) -> Any:
        """The value of an object; if there is none, what `callback(key)` returns, to which it is set."""
        _object(key, "Invalid value used as weak map key")
        function, count = taking(callback, 1)
        if not self.has(key):
            self.set(key, function(*(key,)[:count]))
        return self.get(key)


class WeakSet(_Weak):
    """`WeakSet(values)`: objects, which the set does not keep alive."""

    __slots__ = ()
    __tag__: str = "WeakSet"

    def __init__(self, values: Iterable[Any] | None = None) -> None:
        super().__init__()
        for value in given(values):
            self.add(value)

    def add(self, value: Any) -> WeakSet:
        """Puts an object in; `TypeError` for what is none. Returns the set."""
        self._put(_object(value, "Invalid value used in weak set"), None)
        return self


def _object(value: Any, otherwise: str) -> Any:
    if is_nullish(value) or isinstance(value, str | int | float):
        raise TypeError(otherwise)
    return value
