"""The library's app: its own tests and types, as a user runs them, and the visit that `taropy run` shows."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from packages import ROOT, check_types, run, run_tests, with_taropy

EXAMPLE = ROOT / "examples" / "library"


@pytest.fixture
def environment() -> dict[str, str]:
    paths = os.pathsep.join(map(str, [ROOT, ROOT / "plugins"]))
    return {**with_taropy(), "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"}


def test_its_tests_pass_strictly_and_without_a_warning(environment: dict[str, str]) -> None:
    assert "warning" not in run_tests(environment, EXAMPLE)


def test_its_types_are_right(environment: dict[str, str], typed: Path) -> None:
    assert "no issues found" in check_types(environment, EXAMPLE, typed)


@pytest.mark.parametrize("platform", ["weapp", "alipay", "h5"])
def test_taropy_run_shows_a_visit(environment: dict[str, str], platform: str) -> None:
    lines = run(environment, EXAMPLE, "taropy", "run", "--platform", platform, "app.py").splitlines()
    assert lines[2].split() == ["types", '"jane', 'e"', "Books", "Jane", "Eyre"]
    assert ("has to sign in" in lines[5]) == (platform == "h5")
    assert [line.split("  ")[0] for line in lines[-3:]] == ["borrows it for four weeks", "is told", "asks where to go"]
    assert lines[-1].endswith("to Old Town")


def test_the_readme_shows_the_visit_on_the_web(environment: dict[str, str]) -> None:
    shown = run(environment, EXAMPLE, "taropy", "run", "--platform", "h5", "app.py")
    assert f"```text\n{shown}```" in (EXAMPLE / "README.md").read_text("utf-8")
