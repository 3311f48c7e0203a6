"""The example platforms, as packages apart from taropy: each passes its own tests and checks once it is installed."""

from __future__ import annotations

from pathlib import Path

import pytest
from packages import check_types, installed, run, run_tests

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.mark.parametrize("name", ["kwai", "lark"])
def test_an_example_platform_passes_its_own_tests_and_checks(name: str, tmp_path: Path, typed: Path) -> None:
    folder = EXAMPLES / name
    environment = {**installed(folder, tmp_path / "site"), "PYTHONDONTWRITEBYTECODE": "1"}
    run_tests(environment, folder)
    check_types(environment, folder, typed)
    assert "0 wrong." in run(environment, folder, "taropy", "check", name, "--no-missing")


@pytest.mark.parametrize("name", ["kwai", "lark"])
def test_an_example_platform_is_well_under_150_lines(name: str) -> None:
    files = (EXAMPLES / name / f"taropy_{name}").glob("*.py")
    assert sum(len(file.read_text("utf-8").splitlines()) for file in files) < 100
