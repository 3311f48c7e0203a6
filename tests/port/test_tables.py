"""The tables that the audit answers from are true: held against the support matrix, the spec, and the code."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from taropy import spec
from taropy.matrix import matrix
from taropy.port.hints import foreign, instead_of, package
from taropy.port.marks import FOLDER
from taropy.port.support import is_member
from tools.messages.build import build

INSTEAD = tomllib.loads((FOLDER / "instead.toml").read_text("utf-8"))


@pytest.mark.parametrize("name", INSTEAD)
def test_what_to_use_instead_is_there_where_the_member_is_not(name: str) -> None:
    """On at least one platform that lacks the member; and what is named is Taro's."""
    named = [name, *(each for entry in INSTEAD[name] for each in entry["use"])]
    assert all(spec.has(each) for each in named)
    cells = matrix(named, spec.PLATFORMS, "none").cells
    lacking = [platform for platform in spec.PLATFORMS if cells[name][platform] == "no"]
    for entry in INSTEAD[name]:
        assert any(all(cells[each][platform] == "yes" for each in entry["use"]) for platform in lacking)


def test_of_several_the_first_that_is_there_is_named() -> None:
    assert "login" in instead_of("checkSession", lambda name: True)
    assert "login" not in instead_of("checkSession", lambda name: name != "login")
    assert instead_of("checkSession", lambda name: False) == ""
    assert instead_of("request", lambda name: True) == ""


def test_foreign_names_are_none_of_taros() -> None:
    assert not [name for name in foreign() if is_member(name)]


def test_packages_are_found_by_their_name_and_by_what_they_are_a_part_of() -> None:
    found = package("lodash.merge")
    assert found is not None
    assert found == package("lodash")
    assert package("no-such-package") is None


def test_the_messages_are_those_that_the_tool_gathers() -> None:
    assert (FOLDER / "messages.json").read_text("utf-8") == build()


def test_the_tables_are_shipped() -> None:
    root = Path(__file__).parents[2]
    assert FOLDER.relative_to(root) == Path("taropy/port/data")
    assert {file.suffix for file in FOLDER.iterdir()} == {".json", ".toml"}
