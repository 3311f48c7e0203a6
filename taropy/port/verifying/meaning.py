"""What a value is to a JavaScript program, as text: two values are the same if their texts are.

1 and 1.0 are one number, and so are 0 and -0. A field that is None is not there: Python has one value for null,
undefined and what is missing. An error is its message and fields; where the program itself is at fault (a field of
nothing is read, a name is not there), both languages say so in words of their own, and these do not count.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from ...models.json import date_text, json_of, number_text
from ...models.model import Model
from ...runtime.errors import Rejected, TaroError
from ..engine.values import ProgramError

#: How deep values are read; one that contains itself ends there.
_DEEPEST = 50

FAULT = "a fault of the program"
_JAVASCRIPT_FAULTS = frozenset(["TypeError", "ReferenceError"])

#: What errors of Taro's have beside the platform's own fields.
_ABOUT_CALLS = frozenset(["api", "platform", "host", "reason", "supportedOn", "name"])
_PYTHON_FAULTS = (AttributeError, TypeError, LookupError, NameError)


def meaning(value: Any) -> str:
    """The text of a value."""
    return json_of(_plain(value, 0))


def thrown(error: Any) -> str:
    """The text of what was thrown, or a promise rejected with."""
    reason = error.value if isinstance(error, Rejected) else error
    if isinstance(reason, ProgramError):
        if reason.name in _JAVASCRIPT_FAULTS and not reason.fields:
            return FAULT
        if isinstance(reason.fields.get("errMsg"), str):  # a call of Taro's has failed
            return meaning({name: value for name, value in reason.fields.items() if name not in _ABOUT_CALLS})
        return meaning({"message": reason.message, **reason.fields})
    if isinstance(reason, TaroError):
        return meaning(dict(reason))
    if isinstance(reason, _PYTHON_FAULTS):
        return FAULT
    if isinstance(reason, BaseException):
        return meaning({"message": str(reason), **_own_fields(reason)})
    return meaning(reason)


def _own_fields(error: BaseException) -> dict[str, Any]:
    """The fields that a program gave its own error; the message is told by itself."""
    return {
        name: value
        for name, value in vars(error).items()
        if not name.startswith("_") and name not in ("message", "name")
    }


def _plain(value: Any, depth: int) -> Any:
    if depth > _DEEPEST:
        return "…"
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int | float):
        return _number(float(value))
    if isinstance(value, list | tuple):
        return [_plain(item, depth + 1) for item in value]
    if isinstance(value, Mapping | Model):
        fields = {str(name): _plain(value[name], depth + 1) for name in value}
        return {name: fields[name] for name in sorted(fields) if fields[name] is not None}
    return _of_object(value)


def _number(value: float) -> Any:
    """Numbers as numbers, but for those that JSON does not have."""
    if value == 0:
        return 0
    return value if value - value == 0 else {"number": number_text(value)}


def _of_object(value: Any) -> Any:
    if isinstance(value, bytes | bytearray | memoryview):
        return {"bytes": bytes(value).hex()}
    if isinstance(value, datetime.datetime):
        return {"date": date_text(value)}
    if isinstance(value, BaseException):
        return {"error": thrown(value)}
    return "a function" if callable(value) else {"object": type(value).__name__}
