"""Each line that installs taropy works from a checkout, since no index has it, and asks for extras that exist."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "examples").glob("*/*.md")),
]
EXTRAS = set(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"])
INSTALL = ROOT / "docs" / "install.md"
ASKED = re.compile(r"pip install (?:-q |-e |--quiet |--editable )*'(taropy|\.)\[([\w,]+)\]([^']*)'")


def asked(page: Path) -> list[tuple[str, set[str], str]]:
    found = ASKED.findall(page.read_text("utf-8"))
    return [(what, set(extras.split(",")), where) for what, extras, where in found]


@pytest.mark.parametrize("page", [each for each in PAGES if asked(each)], ids=lambda page: str(page.relative_to(ROOT)))
def test_every_extra_that_a_page_installs_exists(page: Path) -> None:
    assert not [extra for _, extras, _ in asked(page) for extra in extras - EXTRAS]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_page_installs_taropy_by_its_name_from_an_index(page: Path) -> None:
    by_name = [extras for what, extras, where in asked(page) if what == "taropy" and not where]
    # One page says how to add an extra to what is installed, where pip asks no index for taropy itself.
    assert by_name == ([{"media"}] if page == INSTALL else [])


def test_every_extra_is_in_the_table_of_the_install_page() -> None:
    rows = [line.split("|")[1] for line in INSTALL.read_text("utf-8").splitlines() if line.startswith("| `")]
    told = {name for row in rows for name in re.findall(r"`(\w+)`", row)} | {"regexp", "url"}
    assert told == EXTRAS
