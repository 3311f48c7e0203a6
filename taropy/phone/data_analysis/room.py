"""What programs report of their use, and the experiments that they take part in.

Facts: developers.weixin.qq.com/miniprogram/dev/api/data-analysis and "framework/performanceReport". Phones send what is
reported away and answer nothing; here it is kept, for a test to look at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import attrs

from ...hints import check_word
from ...models.record import record
from ..core.answers import Options, Result
from ..core.app import App
from ..core.checked import a, checked
from ..core.functions import answered, plain
from ..core.javascript import json_of
from ..core.options import js_type, number, optional, required, string, strings, unknown, whole, wrong_type
from ..core.remembered import Remembered
from ..core.room import Room
from ..core.stored import decode, encode

if TYPE_CHECKING:
    from ..core.faces import Phone

COMMON, EXPERIMENT = 0, 1
KEY_VALUES = 2
REPORTING = ("reportAnalytics", "reportEvent", "reportMonitor", "reportPerformance")


@attrs.frozen
class Report:
    """One report: which function (`reportEvent`, …) was told of what, by which app, and when by the phone's clock.

    `name` is the event's, or the id of what is measured; `data` the fields or the number, `dimensions` what
    `reportPerformance` was told beside it.
    """

    api: str
    app: App
    name: str | int
    data: Any = attrs.field(converter=record)
    time: float
    dimensions: list[str] = attrs.field(factory=list)


@checked(experiments=a(Mapping, "a dict"), configs=a(Mapping, "a dict"))
class Analysis(Room, name="analysis"):
    """What the apps have reported, and what the vendor's console says about them.

    - `reports`: oldest first; `of("reportEvent")` has those of one function.
    - `experiments`: the parameters of the experiments that the user is in, by name.
    - `configs`: the values that `getCommonConfig` gives, by key.
    """

    STATE = ("reports", "experiments", "configs")

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self.reports: Remembered[Report] = Remembered()
        self.experiments: dict[str, Any] = {}
        self.configs: dict[str, Any] = {}

    def of(self, api: str) -> list[Report]:
        """The reports of one function, oldest first."""
        check_word(api, REPORTING, "nothing is reported by {!r}")
        return [report for report in self.reports if report.api == api]

    # --- native functions --------------------------------------------------------------------------------------

    @plain
    def reportAnalytics(self, app: App, eventName: Any = None, data: Any = None) -> None:
        """Reports an event with its fields, whose values are kept as they are at this moment."""
        self._report("reportAnalytics", app, string(eventName), _fields(data))

    @plain
    def reportEvent(self, app: App, eventId: Any = None, data: Any = None) -> None:
        """The same by WeChat's newer way, where the fields may be left out."""
        self._report("reportEvent", app, string(eventId), _fields({} if data is None else data))

    @plain
    def reportMonitor(self, app: App, name: Any = None, value: Any = None) -> None:
        """Reports a number of what the developer watches."""
        self._report("reportMonitor", app, string(name), number(value))

    @plain
    def reportPerformance(self, app: App, id: Any = None, value: Any = None, dimensions: Any = None) -> None:
        """Reports how long something took; `dimensions` is a text or several by which the figures are told apart."""
        by = [dimensions] if isinstance(dimensions, str) else dimensions or []
        if js_type(by) != "Array":
            raise wrong_type("parameter.dimensions", "Array", by)
        by = strings(by, "parameter.dimensions")
        self._report("reportPerformance", app, whole(id, "parameter.id"), number(value), by)

    @plain
    def getExptInfoSync(self, app: App, keys: Any = None) -> Result:
        """The parameters of the experiments that are named, or all; one that is in no experiment is left out."""
        if keys is None:
            return deepcopy(self.experiments)
        if js_type(keys) != "Array":
            raise wrong_type("parameter", "Array", keys)
        return _among(self.experiments, strings(keys, "parameter"))

    @answered
    def getCommonConfig(self, app: App, options: Options) -> Result:
        """The values of `keys` as JSON in `conf`: with `mode` 0 those of `configs`, with 1 those of the experiments."""
        mode = required(options, "mode", "Number")
        if mode not in (COMMON, EXPERIMENT):
            raise unknown("parameter.mode", (COMMON, EXPERIMENT))
        known = self.configs if mode == COMMON else self.experiments
        keys = strings(optional(options, "keys", "Array", list(known)), "parameter.keys")
        conf = json_of(_among(known, keys))
        return {"errcode": 0, "errmsg": "ok", "conf_type": KEY_VALUES, "conf": conf, "expire_sec": 0}

    # --- its own -----------------------------------------------------------------------------------------------

    def _report(self, api: str, app: App, name: str | int, data: Any, dimensions: Iterable[str] = ()) -> None:
        self.reports.append(Report(api, app, name, data, self.phone.clock.now(), list(dimensions)))


def _among(known: Mapping[str, Any], keys: Iterable[str]) -> Result:
    """A copy, which the program may change."""
    return {key: deepcopy(known[key]) for key in keys if key in known}


def _fields(data: Any) -> Any:
    if not isinstance(data, Mapping):
        raise wrong_type("parameter", "Object", data)
    return decode(encode(data))
