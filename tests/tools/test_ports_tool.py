"""The command that records what programs answer in Node.js, `python -m tools.ports`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tools.ports.__main__ import document, main
from tools.ports.cases import PROGRAMS, calls_of
from tools.recording import RECORDED


def test_a_program_says_its_calls_in_json(tmp_path: Path) -> None:
    program = tmp_path / "area.ts"
    program.write_text('// Areas.\n//: area(2, {"unit": "cm"})\n//: none()\nexport const area = () => 1\n')
    assert [(call.text, call.name, call.arguments) for call in calls_of(program)] == [
        ('area(2, {"unit": "cm"})', "area", [2, {"unit": "cm"}]),
        ("none()", "none", []),
    ]


def test_a_recording_is_a_document_with_a_call_a_line() -> None:
    text = document({"area": [{"answer": 1, "lines": []}, {"answer": "é", "lines": ["x"]}]})
    assert json.loads(text)["area"][1] == {"answer": "é", "lines": ["x"]}
    assert text.count("\n") == 6


def test_each_program_has_calls_and_each_call_an_answer() -> None:
    recorded = json.loads((PROGRAMS / RECORDED).read_text("utf-8"))
    assert {file.stem: len(list(calls_of(file))) for file in PROGRAMS.glob("*.ts")} == {
        name: len(answers) for name, answers in recorded.items() if name != "generated"
    }


def test_without_npm_it_says_what_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert main(["--programs", str(tmp_path)]) == 1
    assert "npm is needed" in capsys.readouterr().err
