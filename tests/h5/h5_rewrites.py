"""What taropy does otherwise than taro-h5, as rewrites: from the steps that taro-h5 took to those that taropy takes.

Each function is a reason of differences.json, and says exactly what becomes of a case, so that nothing else can hide
behind it. They are applied in the order in which they stand in `REWRITES`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl

Json = dict[str, Any]
Steps = list[list[Any]]
Rewrite = Callable[[Json, Steps], Steps]

CALLBACKS = frozenset({"success", "fail", "complete"})
ROUTES = frozenset({"navigateTo", "redirectTo", "reLaunch", "switchTab", "navigateBack"})
NO_FIGURES = frozenset({"statusBarHeight", "fontSizeSetting"})
BROKEN = {"code": 1006, "reason": "abnormal closure"}
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
    if {"data", "statusCode"} <= value.keys() and "errMsg" not in value:
        return {"errMsg": "request:ok", "header": {}, **value}
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
    """A route succeeds when the page is ready, not before it is made."""
    made: Steps = []
    waiting: Steps = []
    for step in steps:
        if _routed(step):
            waiting.append(step)
        elif waiting and not _lived(step):
            made, waiting = [*made, *waiting, step], []
        else:
            made.append(step)
    return [*made, *waiting]


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


def ended(case: Json, steps: Steps) -> Steps:
    """A request that was ended says by whom: by the program, or by its time."""
    by = "abort" if any(step[0] == "on" and step[2] == "abort" for step in case["do"]) else "timeout"
    return _reworded(steps, {"request:fail signal is aborted without reason": f"request:fail {by}"})


def status_later(case: Json, steps: Steps) -> Steps:
    """The status that taro-h5 writes on the browser's error, of a body that broke off, after `fail` was told."""
    words = "request:fail Failed to fetch"
    return [
        [step[0], {"errMsg": words}] if len(step) == 2 and step[1] == {"errMsg": words, "statusCode": 200} else step
        for step in steps
    ]


def transfers(case: Json, steps: Steps) -> Steps:
    """Words of the network's failures in place of none, and one name and the right one in those of sockets."""
    words = {f"{name}:fail undefined": f"{name}:fail network error" for name in ("uploadFile", "downloadFile")}
    sockets = {"connectSocket:fail request:fail": "connectSocket:fail", "SocketTask.readState": "SocketTask.readyState"}
    return _reworded(steps, {**words, **sockets})


def _reworded(value: Any, words: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_reworded(item, words) for item in value]
    if isinstance(value, dict) and isinstance(message := value.get("errMsg"), str):
        for theirs, ours in words.items():
            message = message.replace(theirs, ours)
        return {**value, "errMsg": message}
    return value


def thrown(case: Json, steps: Steps) -> Steps:
    """What a transfer throws that a browser refuses to begin, as the failure of the call."""
    calls = iter(step for step in case["do"] if step[0] in ("call", "start"))
    made: Steps = []
    for step in steps:
        is_threw = _is(step, "threw")
        call = next(calls, []) if is_threw or _is(step, "returned") else []
        name = next((each for each in call[1:3] if is_threw and each in ("uploadFile", "downloadFile")), None)
        if name is None:
            made.append(step)
            continue
        failure = {**step[1], "errMsg": f"{name}:fail {step[1]['errMsg']}"}
        told = [[word, failure] for word in ("fail", "complete") if word in call[-1]]
        returned, rejected = (step[0].replace("threw", word) for word in ("returned", "rejected"))
        made += [[returned, "$promise"], *told, [rejected, failure]]
    return made


def unmade(case: Json, steps: Steps) -> Steps:
    """What a browser throws that makes no socket, as the failure of the call, of which callbacks are told."""
    calls = {step[1]: step[-1] for step in case["do"] if step[0] == "start"}
    call = next((step[-1] for step in case["do"] if step[:2] == ["call", "connectSocket"]), {})
    made: Steps = []
    for step in steps:
        if _is(step, "rejected") and str(step[1].get("errMsg")).startswith("Failed to construct 'WebSocket'"):
            failure = {**step[1], "errMsg": f"connectSocket:fail {step[1]['errMsg']}"}
            given = calls.get(step[0].partition(" ")[0], call)
            made += [[word, failure] for word in ("fail", "complete") if word in given]
            step = [step[0], failure]
        made.append(step)
    return made


def server_codes(case: Json, steps: Steps) -> Steps:
    """The code and the reason with which the server has closed a socket, in place of 1006."""
    options = [step[-1] for step in case["do"] if "connectSocket" in step[1:3] and isinstance(step[-1], dict)]
    asked = dict(parse_qsl(str(options[0].get("url")).partition("?")[2])) if options else {}
    if "code" not in asked:
        return steps
    ended = {"code": int(asked["code"]), "reason": asked.get("reason", "")}
    return [[step[0], ended] if step[1:] == [BROKEN] else step for step in steps]


def with_headers(case: Json, steps: Steps) -> Steps:
    """The headers that a transfer tells of, as an object in place of one text."""
    return [[step[0], *map(_with_headers, step[1:])] for step in steps]


def _with_headers(value: Any) -> Any:
    if not (isinstance(value, dict) and isinstance(value.get("header"), str)):
        return value
    lines = (line.partition(": ") for line in value["header"].splitlines())
    return {**value, "header": {name: text for name, _, text in lines}}


def abort_promises(case: Json, steps: Steps) -> Steps:
    """`abort` returns the promise of the call, at once, which then settles as that does."""
    made: Steps = []
    settling: list[tuple[str, list[Any]]] = []
    for step in steps:
        label, _, word = step[0].partition(".abort ")
        if word != "returned" or step[1] is not None:
            made.append(step)
            continue
        at = len(made)
        while at and made[at - 1][0] in CALLBACKS and _failed(made[at - 1][1]):
            at -= 1
        made.insert(at, [step[0], "$promise"])
        settling += [(label, one) for one in steps if one[0] in (f"{label} resolved", f"{label} rejected")]
    for label, settled in settling:  # each is behind the promise that it is, and behind its own return
        returned = max(at for at, step in enumerate(made) if step[0] == f"{label}.abort returned")
        at = max(made.index(settled), returned) + 1
        made.insert(at, [settled[0].replace(label, f"{label}.abort", 1), *settled[1:]])
    return made


def _asks(case: Json, name: str) -> bool:
    return any(step[0] in ("call", "start") and name in step[1:3] for step in case["do"])


def _is(step: list[Any], word: str) -> bool:
    return bool(step[0] == word or step[0].endswith(f" {word}"))


REWRITES: Mapping[str, Rewrite] = {
    rewrite.__name__: rewrite
    for rewrite in (
        after_the_return,
        rejected,
        named,
        told,
        without_stamps,
        when_ready,
        figures,
        ended,
        status_later,
        transfers,
        thrown,
        unmade,
        server_codes,
        with_headers,
        abort_promises,
    )
}
