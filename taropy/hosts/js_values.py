"""JavaScript's values where they meet Python's: nothing and `undefined`, errors, files.

A host that talks to a real JavaScript engine translates by these rules, whichever way it gets there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from .. import spec
from ..spec import Primitive, Type, Union


class Undefined:
    """JavaScript's `undefined`, where it is something else than null; there is one, `UNDEFINED`."""

    def __repr__(self) -> str:
        return "UNDEFINED"

    def __bool__(self) -> bool:
        return False


UNDEFINED = Undefined()


class JsError(Exception):
    """What JavaScript has thrown, or rejected a promise with: an Error, a plain object, or any other value.

    - `value`: the value itself, an Error as the mapping of its fields.
    - `result`: the fields of an Error or of an object, which is where the runtime looks for them; None of a text.
    """

    def __init__(self, value: Any) -> None:
        self.value = value
        self.result: Mapping[str, Any] | None = value if isinstance(value, Mapping) else None
        super().__init__(_message(value))


def _message(value: Any) -> str:
    if not isinstance(value, Mapping):
        return "" if value is None else str(value)
    told = next((value[name] for name in ("errMsg", "message") if value.get(name)), "")
    return str(told)


class Instance(dict[str, Any]):
    """The fields of an object of a class, which is told beside them: an Error, an event, a rectangle.

    - `class_name`: the class; of an Error its `name`. `is_error`: whether it is one.
    """

    def __init__(self, fields: Mapping[str, Any], class_name: str, *, is_error: bool = False) -> None:
        super().__init__(fields)
        self.class_name = class_name
        self.is_error = is_error

    def __repr__(self) -> str:
        return f"<{self.class_name} {super().__repr__()}>"


class Blob(bytes):
    """The bytes of a Blob, or of a File, which has a name too. It is bytes to whoever asks for no more."""

    type: str
    name: str | None

    def __new__(cls, data: bytes = b"", type: str = "", name: str | None = None) -> Blob:
        """Of these bytes, with this media type; a File if there is a name."""
        made = super().__new__(cls, data)
        made.type, made.name = type, name
        return made

    def __repr__(self) -> str:
        named = "" if self.name is None else f" {self.name!r}"
        return f"<Blob{named} of {len(self)} bytes, {self.type or 'no type'}>"


def placed(name: str, arguments: Sequence[Any]) -> list[Any]:
    """Positional arguments as JavaScript has them: None is null where the declaration takes data, else `undefined`.

    What is `undefined` at the end is left out, as JavaScript's programs do.
    """
    if None not in arguments:
        return list(arguments)
    null = takes_null(name)
    given = [
        UNDEFINED if argument is None and not (position < len(null) and null[position]) else argument
        for position, argument in enumerate(arguments)
    ]
    while given and given[-1] is UNDEFINED:
        given.pop()
    return given


@cache
def takes_null(name: str) -> tuple[bool, ...]:
    """By position, whether a function takes data there, of which null is one; nothing is known of undeclared ones."""
    if not spec.has(name):
        return ()
    signatures = spec.member(name).signatures
    longest = max((each.params for each in signatures), key=len, default=())
    return tuple(_is_data(param.type) for param in longest)


def _is_data(type_: Type) -> bool:
    if isinstance(type_, Union):
        return any(map(_is_data, type_.items))
    return isinstance(type_, spec.TypeParam) or (
        isinstance(type_, Primitive) and type_.name in ("any", "unknown", "null")
    )
