"""`JSON.parse`: Python's own reader, in C, wherever it reads what JavaScript's would."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from typing import Any

from ..models.json import MAX_SAFE_INTEGER, number_of
from ..signatures import fitting
from .array import Array
from .errors import RangeError, SyntaxError
from .missing import undefined
from .obj import Obj

#: What an error shows of a longer text: so many letters on either side.
CONTEXT = 10

# A look at the text tells what it can't have in it, in a fraction of the time that reading takes.
_NUMBER_AS_KEY = re.compile(r'"\d{1,10}"\s*:')
_WHOLE_FLOATS = [re.compile(rule) for rule in (r"\.0+(?!\d)", r"e(?<=\de)", r"E(?<=\dE)")]
_LONG_NUMBER = re.compile(r"\d{16}")
_DIGITS_TO_ZERO = str.maketrans("123456789", "000000000")


def read(text: str) -> Any:
    """The value of a text; `SyntaxError` if it has none."""
    try:
        return _with_arrays(_decoder(_kind_of_objects(text), _numbers(text)).decode(text))
    except json.JSONDecodeError as error:
        raise _syntax_error(text, error) from None
    except RecursionError:
        from .json_deep import read_deep

        return read_deep(text)


def _kind_of_objects(text: str) -> Callable[[dict[str, Any]], Obj]:
    """What makes the objects that may be there: with keys that an object orders or keeps in its own way, with lists."""
    if '"items"' in text or "\\u" in text or _NUMBER_AS_KEY.search(text):  # in an escape may be anything
        return _unusual_object
    return _object if "[" in text else _object_without_lists


def _numbers(text: str) -> str:
    """Which numbers may be there that Python has otherwise: "long" ones and -0, "whole" ones with a point, or none."""
    if "-0" in text or _has_long_number(text):
        return "long"
    return "whole" if any(each.search(text) for each in _WHOLE_FLOATS) else "usual"


def _has_long_number(text: str) -> bool:
    if text.isascii():
        return "0" * 16 in text.translate(_DIGITS_TO_ZERO)
    return _LONG_NUMBER.search(text) is not None


def _syntax_error(text: str, error: json.JSONDecodeError) -> SyntaxError:
    """What V8 says, of the place that Python found."""
    if error.msg.startswith("Unterminated string"):
        return SyntaxError(f"Unterminated string in JSON at position {error.pos}")
    return unexpected(text, error.pos)


def unexpected(text: str, position: int) -> SyntaxError:
    """That there should be something else at a place in a text."""
    if position >= len(text):
        return SyntaxError("Unexpected end of JSON input")
    start, end = max(position - CONTEXT, 0), position + CONTEXT
    shown = text if len(text) <= 4 * CONTEXT else f"{'...' * (start > 0)}{text[start:end]}{'...' * (end < len(text))}"
    return SyntaxError(f'Unexpected token {text[position]!r}, "{shown}" is not valid JSON')


# --- what the reader makes of objects, lists and numbers -------------------------------------------------------------

_new = Obj.__new__
_set = dict.__setitem__


def _object_without_lists(fields: dict[str, Any]) -> Obj:
    obj: Obj = _new(Obj)
    obj |= fields
    return obj


def _object(fields: dict[str, Any]) -> Obj:
    obj: Obj = _new(Obj)
    obj |= fields
    for key, value in fields.items():
        if type(value) is list:
            _set(obj, key, _array(value))
    return obj


def _unusual_object(fields: dict[str, Any]) -> Obj:
    """An object whose fields are set one by one."""
    obj = Obj()
    for key, value in fields.items():
        obj[key] = _array(value) if type(value) is list else value
    return obj


def _array(items: list[Any]) -> Array[Any]:
    if list in map(type, items):
        items = [_with_arrays(item) for item in items]
    return Array(items)


def _with_arrays(value: Any) -> Any:
    return _array(value) if type(value) is list else value


def exact_integer(text: str) -> float:
    """A whole number as JavaScript has it."""
    if text == "-0":
        return -0.0
    value = float(text)
    return int(text) if abs(value) <= MAX_SAFE_INTEGER else value


def exact_float(text: str) -> float:
    """A number with a point or an exponent as JavaScript has it; a whole one is an `int`."""
    value = number_of(text)
    return value or float(text)  # which may be -0


def no_constant(name: str) -> Any:
    """Python's reader knows NaN and the infinities, and JSON does not."""
    raise json.JSONDecodeError(name, "", 0)


_PARSERS: dict[str, dict[str, Any]] = {
    "long": {"parse_float": exact_float, "parse_int": exact_integer},
    "whole": {"parse_float": number_of},
    "usual": {},
}


@cache
def _decoder(make: Callable[[dict[str, Any]], Obj], numbers: str) -> json.JSONDecoder:
    return json.JSONDecoder(object_hook=make, parse_constant=no_constant, **_PARSERS[numbers])


# --- reviving --------------------------------------------------------------------------------------------------------


def revived(value: Any, reviver: Callable[..., Any]) -> Any:
    """What the reviver makes of a value, and of all in it before."""
    call = fitting(reviver)
    try:
        _revive_within(value, call)
        return call("", value)
    except RecursionError:
        raise RangeError("Maximum call stack size exceeded") from None


def _revive_within(value: Any, reviver: Callable[..., Any]) -> None:
    if isinstance(value, Array):
        for place in range(len(value)):
            _revive_within(value[place], reviver)
            value[place] = reviver(str(place), value[place])
    elif isinstance(value, Obj):
        for key in list(value):
            _revive_within(value[key], reviver)
            made = reviver(key, value[key])
            if made is undefined:
                del value[key]
            else:
                value[key] = made
