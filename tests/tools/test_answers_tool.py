"""The command that records what JavaScript answers, `python -m tools.answers`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tools.answers.__main__ import CASES, main
from tools.answers.cases import read

needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="needs Node.js")


@pytest.mark.node
@needs_node
def test_recording_again_gives_the_same_bytes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"]) == 0
    assert capsys.readouterr().out == "1 file is up to date\n"


@pytest.mark.node
@needs_node
def test_an_answer_says_what_json_has_no_word_for(tmp_path: Path) -> None:
    (tmp_path / "tried.txt").write_text("-0\n[1, , NaN]\nnew Map([[1, 'a']])\nnull.x\nthrow 5\n(x => x)\n", "utf-8")
    assert main(["--cases", str(tmp_path)]) == 0
    recorded = json.loads((tmp_path / "recorded.json").read_text("utf-8"))
    del recorded["generated"]
    assert list(recorded.values()) == [
        {"number": "-0"},
        [{"number": "1"}, {"hole": True}, {"number": "NaN"}],
        {"map": [[{"number": "1"}, "a"]]},
        {"throws": "TypeError"},
        {"throws": {"number": "5"}},
        {"function": True},
    ]


def test_a_case_has_the_python_below_it_or_is_both(tmp_path: Path) -> None:
    (tmp_path / "tried.txt").write_text("# Heading\n1 + 1\n\nvar a = 1; a\n    a = 1\n    a\n", "utf-8")
    cases = read(tmp_path)
    assert [(case.place, case.javascript, case.python) for case in cases] == [
        ("tried:2", "1 + 1", "1 + 1"),
        ("tried:4", "var a = 1; a", "a = 1\na"),
    ]


def test_without_node_the_tool_says_what_it_needs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    assert main(["--check"]) == 1
    assert capsys.readouterr().err == "node is needed and is not on the PATH\n"
    assert read(CASES)
