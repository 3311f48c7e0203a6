"""What taropy does otherwise than Taro, as rewrites: from the steps that Taro took to those that taropy takes.

Each function is a reason of differences.json, and says exactly what becomes of a case, so that nothing else can hide
behind it. They are applied in the order in which they stand in `REWRITES`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from golden_replay import Case, Steps, inputs

Rewrite = Callable[[Case, Steps], Steps]

THROWN = "thrown by the native function"


def not_supported(case: Case, steps: Steps) -> Steps:
    """A native function that is not there: `NotSupported`, thrown or told to `fail` and `complete`."""
    if case.outcome != "missing":
        return steps
    error = {"errMsg": f"{case.name}:fail not supported on {case.platform} by the native object SimpleNamespace"}
    return failed(error) if case.style == "callbacks" else [["threw", error]]


def thrown(case: Case, steps: Steps) -> Steps:
    """What the native function throws: a `TaroError`, which a promise is rejected with, and `fail` is told."""
    if case.outcome != "throwing":
        return steps
    calls = [step for step in steps if step[0] == "call"]
    error = {"errMsg": f"{case.name}:fail {THROWN}"}
    if case.told["kind"] != "promise":
        return [*calls, ["threw", error]]
    if case.style == "callbacks":
        return [*calls, *failed(error)]
    return [*calls, ["returned", "$promise"], ["rejected", error]]


def failed(error: Mapping[str, Any]) -> Steps:
    """The steps of a failing call with callbacks."""
    return [["returned", "$promise"], ["fail", error], ["complete", error], ["rejected", error]]


def promised(case: Case, steps: Steps) -> Steps:
    """A function that Taro hands through although it answers by callbacks: taropy's returns a promise."""
    if case.told["kind"] != "promise" or not steps or ["returned", None] not in steps:
        return steps
    at = steps.index(["returned", None])
    answer = case.told["answer"] if case.outcome == "success" else {"errMsg": f"{case.name}:fail refused", "errCode": 7}
    settled = ["resolved" if case.outcome == "success" else "rejected", answer]
    return [*steps[:at], ["returned", "$promise"], *steps[at + 1 :], settled]


def unchanged(case: Case, steps: Steps) -> Steps:
    """The program's own options stay as they were."""
    return [step for step in steps if step[0] != "changed"]


def not_overwritten(case: Case, steps: Steps) -> Steps:
    """A value that is missing is not written; what it would have been written over is explicit in a case of its own."""
    return [[step[0], *map(_without_undefined, step[1:])] for step in steps]


def _without_undefined(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_undefined(item) for item in value]
    if not isinstance(value, dict):
        return None if value == "$undefined" else value
    return {name: _without_undefined(field) for name, field in value.items() if field != "$undefined"}


def named(case: Case, steps: Steps) -> Steps:
    """`errMsg` begins with Taro's name of the function."""
    natives = inputs()["platforms"][case.platform]["natives"].get(case.name, [])
    return [[step[0], *(_renamed(value, natives, case.name) for value in step[1:])] for step in steps]


def _renamed(value: Any, natives: list[str], name: str) -> Any:
    if not isinstance(value, dict) or "errMsg" not in value:
        return value
    head, _, rest = value["errMsg"].partition(":")
    return {**value, "errMsg": f"{name}:{rest}"} if head in natives else value


def misplaced(case: Case, steps: Steps) -> Steps:
    """A hook outside the function of a page or of the app."""
    if not case.name.startswith("use"):
        return steps
    where = "while the function of a page (@app.page) or of the app (@app.entry) runs, and not later"
    return [["threw", {"errMsg": f"{case.name}:fail a hook is called {where}"}]]


REWRITES: Mapping[str, Rewrite] = {
    rewrite.__name__: rewrite
    for rewrite in (not_supported, thrown, promised, unchanged, not_overwritten, named, misplaced)
}
