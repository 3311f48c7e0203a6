"""The types of what packages of taropy.js give, as the annotations of their functions say."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from .types import BOOLEAN, NUMBER, STRING, UNKNOWN, Type

_PLAIN = {"str": STRING, "bool": BOOLEAN, "float": NUMBER, "int": NUMBER, "int | float": NUMBER}
#: Methods that give a number, and something else where they are given one.
_GETTERS = frozenset(["date", "day", "hour", "millisecond", "minute", "month", "second", "year"])


def type_of(value: Any) -> Type:
    """What is known of what a package exports: what a call of it gives."""
    if inspect.isclass(value):
        return UNKNOWN
    function = value if inspect.isroutine(value) else vars(type(value)).get("__call__")
    given = _given(function) if function is not None else UNKNOWN
    return Type("function", item=given) if given.kind != "unknown" else UNKNOWN


def called_with(type_: Type, name: str, given: int) -> Type | None:
    """What a method gives for so many arguments, where that is another thing than what it is declared to give."""
    members = type_.fields if isinstance(type_.fields, Members) else None
    return NUMBER if members is not None and not given and name in _GETTERS and members.has(name) else None


@attrs.frozen(eq=False)
class Members(Mapping[str, Type]):
    """The types of a class's methods."""

    of: type

    def has(self, name: str) -> bool:
        """Whether the class itself has a method of that name, and not by a plugin that is loaded at the moment."""
        found = getattr(self.of, name, None)
        return inspect.isroutine(found) and found.__qualname__.rpartition(".")[0] in {
            each.__qualname__ for each in self.of.__mro__
        }

    def __getitem__(self, name: str) -> Type:
        found = type_of(getattr(self.of, name)) if self.has(name) else UNKNOWN
        if found == UNKNOWN:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        return (name for name in dir(self.of) if name[0] != "_")

    def __len__(self) -> int:
        return len(list(iter(self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Members) and other.of is self.of

    __hash__ = None  # type: ignore[assignment]


def _given(function: Any) -> Type:
    said = getattr(function, "__annotations__", {}).get("return")
    if said in _PLAIN:
        return _PLAIN[said]
    made = vars(sys.modules.get(getattr(function, "__module__", ""), inspect)).get(said) if said else None
    if not isinstance(made, type) or not made.__module__.startswith("taropy.js.packages."):
        return UNKNOWN
    return Type("instance", fields=Members(made))
