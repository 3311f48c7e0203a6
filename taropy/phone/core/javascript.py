"""Text as JavaScript writes it: what `String`, `JSON.stringify` and `encodeURIComponent` make of a value.

A mini program's data reach the server in these forms, so a ported program must send the very same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from ...models import json
from ...models.json import date_text, is_object, number_text, parse
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
        return number_text(value)
    if isinstance(value, list | tuple):
        return _joined(value)
    if is_object(value):
        return "[object Object]"
    if isinstance(value, Buffers):
        return "[object ArrayBuffer]"
    return date_text(value) if isinstance(value, datetime) else str(value)


def json_of(value: Any) -> str:
    """`JSON.stringify(value)`, as `taropy.models.json` has it; `TooDeep` for what contains itself."""
    try:
        return json.json_of(value)
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


def parsed(text: str) -> Any:
    """What `JSON.parse` makes of the text, with objects as `Record`s; text that is no JSON comes back as it is."""
    return parsed_or(text, text)


def parsed_or(text: str, otherwise: Any) -> Any:
    """The same; `otherwise` for text that is no JSON."""
    try:
        return parse(text)
    except ValueError:
        return otherwise


def parsed_object(text: str) -> Mapping[str, Any]:
    """The object that the text says in JSON; an empty one for all else."""
    value = parsed_or(text, None)
    return value if isinstance(value, dict) else {}


__all__ = ["encode_uri_component", "is_object", "json_of", "parse", "parsed", "parsed_object", "parsed_or", "text_of"]
