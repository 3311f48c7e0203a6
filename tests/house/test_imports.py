"""What may import what: docs/architecture.md says it in words."""

from __future__ import annotations

import pytest
from imports import circles, imports, modules

GROUPS = frozenset(
    [
        "base",
        "data_analysis",
        "device",
        "ext",
        "files",
        "location",
        "media",
        "network",
        "open_api",
        "route",
        "storage",
        "ui",
        "wxml",
    ]
)
MOST_IN_A_CIRCLE = 3


def phone() -> list[str]:
    return sorted(name for name in modules() if name.startswith("phone."))


def group(module: str) -> str:
    """The folder of the phone that a module stands in; the module itself where it stands in none."""
    return module.split(".")[1]


def test_the_folders_of_the_phone_are_those_that_the_rules_know() -> None:
    assert {group(name) for name in phone()} == {*GROUPS, "core", "open_platform", "phone", "rooms", "sources"}


@pytest.mark.parametrize("module", [name for name in modules() if name.startswith("phone.core")])
def test_the_core_of_the_phone_knows_no_room(module: str) -> None:
    assert [name for name in imports(module) if name.startswith("phone.") and group(name) != "core"] == []


@pytest.mark.parametrize("module", [name for name in modules() if name.startswith("phone.") and group(name) in GROUPS])
def test_a_room_knows_its_own_group_and_the_core(module: str) -> None:
    """`open_api` also knows the vendors' servers, at which it logs in."""
    known = {group(module), "core"} | ({"open_platform"} if group(module) == "open_api" else set())
    assert [name for name in imports(module) if name.startswith("phone") and group(f"{name}.") not in known] == []


@pytest.mark.parametrize("module", [name for name in modules() if name.startswith("phone.open_platform")])
def test_the_vendors_servers_know_no_room(module: str) -> None:
    known = {"open_platform", "core"}
    assert [name for name in imports(module) if name.startswith("phone") and group(f"{name}.") not in known] == []


@pytest.mark.parametrize("module", phone())
def test_the_phone_knows_nothing_above_it(module: str) -> None:
    """Of the rest it needs `Record`, hints, masks, deadlines, and for type checkers what an observed call is."""
    above = {name for name in imports(module) if not name.startswith("phone")}
    assert above <= {
        "deadlines", "hints", "lazily", "masking", "models.encoder", "models.json", "models.record",
        "runtime.observation",
    }  # fmt: skip


@pytest.mark.parametrize("package", ["phone", "runtime", "app", "spec", "models", "cli", "testing"])
def test_no_circle_has_more_than_three_files(package: str) -> None:
    names = frozenset(name for name in modules() if name == package or name.startswith(f"{package}."))
    assert [sorted(ring) for ring in circles(names) if len(ring) > MOST_IN_A_CIRCLE] == []
