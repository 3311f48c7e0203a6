"""Which platform's objects have which methods: the tags decide where they know the object, else an override does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from taropy import spec
from taropy.spec import Ref
from tools.spec import makers, methods
from tools.spec.overrides import OverrideError

OVERRIDES = json.loads((Path(spec.__file__).parent / "overrides" / "methods.json").read_text())


def method(*tags: str, gives: str = "") -> dict[str, Any]:
    returns = {"ref": gives} if gives else "void"
    return {"kind": "function", "supported": [*tags], "signatures": [{"params": [], "returns": returns}]}


def types() -> dict[str, Any]:
    """A player that h5's tags know, and whose list the tags know of weapp alone."""
    player = {"play": method("h5", "weapp"), "mute": method("weapp"), "list": method("h5", "weapp", gives="List")}
    return {
        "Player": {"role": "manager", "methods": player},
        "List": {"role": "manager", "methods": {"next": method("weapp"), "plain": method()}},
    }


def decided(*entries: dict[str, Any], on: tuple[str, ...] = ("weapp", "h5")) -> dict[str, list[str]]:
    """The platforms of each method, if a function of Taro gives players on these platforms."""
    found = types()
    members = {"createPlayer": method(gives="Player")}
    methods.decide(found, makers.makers(members, found), {"createPlayer": [*on]}, [*entries])
    return {name: each["platforms"] for entry in found.values() for name, each in entry["methods"].items()}


def entry(supported: bool, platform: str = "h5", **named: Any) -> dict[str, Any]:
    return {"platforms": [platform], "supported": supported, "reason": "x", "methods": named}


def test_the_tags_decide_where_they_know_the_object() -> None:
    found = decided(entry(True, List="all"))
    assert (found["play"], found["mute"], found["next"]) == (["weapp", "h5"], ["weapp"], ["weapp", "h5"])


def test_a_platform_that_gives_no_object_has_none_of_its_methods() -> None:
    assert set(map(tuple, decided(on=("weapp",)).values())) == {("weapp",), ()}


def test_an_object_of_which_the_tags_know_nothing_has_to_be_decided() -> None:
    with pytest.raises(OverrideError, match="List on h5: next, plain"):
        decided()


def test_what_gives_an_object_may_be_decided_away_and_its_methods_with_it() -> None:
    assert decided(entry(False, Player=["list"]))["next"] == ["weapp"]


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([entry(True, List="all"), entry(True, Player=["play"])], "decides nothing.*\n  Player on h5: play"),
        ([entry(True, List="all"), entry(True, "jd", List="all")], "decides nothing.*\n  List on jd"),
        ([entry(True, List="all"), entry(False, List=["next"])], "decides twice"),
        ([entry(True, List=["none"])], r"does not exist: List\.none"),
    ],
)
def test_an_override_that_is_not_needed_or_leads_nowhere_is_refused(entries: list[Any], said: str) -> None:
    with pytest.raises(OverrideError, match=said):
        decided(*entries)


def test_programs_meet_what_the_overrides_decide() -> None:
    for each in OVERRIDES:
        for name, named in each["methods"].items():
            fields = spec.fields_of(Ref(name))
            for part in spec.type_def(name).methods if named == "all" else named:
                for platform in each["platforms"]:
                    assert (platform in (fields[part].platforms or ())) is each["supported"], (name, part, platform)


def test_nothing_is_called_unverified_that_names_a_source() -> None:
    assert [
        each["reason"] for each in OVERRIDES if ("nverified" in each["reason"]) != each.get("unverified", False)
    ] == []


def test_what_gives_an_object_is_known_through_promises_callbacks_results_and_methods() -> None:
    assert spec.makers_of("UploadTask") == ("Cloud.uploadFile", "cloud.uploadFile", "uploadFile")
    assert spec.makers_of("EventChannel") == ("navigateTo",)
    assert "SelectorQuery.select" in spec.makers_of("NodesRef")
    assert "FileSystemManager.stat" in spec.makers_of("Stats")
    assert spec.makers_of("login.Option") == ()
