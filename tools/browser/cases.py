"""The cases: what is called in a page, and what a person, the world and the servers do meanwhile.

They are data, in `tests/h5/cases/GROUP.json`: an object with `cases`, and `routes` that all of them share. A recording
and a replay in Python read the same. A case has

- `id`, unlike all others
- `do`, its steps
- `routes`: what the servers answer (see `backend`)
- `functions`: the steps that the program's own functions take when they are called, by name; `arg` is their argument
- `pages`: the same for what a page lives through (`render`, `load`, `show`, …), and its `content` as HTML
- `world`: what the device and the person's permissions are, in Playwright's words (`geolocation`, `colorScheme`, …)
- `at`: where the page is opened (`#/pages/detail/index?id=1`); `boot`: true keeps what happened until it was there
- `app`: what the app's configuration has otherwise

and its steps are lists that begin with a word:

- `["call", FUNCTION, …]` calls Taro's function, and waits until its promise has settled; `it` is its result
- `["start", LABEL, FUNCTION, …]` calls it and goes on; LABEL is what it returned
- `["get", LABEL, FUNCTION, …]` calls a function that gives its value at once, and writes nothing down
- `["await", LABEL]` waits until that has settled; LABEL then is the result
- `["on", PATH, METHOD, …]` calls a method of what stands at a path: `task`, `socket`, `arg.eventChannel`
- `["let", LABEL, VALUE]` keeps a value; `["new", LABEL, CLASS, …]` makes one of Taro's objects; `["set", PATH, VALUE]`
  writes a field
- `["read", PATH]` writes down what is there, of a label or of `Taro`
- `["see", WHAT]` writes down what is on the screen: `title`, `toast`, `modal`, `action sheet`, `tab bar`
- `["until", NAME, COUNT]` waits until a function of the program was called; `["quiet"]` until nothing happens any more,
  `["quiet", "long"]` until pages have come to rest too
- `["give", VALUE]` ends a function of the program, and is what it returns
- `["person", WHAT, …]` has a person do something (see `person`)
- `["received"]` writes down what the servers were asked; `["arrived", PATH]` waits until that was asked for;
  `["release", PATH]` lets a server go on

Arguments may hold `"$fn NAME"`, a function of the program (`"$fn"` is one named as its field), `"$throwing NAME"`, one
that throws, `"$ref PATH"`, `"$undefined"`, `"$nan"`, `"$infinity"`, `"$date"`, `{"$bytes": BASE64}`, and in any text
the servers' addresses (`$api/users`).

In options, `"$callbacks": "success complete"` stands for these as the program's functions, `"all"` for all three. A
family stands for several cases: its `each` is a list of lists, whose items take the places of `"$0"`, `"$1"`, … in the
`id` and everywhere else. A case with `"callbacks": true` stands for two, of which the second calls with all three.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Json = dict[str, Any]

CASES = Path(__file__).parents[2] / "tests" / "h5" / "cases"

CALLBACKS = ("success", "fail", "complete")
OPTIONS_AT = {"call": 2, "start": 3, "on": 3}

_PLACE = re.compile(r"\$(\d)")


def groups() -> list[str]:
    """The names of the groups, each a file of cases and one of recordings."""
    return sorted(path.stem for path in CASES.glob("*.json") if path.stem != "app")


def app() -> Json:
    """The app that all cases are about: its configuration, as Taro's app.config has it."""
    return _read("app")


def group(name: str) -> list[Json]:
    """The cases of one group, with what they share."""
    told = _read(name)
    shared = {key: value for key, value in told.items() if key != "cases"}
    return [_whole(shared, case) for each in told["cases"] for case in _family(each)]


def _whole(shared: Json, case: Json) -> Json:
    routes = {**shared.get("routes", {}), **case.get("routes", {})}
    return {**shared, **_called_back(case), "routes": routes, "app": {**app(), **case.get("app", {})}}


def _family(case: Json) -> Iterator[Json]:
    template = {key: value for key, value in case.items() if key not in ("each", "callbacks")}
    for items in case.get("each", [[]]):
        each = _filled(template, items if isinstance(items, list) else [items])
        yield each
        if case.get("callbacks"):
            yield {**each, "id": f"{each['id']} with callbacks", "do": _with_callbacks(each["do"])}


def _with_callbacks(steps: list[list[Any]]) -> list[list[Any]]:
    """The steps, of which the last call that may have callbacks has all of them."""
    at = max(index for index, step in enumerate(steps) if _takes_callbacks(step))
    step, first = steps[at], OPTIONS_AT[steps[at][0]]
    options = {**(step[first] if len(step) > first else {}), "$callbacks": "all"}
    return [*steps[:at], [*step[:first], options, *step[first + 1 :]], *steps[at + 1 :]]


def _takes_callbacks(step: list[Any]) -> bool:
    at = OPTIONS_AT.get(step[0])
    if at is None or step[at - 1].endswith("Sync"):
        return False
    return len(step) == at or isinstance(step[at], dict)


def _called_back(value: Any) -> Any:
    """The value with the program's functions where it says `$callbacks`."""
    if isinstance(value, list):
        return [_called_back(item) for item in value]
    if not isinstance(value, dict):
        return value
    names = value.get("$callbacks", "")
    named = CALLBACKS if names == "all" else tuple(names.split())
    fields = {key: _called_back(field) for key, field in value.items() if key != "$callbacks"}
    return {**fields, **dict.fromkeys(named, "$fn")}


def _filled(value: Any, items: list[Any]) -> Any:
    """The value with its places taken: one that stands alone becomes the item itself, others become text."""
    if isinstance(value, list):
        return [_filled(item, items) for item in value]
    if isinstance(value, dict):
        return {_filled(key, items): _filled(field, items) for key, field in value.items()}
    if not isinstance(value, str):
        return value
    if alone := _PLACE.fullmatch(value):
        return items[int(alone[1])]
    return _PLACE.sub(lambda place: _shown(items[int(place[1])]), value)


def _shown(item: Any) -> str:
    return item if isinstance(item, str) else json.dumps(item, ensure_ascii=False)


def _read(name: str) -> Json:
    read: Json = json.loads((CASES / f"{name}.json").read_text("utf-8"))
    return read
