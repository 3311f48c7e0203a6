"""What the vendors' interfaces of paying have in common: how they read a request, and how they say that they fail."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any, ClassVar, Self

from .orders import Declined, Why

#: What a vendor's failure is made of, by why something is declined.
Table = Mapping[Why, tuple[Any, ...]]


class Failure(Exception):
    """An interface fails. Each vendor has its own kind, and says by its table what the server declines."""

    DECLINED: ClassVar[Table]

    @classmethod
    def of(cls, error: Declined | Self) -> Self:
        """The vendor's failure that `error` is or, for what is declined, comes to."""
        return cls(*cls.DECLINED[error.why]) if isinstance(error, Declined) else error


def joined(fields: Mapping[str, str]) -> str:
    """Fields as most vendors have them signed: in the order of their names."""
    return "&".join(f"{name}={fields[name]}" for name in sorted(fields))


class RequestFields:
    """The fields of a request, `given`; each vendor says in its own way, by `wrong`, what is wrong with one."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.given = given

    def wrong(self, name: str, issue: str = "", /) -> Failure:
        """The failure of a field, of which `issue` is what is wrong in words; not every vendor tells it."""
        raise NotImplementedError

    def missing(self, name: str) -> Failure:
        """The failure of a field that has to be there and is not, or says nothing."""
        return self.wrong(name, "必填")

    def length(self, text: str) -> int:
        """How long a text is, as the vendor counts."""
        return len(text)

    def has(self, name: str) -> bool:
        """Whether it is there and says anything."""
        return self.given.get(name) not in (None, "")

    def text(self, name: str, longest: float = math.inf) -> str:
        """A text that has to say something."""
        if not self.has(name):
            raise self.missing(name)
        return self.optional_text(name, longest)

    def optional_text(self, name: str, longest: float = math.inf) -> str:
        """A text, which is empty if it is not there."""
        value = self.given.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self.wrong(name, "类型错误，应为string")
        if self.length(value) > longest:
            raise self.wrong(name, f"长度超过{longest}")
        return value

    def matching(self, name: str, pattern: re.Pattern[str], longest: float = 64) -> str:
        """A text of this form."""
        value = self.text(name, longest)
        if not pattern.fullmatch(value):
            raise self.wrong(name, "格式错误")
        return value

    def whole(self, name: str, largest: int) -> int:
        """A whole number of JSON, from 1 to `largest`."""
        value = self.given.get(name)
        if value is None:
            raise self.missing(name)
        if type(value) is not int:
            raise self.wrong(name, "类型错误，应为integer")
        if not 0 < value <= largest:
            raise self.wrong(name, "金额错误")
        return value
