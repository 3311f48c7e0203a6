"""The page on answering requests: its module and tests, word for word in an empty folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from guides import files_on, run

GUIDE = (Path(__file__).parents[2] / "docs/guides/network.md").read_text("utf-8")


def test_the_guides_tests_of_the_guides_module_pass(pytester: pytest.Pytester) -> None:
    files = files_on(GUIDE)
    assert set(files) == {"shop.py", "test_shop.py"}
    run(pytester, files).assert_outcomes(passed=4)


def test_a_test_that_fails_shows_what_was_asked_for(pytester: pytest.Pytester) -> None:
    files = files_on(GUIDE)
    failing = files["test_shop.py"].replace("orders.assert_called(times=1)", "orders.assert_called(times=2)")
    result = run(pytester, {**files, "test_shop.py": failing})
    result.assert_outcomes(passed=1, failed=3)
    result.stdout.fnmatch_lines(
        [
            "*AssertionError: POST https://api.example.com/orders was asked for once, not 2 times. What was asked for:",
            "*- requests -*",
            'POST https://api.example.com/login {"user":"ada"} -> 200 (by POST https://api.example.com/login)',
            'POST https://api.example.com/orders {"item":"tea"} -> 201 (by POST https://api.example.com/orders)',
        ]
    )
