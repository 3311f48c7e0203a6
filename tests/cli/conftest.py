"""What the tests of the command line share: a way to call it, and a way to write programs for it."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest
from calling import Cli, Write
from click.testing import CliRunner, Result

from taropy.cli.commands import taropy


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Calls `taropy` with these arguments, in this process; the terminal is 80 columns wide."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.delenv("TARO_ENV", raising=False)

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(taropy, arguments, prog_name="taropy", catch_exceptions=False)

    return invoke


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a program, and gives its path."""

    def write(text: str, name: str = "app.py") -> str:
        file = tmp_path / name
        file.write_text(dedent(text), "utf-8")
        return str(file)

    return write
