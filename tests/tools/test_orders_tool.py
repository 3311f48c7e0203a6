"""The command that records in which order JavaScript runs programs, `python -m tools.orders`."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tools.orders.__main__ import PROGRAMS, main

needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="needs Node.js")


def write_program(folder: Path, code: str) -> None:
    """Makes the folder one with a single program."""
    (folder / "tried.mjs").write_text(f"export function tried(log, Taro) {{\n{code}\n}}\n", "utf-8")


@pytest.mark.node
@needs_node
def test_recording_again_gives_the_same_bytes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"]) == 0
    assert capsys.readouterr().out == "1 file is up to date\n"


@pytest.mark.node
@needs_node
def test_check_says_that_a_recording_is_stale(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = Path(shutil.copytree(PROGRAMS, tmp_path / "programs"))
    (folder / "recorded.json").write_text("{}")
    assert main(["--check", "--programs", str(folder)]) == 1
    assert capsys.readouterr().out == "stale: recorded.json\n"
    assert (folder / "recorded.json").read_text() == "{}"


@pytest.mark.node
@needs_node
def test_a_program_is_waited_for_until_nothing_of_it_is_left(tmp_path: Path) -> None:
    write_program(tmp_path, "setTimeout(() => Taro.login({ success: () => setTimeout(() => log('late'), 30) }), 30)")
    assert main(["--programs", str(tmp_path)]) == 0
    assert '"tried": ["late"]' in (tmp_path / "recorded.json").read_text("utf-8")


@pytest.mark.node
@needs_node
def test_a_program_that_depends_on_what_no_rule_orders_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_program(tmp_path, "setTimeout(() => log('timer'), 0)\nTaro.login({ success: () => log('answer') })")
    assert main(["--programs", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert "tried depends on whether an answer or a timer comes first:\nanswer, timer\ntimer, answer" in said
    assert not (tmp_path / "recorded.json").exists()


def test_without_node_the_tool_says_what_it_needs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    assert main(["--check"]) == 1
    assert capsys.readouterr().err == "node is needed and is not on the PATH\n"
