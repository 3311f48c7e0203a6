"""Every difference from Taro names the test that shows it."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| (?!Taro \||a real phone \||---).*\|$", re.MULTILINE)


def rows() -> list[str]:
    return [row for row in ROW.findall((ROOT / "docs/differences.md").read_text("utf-8")) if "`tests/" in row]


def test_every_difference_names_a_test_that_is_there() -> None:
    named = [re.findall(r"`(tests/[\w/.]+)`", row) for row in rows()]
    assert named
    assert all(named)
    assert not [path for paths in named for path in paths if not (ROOT / path).exists()]


def test_every_row_of_the_tables_has_a_test() -> None:
    table_rows = ROW.findall((ROOT / "docs/differences.md").read_text("utf-8"))
    without = [row for row in table_rows if "`tests/" not in row and not set(row) <= set("|- ")]
    assert not without
