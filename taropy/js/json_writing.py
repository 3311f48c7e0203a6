"""`JSON.stringify`: Python's own writer, in C, wherever it writes what JavaScript's would."""

from __future__ import annotations

import builtins
import math
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from json.encoder import encode_basestring
from typing import Any

from ..models.encoder import Encoder
from ..models.json import date_text, number_text, written
from ..signatures import called, fitting
from .conversions import text as text_of
from .errors import RangeError, TypeError
from .fields import own_fields
from .keys import is_symbolic
from .missing import Undefined, undefined
from .symbols import Symbol
from .utf16 import joined

#: No level is indented by more.
MOST_SPACE = 10

_SURROGATE = re.compile("[\ud800-\udfff]")


def write(value: Any, replacer: Any = None, space: Any = None) -> str:
    """The text of a value, or `undefined`."""
    indent = _indent(space)
    if replacer is None and not indent:
        try:
            return _escaped(written(value, _ENCODER))
        except (_Unusual, RecursionError, builtins.TypeError):
            pass  # the slower writer tells what is wrong, if anything is
        except ValueError:  # it contains itself
            raise _circular() from None
    try:
        return _Writer(replacer, indent).whole(value)
    except RecursionError:
        raise RangeError("Maximum call stack size exceeded") from None


def _indent(space: Any) -> str:
    if isinstance(space, str):
        return space[:MOST_SPACE]
    if isinstance(space, int | float) and not isinstance(space, bool) and space >= 1:
        return " " * int(min(space, MOST_SPACE))
    return ""


def _circular() -> TypeError:
    return TypeError("Converting circular structure to JSON")


def _escaped(text: str) -> str:
    """JSON text with lone surrogates as escapes."""
    if text.isascii() or not _SURROGATE.search(text):
        return text
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", joined(text))


# --- with Python's writer --------------------------------------------------------------------------------------------


class _Unusual(Exception):
    """There is something that Python's writer has no way to write."""


def _default(value: Any) -> Any:
    """What is written in place of an object that Python's writer does not know; those of a date are most frequent."""
    to_json = getattr(value, "toJSON", None) if not callable(value) else None
    if to_json is None:
        raise _Unusual
    made = called(to_json, "")
    if type(made) not in (str, type(None)):
        raise _Unusual
    return made


_ENCODER = Encoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_default)


# --- step by step ----------------------------------------------------------------------------------------------------


class _Writer:
    """ECMAScript's own steps: `SerializeJSONProperty` and those that it calls."""

    def __init__(self, replacer: Any, indent: str) -> None:
        self._replace = fitting(replacer) if callable(replacer) else None
        self._only = _keys_of(replacer) if isinstance(replacer, list | tuple) else None
        self._indent = indent
        self._open: list[int] = []

    def whole(self, value: Any) -> str:
        text = self._text("", value, "\n")
        return undefined if text is None else text  # type: ignore[return-value]

    def _text(self, key: str, value: Any, line: str) -> str | None:
        """The text of a value, None for one that is left out; `line` begins a line of what it stands in."""
        if type(value) is not str:
            to_json = None if value is None else _field(value, "toJSON")
            if callable(to_json):
                value = called(to_json, key)
        if self._replace is not None:
            value = self._replace(key, value)
        return _scalar(value) if type(value) in _SCALARS else self._other(value, line)

    def _other(self, value: Any, line: str) -> str | None:
        if isinstance(value, str | int | float):  # an enum's member, for one
            return _scalar(value)
        if isinstance(value, Undefined | Symbol) or (callable(value) and not isinstance(value, Mapping)):
            return None
        if isinstance(value, datetime):
            return f'"{date_text(value)}"'
        if id(value) in self._open:
            raise _circular()
        self._open.append(id(value))
        inner = line + self._indent
        if isinstance(value, list | tuple):
            items = [self._text(str(place), item, inner) or "null" for place, item in enumerate(value)]
            text = self._joined("[", items, "]", line)
        else:
            text = self._joined("{", self._fields(own_fields(value), inner), "}", line)
        self._open.pop()
        return text

    def _fields(self, fields: Mapping[str, Any], line: str) -> list[str]:
        colon = ": " if self._indent else ":"
        written = []
        for key in fields if self._only is None else self._only:
            if key in fields:
                name = key if type(key) is str else text_of(key)
                text = None if is_symbolic(name) else self._text(name, fields[key], line)
                if text is not None:
                    written.append(f"{_quoted(name)}{colon}{text}")
        return written

    def _joined(self, opening: str, parts: list[str], closing: str, line: str) -> str:
        if not parts:
            return opening + closing
        if not self._indent:
            return f"{opening}{','.join(parts)}{closing}"
        inner = line + self._indent
        return f"{opening}{inner}{f',{inner}'.join(parts)}{line}{closing}"


def _scalar(value: Any) -> str:
    if isinstance(value, str):
        return _quoted(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return number_text(value) if math.isfinite(value) else "null"
    return int.__repr__(value)


_SCALARS = frozenset({str, int, float, bool, type(None)})


def _quoted(text: str) -> str:
    return _escaped(encode_basestring(str.__str__(text)))


def _field(value: Any, name: str) -> Any:
    """A field of an object, or its method of that name; None if there is neither."""
    if isinstance(value, Mapping):
        return value[name] if name in value else getattr(type(value), name, None)
    return getattr(value, name, None)


def _keys_of(names: Iterable[Any]) -> list[str]:
    """The fields that a replacer names, each once."""
    kept = (name for name in names if isinstance(name, str | int | float) and not isinstance(name, bool))
    return list(dict.fromkeys(map(text_of, kept)))
