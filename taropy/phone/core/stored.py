"""How a value is kept in storage: as JSON text, so that what comes back is a copy of what went in.

Dates and bytes (an `ArrayBuffer`) are not JSON. A value that has any is written with a mark in front, and in it
`{"$": "date", "v": …}` stands for a date, `{"$": "bytes", "v": …}` for bytes, and `{"$": "object", "v": [pairs]}`
for an object that has a key `$` of its own.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from datetime import datetime
from json import JSONDecoder, JSONEncoder
from json import encoder as json_encoder
from typing import Any

from ...models.record import Record
from .answers import Fail
from .options import Buffers, js_type

MARK = "$"
#: What a value begins with that was sealed by the phone's key store. No JSON text begins like that.
SEALED = "!"


class _NotJson(Exception):
    """The value has a date or bytes in it."""


def _plain(value: Any) -> Any:
    """What the encoder does not know: a result, or another object with keys, as a dict."""
    if isinstance(value, (datetime, *Buffers)):
        raise _NotJson
    return _fields(value)


def _fields(value: Any) -> dict[str, Any]:
    if isinstance(value, Mapping) or hasattr(value, "keys"):
        return dict(value)
    raise Fail(f"parameter error: parameter.data can not hold {js_type(value)} ({type(value).__name__})")


def _writer(ensure_ascii: bool) -> Callable[[Any], str]:
    """What writes a value as JSON.

    `JSONEncoder.encode` makes an encoder in C at each call, which costs as much as a small value does; this one is
    kept. It does not look for cycles: a value that contains itself is too deep, and the error then says which it is.
    """
    careful = JSONEncoder(ensure_ascii=ensure_ascii, separators=(",", ":"), default=_plain)
    make = json_encoder.c_make_encoder
    if make is None:  # a Python without the module in C
        return careful.encode
    quoted = json_encoder.encode_basestring_ascii if ensure_ascii else json_encoder.encode_basestring
    chunks = make(None, _plain, quoted, None, ":", ",", False, False, True)

    def write(value: Any) -> str:
        try:
            return "".join(chunks(value, 0))
        except RecursionError:
            return careful.encode(value)

    return write


_write = _writer(ensure_ascii=False)
_write_ascii = _writer(ensure_ascii=True)


def encode(value: Any) -> str:
    """`value` as text. What cannot be stored (a function, a cycle, …) raises `Fail`."""
    try:
        text = _write(value)
        # Half of a surrogate pair is a fine JavaScript string, and no UTF-8: as \ud83d it can be kept.
        return text if text.isascii() or encodable(text) else _write_ascii(value)
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


_read = JSONDecoder(object_hook=Record).scan_once
_read_marked = JSONDecoder(object_hook=_untagged).scan_once


def decode(text: str) -> Any:
    """The value that `encode` wrote; objects come back as `Record`s. What is sealed raises `Fail`."""
    first = text[0]
    if first == SEALED:
        raise Fail("data is encrypted")
    try:
        return _read_marked(text, 1)[0] if first == MARK else _read(text, 0)[0]
    except StopIteration as end:
        raise ValueError(f"this is no JSON from character {end.value} on") from None
