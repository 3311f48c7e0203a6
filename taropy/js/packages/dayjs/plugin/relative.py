"""The plugin relativeTime: `3 days ago`."""

from __future__ import annotations

from typing import Any

from ....access import get
from ....callbacks import called_with
from ....conversions import text, truthy
from ....maths import Math
from ....missing import undefined
from ....obj import Obj
from ..units import DAY, HOUR, MINUTE, MONTH, SECOND, YEAR

_ENGLISH = Obj(
    future="in %s", past="%s ago", s="a few seconds", m="a minute", mm="%d minutes", h="an hour", hh="%d hours",
    d="a day", dd="%d days", M="a month", MM="%d months", y="a year", yy="%d years",
)  # fmt: skip
#: What is said up to how many of a unit; those without a unit go by that of the ones before.
_THRESHOLDS = (
    ("s", 44, SECOND), ("m", 89, None), ("mm", 44, MINUTE), ("h", 89, None), ("hh", 21, HOUR), ("d", 35, None),
    ("dd", 25, DAY), ("M", 45, None), ("MM", 10, MONTH), ("y", 17, None), ("yy", None, YEAR),
)  # fmt: skip


def relativeTime(option: Any = None, kind: Any = None, dayjs: Any = None) -> None:
    """`date.fromNow()`, `from(other)`, `toNow()`, `to(other)`; with true, without `in` and `ago`.

    Options: `thresholds`, an array of `{l, r, d}`; `rounding`, a function.
    """
    given = option if isinstance(option, dict) else Obj()
    own = get(given, "thresholds")
    thresholds = _THRESHOLDS if own is None else [(each.l, each.r, each.d) for each in own]
    rounding = get(given, "rounding") or Math.round
    dayjs.en.relativeTime = _ENGLISH

    def between(self: Any, later: Any, earlier: Any, plain: Any) -> str:
        words = self._locale_data().relativeTime or _ENGLISH
        result: Any = 0
        said = ""
        for place, (label, most, unit) in enumerate(thresholds):
            if unit:
                result = later.diff(earlier, unit, True)
            amount = rounding(abs(result))
            if not most or amount <= most:
                chosen = thresholds[place - 1][0] if amount <= 1 and place > 0 else label
                said = _said(words[chosen], amount, plain, chosen, result > 0)
                break
        if truthy(plain):
            return said
        frame = words.future if result > 0 else words.past
        return text(frame(said)) if callable(frame) else text(frame).replace("%s", said, 1)

    kind.to = lambda self, input=undefined, plain=None: between(self, dayjs(input), self, plain)
    setattr(kind, "from", lambda self, input=undefined, plain=None: between(self, self, input, plain))
    kind.from_ = getattr(kind, "from")
    kind.toNow = lambda self, plain=None: self.to(dayjs(), plain)
    kind.fromNow = lambda self, plain=None: self.from_(dayjs(), plain)


def _said(word: Any, amount: Any, plain: Any, label: str, is_future: bool) -> str:
    if callable(word):
        return text(called_with(word, (amount, truthy(plain), label, is_future)))
    return text(word).replace("%d", text(amount), 1)
