"""Values as traces keep them: as JSON has them, of bounded size, with a mask for each secret, and never alive."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import islice
from typing import Any

import attrs

from ..masking import MASK, is_mask, masked_fields, masked_text

#: What JSON has.
Plain = None | bool | int | float | str | list[Any] | dict[str, Any]

#: How much is kept of a value: characters of a text, entries of a list or object, levels, and values in all.
LONGEST, MOST, DEEPEST, ALL = 4_000, 100, 8, 1_000
# So much of a text is looked through for secrets before it is cut, so that none is cut in two and missed.
_LOOKED_THROUGH = 4 * LONGEST


def plain(value: Any, *, show_secrets: bool = False) -> Plain:
    """The value as JSON has it; what is left out of it is told in its place."""
    return _Reader(show_secrets).read(value, 0)


def short(text: str, *, show_secrets: bool = False) -> str:
    """The text with its secrets masked, and cut where it is too long."""
    looked_at = text[:_LOOKED_THROUGH]
    shown = looked_at if show_secrets else masked_text(looked_at)
    if len(shown) <= LONGEST and len(looked_at) == len(text):
        return shown
    return f"{shown[:LONGEST]}… ({len(text):,} characters)"


def size_of(value: Plain) -> int:
    """About how many characters a value of JSON takes when it is written."""
    if isinstance(value, dict):
        return sum(len(name) + size_of(each) for name, each in value.items()) + 8
    if isinstance(value, list):
        return sum(map(size_of, value)) + 8
    return len(value) + 8 if isinstance(value, str) else 16


class _Reader:
    """Reads one value, and counts what it has read."""

    def __init__(self, show_secrets: bool) -> None:
        self._show_secrets = show_secrets
        self._left = ALL

    def read(self, value: Any, level: int) -> Plain:
        self._left -= 1
        if is_mask(value):
            return MASK
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, int):
            return int(value) if abs(value) < 2**63 else short(hex(value))
        if isinstance(value, float):
            return float(value) if math.isfinite(value) else str(value)
        if isinstance(value, str):
            return short(value, show_secrets=self._show_secrets)
        if isinstance(value, bytes | bytearray | memoryview):
            return self._bytes(bytes(value[: 4 * _LOOKED_THROUGH]), len(value))
        if level >= DEEPEST or self._left <= 0:
            return f"… ({type(value).__name__})"
        return self._container(value, level)

    def _container(self, value: Any, level: int) -> Plain:
        if isinstance(value, Mapping):
            return self._fields(value, level)
        if isinstance(value, list | tuple | set | frozenset):
            return self._items(value, level)
        if isinstance(value, BaseException):
            return self._text_of(value)
        if attrs.has(type(value)):
            return self._fields(_fields_of(value), level)
        if isinstance(value, date):
            return value.isoformat()
        return self._text_of(value)

    def _fields(self, value: Mapping[Any, Any], level: int) -> dict[str, Any]:
        fields = dict(islice(value.items(), MOST))
        shown = fields if self._show_secrets else masked_fields(fields)
        read: dict[str, Any] = {short(str(name)): self.read(each, level + 1) for name, each in shown.items()}
        if len(value) > MOST:
            read["…"] = f"{len(value) - MOST:,} more"
        return read

    def _items(self, value: Iterable[Any], level: int) -> list[Any]:
        items = list(value)
        read = [self.read(each, level + 1) for each in items[:MOST]]
        return [*read, f"… {len(items) - MOST:,} more"] if len(items) > MOST else read

    def _bytes(self, value: bytes, size: int) -> str:
        """As the text that they are, if they are one, else in hexadecimal digits."""
        try:
            text = value.decode()
        except UnicodeDecodeError:
            return f"{size:,} bytes: {value[:64].hex(' ')}{'…' if size > 64 else ''}"
        return f"{size:,} bytes: {short(text, show_secrets=self._show_secrets)}"

    def _text_of(self, value: Any) -> str:
        """What an object says of itself; whatever its code does, the trace is made."""
        try:
            return short(repr(value), show_secrets=self._show_secrets)
        except Exception as error:
            return f"<{type(value).__name__}, whose repr raises {type(error).__name__}>"


def _fields_of(value: Any) -> dict[str, Any]:
    """The fields of an object of attrs', those of a result that were given; private ones are its own business."""
    fields = vars(value) if hasattr(value, "__dict__") else attrs.asdict(value, recurse=False)
    return {name: each for name, each in fields.items() if not name.startswith("_")}
