"""Corrections by hand: each is applied, keeps what stood there, and fails when it is no longer needed."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tools.spec import names, overrides, references
from tools.spec.names import NameClash
from tools.spec.overrides import OverrideError

FACTS: dict[str, Any] = {
    "send": {"kind": "function", "signatures": [{"params": [], "returns": "void"}]},
    "send.Option": {"kind": "interface", "fields": [{"name": "text", "type": "string"}]},
}


@pytest.fixture
def facts() -> dict[str, Any]:
    return copy.deepcopy(FACTS)


def correct(facts: dict[str, Any], name: str, **change: Any) -> None:
    overrides.correct(facts, [{"type": name, "reason": "A test.", **change}], "type")


def test_a_correction_by_position_keeps_what_stood_there(facts: dict[str, Any]) -> None:
    correct(facts, "send", set={"signatures/0/returns": {"ref": "Promise"}})
    assert facts["send"]["signatures"][0]["returns"] == {"ref": "Promise"}
    assert facts["send"]["corrected"] is True
    assert facts["send"]["was"] == {"signatures/0/returns": "void"}


def test_a_correction_by_name(facts: dict[str, Any]) -> None:
    correct(facts, "send.Option", set={"fields/text/type": "number"})
    assert facts["send.Option"]["fields"] == [{"name": "text", "type": "number"}]


def test_a_correction_may_add_a_field(facts: dict[str, Any]) -> None:
    field = {"name": "size", "type": "number"}
    correct(facts, "send.Option", set={"fields/size": field})
    assert facts["send.Option"]["fields"][1] == field
    assert facts["send.Option"]["was"] == {"fields/size": None}


def test_a_correction_may_add_a_type(facts: dict[str, Any]) -> None:
    correct(facts, "send.Result", add={"group": "send", "kind": "interface"})
    assert facts["send.Result"] == {"group": "send", "kind": "interface", "corrected": True, "was": None}


def test_a_correction_that_upstream_has_made_itself_fails(facts: dict[str, Any]) -> None:
    with pytest.raises(OverrideError, match="no longer needed"):
        correct(facts, "send", set={"signatures/0/returns": "void"})


def test_a_type_that_upstream_has_added_itself_fails(facts: dict[str, Any]) -> None:
    with pytest.raises(OverrideError, match="no longer needed"):
        correct(facts, "send.Option", add={"group": "send", "kind": "interface"})


def test_a_correction_of_nothing_fails(facts: dict[str, Any]) -> None:
    with pytest.raises(OverrideError, match="receive names nothing"):
        correct(facts, "receive", set={"type": "any"})


def test_a_correction_that_leads_nowhere_fails(facts: dict[str, Any]) -> None:
    with pytest.raises(OverrideError, match="leads nowhere at 'size'"):
        correct(facts, "send.Option", set={"fields/size/type": "number"})


def test_names_that_do_not_exist_fail() -> None:
    with pytest.raises(OverrideError, match=r"interactive.json names what does not exist: receive"):
        overrides.check_apis([{"apis": ["send", "receive"]}], "interactive", FACTS)


def test_a_reference_to_a_type_that_nothing_declares_fails() -> None:
    members = {"send": {"signatures": [{"params": [], "returns": {"ref": "Promise", "args": [{"ref": "send.Reslt"}]}}]}}
    with pytest.raises(OverrideError, match=r"send\.Reslt in send"):
        references.check(members, {})


def test_a_reference_in_what_a_correction_replaced_does_not_matter() -> None:
    references.check({"send": {"type": "any", "was": {"type": {"ref": "send.Reslt"}}}}, {})


def test_two_types_with_one_model_name_need_a_decision() -> None:
    with pytest.raises(NameClash, match="Cloud: cloud"):
        names.model_names({"cloud": "manager", "Cloud": "manager"}, {})
    settled = names.model_names({"cloud": "manager", "Cloud": "manager"}, {"cloud": "CloudStatic"})
    assert settled == {"cloud": "CloudStatic", "Cloud": "Cloud"}


def test_a_decided_name_that_nothing_needs_fails() -> None:
    with pytest.raises(NameClash, match=r"not needed: login\.Option"):
        names.model_names({"login.Option": "option"}, {"login.Option": "LoginOption"})


def test_a_decided_name_for_an_unknown_type_fails() -> None:
    with pytest.raises(OverrideError, match="types that do not exist: receive"):
        overrides.settled_names([{"type": "receive", "model": "Receive"}], FACTS)
