"""JSON text as JavaScript reads and writes it: `JSON.stringify` and `JSON.parse`.

JavaScript has one kind of number, so that 25.0 is 25, in what it writes and in what it reads; Python has two. What a
program sends or keeps as JSON, and what it gets from JSON, goes through these two functions, wherever it goes.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from ..numerals import MAX_SAFE_INTEGER, number_of, number_text
from .encoder import Encoder
from .record import Record


def json_of(value: Any) -> str:
    """`JSON.stringify(value)`: no spaces, text unescaped, NaN and the infinities as null.

    Python's whole numbers are written as they are, however large. Raises `TypeError`, `ValueError` or `RecursionError`
    for what has no JSON form.
    """
    return written(value, _ENCODER)


def parse(text: str) -> Any:
    """What `JSON.parse` makes of the text, with objects as `Record`s; ValueError for text that is no JSON."""
    try:
        return _decode(text)
    except RecursionError as error:
        raise ValueError("this goes too deep") from error


def is_object(value: Any) -> bool:
    """Whether JavaScript would call it a plain object: a mapping, or what has keys as one, as what a call has given."""
    return isinstance(value, Mapping) or hasattr(value, "keys")


# --- writing ---------------------------------------------------------------------------------------------------


def written(value: Any, encoder: json.JSONEncoder) -> str:
    """The text that `encoder` makes of `value`, with numbers as JavaScript writes them. It must not allow NaN."""
    # The encoder is in C, writes numbers in Python's way, and can't be told another. In most texts the two ways don't
    # differ, which these look-ups see in a fraction of the time that it took to write them.
    try:
        text = encoder.encode(value)
    except ValueError:  # NaN, if nothing worse
        text = encoder.encode(_in_javascript(value))
    else:
        if ".0" in text and _POINT_ZERO.search(text):
            text = encoder.encode(_in_javascript(value))
    if ("e-" in text or "e+" in text) and _EXPONENT.search(text):
        if _EXPONENT_KEY.search(text):
            text = encoder.encode(_in_javascript(value))
        text = _TOKEN.sub(_without_exponent, text)
    return text


_POINT_ZERO = re.compile(r'\.0(?<=\d\.0)(?=[,\]}]|":|$)')
_EXPONENT = re.compile(r"e(?<=\de)[-+]\d")
_EXPONENT_KEY = re.compile(r'e(?<=\de)[-+]\d+":')
# Texts, which stay as they are, and numbers with an exponent, without their sign.
_TOKEN = re.compile(r'("[^"\\]*+(?:\\.[^"\\]*+)*+")|(?<![\d.])\d++(?:\.\d++)?e[-+]\d++')


def _without_exponent(token: re.Match[str]) -> str:
    """A number that JavaScript may write without one, or with a shorter one."""
    return token[0] if token[1] else number_text(float(token[0]))


def _in_javascript(value: Any) -> Any:
    """The value with whole numbers as `int`, None for what is no number, and keys that are numbers as text."""
    kind = type(value)
    if kind is str or kind is int:
        return value
    if kind is float or isinstance(value, float):
        if not math.isfinite(value):
            return None
        return int(value) if value.is_integer() and abs(value) < 1e16 else value
    if isinstance(value, list | tuple):
        return [_in_javascript(item) for item in value]
    if kind is dict or is_object(value):
        return {_key(name): _in_javascript(item) for name, item in dict(value).items()}
    return value


def _key(name: Any) -> Any:
    return number_text(name) if isinstance(name, float) else name


def date_text(value: datetime) -> str:
    """A date as `toISOString` writes it."""
    moment = value.astimezone(UTC).replace(tzinfo=None)
    return f"{moment.isoformat(timespec='milliseconds')}Z"


def _plain(value: Any) -> Any:
    """What JSON makes of an object that is none of its own types."""
    if is_object(value):
        return dict(value)
    if isinstance(value, datetime):
        return date_text(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return {}
    raise TypeError(f"{type(value).__name__} has no JSON form")


_ENCODER = Encoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_plain)


# --- reading ---------------------------------------------------------------------------------------------------


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


__all__ = ["MAX_SAFE_INTEGER", "date_text", "is_object", "json_of", "number_of", "number_text", "parse", "written"]

_decode = json.JSONDecoder(object_hook=Record, parse_float=number_of, parse_constant=_no_constant).decode
