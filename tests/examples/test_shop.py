"""The shop that is paid with an SDK that isn't ours: its own tests pass, and its story is as told."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SHOP = Path(__file__).parents[2] / "examples" / "shop"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The example by itself, where none of our own settings hold."""
    shutil.copytree(SHOP, tmp_path / "shop", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "shop"


def python(folder: Path, *arguments: str) -> str:
    """What Python prints there."""
    done = subprocess.run([sys.executable, *arguments], cwd=folder, capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_its_tests_pass(folder: Path) -> None:
    assert "3 passed" in python(folder, "-m", "pytest", "-q", "-W", "error", "-p", "no:xdist", "-p", "no:cacheprovider")


def test_a_guest_s_afternoon(folder: Path) -> None:
    cancelled, order, refunded, wallet = python(folder, "-m", "taropy", "run", "main.py").splitlines()
    assert cancelled == "requestPayment:fail cancel"
    assert re.fullmatch(r"order tea-\w+: paid", order)
    assert refunded == "half of it back: True"
    assert wallet == "<Payments ¥9995.10, 1 payment>"
