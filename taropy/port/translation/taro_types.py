"""The types of what Taro's functions give, as its declarations say."""

from __future__ import annotations

from functools import cache

from ... import spec
from ...spec._model import Array, Primitive, Ref
from .types import BOOLEAN, DECLARED_NUMBER, STRING, UNKNOWN, Type

_PRIMITIVES = {"string": STRING, "number": DECLARED_NUMBER, "boolean": BOOLEAN}
#: Fields of fields are looked at to this depth.
_DEEPEST = 3


@cache
def result_of(name: str) -> Type:
    """What a call of Taro's function gives; of a promise the item is what it is resolved with."""
    member = spec.member(name) if spec.has(name) else None
    if member is None or not member.signatures:
        return UNKNOWN
    returns = member.signatures[0].returns
    awaited = spec.awaited(returns)
    if awaited is not None:
        return Type("promise", item=_read(awaited, 0))
    return Type("promise") if member.is_promise else _read(returns, 0)


@cache
def takes_options(name: str) -> bool:
    """Whether a function of Taro's takes options and nothing else, so that they can be its arguments."""
    member = spec.member(name) if spec.has(name) else None
    if member is None or member.is_promise or not member.signatures:
        return member is not None and member.is_promise
    types = [param.type for param in member.signatures[0].params]
    return len(types) == 1 and isinstance(types[0], Ref) and types[0].name == f"{name}.Option"


def _read(type_: object, depth: int) -> Type:
    if isinstance(type_, Primitive):
        return _PRIMITIVES.get(type_.name, UNKNOWN)
    if isinstance(type_, Array):
        return Type("array", item=_read(type_.item, depth + 1)) if depth < _DEEPEST else Type("array")
    if not isinstance(type_, Ref) or depth >= _DEEPEST:
        return UNKNOWN
    fields = spec.fields_of(type_)
    if not fields:
        return UNKNOWN
    known = {name: _optional(_read(field.type, depth + 1), field.optional) for name, field in fields.items()}
    return Type("object", fields=known)


def _optional(type_: Type, optional: bool) -> Type:
    return Type(type_.kind, type_.item, type_.fields, optional, type_.whole, type_.name)
