"""Text as JavaScript writes it: what `String`, `JSON.stringify` and `encodeURIComponent` make of a value.

A mini program's data reach the server in these forms, so a ported program must send the very same bytes.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from ...models.record import Record
from .answers import Fail
from .options import Buffers


class TooDeep(Fail, RecursionError):
    """What is given has more in each other than can be written, or contains itself."""

    def __init__(self) -> None:
        super().__init__("what is given goes too deep")


def text_of(value: Any) -> str:
    """`String(value)`: `true`, `null`, `1` for 1.0, `a,b` for a list, `[object Object]` for an object.

    Raises `TooDeep` for lists in lists without end.
    """
    if isinstance(value, str):
        return value
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, list | tuple):
        return _joined(value)
    if is_object(value):
        return "[object Object]"
    if isinstance(value, Buffers):
        return "[object ArrayBuffer]"
    return _date(value) if isinstance(value, datetime) else str(value)


def is_object(value: Any) -> bool:
    """Whether JavaScript would call it a plain object: a mapping, or what has keys as one, as what a call has given."""
    return isinstance(value, Mapping) or hasattr(value, "keys")


def json_of(value: Any) -> str:
    """`JSON.stringify(value)`: no spaces, text unescaped, NaN and the infinities as null.

    Raises `TypeError`, `ValueError` or `TooDeep` for what has no JSON form.
    """
    try:
        return _json_of(value)
    except RecursionError as error:
        raise TooDeep from error


def encode_uri_component(text: str) -> str:
    """`encodeURIComponent(text)`; what is no valid Unicode becomes a question mark, where JavaScript throws."""
    return quote(text, safe="!*'()", errors="replace")


def _joined(items: list[Any] | tuple[Any, ...]) -> str:
    try:
        return ",".join("" if item is None else text_of(item) for item in items)
    except RecursionError as error:
        raise TooDeep from error


def _json_of(value: Any) -> str:
    try:
        return _ENCODER.encode(value)
    except ValueError:
        return _ENCODER.encode(_finite(value))


def _number(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value.is_integer() and abs(value) < 1e21:
        return str(int(value))
    return repr(value).replace("e-0", "e-")


def _date(value: datetime) -> str:
    moment = value.astimezone(UTC).replace(tzinfo=None)
    return f"{moment.isoformat(timespec='milliseconds')}Z"


def _plain(value: Any) -> Any:
    """What JSON makes of an object that is none of its own types."""
    if is_object(value):
        return dict(value)
    if isinstance(value, datetime):
        return _date(value)
    if isinstance(value, Buffers):
        return {}
    raise TypeError(f"{type(value).__name__} has no JSON form")


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if is_object(value):
        return {key: _finite(item) for key, item in dict(value).items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    return value


_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_plain)


def parsed(text: str) -> Any:
    """What `JSON.parse` makes of the text, with objects as `Record`s; text that is no JSON comes back as it is."""
    return parsed_or(text, text)


def parsed_or(text: str, otherwise: Any) -> Any:
    """The same; `otherwise` for text that is no JSON."""
    try:
        return parse(text)
    except ValueError:
        return otherwise


def parse(text: str) -> Any:
    """What `JSON.parse` makes of the text, with objects as `Record`s; ValueError for text that is no JSON."""
    try:
        return _decode(text)
    except RecursionError as error:
        raise ValueError("this goes too deep") from error


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


_decode = json.JSONDecoder(object_hook=Record, parse_constant=_no_constant).decode
