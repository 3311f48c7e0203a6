"""What a value is to a JavaScript program, as text: two values are the same if their texts are.

1 and 1.0 are one number, and so are 0 and -0. A field that is None is not there: Python has one value for null,
undefined and what is missing, and a phone's message that it was given one of them means the other as well. An object of
a class is its fields, without functions. An error is its message and fields; where the program itself is at fault (a
field of nothing is read, a name is not there), both languages say so in words of their own, and these do not count.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

from ...models.json import date_text, json_of, number_text
from ...models.model import Model
from ...runtime.errors import Rejected, TaroError
from ..engine.values import Pattern, ProgramError

#: The values of taropy.js that are no lists, mappings, texts or numbers, by module and name. A port that uses none of
#: them has not imported them, and neither does this.
_JS = "taropy.js."
#: What all classes of programs derive from.
_OF_PROGRAMS = ("taropy.js.object", "Object")

FAULT = "a fault of the program"
_JAVASCRIPT_FAULTS = frozenset(["TypeError", "ReferenceError"])

#: What errors of Taro's have beside the platform's own fields.
_ABOUT_CALLS = frozenset(["api", "platform", "host", "reason", "supportedOn", "name"])
#: How a phone says that it was given nothing where something has to be.
_OF_NOTHING = re.compile(r"(?<= )instead of Undefined\b")
_PYTHON_FAULTS = (AttributeError, TypeError, LookupError, NameError)


def meaning(value: Any) -> str:
    """The text of a value."""
    return json_of(_plain(value, ()))


def thrown(error: Any) -> str:
    """The text of what was thrown, or a promise rejected with."""
    reason = error.value if isinstance(error, Rejected) else error
    if isinstance(reason, ProgramError):
        if reason.name in _JAVASCRIPT_FAULTS and not reason.fields:
            return FAULT
        if isinstance(reason.fields.get("errMsg"), str):  # a call of Taro's has failed
            return meaning({name: value for name, value in reason.fields.items() if name not in _ABOUT_CALLS})
        own = {name: value for name, value in reason.fields.items() if name != "name"}
        return meaning({"message": reason.message, **own})
    if isinstance(reason, TaroError):
        return meaning(dict(reason))
    if isinstance(reason, _PYTHON_FAULTS):
        return FAULT
    if isinstance(reason, BaseException):
        return meaning({"message": str(reason), **_own_fields(reason)})
    return meaning(reason)


def _own_fields(error: BaseException) -> dict[str, Any]:
    """The fields that a program gave its own error; the message is told by itself, and the name is the class's."""
    return {
        name: value
        for name, value in vars(error).items()
        if not name.startswith("_") and name not in ("message", "name")
    }


def _plain(value: Any, around: tuple[int, ...]) -> Any:
    """The value as JSON has it; `around` are the values that it stands in, by their ids."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _OF_NOTHING.sub("instead of Null", str.__str__(value))
    if isinstance(value, int | float):
        return _number(float(value))
    if id(value) in around or value is ...:
        return {"object": "one that it stands in"}
    inside = (*around, id(value))
    if isinstance(value, Pattern):
        return _pattern(value)
    if isinstance(value, list | tuple):
        return [_plain(item, inside) for item in value]
    if isinstance(value, Mapping | Model):
        return _fields({str(name): value[name] for name in value}, inside)
    if type(value).__module__.startswith(_JS):
        return _of_js(value, inside)
    return _of_object(value, inside)


def _fields(fields: Mapping[str, Any], inside: tuple[int, ...]) -> dict[str, Any]:
    plain = {name: _plain(value, inside) for name, value in fields.items()}
    return {name: plain[name] for name in sorted(plain) if plain[name] is not None}


def _number(value: float) -> Any:
    """Numbers as numbers, but for those that JSON does not have."""
    if value == 0:
        return 0
    return value if value - value == 0 else {"number": number_text(value)}


def _pattern(value: Any) -> dict[str, str]:
    return {"regexp": f"/{value.source}/{value.flags}"}


def _of_js(value: Any, inside: tuple[int, ...]) -> Any:
    """A value of taropy.js."""
    name = type(value).__name__
    if name == "Undefined":
        return None
    if name == "RegExp":
        return _pattern(value)
    if name in ("Map", "Set"):
        return {name.lower(): [_plain(item, inside) for item in value]}
    convert = getattr(type(value), "__python__", None)
    return _plain(convert(value), inside) if convert is not None else _of_object(value, inside)


def _of_object(value: Any, inside: tuple[int, ...]) -> Any:
    if isinstance(value, bytes | bytearray | memoryview):
        return {"bytes": bytes(value).hex()}
    if isinstance(value, datetime.datetime):
        return {"date": date_text(value)}
    if isinstance(value, BaseException):
        return {"error": thrown(value)}
    if callable(value):
        return "a function"
    own = getattr(value, "__dict__", None)
    if own is None:
        return {"object": type(value).__name__}
    is_of_program = any((each.__module__, each.__name__) == _OF_PROGRAMS for each in type(value).__mro__)
    hidden = "__" if is_of_program else "_"  # a program's own fields may begin with a line
    fields = {name: each for name, each in own.items() if not name.startswith(hidden) and not callable(each)}
    return _fields(fields, inside)
