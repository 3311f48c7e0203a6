"""The guide's one program runs on every host with the commands that stand there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from one_program import GUIDE, PROGRAM

import taropy
from taropy.phone import Phone

ROOT = Path(__file__).parents[2]
#: The commands of each host, by its name in the table.
COMMANDS = {
    row[0].strip("[] ").partition("]")[0]: re.findall(r"`(taropy (?:run|record) [^`]+)`", row[1])
    for row in (line.strip("|").split(" | ") for line in GUIDE.read_text("utf-8").splitlines() if line.startswith("| "))
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "cups.py").write_text(PROGRAM, "utf-8")
    return tmp_path


def said(folder: Path, command: str) -> str:
    """What a command of the guide prints."""
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'plugins'}"}
    done = subprocess.run(
        [sys.executable, "-m", *command.split()], cwd=folder, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("host", ["the phone", "a trace"])
def test_on_the_phone_and_from_a_trace(folder: Path, host: str) -> None:
    assert {said(folder, command).splitlines()[0] for command in COMMANDS[host]} == {"WEAPP: cup 1"}


def test_in_devtools(folder: Path) -> None:
    """DevTools are those that a phone plays; it is the open mini program whose storage has the cups."""
    (command,) = COMMANDS["DevTools"]
    app = taropy.App(pages=["pages/index/index"])
    app.page("pages/index/index")(lambda: None)
    with Phone() as phone, phone.devtools(app) as tools:
        here = command.replace("ws://127.0.0.1:9420", tools.url)
        assert [said(folder, here) for _ in range(2)] == ["WEAPP: cup 1", "WEAPP: cup 2"]


@pytest.mark.browser
def test_in_a_page(folder: Path, site: Path) -> None:
    (command,) = COMMANDS["a page"]
    assert said(folder, command.replace("--url site", f"--url {site}")) == "WEB: cup 1"
