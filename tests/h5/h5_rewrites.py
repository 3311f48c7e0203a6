"""What taropy does otherwise than taro-h5, as rewrites: from the steps that taro-h5 took to those that taropy takes.

Each function is a reason of differences.json, and says exactly what becomes of a case, so that nothing else can hide
behind it. They are applied in the order in which they stand in `REWRITES`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

Json = dict[str, Any]
Steps = list[list[Any]]
Rewrite = Callable[[Json, Steps], Steps]

CALLBACKS = frozenset({"success", "fail", "complete"})
ROUTES = frozenset({"navigateTo", "redirectTo", "reLaunch", "switchTab", "navigateBack"})
NAMED_TWICE = re.compile(r"(\w+:fail )\1")
WORDS = {"larger then": "larger than", "parameter.itemList should not": "itemList should not"}
NO_FIGURES = frozenset({"statusBarHeight", "fontSizeSetting"})
STORED = {"currentSize": 0, "limitSize": "$infinity"}


def after_the_return(case: Json, steps: Steps) -> Steps:
    """Callbacks that taro-h5 calls before the call has returned."""
    made: Steps = []
    for step in steps:
        at = len(made)
        if _is(step, "returned") and step[1] == "$promise":
            while at and made[at - 1][0] in CALLBACKS:
                at -= 1
        made.insert(at, step)
    return made


def rejected(case: Json, steps: Steps) -> Steps:
    """A failure that taro-h5 resolves with, since there was a `fail` or a `complete`."""
    failures = [step[1] for step in steps if step[0] in ("fail", "complete")]
    return (
        [
            [step[0].replace("resolved", "rejected"), *step[1:]]
            if _is(step, "resolved") and step[1] in failures
            else step
            for step in steps
        ]
        if any(_failed(failure) for failure in failures)
        else steps
    )


def _failed(value: Any) -> bool:
    return isinstance(value, dict) and ":fail" in value.get("errMsg", "")


def named(case: Json, steps: Steps) -> Steps:
    """`errMsg` of a request: missing where it succeeds, and the browser's reason alone where it fails."""
    if not _asks(case, "request"):
        return steps
    return [[step[0], *(_named(step[0], value) for value in step[1:])] for step in steps]


def _named(word: str, value: Any) -> Any:
    if not isinstance(value, dict) or word == "received":
        return value
    if {"data", "statusCode", "header"} <= value.keys():
        return {"errMsg": "request:ok", **value}
    message = value.get("errMsg")
    if message is None or ":" in message.partition(" ")[0]:
        return value
    return {**value, "errMsg": f"request:fail {message}"}


def told(case: Json, steps: Steps) -> Steps:
    """`complete` of a request that failed: the error, in place of an empty object."""
    made: Steps = []
    for step in steps:
        if step == ["complete", {}] and made and made[-1][0] == "fail":
            step = ["complete", made[-1][1]]
        elif step == ["complete", {}]:
            step = ["complete", _reason(steps)]
        made.append(step)
    return made


def _reason(steps: Steps) -> Any:
    return next((step[1] for step in steps if _is(step, "rejected")), {})


def without_stamps(case: Json, steps: Steps) -> Steps:
    """The time that a page was opened at is no part of its query."""
    return [[step[0], *map(_without_stamp, step[1:])] for step in steps]


def _without_stamp(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_stamp(item) for item in value]
    if isinstance(value, dict):
        return {name: _without_stamp(field) for name, field in value.items() if name != "$taroTimestamp"}
    return value


def when_ready(case: Json, steps: Steps) -> Steps:
    """A route succeeds when the page is ready, not before it is made; then the program goes on that waits for it."""
    made: Steps = []
    waiting: Steps = []
    reactions = _reactions(case)
    come, ready = False, ""
    for step in steps:
        page, _, moment = step[0].partition(".")
        lived, reacts = _lived(step), step[0] in reactions
        goes = moment == "unload" and page != ready  # a page that has slid out when the other one is ready
        if _routed(step) or (waiting and not come and not (lived or reacts or step[0] in ("returned", "threw"))):
            waiting.append(step)
        elif waiting and ((ready and lived and not goes) or not (lived or reacts)):
            made, waiting, come, ready = [*made, *waiting, step], [], False, ""
        else:
            made.append(step)
            come, ready = bool(waiting), page if waiting and moment == "ready" else ready
    return [*made, *waiting]


def _reactions(case: Json) -> set[str]:
    """What is noted of what pages do when they hear of something, and of what listeners are told."""
    told = {name for name in re.findall(r"\$fn (\w+)", json.dumps(case))}
    for moments in case.get("pages", {}).values():
        for steps in moments.values():
            told |= {f"{step[1]}.{step[2]} returned" for step in steps if step[0] == "on"}
    return told


def _routed(step: list[Any]) -> bool:
    name = step[1].get("errMsg", "").partition(":ok")[0] if len(step) == 2 and isinstance(step[1], dict) else ""
    return name in ROUTES


def _lived(step: list[Any]) -> bool:
    return step[0].partition(".")[0] in ("app", "home", "cart", "detail")


def figures(case: Json, steps: Steps) -> Steps:
    """Figures that are none: no such field, the whole window, nothing stored and no limit."""
    return [[step[0], *map(_figures, step[1:])] for step in steps]


def _figures(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    kept = {name: field for name, field in value.items() if not (field == "$nan" and name in NO_FIGURES)}
    if kept.get("safeArea") == dict.fromkeys(("left", "top", "right", "bottom", "width", "height"), 0):
        width, height = kept["windowWidth"], kept["windowHeight"]
        kept["safeArea"] = {"left": 0, "top": 0, "right": width, "bottom": height, "width": width, "height": height}
    return {name: STORED.get(name, field) if field == "$nan" else field for name, field in kept.items()}


def worded(case: Json, steps: Steps) -> Steps:
    """Slips in what taro-h5 says of a failure, and a function's name that stands there twice."""
    return [[step[0], *(_message_of(value, _worded) for value in step[1:])] for step in steps]


def _worded(message: str) -> str:
    for theirs, ours in WORDS.items():
        message = message.replace(theirs, ours)
    return NAMED_TWICE.sub(r"\1", message)


def closed_up(case: Json, steps: Steps) -> Steps:
    """A blank in the message of a success, `startPullDownRefresh: ok`."""
    return [[step[0], *(_message_of(value, _closed_up) for value in step[1:])] for step in steps]


def _closed_up(message: str) -> str:
    name, mark, rest = message.partition(": ")
    return f"{name}:ok" if mark and rest == "ok" else message


def _message_of(value: Any, change: Callable[[str], str]) -> Any:
    if not isinstance(value, dict) or not isinstance(value.get("errMsg"), str):
        return value
    return {**value, "errMsg": change(value["errMsg"])}


def _asks(case: Json, name: str) -> bool:
    return any(step[0] in ("call", "start") and name in step[1:3] for step in case["do"])


def _is(step: list[Any], word: str) -> bool:
    return bool(step[0] == word or step[0].endswith(f" {word}"))


REWRITES: Mapping[str, Rewrite] = {
    rewrite.__name__: rewrite
    for rewrite in (
        worded,
        closed_up,
        after_the_return,
        rejected,
        named,
        told,
        without_stamps,
        when_ready,
        figures,
    )
}
