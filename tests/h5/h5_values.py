"""Values as the recordings have them: what taropy gives, what markers stand for, and what JavaScript's become."""

from __future__ import annotations

import base64
import datetime
import math
from collections.abc import Callable, Mapping
from typing import Any, Protocol

import taropy
from taropy.runtime.managers import native_of

DATE = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
ALONE: Mapping[str, Any] = {"$undefined": None, "$nan": math.nan, "$infinity": math.inf, "$date": DATE}


class Thrown(Exception):
    """What a function of the program throws; it goes wherever it goes as it is."""


class Play(Protocol):
    """What markers are about: a case that is played."""

    def fn(self, name: str, *, throwing: bool = False) -> Callable[..., Any]: ...

    def find(self, path: str) -> Any: ...

    def addressed(self, text: str) -> str: ...


def plain(value: Any, depth: int = 6) -> Any:
    """What taropy gave, as JSON with markers."""
    value = native_of(value)
    match value:
        case taropy.Promise():
            return "$promise"
        case None | str() | bool() | int():
            return value
        case float():
            return _number(value)
        case bytes() | bytearray() | memoryview():
            return {"$bytes": base64.b64encode(bytes(value)).decode()}
        case taropy.TaroError():
            return {name: plain(value[name], depth - 1) for name in value}
        case Thrown():
            return {"errMsg": str(value)}
        case BaseException():
            return {"$error": type(value).__name__, "message": str(value)}
        case list() | tuple():
            return [plain(item, depth - 1) for item in value]
    if depth == 0:
        return "$deep"
    if hasattr(value, "__getitem__") and hasattr(value, "__iter__"):
        return {name: plain(value[name], depth - 1) for name in value}
    return "$function" if callable(value) else "$object"


def _number(value: float) -> Any:
    if math.isnan(value):
        return "$nan"
    if math.isinf(value):
        return "$infinity"
    return int(value) if value.is_integer() else value


def revived(value: Any, play: Play, key: str = "fn") -> Any:
    """The value that a case's argument stands for."""
    match value:
        case str():
            return _revived_text(value, play, key)
        case list():
            return [revived(item, play, key) for item in value]
        case {"$bytes": text}:
            return base64.b64decode(text)
        case dict():
            return {name: revived(field, play, name) for name, field in value.items() if field != "$undefined"}
    return value


def _revived_text(text: str, play: Play, key: str) -> Any:
    marker, _, rest = text.partition(" ")
    match marker:
        case "$fn":
            return play.fn(rest or key)
        case "$throwing":
            return play.fn(rest or key, throwing=True)
        case "$ref":
            return play.find(rest)
    return ALONE[text] if text in ALONE else play.addressed(text)


def as_python(value: Any) -> Any:
    """What was recorded, as Python has it: None for `undefined`, and fields for objects of a browser's classes."""
    match value:
        case "$undefined":
            return None
        case list():
            return [as_python(item) for item in value]
        case {"$error": _, "message": message, **fields}:
            return {"errMsg": message, **_defined(fields)}
        case {"$object": _, **fields}:
            return _defined(fields) or "$object"
        case dict():
            return _defined(value)
        case float():
            return _number(value)
    return value


def _defined(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: as_python(field) for name, field in fields.items() if field != "$undefined"}
