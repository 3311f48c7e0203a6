"""The steps that the person makes, and the workouts that programs hand to WeChat's step ranking.

Facts: developers.weixin.qq.com/miniprogram/dev/api/open-api/werun; q.qq.com/wiki, "port_sport".
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import attrs

from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.checked import a, number
from ..core.functions import answered, only
from ..core.javascript import is_object
from ..core.moments import CHINA
from ..core.options import required, wrong_type
from ..core.room import Room
from ..core.saved import Saved
from ..core.telling import count
from .account import Account

if TYPE_CHECKING:
    from ..core.faces import Phone

#: How many days are told of, today among them.
DAYS_OF_WECHAT, DAYS_OF_QQ = 31, 30

#: The measures of a workout, of which WeChat takes one, and the most of it: minutes, metres, and calories without end.
MEASURES: Mapping[str, float] = {"time": 1440, "distance": 100_000, "calorie": float("inf")}
#: The kinds of sport that have a distance.
WITH_A_DISTANCE = frozenset(range(3001, 3006))


@attrs.frozen
class Workout:
    """A workout that a program has shared: what kind of sport, and one of `time`, `distance` and `calorie`."""

    app_key: str
    kind: int
    measure: str
    amount: float
    at: float


@attrs.frozen
class Kept:
    """What the phone keeps: the steps by day, as `2026-11-28`, and the workouts."""

    days: dict[str, int] = attrs.field(factory=dict)
    workouts: list[Workout] = attrs.field(factory=list)


class Steps(Room, name="steps"):
    """The steps of each day, by the phone's clock and China's midnight.

    - `today`: how many there are today; may be set.
    - `workouts`: what programs have shared by `shareToWeRun`, oldest first. Each time the person is asked, the question
      `shareToWeRun` (`person.script("shareToWeRun", allow=False)`).
    """

    STATE = ("_days", "_workouts")
    FILE = "steps.json"

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._saved = Saved(phone, self.FILE, Kept)
        kept = self._saved.load(Kept())
        self._days: dict[str, int] = kept.days
        self._workouts: list[Workout] = kept.workouts

    def in_words(self) -> Iterator[str]:
        """How many steps there are today."""
        yield from [count(self.today, "steps")] if self.today else []

    # --- for tests ---------------------------------------------------------------------------------------------

    @property
    def today(self) -> int:
        """How many steps there are today."""
        return self._days.get(str(self._date()), 0)

    @today.setter
    def today(self, steps: int) -> None:
        self.set(self._date(), steps)

    def walk(self, steps: int) -> None:
        """Makes so many steps more today."""
        number(whole=True).check("how many steps are walked", steps)
        self.set(self._date(), self.today + steps)

    def set(self, day: date, steps: int) -> None:
        """Says how many steps there were on a day."""
        a(date, "a date").check("a day", day)
        if not isinstance(steps, int) or isinstance(steps, bool) or steps < 0:
            raise ValueError(f"there are 0 or more steps, a whole number, not {steps!r}")
        self._days[str(day)] = steps
        self._keep()

    @property
    def workouts(self) -> list[Workout]:
        """What programs have shared, oldest first."""
        return [*self._workouts]

    # --- native functions --------------------------------------------------------------------------------------

    @answered
    @only("wx")
    async def getWeRunData(self, app: App, options: Options) -> Result:
        """The steps of the last 31 days, as `stepInfoList`, encrypted with the session's key; needs `scope.werun`."""
        await self.phone.permissions.need(app, "scope.werun")
        return Account.on(self.phone).sealed(app, {"stepInfoList": self._told(DAYS_OF_WECHAT)})

    @answered
    @only("qq")
    async def getQQRunData(self, app: App, options: Options) -> Result:
        """The steps of the last 30 days, likewise; needs `scope.qqrun`."""
        await self.phone.permissions.need(app, "scope.qqrun")
        return Account.on(self.phone).sealed(app, {"stepInfoList": self._told(DAYS_OF_QQ)})

    @answered
    @only("wx")
    async def shareToWeRun(self, app: App, options: Options) -> None:
        """Hands workouts to the ranking, if the person lets it; else `fail cancel`."""
        given = required(options, "recordList", "Array")
        if not given:
            raise Fail("parameter error: parameter.recordList should not be empty")
        now = self.phone.clock.now()
        workouts = [_workout(app, record, f"parameter.recordList[{at}]", now) for at, record in enumerate(given)]
        shown = {"appid": app.appid, "records": len(workouts)}
        if not await self.phone.person.allows("shareToWeRun", shown):
            raise Fail("cancel")
        self._workouts += workouts
        self._keep()

    # --- its own -----------------------------------------------------------------------------------------------

    def _date(self) -> date:
        return datetime.fromtimestamp(self.phone.clock.now(), UTC).astimezone(CHINA).date()

    def _told(self, days: int) -> list[Result]:
        """Each day's midnight, in seconds, and its steps; the oldest first."""
        today = self._date()
        last = [today - timedelta(days=ago) for ago in reversed(range(days))]
        return [
            {"timestamp": int(datetime.combine(day, time(), CHINA).timestamp()), "step": self._days.get(str(day), 0)}
            for day in last
        ]

    def _keep(self) -> None:
        self._saved.keep_if_writable(Kept(self._days, self._workouts))


def _workout(app: App, record: Any, where: str, now: float) -> Workout:
    """What a record of a program's says; `Fail` for one that WeChat does not take."""
    if not is_object(record):
        raise wrong_type(where, "Object", record)
    kind = record.get("typeId")
    if not isinstance(kind, int) or isinstance(kind, bool):
        raise wrong_type(f"{where}.typeId", "Number", kind)
    measures = [name for name in MEASURES if record.get(name) is not None]
    if len(measures) != 1:
        raise Fail(f"parameter error: {where} should have one of time, distance and calorie")
    [measure] = measures
    amount = record[measure]
    if not isinstance(amount, int | float) or isinstance(amount, bool):
        raise wrong_type(f"{where}.{measure}", "Number", amount)
    fits = 0 < amount <= MEASURES[measure] and math.isfinite(amount)
    whole = fits and (measure == "calorie" or amount == int(amount))
    if not whole or (measure == "distance" and kind not in WITH_A_DISTANCE):
        raise Fail(f"parameter error: {where}.{measure} is invalid")
    return Workout(app.key, kind, measure, amount, now)
