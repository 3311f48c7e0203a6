"""`Record`: a dict that also reads by attribute, as a JavaScript object does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Record(dict[str, Any]):
    """JSON data as programs meet it: `res.data["user"]["name"]` and `res.data.user.name` are the same.

    A key that is not there raises `AttributeError` by attribute and `KeyError` by key. A key that has the name of
    a dict method (`items`, `get`, …) is read and written by key only: by attribute there is the method, so that
    writing or deleting it there raises `AttributeError`.
    """

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(
                f"this record has no {name!r}; it has {', '.join(map(str, self)) or 'nothing'}"
            ) from None

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _METHODS:
            raise _by_key(name)
        self[name] = value

    def __delattr__(self, name: str) -> None:
        if name in _METHODS:
            raise _by_key(name)
        try:
            del self[name]
        except KeyError:
            raise AttributeError(name) from None

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *(key for key in self if isinstance(key, str) and key.isidentifier())]

    def __repr__(self) -> str:
        return f"Record({dict.__repr__(self)})"


# What is found by attribute before any key is.
_METHODS = frozenset(dir(Record))


def _by_key(name: str) -> AttributeError:
    return AttributeError(f"{name!r} is what every record has as a dict; read and write it by key: record[{name!r}]")


# What most values are; asking for the exact type is much quicker than asking whether it is some mapping.
_PLAIN = frozenset({str, int, float, bool, bytes, type(None), Record})


def record(value: Any) -> Any:
    """`value` with every mapping in it, however deep, as a `Record`. What already is one is kept as it is."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is list:
        return [record(item) for item in value]
    if kind is dict or isinstance(value, Mapping):
        return Record((key, record(item)) for key, item in value.items())
    return value
