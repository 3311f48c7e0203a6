"""What the Chinese locales have in common."""

from __future__ import annotations

from typing import Any

from ....obj import Obj

_DAYS = list("日一二三四五六")
_NUMBERS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
#: Until which time, as hours and minutes in one number, the day's parts last.
_PARTS = ((600, "凌晨"), (900, "早上"), (1100, "上午"), (1300, "中午"), (1800, "下午"), (2400, "晚上"))
_DATE = "YYYY年M月D日"


def _part_of_day(hour: Any = 0, minute: Any = 0, isLowercase: Any = None) -> str:
    return next(word for end, word in _PARTS if hour * 100 + minute < end)


def _locale(name: str, week: str, long: str, longest: str, **more: Any) -> Obj:
    return Obj(
        name=name,
        weekdays=[f"星期{day}" for day in _DAYS],
        weekdaysShort=[f"{week}{day}" for day in _DAYS],
        weekdaysMin=_DAYS,
        months=[f"{number}月" for number in _NUMBERS],
        monthsShort=[f"{month}月" for month in range(1, 13)],
        ordinal=lambda number, period=None: f"{number}{week if period == 'W' else '日'}",
        formats=Obj(
            LT="HH:mm", LTS="HH:mm:ss", L="YYYY/MM/DD", LL=_DATE, LLL=_DATE + long, LLLL=_DATE + longest,
            l="YYYY/M/D", ll=_DATE, lll=f"{_DATE} HH:mm", llll=f"{_DATE}dddd HH:mm",
        ),
        meridiem=_part_of_day,
        **more,
    )  # fmt: skip


def simplified(name: str, future: str) -> Obj:
    """A locale in simplified letters; `future` is what stands behind a time that is to come."""
    relative = Obj(
        future=future, past="%s前", s="几秒", m="1 分钟", mm="%d 分钟", h="1 小时", hh="%d 小时", d="1 天", dd="%d 天",
        M="1 个月", MM="%d 个月", y="1 年", yy="%d 年",
    )  # fmt: skip
    return _locale(name, "周", "Ah点mm分", "ddddAh点mm分", weekStart=1, yearStart=4, relativeTime=relative)


def traditional(name: str, one: str) -> Obj:
    """A locale in traditional letters; `one` is how it writes one of a unit."""
    relative = Obj(
        future="%s內", past="%s前", s="幾秒", m=f"{one}分鐘", mm="%d 分鐘", h=f"{one}小時", hh="%d 小時", d=f"{one}天",
        dd="%d 天", M=f"{one}個月", MM="%d 個月", y=f"{one}年", yy="%d 年",
    )  # fmt: skip
    return _locale(name, "週", " HH:mm", "dddd HH:mm", relativeTime=relative)
