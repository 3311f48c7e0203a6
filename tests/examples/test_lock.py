"""The lock that opens by Bluetooth: its own tests pass, and its story is the one that its page tells."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from packages import ROOT, run, run_tests, with_taropy


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The example by itself, where none of our own settings hold."""
    shutil.copytree(ROOT / "examples" / "lock", tmp_path / "lock", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "lock"


@pytest.fixture
def environment() -> dict[str, str]:
    paths = os.pathsep.join(map(str, [ROOT, ROOT / "plugins"]))
    return {**with_taropy(), "PYTHONPATH": paths}


def test_its_tests_pass_without_a_warning(folder: Path, environment: dict[str, str]) -> None:
    assert "warning" not in run_tests(environment, folder)


def test_taropy_run_tells_its_story(folder: Path, environment: dict[str, str]) -> None:
    told = run(environment, folder, "taropy", "run", "main.py")
    assert f"```text\n{told}```" in (folder / "README.md").read_text("utf-8")
