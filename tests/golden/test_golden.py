"""Every recorded case of Taro's own adapters, played through taropy's: the same, but for the differences on the list.

`differences.json` has two kinds of entries, each with the row of docs/differences.md that it belongs to: a `rewrite`
(of golden_rewrites.py) that explains many cases, with the platforms on which it does, and `cases` with the steps that
taropy takes instead.
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
from golden_replay import Case, Steps, case_of, inputs, play, recorded
from golden_rewrites import REWRITES

import taropy
from taropy import spec

HERE = Path(__file__).parent
ROWS = HERE.parents[1] / "docs" / "differences.md"
PLATFORMS = ("weapp", "alipay", "swan", "tt", "qq", "jd")


@cache
def differences() -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = json.loads((HERE / "differences.json").read_text("utf-8"))
    return read


def listed(platform: str) -> Mapping[str, Steps]:
    """The cases in which taropy takes steps of its own."""
    cases = (case for entry in differences() for case in entry.get("cases", ()))
    return {case["case"]: case["steps"] for case in cases if platform in case["on"]}


def as_taro(steps: Steps) -> Steps:
    """Taro's steps in Python's words, which have None for `undefined` too."""
    return [[None if value == "$undefined" else value for value in step] for step in steps]


def rewritten(case: Case, steps: Steps, without: str = "") -> Steps:
    """Taro's steps with everything that taropy does otherwise, or without one such thing."""
    for name, rewrite in REWRITES.items():
        if name != without:
            steps = rewrite(case, steps)
    return steps


async def played(platform: str) -> dict[str, Steps]:
    return {id_: await play(case_of(platform, id_)) for id_ in recorded(platform)}


@pytest.mark.parametrize("platform", PLATFORMS)
def test_the_platform_does_what_taros_adapter_does_but_for_the_listed_differences(platform: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", taropy.UnhandledRejectionWarning)  # callbacks that throw are among the cases
        ours = asyncio.run(played(platform))
    expected = {id_: rewritten(case_of(platform, id_), as_taro(steps)) for id_, steps in recorded(platform).items()}
    expected |= listed(platform)
    wrong = {id_: {"expected": steps, "taropy": ours[id_]} for id_, steps in expected.items() if ours[id_] != steps}
    assert not wrong


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_listed_case_still_differs(platform: str) -> None:
    golden, own = recorded(platform), listed(platform)
    assert not own.keys() - golden.keys()
    same = [id_ for id_, steps in own.items() if rewritten(case_of(platform, id_), as_taro(golden[id_])) == steps]
    assert not same


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_listed_reason_still_explains_something(platform: str) -> None:
    own, explaining = listed(platform), set()
    for id_, steps in recorded(platform).items():
        if id_ not in own:
            explaining |= reasons(case_of(platform, id_), as_taro(steps))
    assert explaining == {entry["rewrite"] for entry in differences() if platform in entry.get("on", ())}


def reasons(case: Case, steps: Steps) -> set[str]:
    """The rewrites without which Taro's steps would not become taropy's."""
    expected = rewritten(case, steps)
    if expected == steps:
        return set()
    return {name for name in REWRITES if rewritten(case, steps, without=name) != expected}


def test_every_listed_difference_is_a_row_of_the_docs() -> None:
    rows = ROWS.read_text("utf-8")
    assert not [entry["row"] for entry in differences() if f"| {entry['row']}" not in rows]


def test_every_function_of_the_six_platforms_is_recorded() -> None:
    functions = [name for name in spec.members() if spec.member(name).is_function]
    for platform in PLATFORMS:
        called = {case_of(platform, id_).name for id_ in recorded(platform)}
        declared = {name for name in functions if platform in spec.supported_on(name)}
        assert called == declared.union(spec.undeclared(platform))
    assert sum(len(recorded(platform)) for platform in PLATFORMS) >= 9000


OUTCOMES = ("success", "failure", "throwing", "missing", "abort", "once", "silence")


def counts(platform: str) -> Counter[str]:
    """How many cases there are, by what the native function does."""
    return Counter(case_of(platform, id_).outcome for id_ in recorded(platform))


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_function_is_recorded_with_a_native_one_that_succeeds_throws_and_is_missing(platform: str) -> None:
    tried: dict[str, set[str]] = {}
    for id_ in recorded(platform):
        case = case_of(platform, id_)
        tried.setdefault(case.name, set()).add(case.outcome)
    asks = {name for name, outcomes in tried.items() if "missing" in outcomes}
    assert {name for name in asks if not {"success", "throwing"} <= tried[name]} == set()
    assert {name for name in tried.keys() - asks if platform_asks(platform, name)} == set()
    answering = {name for name in asks if inputs()["functions"][name]["kind"] == "promise"}
    assert {name for name in answering if "failure" not in tried[name]} == set()


def platform_asks(platform: str, name: str) -> bool:
    """Whether the function asks the native object, and is not Taro's own: over one without anything it is missing."""
    return not taropy.create(platform, native=object()).canIUse(name)


def test_the_docs_tell_how_many_cases_there_are() -> None:
    lines = []
    for platform in PLATFORMS:
        found = counts(platform)
        lines.append(f"- {platform}: {found.total()} ({', '.join(f'{each} {found[each]}' for each in OUTCOMES)})")
    text = ROWS.read_text("utf-8")
    assert [line for line in lines if line not in text] == []


def test_the_inputs_are_what_the_spec_says_today() -> None:
    from tools.recorder import cases

    assert {name: part for name, part in inputs().items() if name != "generated"} == cases.inputs()
