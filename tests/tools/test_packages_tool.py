"""The command that records what packages of JavaScript answer, `python -m tools.packages`."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tools.packages.__main__ import main
from tools.packages.cases import name_of, sheets

needs_npm = pytest.mark.skipif(shutil.which("npm") is None, reason="needs npm")

SHEET = """#: _ = lodash
#> var one = 1

# A heading
_.add(one, 1)
var f = x => { one; return x }; [f(1), ';']
_.add(1, 2)
    1 + 2
"""


@pytest.mark.node
@needs_npm
def test_recording_again_gives_the_same_bytes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"]) == 0
    assert capsys.readouterr().out == "1 file is up to date\n"


def test_a_sheet_is_a_program_of_the_cases_without_python(tmp_path: Path) -> None:
    (tmp_path / "tried.txt").write_text(SHEET, "utf-8")
    [sheet] = sheets(tmp_path)
    assert [(name_of(case), case.has_own) for case in sheet.cases] == [
        ("case_5", False),
        ("case_6", False),
        ("case_7", True),
    ]
    assert sheet.program() == (
        "import _ from 'lodash'\nvar one = 1;\n"
        "export function case_5(tick) {\nreturn _.add(one, 1)\n}\n"
        "export function case_6(tick) {\nvar f = x => { one; return x };\nreturn [f(1), ';']\n}\n"
    )


def test_without_npm_the_tool_says_what_it_needs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    assert main(["--check"]) == 1
    assert capsys.readouterr().err == "npm is needed and is not on the PATH\n"
