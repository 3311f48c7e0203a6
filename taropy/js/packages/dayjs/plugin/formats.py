"""Plugins for what a date is as a text, an object or an array."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ....array import Array
from ....conversions import text, truthy
from ....obj import Obj
from ..formatting import DEFAULT

_ADVANCED = re.compile(r"\[([^\]]+)\]|Q|wo|ww|w|WW|W|gggg|GGGG|Do|X|x|k{1,2}")
_LOCALIZED = re.compile(r"(\[[^\]]+\])|(LTS?|l{1,4}|L{1,4})")
_ENGLISH = {
    "LTS": "h:mm:ss A", "LT": "h:mm A", "L": "MM/DD/YYYY", "LL": "MMMM D, YYYY", "LLL": "MMMM D, YYYY h:mm A",
    "LLLL": "dddd, MMMM D, YYYY h:mm A",
}  # fmt: skip


def advancedFormat(option: Any, kind: Any, dayjs: Any) -> None:
    """More for `format`: `Q`, `Do`, `k`, `kk`, `X`, `x`, and, with the plugins for weeks, `w`, `W`, `gggg`, `GGGG`."""
    inner = kind.format

    def format(self: Any, formatStr: Any = None) -> str:
        if not self.isValid():
            return text(inner(self, formatStr))
        template = formatStr if truthy(formatStr) else DEFAULT
        return text(inner(self, _ADVANCED.sub(lambda found: _advanced(self, found[0]), template)))

    kind.format = format


def _advanced(moment: Any, token: str) -> str:
    hour = int(moment.hour())
    written: dict[str, Callable[[], Any]] = {
        "Q": lambda: (int(moment.month()) + 3) // 3,
        "Do": lambda: moment._locale_data().ordinal(int(moment.date())),
        "gggg": lambda: int(moment.weekYear()),
        "GGGG": lambda: int(moment.isoWeekYear()),
        "wo": lambda: moment._locale_data().ordinal(moment.week(), "W"),
        "w": lambda: moment.week(),
        "ww": lambda: f"{moment.week():02d}",
        "W": lambda: moment.isoWeek(),
        "WW": lambda: f"{int(moment.isoWeek()):02d}",
        "k": lambda: hour or 24,
        "kk": lambda: f"{hour or 24:02d}",
        "X": lambda: moment.unix(),
        "x": lambda: moment.valueOf(),
    }
    return text(written[token]()) if token in written else token


def localizedFormat(option: Any, kind: Any, dayjs: Any) -> None:
    """More for `format`: `L`, `LT`, `LL`, … and `l`, `ll`, … as the locale writes dates."""
    inner = kind.format

    def format(self: Any, formatStr: Any = DEFAULT) -> str:
        return text(inner(self, localized(formatStr if formatStr is not None else DEFAULT, self._locale_data())))

    kind.format = format


def localized(template: Any, locale: Any) -> str:
    """The format with what the locale has in place of `L`, `LT`, …"""
    own: Any = locale.formats or Obj()

    def written(found: re.Match[str]) -> str:
        token = found[2]
        if found[1]:
            return found[1]
        return text(own[token] or _ENGLISH.get(token) or _shorter(own[token.upper()] or _ENGLISH[token.upper()]))

    return _LOCALIZED.sub(written, text(template))


def _shorter(template: str) -> str:
    return re.sub(r"(\[[^\]]+\])|(MMMM|MM|DD|dddd)", lambda found: found[1] or found[2][1:], template)


def toObject(option: Any, kind: Any, dayjs: Any) -> None:
    """`date.toObject()`: its parts."""
    names = ("year", "month", "date", "hour", "minute", "second", "millisecond")

    def to_object(self: Any) -> Obj:
        return Obj({name if name == "date" else f"{name}s": getattr(self, name)() for name in names})

    kind.toObject = to_object


def toArray(option: Any, kind: Any, dayjs: Any) -> None:
    """`date.toArray()`: year, month, day, hour, minute, second and millisecond."""
    names = ("year", "month", "date", "hour", "minute", "second", "millisecond")
    kind.toArray = lambda self: Array(getattr(self, name)() for name in names)
