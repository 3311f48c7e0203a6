"""The guide to testing programs: its module and its tests, word for word in an empty folder."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "testing.md"
FILE = re.compile(r"^```py\n# (\w+\.py)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_guides_tests_of_the_guides_module_pass(pytester: pytest.Pytester) -> None:
    files = dict(FILE.findall(GUIDE.read_text("utf-8")))
    assert set(files) == {"avatar.py", "test_avatar.py"}
    for name, text in files.items():
        (pytester.path / name).write_text(text, "utf-8")
    pytester.syspathinsert()
    pytester.runpytest_subprocess("-p", "no:xdist", "-W", "error").assert_outcomes(passed=4)
