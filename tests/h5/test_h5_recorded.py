"""What taro-h5 did in a browser, played on the h5 phone and through the h5 plugin: the same, but for what is listed.

`differences.json` has two kinds of entries, each with the row of docs/differences.md that it belongs to: a `rewrite`
(of h5_rewrites.py) that explains many cases, with where it does (`phone`, `page`), and `cases` with the steps that
taropy takes instead. `handed_on.json` has the functions of taro-h5 that HarmonyOS' hybrid apps have too: they do there
what they do on h5. `to_mend.json` has the faults that are known and not mended yet, each with its cases: they
differ, and what from is the fault's business. Both lists are held both ways: what no longer differs has to go.
"""

from __future__ import annotations

import asyncio
import json
import warnings
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from h5_native import CALLBACKS, answers, replayable
from h5_player import Json, Player, Steps
from h5_replay import GROUPS, NOWHERE, canonical, expected, on_the_phone, over_the_page, recorded, told
from h5_rewrites import REWRITES
from h5_values import plain, revived

import taropy
from taropy import spec
from taropy.runtime.own import OWN
from tools.browser.__main__ import COMMAND, DATA
from tools.browser.backend import Backend
from tools.browser.page import PAGE
from tools.measured.build import FUNCTION_AT

HERE = Path(__file__).parent
ROWS = HERE.parents[1] / "docs" / "differences.md"
REPLAYS = ("phone", "page")


@cache
def differences() -> list[Json]:
    read: list[Json] = json.loads((HERE / "differences.json").read_text("utf-8"))
    return read


@cache
def to_mend() -> list[Json]:
    read: list[Json] = json.loads((HERE / "to_mend.json").read_text("utf-8"))
    return read


def listed(replay: str, group: str) -> Mapping[str, Steps]:
    """The cases of a group in which taropy takes steps of its own."""
    cases = (case for entry in differences() for case in entry.get("cases", ()))
    return {case["case"]: case["steps"] for case in cases if case["group"] == group and replay in case["on"]}


def faulty(replay: str, group: str) -> set[str]:
    """The cases of a group that a fault still keeps from being the same."""
    return {id_ for entry in to_mend() if entry["on"] == replay for id_ in entry["cases"].get(group, ())}


def rewritten(replay: str, case: Json, steps: Steps, without: str = "") -> Steps:
    """Taro's steps with everything that taropy does otherwise there, or without one such thing."""
    active = {entry["rewrite"] for entry in differences() if "rewrite" in entry and replay in entry["on"]}
    for name, rewrite in REWRITES.items():
        if name in active and name != without:
            steps = rewrite(case, steps)
    return steps


def cases_of(replay: str, group: str) -> Mapping[str, Steps]:
    """What taro-h5 did in each case of a replay, in Python's words."""
    if replay == "phone":
        return {id_: expected(group, id_) for id_ in told(group)}
    return {
        id_: answers(expected(group, id_))
        for id_, case in told(group).items()
        if replayable(case, recorded(group)[id_])
    }


@cache
def handed_on() -> frozenset[str]:
    """The functions of taro-h5 that harmony-hybrid hands on, and the phone answers."""
    return frozenset(json.loads((HERE / "handed_on.json").read_text("utf-8"))["functions"])


def hybrid_cases(group: str) -> list[str]:
    """The cases of a group in which, beside Taro's own, only functions that are handed on are called."""
    called = {id_: called_in(case) - OWN.keys() for id_, case in told(group).items()}
    return [id_ for id_, names in called.items() if names and names <= handed_on()]


def called_in(case: Json) -> set[str]:
    """The functions of Taro that a case calls."""
    of_program = [step for steps in case.get("functions", {}).values() for step in steps]
    return {step[FUNCTION_AT[step[0]]] for step in [*case["do"], *of_program] if step[0] in FUNCTION_AT}


async def played(replay: str, group: str, due: Mapping[str, Steps]) -> dict[str, Steps]:
    """What taropy does in each case, where these steps are `due`."""
    if replay == "page":
        made = {id_: over_the_page(told(group)[id_], recorded(group)[id_]) for id_ in cases_of("page", group)}
        return {id_: (await playing)[0] for id_, playing in made.items()}
    with Backend({"/": PAGE}) as backend:
        return {id_: await on_the_phone(case, backend, due[id_]) for id_, case in told(group).items()}


@pytest.mark.filterwarnings("ignore::taropy.phone.LostCallWarning")
@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("replay", REPLAYS)
def test_taropy_does_what_taro_h5_does_but_for_what_is_listed(replay: str, group: str) -> None:
    raw, own, wrong = cases_of(replay, group), listed(replay, group), faulty(replay, group)
    right = {id_: rewritten(replay, told(group)[id_], steps) for id_, steps in raw.items()}
    due = {**right, **own}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", taropy.UnhandledRejectionWarning)  # rejections and throwing callbacks are cases
        ours = asyncio.run(played(replay, group, due))
    differing = {id_ for id_, steps in due.items() if canonical(ours[id_]) != canonical(steps)}
    unlisted = {id_: {"expected": due[id_], "taropy": ours[id_]} for id_ in differing - wrong}
    assert unlisted == {}
    assert [id_ for id_ in wrong if id_ not in differing] == [], "these are mended: take them off to_mend.json"
    assert [id_ for id_ in own if canonical(right[id_]) == canonical(own[id_])] == [], "these differ no longer"


@pytest.mark.filterwarnings("ignore::taropy.phone.LostCallWarning")
@pytest.mark.parametrize("group", [group for group in GROUPS if hybrid_cases(group)])
def test_hybrid_apps_do_what_h5_does_where_they_hand_it_on(group: str) -> None:
    async def play() -> dict[str, Steps]:
        with Backend() as backend:
            return {id_: await on_the_phone(told(group)[id_], backend, due[id_], "harmony-hybrid") for id_ in due}

    own, wrong = listed("phone", group), faulty("phone", group)
    due = {
        id_: own.get(id_) or rewritten("phone", told(group)[id_], expected(group, id_)) for id_ in hybrid_cases(group)
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", taropy.UnhandledRejectionWarning)
        ours = asyncio.run(play())
    assert {id_ for id_ in ours if canonical(ours[id_]) != canonical(due[id_])} <= wrong


@pytest.mark.parametrize("group", GROUPS)
def test_the_plugin_asks_the_page_what_the_program_asked(group: str) -> None:
    wrong = {}
    for id_ in cases_of("page", group):
        case = told(group)[id_]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", taropy.UnhandledRejectionWarning)
            _, asked = asyncio.run(over_the_page(case, recorded(group)[id_]))
        due = [canonical(call) for call in program_calls(case)]
        if [call for call in asked if canonical(call) not in due]:
            wrong[id_] = {"program": due, "page": asked}
    assert wrong == {}


def program_calls(case: Json) -> Steps:
    """What a case calls, as the page is asked: an option that is None is not given, and options are always there."""
    play = Player(None, case, NOWHERE, None)
    calls: Steps = []
    for verb, *step in case["do"]:
        if verb == "call":
            name, *given = revived(step, play)
            if name == "request" and given[1:] and isinstance(given[0], str):
                given = [{**given[1], "url": given[0]}]  # taro-h5 takes both; the plugin's page need not
            calls.append([name, *(plain(_given(name, each)) for each in given)])
            if not given or given == [None]:
                calls.append([name, plain(_given(name, {}))])
                calls.append([name])
    return calls


def _given(name: str, value: Any) -> Any:
    if name == "request" and isinstance(value, str):
        return {"url": value}  # the declaration allows it; the plugin's page need not
    if not isinstance(value, dict):
        return value
    default = {"type": "wgs84"} if name == "getLocation" else {}  # declared, and unknown to taro-h5
    return {**default, **{key: field for key, field in value.items() if _is_given(name, key, field)}}


def _is_given(name: str, key: str, field: Any) -> bool:
    """An option that is None is given only where there has to be one: data that are `null`."""
    option = spec.member(name).option
    required = option is not None and not spec.fields_of(option)[key].optional if field is None else True
    return required and key not in CALLBACKS


@pytest.mark.parametrize("replay", REPLAYS)
def test_a_listed_reason_still_explains_something(replay: str) -> None:
    explaining = set()
    for group in GROUPS:
        passed_over = listed(replay, group).keys() | faulty(replay, group)
        for id_, steps in cases_of(replay, group).items():
            if id_ not in passed_over:
                explaining |= reasons(replay, told(group)[id_], steps)
    assert explaining == {entry["rewrite"] for entry in differences() if replay in entry.get("on", ())}


def reasons(replay: str, case: Json, steps: Steps) -> set[str]:
    """The rewrites without which Taro's steps would not become taropy's."""
    due = rewritten(replay, case, steps)
    if due == steps:
        return set()
    return {name for name in REWRITES if rewritten(replay, case, steps, without=name) != due}


def test_every_listed_difference_is_a_row_of_the_docs() -> None:
    rows = ROWS.read_text("utf-8")
    assert not [entry["row"] for entry in differences() if f"| {entry['row']}" not in rows]


def test_lists_name_cases_that_there_are_and_each_but_once() -> None:
    for replay in REPLAYS:
        named = Counter(
            (case["group"], case["case"])
            for entry in differences()
            for case in entry.get("cases", ())
            if replay in case["on"]
        )
        named.update(
            (group, id_)
            for entry in to_mend()
            if entry["on"] == replay
            for group, ids in entry["cases"].items()
            for id_ in ids
        )
        assert [name for name, count in named.items() if count > 1] == []
        assert [(group, id_) for group, id_ in named if id_ not in cases_of(replay, group)] == []


@pytest.mark.parametrize("group", GROUPS)
def test_every_case_is_recorded_and_every_recording_is_of_a_case(group: str) -> None:
    from tools.browser import cases

    ids = [case["id"] for case in cases.group(group)]
    assert len(ids) == len(set(ids))
    assert ids == list(recorded(group))


def test_there_are_as_many_cases_as_a_port_meets() -> None:
    assert sum(len(recorded(group)) for group in GROUPS) >= 600


def test_the_docs_tell_how_many_cases_there_are() -> None:
    text = ROWS.read_text("utf-8")
    assert f"- h5, in a browser: {sum(len(recorded(group)) for group in GROUPS)}\n" in text


def test_the_recordings_say_what_makes_them() -> None:
    assert sorted(path.stem for path in DATA.iterdir()) == sorted(GROUPS)
    assert {json.loads(path.read_text("utf-8"))["generated"] for path in DATA.iterdir()} == {COMMAND}


#: What no browser has been asked yet: the app of all cases shows no canvas and no player, and a headless browser has
#: no sensors.
UNRECORDED = {
    *("canvasGetImageData", "canvasPutImageData", "canvasToTempFilePath", "createCanvasContext"),
    *("createInnerAudioContext", "createVideoContext", "getBackgroundAudioManager"),
    *("addPhoneCalendar", "addPhoneRepeatCalendar"),
    *("startAccelerometer", "stopAccelerometer", "onAccelerometerChange", "offAccelerometerChange"),
    *("startCompass", "stopCompass", "onCompassChange", "offCompassChange"),
    *("startDeviceMotionListening", "stopDeviceMotionListening", "onDeviceMotionChange", "offDeviceMotionChange"),
}


def test_every_function_that_the_h5_phone_answers_is_recorded() -> None:
    taro: Any = taropy.create("h5")
    functions = [name for name in spec.members() if spec.member(name).is_function and taro.canIUse(name)]
    called = {
        word
        for group in GROUPS
        for case in told(group).values()
        for step in case["do"]
        for word in step[1:3]
        if isinstance(word, str)
    }
    hooks = {name for name in functions if name.startswith("use")} - called
    assert set(functions) - called - hooks == UNRECORDED, "the app of all cases is made of hooks"
