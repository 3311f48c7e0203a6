"""The texts that `Date.parse` takes: ECMAScript's own format first, then what V8 makes of others.

V8 (src/date/dateparser.h describes it) reads numbers, words and signs in whatever order: two or three numbers are a
date, month first unless the first can be no day or the month has a name; numbers before colons are a time; a sign after
a time, or a zone's name, is an offset. Text in parentheses is skipped, and so are words before the first number.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .date_fields import time_of

# A number, a sign or separator, a word, a space, what is in parentheses, anything else. What is above Z counts as a
# letter.
_TOKENS = re.compile(
    r"(?P<number>[0-9]+)|(?P<symbol>[:+.)-])|(?P<space>\s|\ufeff)|(?P<paren>\()|(?P<word>[^\x00-@\s\ufeff]+)|(?P<other>.)",
    re.DOTALL,
)
_SIGNIFICANT = 9  # digits of a number; those after them are not read

_MONTHS = {
    name: month
    for month, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1
    )
}
_NOON = {"am": 0, "pm": 12}
_ZONES = {
    **dict.fromkeys(["ut", "utc", "z", "gmt"], 0),
    "cdt": -5, "cst": -6, "edt": -4, "est": -5, "mdt": -6, "mst": -7, "pdt": -7, "pst": -8,
}  # fmt: skip


# What servers send. It is read at once; what is nearly so, the parser reads.
_USUAL = re.compile(
    "([0-9]{4})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
    "(?:T([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9])(?:[.]([0-9]+))?)?(Z|([+-])([01][0-9]|2[0-3]):([0-5][0-9]))?)?"
)


class Parsed(NamedTuple):
    """What a text says: a time, and how many minutes it is ahead of UTC; None if it is local."""

    time: int
    offset: int | None


class _Token(NamedTuple):
    kind: str
    text: str = ""

    @property
    def number(self) -> int:
        return int(self.text.lstrip("0")[:_SIGNIFICANT] or 0)

    @property
    def keyword(self) -> str:
        """The word as it is looked up: lower case; a month's name may be longer than its three letters."""
        word = self.text.lower()
        return word[:3] if word[:3] in _MONTHS else word

    def is_number(self, length: int | None = None, most: int | None = None, least: int = 0) -> bool:
        """Whether it is a number, of so many digits, and in these bounds."""
        return (
            self.kind == "number"
            and length in (None, len(self.text))
            and (most is None or least <= self.number <= most)
        )

    def is_sign(self) -> bool:
        return self.kind == "symbol" and self.text in "+-"

    @property
    def milliseconds(self) -> int:
        """The digits as those of a fraction of a second."""
        return int(self.text[:3].ljust(3, "0"))


_END = _Token("end")


class _Scanner:
    """The tokens of a text, one after another."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self.peek = self._scan()

    def next(self) -> _Token:
        token, self.peek = self.peek, self._scan()
        return token

    def skip(self, symbol: str) -> bool:
        found = self.peek == ("symbol", symbol)
        if found:
            self.next()
        return found

    def _scan(self) -> _Token:
        found = _TOKENS.match(self._text, self._at)
        if found is None:
            return _END
        self._at = found.end() if found.lastgroup != "paren" else self._after_parentheses()
        return _Token(found.lastgroup or "", found[0])

    def _after_parentheses(self) -> int:
        depth = 0
        for at in range(self._at, len(self._text)):
            depth += {"(": 1, ")": -1}.get(self._text[at], 0)
            if not depth:
                return at + 1
        return len(self._text)


class _Invalid(Exception):
    """It is no date."""


class _Day:
    """The numbers of a date, in the order in which they were read."""

    def __init__(self) -> None:
        self.numbers: list[int] = []
        self.named_month: int | None = None
        self.is_iso = False

    def add(self, number: int) -> None:
        if len(self.numbers) == 3:
            raise _Invalid
        self.numbers.append(number)

    def fields(self) -> tuple[int, int, int]:
        if not self.numbers:
            raise _Invalid
        year, month, day = self._in_order([*self.numbers, 1, 1, 1][:3])
        if not self.is_iso and 0 <= year <= 99:
            year += 2000 if year < 50 else 1900
        if not (1 <= month <= 12 and 1 <= day <= 31):
            raise _Invalid
        return year, month, day

    def _in_order(self, numbers: list[int]) -> tuple[int, int, int]:
        first, second, third = numbers
        first_is_day = 1 <= first <= 31
        if self.named_month is not None:
            return (second, self.named_month, first) if first_is_day else (first, self.named_month, second)
        return (third, first, second) if first_is_day and not self.is_iso else (first, second, third)


class _Time:
    """The numbers of a time, of which the last may be the milliseconds."""

    LIMITS = (24, 59, 59, 999)

    def __init__(self) -> None:
        self.numbers: list[int] = []
        self.noon: int | None = None

    def add(self, number: int) -> None:
        if len(self.numbers) == 4:
            raise _Invalid
        self.numbers.append(number)

    def add_final(self, number: int) -> None:
        self.add(number)
        self.numbers += [0] * (4 - len(self.numbers))

    def expects(self, number: int) -> bool:
        place = len(self.numbers)
        return 0 < place < 4 and number <= self.LIMITS[place]

    def fields(self) -> tuple[int, int, int, int]:
        hour, minute, second, ms = [*self.numbers, 0, 0, 0, 0][:4]
        if self.noon is not None:
            if hour > 12:
                raise _Invalid
            hour = hour % 12 + self.noon
        if any(number > limit for number, limit in zip((hour, minute, second, ms), self.LIMITS, strict=True)):
            raise _Invalid
        if hour == 24 and (minute or second or ms):
            raise _Invalid
        return hour, minute, second, ms


class _Zone:
    """An offset from UTC; without a sign there is none."""

    def __init__(self) -> None:
        self.sign: int | None = None
        self.hour: int | None = None
        self.minute: int | None = None

    def set(self, hours: int) -> None:
        self.sign, self.hour, self.minute = (-1 if hours < 0 else 1), abs(hours), 0

    @property
    def is_utc(self) -> bool:
        return self.hour == 0 and self.minute == 0

    def expects(self, number: int) -> bool:
        return self.hour is not None and self.minute is None and number <= 59

    def offset(self) -> int | None:
        return None if self.sign is None else self.sign * ((self.hour or 0) * 60 + (self.minute or 0))


def parsed(text: str) -> Parsed | None:
    """What a text says, None if it is no date."""
    found = _USUAL.fullmatch(text)
    if found is not None:
        return _usual(found)
    try:
        return _Parser(text).parsed()
    except _Invalid:
        return None


def _usual(found: re.Match[str]) -> Parsed:
    year, month, day, hour, minute, second, fraction, zone, sign, hours, minutes = found.groups()
    if hour is None:
        return Parsed(_time(int(year), int(month), int(day)), 0)
    ms = int(fraction[:3].ljust(3, "0")) if fraction else 0
    time = _time(int(year), int(month), int(day), int(hour), int(minute), int(second or 0), ms)
    if sign is None:
        return Parsed(time, 0 if zone else None)
    return Parsed(time, (int(hours) * 60 + int(minutes)) * (-1 if sign == "-" else 1))


def _time(year: int, month: int, day: int, *clock: int) -> int:
    time = time_of(year, month - 1, day, *clock)
    assert time is not None  # these are whole numbers
    return time


class _Parser:
    def __init__(self, text: str) -> None:
        self._scanner = _Scanner(text)
        self._day, self._time, self._zone = _Day(), _Time(), _Zone()

    def parsed(self) -> Parsed:
        token = self._iso()
        self._has_number = bool(self._day.numbers)
        while token is not _END:
            self._legacy(token)
            token = self._scanner.next()
        return Parsed(_time(*self._day.fields(), *self._time.fields()), self._zone.offset())

    # --- ECMAScript's format: [+-YY]YYYY[-MM[-DD]][THH:mm[:ss[.sss]][Z|+-HH:mm]] ----------------------------------

    def _iso(self) -> _Token:
        """Reads what is in the format; the first token that is not, from which on the other one is tried."""
        scanner = self._scanner
        sign = scanner.next() if scanner.peek.is_sign() else None
        if sign is not None:
            if not scanner.peek.is_number(6):
                return sign
            year = scanner.next().number * (-1 if sign.text == "-" else 1)
            if sign.text == "-" and not year:
                return sign
            self._day.add(year)
        elif scanner.peek.is_number(4):
            self._day.add(scanner.next().number)
        else:
            return scanner.next()
        for most in (12, 31):
            if not scanner.skip("-"):
                break
            if not scanner.peek.is_number(2, most, 1):
                return scanner.next()
            self._day.add(scanner.next().number)
        if scanner.peek.kind == "word" and scanner.peek.keyword == "t":
            scanner.next()
            self._iso_time()
        elif scanner.peek is not _END:
            return scanner.next()
        if self._zone.sign is None and not self._time.numbers:
            self._zone.set(0)
        self._day.is_iso = True
        return _END

    def _iso_time(self) -> None:
        scanner, time = self._scanner, self._time
        time.add(self._fixed(24))
        self._separator()
        time.add(self._fixed(59))
        if scanner.skip(":"):
            time.add(self._fixed(59))
            if scanner.skip("."):
                if not scanner.peek.is_number():
                    raise _Invalid
                time.add(scanner.next().milliseconds)
        if scanner.peek.kind == "word" and scanner.peek.keyword == "z":
            scanner.next()
            self._zone.set(0)
        elif scanner.peek.is_sign():
            self._iso_offset()
        if scanner.peek is not _END:
            raise _Invalid

    def _iso_offset(self) -> None:
        scanner, zone = self._scanner, self._zone
        zone.sign = -1 if scanner.next().text == "-" else 1
        if scanner.peek.is_number(4):
            zone.hour, zone.minute = divmod(scanner.next().number, 100)
            if zone.hour > 23 or zone.minute > 59:
                raise _Invalid
            return
        zone.hour = self._fixed(23)
        self._separator()
        zone.minute = self._fixed(59)

    def _fixed(self, most: int) -> int:
        if not self._scanner.peek.is_number(2, most):
            raise _Invalid
        return self._scanner.next().number

    def _separator(self) -> None:
        if not self._scanner.skip(":"):
            raise _Invalid

    # --- any other -------------------------------------------------------------------------------------------------

    def _legacy(self, token: _Token) -> None:
        if token.kind == "number":
            self._has_number = True
            self._number(token.number)
        elif token.kind == "word":
            self._word(token)
        elif token.is_sign() and (self._zone.is_utc or self._time.numbers):
            self._has_number = True
            self._offset(token)
        elif (token.is_sign() or token == ("symbol", ")")) and self._has_number:
            raise _Invalid

    def _number(self, number: int) -> None:
        scanner, time, zone = self._scanner, self._time, self._zone
        if scanner.skip(":"):
            if scanner.skip(":"):
                if time.numbers:
                    raise _Invalid
                time.numbers = [number, 0]
            else:
                time.add(number)
                scanner.skip(".")
        elif scanner.skip(".") and time.expects(number):
            time.add(number)
            if not scanner.peek.is_number():
                raise _Invalid
            time.add_final(scanner.next().milliseconds)
        elif zone.expects(number):
            zone.minute = number
        elif time.expects(number):
            time.add_final(number)
            after = scanner.peek
            if not (after is _END or after.kind == "space" or after.is_sign() or after.keyword == "z"):
                raise _Invalid
        else:
            self._day.add(number)
            scanner.skip("-")

    def _word(self, token: _Token) -> None:
        word = token.keyword
        if word in _NOON and self._time.numbers:
            self._time.noon = _NOON[word]
        elif word in _MONTHS:
            self._day.named_month = _MONTHS[word]
            self._scanner.skip("-")
        elif word in _ZONES and self._has_number:
            self._zone.set(_ZONES[word])
        elif self._has_number or self._scanner.peek.kind == "number":
            raise _Invalid

    def _offset(self, sign: _Token) -> None:
        scanner, zone = self._scanner, self._zone
        zone.sign = -1 if sign.text == "-" else 1
        token = scanner.next() if scanner.peek.kind == "number" else _END
        length = len(token.text)
        if scanner.peek == ("symbol", ":"):
            zone.hour, zone.minute = token.number, None
        elif length in (1, 2):
            zone.hour, zone.minute = token.number, 0
        elif length in (3, 4):
            zone.hour, zone.minute = divmod(token.number, 100)
        else:
            raise _Invalid
