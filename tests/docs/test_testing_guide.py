"""The pages that show tests of programs: their modules and tests, word for word in an empty folder."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from guides import files_on, run

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs/guides/testing.md").read_text("utf-8")
OVERRIDING = (ROOT / "docs/guides/override-function.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")

# The module that README's test is about, and does not show.
SHOP = """
from taropy import Taro, TaroError

async def nearest_shop():
    try:
        here = await Taro.getLocation()
    except TaroError:
        return None
    return await Taro.request(url=f"https://example.com/shops?near={here.latitude}")
"""


COOKBOOK = (ROOT / "docs/guides/cookbook.md").read_text("utf-8")


def test_the_guides_tests_of_the_guides_module_pass(pytester: pytest.Pytester) -> None:
    files = files_on(GUIDE)
    assert set(files) == {"avatar.py", "test_avatar.py", "test_cart.py"}
    run(pytester, files).assert_outcomes(passed=5)


def test_the_test_that_brings_a_function_passes(pytester: pytest.Pytester) -> None:
    files = files_on(OVERRIDING)
    assert set(files) == {"test_guild.py"}
    run(pytester, files).assert_outcomes(passed=2)


def test_readmes_test_passes(pytester: pytest.Pytester) -> None:
    files = files_on(README)
    assert set(files) == {"test_shop.py"}
    run(pytester, {**files, "shop.py": SHOP}).assert_outcomes(passed=2)


def test_a_test_that_fails_leaves_the_trace_that_the_guide_says(pytester: pytest.Pytester) -> None:
    assert "pytest --taro-trace=retain-on-failure\n" in GUIDE
    files = files_on(GUIDE)
    failing = files["test_avatar.py"].replace('phone.log.names == ["chooseImage"]', "phone.log.names == []")
    for name, text in {**files, "test_avatar.py": failing}.items():
        (pytester.path / name).write_text(text, "utf-8")
    pytester.syspathinsert()
    result = pytester.runpytest_subprocess("-p", "no:xdist", "--taro-trace=retain-on-failure")
    traces = [path for path in (pytester.path / "taro-traces").iterdir() if path.suffix == ".html"]
    assert len(traces) == result.parseoutcomes()["failed"]
    said = f"taropy: {len(traces)} trace{'s' * (len(traces) > 1)} in {pytester.path / 'taro-traces'}"
    result.stdout.fnmatch_lines([said])


def test_a_test_that_fails_shows_what_the_guide_says(pytester: pytest.Pytester) -> None:
    files = files_on(GUIDE)
    failing = files["test_avatar.py"].replace('phone.log.names == ["chooseImage"]', "phone.log.names == []")
    printed = without_times(run(pytester, {**files, "test_avatar.py": failing}).stdout.str())
    shown = re.search(r"^```text\n(-+ Taro calls .*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
    assert shown is not None
    assert without_times(shown[1]) in printed


def without_times(text: str) -> str:
    return re.sub(r" +\d+\.\d ms", " some ms", text)


def test_the_cookbooks_tests_pass(pytester: pytest.Pytester) -> None:
    recipes = files_on(COOKBOOK)
    assert len(recipes) == COOKBOOK.count("\n## ") == 10
    run(pytester, recipes).assert_outcomes(passed=12)
