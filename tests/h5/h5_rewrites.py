"""What taropy does otherwise than taro-h5, as rewrites: from the steps that taro-h5 took to those that taropy takes.

Each function is a reason of differences.json, and says exactly what becomes of a case, so that nothing else can hide
behind it. They are applied in the order in which they stand in `REWRITES`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl

from taropy import spec
from taropy.runtime.own import OWN

Json = dict[str, Any]
Steps = list[list[Any]]
Rewrite = Callable[[Json, Steps], Steps]

CALLBACKS = frozenset({"success", "fail", "complete"})
ROUTES = frozenset({"navigateTo", "redirectTo", "reLaunch", "switchTab", "navigateBack"})
NAMED_TWICE = re.compile(r"(\w+:fail )\1")
WORDS = {"larger then": "larger than", "parameter.itemList should not": "itemList should not"}
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
    if any(_failed(failure) for failure in failures):
        steps = [_rejection(step) if _is(step, "resolved") and step[1] in failures else step for step in steps]
    return [_rejection(step) if _chose_nothing(step) else step for step in steps]


def _rejection(step: list[Any]) -> list[Any]:
    """The step with the error; what was chosen is none."""
    error = {name: field for name, field in step[1].items() if name not in ("tempFilePaths", "tempFiles")}
    return [step[0].replace("resolved", "rejected"), error]


def _chose_nothing(step: list[Any]) -> bool:
    """Whether it is the end of `chooseImage` or `chooseVideo`, which resolve with their failure whatever they got."""
    names = ("chooseImage:fail", "chooseVideo:fail")
    return _is(step, "resolved") and _failed(step[1]) and step[1]["errMsg"].startswith(names)


def kinds(case: Json, steps: Steps) -> Steps:
    """The kind of what was chosen in place of its media type."""
    return [[step[0], *map(_kinds, step[1:])] for step in steps]


def _kinds(value: Any) -> Any:
    if not isinstance(value, dict) or not isinstance(value.get("tempFiles"), list):
        return value
    return {**value, "tempFiles": [_kind(file) for file in value["tempFiles"]]}


def _kind(file: Any) -> Any:
    return {**file, "fileType": file["fileType"].partition("/")[0]} if "fileType" in file else file


def described(case: Json, steps: Steps) -> Steps:
    """How a picture stands, and the format in which the page has drawn it."""
    return [[step[0], *map(_described, step[1:])] for step in steps]


def _described(value: Any) -> Any:
    drawn = re.match(r"data:image/(\w+);", value.get("path", "")) if isinstance(value, dict) else None
    return value if drawn is None else {**value, "orientation": "up", "type": drawn[1]}


def _failed(value: Any) -> bool:
    return isinstance(value, dict) and ":fail" in value.get("errMsg", "")


def named(case: Json, steps: Steps) -> Steps:
    """`errMsg`: of a request missing where it succeeds, and the browser's reason alone where it fails.

    A scan that fails does so under the name that WeChat's JS-SDK has for it.
    """
    if _asks(case, "scanCode"):
        return [[step[0], *map(_scanned, step[1:])] for step in steps]
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


def _scanned(value: Any) -> Any:
    if not isinstance(value, dict) or "errMsg" not in value:
        return value
    return {**value, "errMsg": value["errMsg"].replace("scanQRCode:", "scanCode:", 1)}


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


def positions(case: Json, steps: Steps) -> Steps:
    """A position has the height and the speed that are declared, 0 where a browser has none, and its accuracy."""
    return [[step[0], *map(_position, step[1:])] for step in steps]


def _position(value: Any) -> Any:
    if not isinstance(value, dict) or not {"latitude", "longitude", "accuracy"} <= value.keys():
        return value
    zeros = {name: 0 for name in ("altitude", "speed") if value[name] is None}
    return {**value, **zeros, "horizontalAccuracy": value["horizontalAccuracy"] or value["accuracy"]}


def resized(case: Json, steps: Steps) -> Steps:
    """Who listens to a window gets its measures in `size` too."""
    if not _asks(case, "onWindowResize"):
        return steps
    return [[step[0], *map(_sized, step[1:])] for step in steps]


def _sized(value: Any) -> Any:
    if not isinstance(value, dict) or value.keys() != {"windowWidth", "windowHeight"}:
        return value
    return {**value, "size": dict(value)}


def throwing(case: Json, steps: Steps) -> Steps:
    """What a native function that returns its value throws: an error that names the function."""
    calls = [step[1] for step in case["do"] if step[0] == "call"]
    made: Steps = []
    at = 0
    for step in steps:
        name = calls[at] if at < len(calls) else ""
        at += step[0] in ("returned", "threw")
        made.append(["threw", _naming(name, step[1])] if step[0] == "threw" and _is_direct(name) else step)
    return made


def _is_direct(name: str) -> bool:
    return bool(name) and name not in OWN and not spec.member(name).is_promise


def _naming(name: str, error: Any) -> Any:
    message = error.get("errMsg", "") if isinstance(error, dict) else ""
    return {**error, "errMsg": f"{name}:fail {message}"} if message and ":fail" not in message else error


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
    return [[step[0], *(_figure(step[0], value) for value in step[1:])] for step in steps]


def _figure(word: str, value: Any) -> Any:
    """A result, or a figure of one that the case reads by its path."""
    if value != "$nan":
        return _figures(value)
    name = word.rpartition(".")[2]
    return None if name in NO_FIGURES else STORED.get(name, value)


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
        worded,
        closed_up,
        after_the_return,
        rejected,
        named,
        told,
        throwing,
        kinds,
        described,
        positions,
        resized,
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
