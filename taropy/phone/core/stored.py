"""How a value is kept in storage: as JSON text, so that what comes back is a copy of what went in.

Numbers are JSON's, as JavaScript has them: 25.0 comes back as 25, NaN and the infinities as None.

Dates and bytes (an `ArrayBuffer`) are not JSON. A value that has any is written with a mark in front, and in it
`{"$": "date", "v": …}` stands for a date, `{"$": "bytes", "v": …}` for bytes, and `{"$": "object", "v": [pairs]}`
for an object that has a key `$` of its own.
"""

from __future__ import annotations

import base64
from datetime import datetime
from json import JSONDecoder
from typing import Any

from ...models.encoder import Encoder
from ...models.json import is_object, number_of, written
from ...models.record import Record
from .answers import Fail
from .options import Buffers, js_type

MARK = "$"
#: What a value begins with that was sealed by the phone's key store. No JSON text begins like that.
SEALED = "!"


class Undecodable(ValueError):
    """The text is none that `encode` has written."""


class _NotJson(Exception):
    """The value has a date or bytes in it."""


def _plain(value: Any) -> Any:
    """What the encoder does not know: a result, or another object with keys, as a dict."""
    if isinstance(value, (datetime, *Buffers)):
        raise _NotJson
    return _fields(value)


def _fields(value: Any) -> dict[str, Any]:
    if is_object(value):
        return dict(value)
    raise Fail(f"parameter error: parameter.data can not hold {js_type(value)} ({type(value).__name__})")


_ENCODER = Encoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_plain)
_ASCII_ENCODER = Encoder(allow_nan=False, separators=(",", ":"), default=_plain)


def encode(value: Any) -> str:
    """`value` as text. What cannot be stored (a function, a cycle, …) raises `Fail`."""
    try:
        text = written(value, _ENCODER)
        # Half of a surrogate pair is a fine JavaScript string, and no UTF-8: as \ud83d it can be kept.
        return text if text.isascii() or encodable(text) else written(value, _ASCII_ENCODER)
    except _NotJson:
        return MARK + encode(_tagged(value))
    except (TypeError, ValueError, RecursionError) as error:
        raise Fail(f"parameter error: parameter.data can not be stored: {error}") from error


def encodable(text: str) -> bool:
    """Whether `text` can be written as UTF-8, which half of a surrogate pair cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _tagged(value: Any) -> Any:
    try:
        return _tag(value)
    except RecursionError as error:
        raise Fail("parameter error: parameter.data can not be stored: it contains itself, or is too deep") from error


def _tag(value: Any) -> Any:
    if isinstance(value, datetime):
        return {MARK: "date", "v": value.isoformat()}
    if isinstance(value, Buffers):
        return {MARK: "bytes", "v": base64.b64encode(value).decode()}
    if isinstance(value, (list, tuple)):
        return [_tag(item) for item in value]
    if value is None or isinstance(value, (str, int, float)):
        return value
    fields = {key: _tag(item) for key, item in _fields(value).items()}
    return {MARK: "object", "v": list(fields.items())} if MARK in fields else fields


def _untagged(found: dict[str, Any]) -> Any:
    kind = found.get(MARK)
    if kind is None:
        return Record(found)
    value = found["v"]
    if kind == "date":
        return datetime.fromisoformat(value)
    return base64.b64decode(value) if kind == "bytes" else Record(value)


_decode = JSONDecoder(object_hook=Record, parse_float=number_of).raw_decode
_decode_marked = JSONDecoder(object_hook=_untagged, parse_float=number_of).raw_decode


def decode(text: str) -> Any:
    """The value that `encode` wrote; objects come back as `Record`s. What is sealed raises `Fail`."""
    try:
        first = text[0]
        if first == MARK:
            return _decode_marked(text, 1)[0]
        if first != SEALED:
            return _decode(text)[0]
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        raise Undecodable(f"a value in it is none ({error})") from error
    raise Fail("data is encrypted")
