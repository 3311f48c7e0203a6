"""Text as JavaScript writes it: what `String`, `JSON.stringify` and `encodeURIComponent` make of a value.

A mini program's data reach the server in these forms, so a ported program must send the very same bytes.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import quote

from ...models.json import date_text, is_object, json_of, number_text, parse
from .options import Buffers


def text_of(value: Any) -> str:
    """`String(value)`: `true`, `null`, `1` for 1.0, `a,b` for a list, `[object Object]` for an object."""
    if isinstance(value, str):
        return value
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, list | tuple):
        return ",".join("" if item is None else text_of(item) for item in value)
    if is_object(value):
        return "[object Object]"
    if isinstance(value, Buffers):
        return "[object ArrayBuffer]"
    return date_text(value) if isinstance(value, datetime) else str(value)


def encode_uri_component(text: str) -> str:
    """`encodeURIComponent(text)`; what is no valid Unicode becomes a question mark, where JavaScript throws."""
    return quote(text, safe="!*'()", errors="replace")


def parsed(text: str) -> Any:
    """What `JSON.parse` makes of the text, with objects as `Record`s; text that is no JSON comes back as it is."""
    return parsed_or(text, text)


def parsed_or(text: str, otherwise: Any) -> Any:
    """The same; `otherwise` for text that is no JSON."""
    try:
        return parse(text)
    except ValueError:
        return otherwise


__all__ = ["encode_uri_component", "is_object", "json_of", "parse", "parsed", "parsed_or", "text_of"]
