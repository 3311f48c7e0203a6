"""The plugin duration: lengths of time."""

from __future__ import annotations

import math
import re
from typing import Any

from ....conversions import NaN, number, text, truthy
from ....maths import Math
from ....missing import is_nullish, undefined
from ....object import Object
from ..formatting import _TOKEN
from ..units import unit_of

_LENGTHS = {
    "years": 31_536_000_000, "months": 2_628_000_000, "days": 86_400_000, "hours": 3_600_000, "minutes": 60_000,
    "seconds": 1_000, "milliseconds": 1, "weeks": 604_800_000,
}  # fmt: skip
_IN_ORDER = ("years", "months", "days", "hours", "minutes", "seconds")
_AMOUNT = r"([-+]?[0-9,.]*)"
_ISO = re.compile(
    rf"(?:-|\+)?P(?:{_AMOUNT}Y)?(?:{_AMOUNT}M)?(?:{_AMOUNT}W)?(?:{_AMOUNT}D)?"
    rf"(?:T(?:{_AMOUNT}H)?(?:{_AMOUNT}M)?(?:{_AMOUNT}S)?)?"
)
_PARTS = ("years", "months", "weeks", "days", "hours", "minutes", "seconds")
_WRITTEN = {"Y": ("years", 1), "M": ("months", 1), "D": ("days", 1), "H": ("hours", 1), "m": ("minutes", 1),
            "s": ("seconds", 1), "YY": ("years", 2), "YYYY": ("years", 4), "MM": ("months", 2), "DD": ("days", 2),
            "HH": ("hours", 2), "mm": ("minutes", 2), "ss": ("seconds", 2), "SSS": ("milliseconds", 3)}  # fmt: skip


def _plural(unit: Any) -> str:
    return unit_of(unit) + "s"


class Duration:
    """A length of time: of milliseconds, an amount of a unit, an object of parts, or a text as `P1DT2H`."""

    def __init__(self, dayjs: Any, locale: str, input: Any = undefined, unit: Any = None) -> None:
        self._dayjs, self._locale = dayjs, locale
        self._parts: dict[str, Any] = {}
        self._ms: Any = NaN
        if truthy(unit):
            input = number(input) * _LENGTHS[_plural(unit)]
        if isinstance(input, dict):
            self._of_parts({_plural(key): input[key] for key in Object.keys(input)})
        elif isinstance(input, str):
            found = _ISO.fullmatch(input)
            if found is not None:
                self._of_parts({name: number(part or 0) for name, part in zip(_PARTS, found.groups(), strict=True)})
        elif not is_nullish(input):
            self._of_milliseconds(number(input))
        else:
            self._of_milliseconds(0)

    def _of_parts(self, parts: dict[str, Any]) -> None:
        self._parts = parts
        self._ms = sum((amount or 0) * _LENGTHS[name] for name, amount in parts.items())

    def _of_milliseconds(self, milliseconds: Any) -> None:
        self._ms = left = milliseconds
        for name in _IN_ORDER:
            self._parts[name] = math.trunc(left / _LENGTHS[name])
            left = math.fmod(left, _LENGTHS[name])
        self._parts["milliseconds"] = left

    def _made(self, milliseconds: Any) -> Duration:
        return Duration(self._dayjs, self._locale, milliseconds)

    def as_(self, unit: Any = None) -> Any:
        """How many of a unit it is."""
        return self._ms / _LENGTHS[_plural(unit)]

    def get(self, unit: Any = None) -> Any:
        """How many of a unit it has beside the larger ones."""
        name = _plural(unit)
        if name == "milliseconds":
            return math.fmod(self._ms, 1000)
        return math.trunc(self._ms / _LENGTHS[name]) if name == "weeks" else self._parts.get(name) or 0

    def add(self, input: Any = None, unit: Any = None) -> Duration:
        """A longer one."""
        return self._made(self._ms + self._amount(input, unit))

    def subtract(self, input: Any = None, unit: Any = None) -> Duration:
        """A shorter one."""
        return self._made(self._ms - self._amount(input, unit))

    def _amount(self, input: Any, unit: Any) -> Any:
        if truthy(unit):
            return number(input) * _LENGTHS[_plural(unit)]
        return input._ms if isinstance(input, Duration) else self._made(input)._ms

    def clone(self) -> Duration:
        """The same once more."""
        return self._made(self._ms)

    def locale(self, name: str) -> Duration:
        """The same, in the words of another locale."""
        return Duration(self._dayjs, name, self._ms)

    def humanize(self, withSuffix: Any = None) -> str:
        """About how long it is, in words. It needs `relativeTime`."""
        moment = self._dayjs().add(self._ms, "ms").locale(self._locale)
        return text(moment.fromNow(not truthy(withSuffix)))

    def format(self, formatStr: Any = None) -> str:
        """Its parts as the format says: `HH:mm:ss`."""

        def written(found: re.Match[str]) -> str:
            part, width = _WRITTEN.get(found[0], ("", 0))
            value = self._parts.get(part)
            if found[1]:
                return found[1]
            return ("undefined" if value is None else text(value)).rjust(width, "0" if width > 1 else " ")

        return _TOKEN.sub(written, formatStr if truthy(formatStr) else "YYYY-MM-DDTHH:mm:ss")

    def toISOString(self) -> str:
        """As ISO 8601 has it: `P1DT2H`."""
        parts = {name: self._parts.get(name) or 0 for name in (*_PARTS, "milliseconds")}
        seconds = parts["seconds"]
        if parts["milliseconds"]:
            seconds = Math.round((seconds + parts["milliseconds"] / 1000) * 1000) / 1000
        amounts = [
            parts["years"],
            parts["months"],
            parts["days"] + 7 * parts["weeks"],
            parts["hours"],
            parts["minutes"],
            seconds,
        ]
        written = [
            f"{text(abs(amount))}{letter}" if amount else "" for amount, letter in zip(amounts, "YMDHMS", strict=True)
        ]
        time = "".join(written[3:])
        whole = f"P{''.join(written[:3])}{'T' if time else ''}{time}"
        return "P0D" if whole == "P" else ("-" if any(amount < 0 for amount in amounts) else "") + whole

    toJSON = toISOString

    def valueOf(self) -> Any:
        """The milliseconds."""
        return self._ms

    def __primitive__(self, hint: str) -> Any:
        return self._ms


def _reading(unit: str) -> None:
    setattr(Duration, unit, lambda self: self.get(unit))
    setattr(Duration, f"as{unit.capitalize()}", lambda self: self.as_(unit))


for _unit in _LENGTHS:
    _reading(_unit)
setattr(Duration, "as", Duration.as_)


def duration(option: Any, kind: Any, dayjs: Any) -> None:
    """`dayjs.duration(…)`, `dayjs.isDuration(value)`; dates take durations in `add` and `subtract`."""
    dayjs.duration = lambda input=undefined, unit=None: Duration(dayjs, dayjs.locale(), input, unit)
    dayjs.isDuration = lambda value=None: isinstance(value, Duration)
    add, subtract = kind.add, kind.subtract

    def moved(moment: Any, length: Duration, sign: int) -> Any:
        for unit, short in (("years", "y"), ("months", "M"), ("days", "d"), ("hours", "h"), ("minutes", "m"),
                            ("seconds", "s"), ("milliseconds", "ms")):  # fmt: skip
            moment = moment.add(length.get(unit) * sign, short)
        return moment

    kind.add = lambda self, count=None, unit=None: (
        moved(self, count, 1) if isinstance(count, Duration) else add(self, count, unit)
    )
    kind.subtract = lambda self, count=None, unit=None: (
        moved(self, count, -1) if isinstance(count, Duration) else subtract(self, count, unit)
    )
