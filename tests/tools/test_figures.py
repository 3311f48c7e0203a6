"""`python -m tools.figures` measures ports: what it counts, and that it tells what differs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.figures import __main__ as figures
from tools.figures import speed
from tools.figures.comparing import DIFFERENT, EQUAL, ILL_TYPED, REFUSED, Call


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of two modules, one of which can't be ported whole."""
    monkeypatch.setattr(speed, "row", lambda: "")
    (tmp_path / "src").mkdir()
    (tmp_path / "package.json").write_text("{}", encoding="utf-8")
    (tmp_path / "src" / "prices.ts").write_text(
        "// in cents\nexport const twice = (price: number) => price * 2\n"
        "export function made(): any { return new.target }\n"
        "export const used = (name: string) => window.title + name\n",
        encoding="utf-8",
    )
    (tmp_path / "src" / "broken.ts").write_text("export const x = JSON.parse('{')\n", encoding="utf-8")
    return tmp_path


def _rows(told: str) -> dict[str, str]:
    return {line[:34].strip(): line[34:].strip() for line in told.splitlines()}


def test_a_project_is_counted(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert figures.main([str(project), "--lost"]) == 0
    told = capsys.readouterr().out
    rows = _rows(told)
    assert rows["modules"] == "2"
    assert rows["valid Python"] == "100.0% (2 of 2)"
    assert rows["comments kept"] == "100.0% (1 of 1)"
    assert rows["modules wholly ported"] == "50.0% (1 of 2)"
    assert rows["can be imported"] == "50.0% (1 of 2)"
    assert "broken.ts: " in told
    assert "`new.target` and `import.meta` are not ported" in told


def test_modules_are_picked_by_a_list(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "modules.txt").write_text("src/prices.ts\n", encoding="utf-8")
    figures.main([str(project / "modules.txt")])
    assert _rows(capsys.readouterr().out)["modules"] == "1"


def test_both_sides_are_called(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("quickjs")
    figures.main([str(project / "src" / "prices.ts"), "--verify", "--differences"])
    told = capsys.readouterr().out
    assert "twice" not in told
    assert _rows(told)["modules that can be called"] == "100.0% (1 of 1)"


@pytest.mark.parametrize(
    ("original", "port", "outcome"),
    [
        (["f() gives 1"], ["f() gives 1"], EQUAL),
        (["f() gives 1"], ["f() gives 2"], DIFFERENT),
        (["f() gives 1"], ['f() throws {"message":"not ported: generators"}'], REFUSED),
        (["f() throws a fault of the program"], ["f() gives 2"], ILL_TYPED),
    ],
)
def test_how_a_call_has_ended(original: list[str], port: list[str], outcome: str) -> None:
    assert Call("f()", tuple(original), tuple(port)).outcome == outcome


def test_nothing_to_measure_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert figures.main([str(tmp_path)]) == 1
    assert "no module" in capsys.readouterr().err
