"""`toLocaleString` and its kin, for what programs ask for.

- Languages: `en-US`, which is the default, and `zh-CN`; `en` and `zh` mean these.
- Options: `weekday` (long, short), `year` and `day` (numeric, 2-digit), `month` (these and long, short), `hour`,
  `minute` and `second` (numeric, 2-digit), `hour12`, `hourCycle: "h23"`, and `timeZone`.

For others, and for fields that no one writes beside each other, `NotImplementedError` says what is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from typing import Any, Final, NoReturn

from .date_fields import Fields, fields_of
from .date_text import INVALID, MONTHS, WEEKDAYS
from .errors import RangeError
from .missing import is_nullish
from .zone import is_zone, local_zone, offset_at, zone_of

_NUMERIC = frozenset({"numeric", "2-digit"})
_WORDS = frozenset({"long", "short"})
_DATE: Final = {"weekday": _WORDS, "year": _NUMERIC, "month": _NUMERIC | _WORDS, "day": _NUMERIC}
_TIME: Final = {"hour": _NUMERIC, "minute": _NUMERIC, "second": _NUMERIC}
_OTHERS = frozenset({"hour12", "hourCycle", "timeZone"})
_LANGUAGES: Final = {"en-US": "en", "en": "en", "zh-CN": "zh", "zh": "zh", "zh-Hans-CN": "zh", "zh-Hans": "zh"}
_DAYS_ZH = "日一二三四五六"
_MONTHS_ZH = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")

Options = Mapping[str, Any]


def formatted(time: int | None, locales: Any, options: Any, *parts: str) -> str:
    """The date, or the time, or both, of a time in milliseconds."""
    language = _language(locales)
    given = _checked({} if is_nullish(options) else options)
    shown = _with_defaults(given, parts)
    zone = _zone(shown.get("timeZone"))
    if time is None:
        return INVALID
    fields = fields_of(time + offset_at(time, zone))
    writer = _Chinese(fields, shown) if language == "zh" else _English(fields, shown)
    return writer.text()


def _language(locales: Any) -> str:
    if isinstance(locales, list | tuple):
        locales = next(iter(locales), None)
    if is_nullish(locales):
        return "en"
    if locales not in _LANGUAGES:
        raise NotImplementedError(f"dates are written in en-US and zh-CN, and not in {locales!r}")
    return _LANGUAGES[locales]


def _checked(options: Options) -> dict[str, Any]:
    """The options that are given; what is none of those above is refused."""
    given = {name: options[name] for name in options if not is_nullish(options[name])}
    for name, value in given.items():
        allowed = _DATE.get(name) or _TIME.get(name)
        if allowed is not None and value not in allowed:
            if name in ("weekday", "month") and value == "narrow":
                _refuse(f"{name}: {value!r}")
            raise RangeError(f"Value {value} out of range for Intl.DateTimeFormat options property {name}")
        if allowed is None and name not in _OTHERS:
            _refuse(name)
    if given.get("hourCycle", "h23") != "h23":
        _refuse(f"hourCycle: {given['hourCycle']!r}")
    return given


def _refuse(what: str) -> NoReturn:
    raise NotImplementedError(f"a date can't be written with {what}; taropy.js.date_locale says with what it can")


def _with_defaults(given: dict[str, Any], parts: tuple[str, ...]) -> dict[str, Any]:
    """The options with the fields that a date or a time has if it is told of none."""
    needed = [group for part, group in (("date", _DATE), ("time", _TIME)) if part in parts]
    if not any(name in given for group in needed for name in group):
        for group in needed:
            given |= {name: "numeric" for name in group if name != "weekday"}
    return given


def _zone(name: Any) -> tzinfo:
    if name is None:
        return local_zone()
    if not is_zone(str(name)):
        raise RangeError(f"Invalid time zone specified: {name}")
    return zone_of(str(name))


class _Writer:
    """Writes the fields that the options name."""

    #: Between date and time; the words before and after noon.
    between = ", "
    noon = ("AM", "PM")
    twelve_hours = True

    def __init__(self, fields: Fields, options: Options) -> None:
        self.fields = fields
        self.options = options
        self.has = frozenset(options)

    def text(self) -> str:
        date, time = self.has & {*_DATE}, self.has & {*_TIME}
        if date == {"weekday"} and time:
            _refuse("a weekday and a time alone")
        return self.between.join([*([self.date()] if date else []), *([self.time()] if time else [])])

    def date(self) -> str:
        raise NotImplementedError

    def time(self) -> str:
        names = [name for name in _TIME if name in self.has]
        if names == ["hour", "second"]:
            _refuse("hours and seconds without minutes")
        if len(names) == 1:
            return self.lone(names[0])
        digits = [self.hour() if name == "hour" else f"{getattr(self.fields, name):02d}" for name in names]
        return self.with_noon(":".join(digits)) if "hour" in names else ":".join(digits)

    def lone(self, name: str) -> str:
        return self.with_noon(self.hour()) if name == "hour" else str(getattr(self.fields, name))

    @property
    def is_twelve(self) -> bool:
        if "hourCycle" in self.has and "hour12" not in self.has:
            return False
        return bool(self.options.get("hour12", self.twelve_hours))

    def hour(self) -> str:
        raise NotImplementedError

    def with_noon(self, text: str) -> str:
        raise NotImplementedError

    def padded(self, name: str, value: int) -> str:
        return f"{value:02d}" if self.options[name] == "2-digit" else str(value)

    @property
    def year(self) -> str:
        year = self.fields.year if self.fields.year > 0 else 1 - self.fields.year
        return f"{year % 100:02d}" if self.options["year"] == "2-digit" else str(year)

    @property
    def month(self) -> str:
        return self.padded("month", self.fields.month + 1)

    @property
    def day(self) -> str:
        return self.padded("day", self.fields.day)

    @property
    def has_word(self) -> bool:
        """Whether the month is a word."""
        return self.options.get("month") in _WORDS

    @property
    def numbers(self) -> frozenset[str]:
        """Those of the date's fields that are there, apart from the weekday."""
        numbers = self.has & {"year", "month", "day"}
        if numbers == {"year", "day"} or ("weekday" in self.has and numbers and "day" not in numbers):
            _refuse(f"{' and '.join(sorted(self.has & {*_DATE}))} alone")
        if "weekday" in self.has and numbers == {"day"}:
            _refuse("a weekday and a day alone")
        return numbers


class _English(_Writer):
    @property
    def between(self) -> str:  # type: ignore[override]
        return " at " if self.options.get("month") == "long" else ", "

    def date(self) -> str:
        weekday = self.cut(WEEKDAYS[self.fields.weekday], "weekday") if "weekday" in self.has else ""
        written = self._worded() if self.has_word else self._numeric()
        return ", ".join(part for part in (weekday, written) if part)

    def _numeric(self) -> str:
        return "/".join(getattr(self, name) for name in ("month", "day", "year") if name in self.numbers)

    def _worded(self) -> str:
        numbers = self.numbers
        text = self.cut(MONTHS[self.fields.month], "month")
        text += f" {self.day}" if "day" in numbers else ""
        return text + (f"{',' if 'day' in numbers else ''} {self.year}" if "year" in numbers else "")

    def cut(self, word: str, name: str) -> str:
        return word if self.options[name] == "long" else word[:3]

    def hour(self) -> str:
        hour = self.fields.hour
        if self.is_twelve:
            return self.padded("hour", hour % 12 or 12)
        return f"{24 if not hour and 'hour12' in self.has else hour:02d}"

    def with_noon(self, text: str) -> str:
        return f"{text} {self.noon[self.fields.hour >= 12]}" if self.is_twelve else text


class _Chinese(_Writer):
    between = " "
    noon = ("上午", "下午")
    twelve_hours = False

    def date(self) -> str:
        weekday = ""
        if "weekday" in self.has:
            if not self.has_word and "2-digit" in (self.options.get("month"), self.options.get("day")):
                _refuse("a weekday beside a month of two digits, in zh-CN")
            before = "星期" if self.options["weekday"] == "long" else "周"
            weekday = before + _DAYS_ZH[self.fields.weekday]
        return self._numbers() + weekday

    def _numbers(self) -> str:
        numbers = self.numbers
        if numbers == {"month"} and self.options["month"] == "long":
            return f"{_MONTHS_ZH[self.fields.month]}月"
        is_named = self.has_word or (numbers == {"year", "month"} and self.options["month"] == "2-digit")
        if len(numbers) > 1 and not is_named:
            return "/".join(getattr(self, name) for name in ("year", "month", "day") if name in numbers)
        month = str(self.fields.month + 1) if is_named else ""
        marked = {"year": "年", "month": "月", "day": "日"}
        parts = [
            (month if name == "month" and month else getattr(self, name)) + marked[name]
            for name in marked
            if name in numbers
        ]
        return "".join(parts)

    def hour(self) -> str:
        hour = self.fields.hour
        if self.is_twelve:
            return self.padded("hour", hour % 12)
        return f"{hour:02d}" if "minute" in self.has else self.padded("hour", hour)

    def lone(self, name: str) -> str:
        return f"{super().lone(name)}时" if name == "hour" else super().lone(name)

    def with_noon(self, text: str) -> str:
        return f"{self.noon[self.fields.hour >= 12]}{text}" if self.is_twelve else text
