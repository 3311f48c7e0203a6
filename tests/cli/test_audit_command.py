"""`taropy audit`: what it prints and writes, and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from calling import Cli, Write
from click.testing import Result

IMPORT = "import Taro from '@tarojs/taro'\n"

#: An error on h5, a warning, and a note.
PROGRAM = f"{IMPORT}Taro.checkSession()\neval('1')\n"


@pytest.fixture
def program(write: Write) -> str:
    return str(Path(write(PROGRAM, "main.ts")))


def rules(result: Result) -> set[str]:
    return {each["rule"] for each in json.loads(result.stdout)["findings"]}


def test_a_file_is_audited_for_the_platforms_that_are_named(cli: Cli, program: str) -> None:
    result = cli("audit", program, "--platform", "h5", "--format", "json")
    assert rules(result) == {"missing/platform", "language/eval", "trap/call-at-import"}
    assert result.exit_code == 1


EXIT_CODES = [
    (("--platform", "h5"), 1),
    (("--platform", "weapp"), 0),
    (("--platform", "weapp", "--fail-on", "warning"), 1),
    (("--platform", "weapp", "--fail-on", "note"), 1),
    (("--platform", "h5", "--fail-on", "never"), 0),
    (("--platform", "nonsense"), 2),
    (("--format", "xml"), 2),
    (("--update-baseline",), 2),
    (("--since", "HEAD"), 2),
]


@pytest.mark.parametrize(("options", "code"), EXIT_CODES)
def test_the_exit_code_says_what_a_pipeline_has_to_know(
    cli: Cli, program: str, options: tuple[str, ...], code: int
) -> None:
    assert cli("audit", program, *options).exit_code == code


def test_a_path_that_is_not_there_is_a_usage_error(cli: Cli, tmp_path: Path) -> None:
    result = cli("audit", str(tmp_path / "nothing"))
    assert result.exit_code == 2
    assert "nothing" in result.stderr


def test_a_report_is_written_whole_into_a_file(cli: Cli, program: str, tmp_path: Path) -> None:
    file = tmp_path / "audit.sarif"
    file.write_text("the old one", "utf-8")
    result = cli("audit", program, "-p", "h5", "--format", "sarif", "--output", str(file))
    assert (result.stdout, result.exit_code) == ("", 1)
    assert json.loads(file.read_text("utf-8"))["version"] == "2.1.0"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["audit.sarif", "main.ts"]


def test_where_a_report_cannot_be_written_nothing_is_left_behind(cli: Cli, program: str, tmp_path: Path) -> None:
    result = cli("audit", program, "--output", str(tmp_path / "no" / "audit.json"))
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["main.ts"]


def test_a_baseline_makes_that_only_what_is_new_counts(cli: Cli, program: str, write: Write, tmp_path: Path) -> None:
    file = str(tmp_path / "baseline.json")
    options = ("audit", program, "-p", "h5", "--baseline", file)
    written = cli(*options, "--update-baseline")
    assert (written.exit_code, "knows 3 findings" in written.stdout) == (0, True)
    assert cli(*options, "--fail-on", "note").exit_code == 0
    write(f"{IMPORT}\n\n{PROGRAM.removeprefix(IMPORT)}Taro.login()", "main.ts")
    again = cli(*options, "--format", "json")
    assert again.exit_code == 1
    assert {each["subject"] for each in json.loads(again.stdout)["findings"]} == {"login", "call-at-import"}
    assert json.loads(again.stdout)["known"] == 3


def test_a_baseline_that_is_none_or_not_there_is_a_usage_error(cli: Cli, program: str, tmp_path: Path) -> None:
    for name in ("main.ts", "nothing.json"):
        result = cli("audit", program, "--baseline", str(tmp_path / name))
        assert result.exit_code == 2
        assert name in result.stderr


def test_the_table_fits_the_terminal(cli: Cli, program: str) -> None:
    result = cli("audit", program, "-p", "h5", "-p", "weapp", "-p", "harmony-hybrid")
    assert "Missing on h5" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_in_a_pipe_and_in_a_file_a_finding_is_one_line(
    cli: Cli, program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLUMNS")
    shown = cli("audit", program, "-p", "h5").stdout
    cli("audit", program, "-p", "h5", "--output", str(tmp_path / "audit.txt"))
    assert (tmp_path / "audit.txt").read_text("utf-8") == shown
    rows = [line for line in shown.splitlines() if line.startswith(("error", "warning", "note"))]
    assert rows
    assert all("main.ts:" in row for row in rows)


def test_the_help_has_examples(cli: Cli) -> None:
    text = cli("audit", "--help").stdout
    assert "Examples:" in text
    assert "--format sarif" in text
    assert "audit" in cli("--help").stdout


def test_without_the_extra_it_is_named(cli: Cli, program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    from taropy.port import parse

    monkeypatch.setitem(sys.modules, "tree_sitter", None)
    parse._parser.cache_clear()
    try:
        result = cli("audit", program)
    finally:
        monkeypatch.undo()
        parse._parser.cache_clear()
    assert result.exit_code == 2
    assert "pip install 'taropy[port]'" in result.stderr
