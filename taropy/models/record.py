"""`Record`: a dict that also reads by attribute, as a JavaScript object does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from ..hints import no_attribute


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
            raise no_attribute(
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
            raise no_attribute(f"this record has no {name!r}") from None

    def __deepcopy__(self, memo: dict[int, Any]) -> Record:
        # A method of the class: what is asked of the record itself may be a key of the JSON.
        copy = memo[id(self)] = Record()
        copy.update((key, deepcopy(value, memo)) for key, value in self.items())
        return copy

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *(key for key in self if isinstance(key, str) and key.isidentifier())]

    def __repr__(self) -> str:
        return f"Record({dict.__repr__(self)})"

    def _repr_html_(self) -> str:
        from ..trace.table import result_table

        return result_table("Record", self)


# What is found by attribute before any key is.
_METHODS = frozenset(dir(Record))


def _by_key(name: str) -> AttributeError:
    return no_attribute(f"{name!r} is what every record has as a dict; read and write it by key: record[{name!r}]")


# What most values are; asking for the exact type is much quicker than asking whether it is some mapping.
_PLAIN = frozenset({str, int, float, bool, bytes, type(None), Record})


def record(value: Any) -> Any:
    """`value` with every mapping in it, however deep, as a `Record`. What already is one is kept as it is."""
    if type(value) in _PLAIN:
        return value
    try:
        return _record(value)
    except RecursionError:
        return _deep_record(value)


def _record(value: Any) -> Any:
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is list:
        return [_record(item) for item in value]
    if kind is dict or isinstance(value, Mapping):
        return Record((key, _record(item)) for key, item in value.items())
    return value


def _deep_record(value: Any) -> Any:
    """The same for what contains itself, or goes deeper than Python lets functions call themselves."""
    top = [value]
    #: What is made of each list and mapping; and what is made, with the keys at which still is what was given.
    made: dict[int, Any] = {}
    waiting: list[tuple[Any, Iterable[Any]]] = [(top, range(1))]
    while waiting:
        whole, keys = waiting.pop()
        for key in keys:
            item = whole[key]
            is_list = type(item) is list
            if not is_list and (type(item) in _PLAIN or not isinstance(item, Mapping)):
                continue
            if id(item) not in made:
                made[id(item)] = list(item) if is_list else Record(item)
                waiting.append((made[id(item)], range(len(item)) if is_list else tuple(item)))
            whole[key] = made[id(item)]
    return top[0]
