"""The own fields of any value: what `Object.keys` lists, and what is spread."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from ..runtime.errors import TaroError
from .keys import in_order, property_key
from .missing import hole, kept
from .utf16 import units

#: What JavaScript does not list of an error.
_UNLISTED = frozenset({"cause", "errors", "message"})


def own_fields(value: Any) -> Mapping[Any, Any]:
    """The own fields of a value by their keys: those of objects and instances, the items of arrays and texts.

    A class whose instances have others has a method `__fields__()`.
    """
    if isinstance(value, (dict, Mapping)):  # an `Obj` is long in telling that it is some mapping
        return value
    if isinstance(value, str):
        return {str(index): item for index, item in enumerate(units(value))}
    if isinstance(value, (list, tuple)):
        items = {str(index): item for index, item in enumerate(kept(value)) if item is not hole}
        others: dict[str, Any] | None = getattr(value, "__dict__", None)
        return items | others if others else items
    if isinstance(value, TaroError):
        return dict(value)
    if hasattr(type(value), "__fields__"):
        return value.__fields__()  # type: ignore[no-any-return]
    fields = getattr(value, "__dict__", {})
    if isinstance(value, BaseException):
        fields = {name: field for name, field in fields.items() if name not in _UNLISTED}
    private = _private(type(value))  # type: ignore[arg-type]
    if any(name.startswith(private) for name in fields):
        return {name: field for name, field in fields.items() if not name.startswith(private)}
    return fields


@cache
def _private(kind: Any) -> tuple[str, ...]:
    """How the names of private members begin, `self.__count` in a class: nobody lists these."""
    return tuple(f"_{each.__name__.lstrip('_')}__" for each in kind.__mro__ if each is not object)


def declares(kind: type, name: str) -> bool:
    """Whether a class or one of its bases has a member of this name, as `hasattr` can't tell of `Object`'s classes."""
    return any(name in vars(each) for each in kind.__mro__)


def own_keys(value: Any) -> list[str]:
    """The keys of the own fields, as texts: indexes first, ascending, and then the others as they came."""
    return in_order(map(property_key, own_fields(value)))
