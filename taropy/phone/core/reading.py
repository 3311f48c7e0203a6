"""From JSON that may be anything to the values that a room expects, or a `Misfit` that says where it is wrong.

What is expected is said by types: `dict[str, str]`, `list[Contact]`, `bool | None`, `Literal["light", "dark"]`, classes
made with attrs, whose fields are those of a JSON object. A field that the class does not know is left out.
"""

from __future__ import annotations

import types
from collections.abc import Callable
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import attrs

Kind = TypeVar("Kind")


class Misfit(ValueError):
    """The value is not what is expected; `where` is the way to it, as `user.gender` or `contacts[2]`."""

    def __init__(self, where: str, fault: str) -> None:
        super().__init__(f"{where or 'it'} {fault}")


def read(value: Any, kind: type[Kind]) -> Kind:
    """`value` as what `kind` says, made anew; `Misfit` if it is something else."""
    hint: Any = kind
    made: Kind = _reader(hint)(value, "")
    return made


_Read = Callable[[Any, str], Any]


@cache
def _reader(kind: Any) -> _Read:
    origin, arguments = get_origin(kind), get_args(kind)
    if kind is Any:
        return lambda value, where: value
    if origin in (Union, types.UnionType):
        return _any_of(kind, [_reader(each) for each in arguments])
    if origin is Literal:
        return _one_of(arguments)
    if origin is list:
        return _list_of(_reader(arguments[0]))
    if origin is dict:
        return _dict_of(_reader(arguments[1]))
    return _object_of(kind) if attrs.has(kind) else _exactly(kind)


#: What Python calls them, and what JSON does.
_NAMES = {str: "a text", int: "a whole number", float: "a number", bool: "true or false", type(None): "null"}


def _exactly(kind: type) -> _Read:
    kinds = (int, float) if kind is float else (kind,)

    def check(value: Any, where: str) -> Any:
        if type(value) not in kinds:
            raise Misfit(where, f"is {_told(value)} and not {_NAMES[kind]}")
        return value

    return check


def _any_of(kind: Any, readers: list[_Read]) -> _Read:
    def check(value: Any, where: str) -> Any:
        for reader in readers:
            try:
                return reader(value, where)
            except Misfit:
                continue
        raise Misfit(where, f"is {_told(value)} and not {kind}")

    return check


def _one_of(choices: tuple[Any, ...]) -> _Read:
    def check(value: Any, where: str) -> Any:
        if not any(value == choice and type(value) is type(choice) for choice in choices):
            raise Misfit(where, f"is {_told(value)} and none of {', '.join(map(repr, choices))}")
        return value

    return check


def _list_of(item: _Read) -> _Read:
    def check(value: Any, where: str) -> Any:
        if type(value) is not list:
            raise Misfit(where, f"is {_told(value)} and not a list")
        return [item(each, f"{where}[{index}]") for index, each in enumerate(value)]

    return check


def _dict_of(item: _Read) -> _Read:
    def check(value: Any, where: str) -> Any:
        return {name: item(each, _below(where, name)) for name, each in _object(value, where).items()}

    return check


def _object_of(kind: type) -> _Read:
    hints = get_type_hints(kind)
    readers = {field.name: _reader(hints[field.name]) for field in attrs.fields(kind)}
    needed = {field.name for field in attrs.fields(kind) if field.default is attrs.NOTHING}

    def make(value: Any, where: str) -> Any:
        found = _object(value, where)
        missing = [name for name in needed if name not in found]
        if missing:
            raise Misfit(where, f"has no {', '.join(sorted(missing))}")
        fields = {name: read(found[name], _below(where, name)) for name, read in readers.items() if name in found}
        try:
            return kind(**fields)
        except ValueError as error:  # of a validator
            raise Misfit(where, f"is none: {error.args[0] if error.args else error}") from error

    return make


def _object(value: Any, where: str) -> dict[str, Any]:
    if type(value) is not dict:
        raise Misfit(where, f"is {_told(value)} and not an object")
    return value


def _below(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name


def _told(value: Any) -> str:
    """A value as a message shows it, without its contents, which may be long or secret."""
    return "an object" if type(value) is dict else "a list" if type(value) is list else _NAMES[type(value)]
