"""What tests say to the phone, checked where they say it, in a line that names what is allowed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from math import inf
from typing import Any, TypeVar

import attrs

from .guarded import Guarded, set_attribute
from .options import Buffers

R = TypeVar("R", bound=Guarded)


@attrs.frozen
class Rule:
    """What a value may be: whether it is admitted, and how that is said, `a number, 0 or more`."""

    admits: Callable[[Any], bool]
    words: str

    def check(self, what: str, value: Any) -> None:
        """ValueError for another value of `what`."""
        if not self.admits(value):
            raise ValueError(f"{what} is {self.words}, not {value!r}")

    def of(self, what: str) -> Callable[[object, object, Any], None]:
        """The same as the validator of an attrs class's field, which messages call `what`."""
        return lambda _, __, value: self.check(what, value)


def is_number(value: Any, least: float = -inf, most: float = inf) -> bool:
    """Whether it is a number within these bounds, and no flag."""
    return isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most


def number(least: float = -inf, most: float = inf, *, whole: bool = False, above: float | None = None) -> Rule:
    """A number from `least` to `most`, or one `above` another; a `whole` one."""

    def admits(value: Any) -> bool:
        # What is not finite has no remainder, and is no whole number.
        within = is_number(value, least, most) and not (whole and value % 1 != 0)
        return within and (above is None or value > above)

    kind = "a whole number" if whole else "a number"
    if above is not None:
        return Rule(admits, f"{kind} above {above:g}")
    bounds = "" if least == -inf else f", {least:g} or more" if most == inf else f" from {least:g} to {most:g}"
    return Rule(admits, kind + bounds)


def word(*words: str) -> Rule:
    """One of these words."""
    return Rule(lambda value: isinstance(value, str) and value in words, f"one of {', '.join(words)}")


def a(kind: type | tuple[type, ...], words: str, *, or_none: bool = False) -> Rule:
    """A value of a class, said in words; or None."""
    return Rule(
        lambda value: isinstance(value, kind) or (or_none and value is None), f"{words}, or None" if or_none else words
    )


def list_of(kind: type, words: str) -> Rule:
    """A list of values of a class."""
    return Rule(lambda value: isinstance(value, list | tuple) and all(isinstance(one, kind) for one in value), words)


#: A time, True or False, a text, and bytes.
SECONDS = Rule(lambda value: is_number(value, 0), "a number of seconds, 0 or more")
FLAG = a(bool, "True or False")
TEXT = a(str, "a text")
BYTES = a(Buffers, "bytes")


def of_bytes(value: object, what: str) -> bytes:
    """The bytes that a test says a device has or answers. TypeError for else: of `bytes(5)` Python makes five zeros."""
    try:
        return bytes(memoryview(value))  # type: ignore[arg-type]
    except TypeError:
        raise TypeError(f"{what} is bytes, and not {value!r}") from None


def checked(**rules: Rule) -> Callable[[type[R]], type[R]]:
    """Has a room refuse values of its attributes that are none.

    A `__setattr__` in the class itself would tell type checkers that the room has attributes of any name.
    """

    def decorate(room: type[R]) -> type[R]:
        def set_checked(self: R, name: str, value: Any) -> None:
            rule = rules.get(name)
            if rule is not None:
                owner = self._in_messages
                rule.check(f"{owner}.{name}" if owner.startswith("phone.") else f"{owner}'s {name}", value)
            self._admit(name, sys._getframe(1))
            set_attribute(self, name, value)

        room.__setattr__ = set_checked  # type: ignore[assignment,method-assign]
        return room

    return decorate
