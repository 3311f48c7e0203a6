"""`python -m tools.pyodide`, and what the site takes of it: all that needs no network."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tools.pyodide import runtime, wheels
from tools.pyodide.__main__ import main
from tools.site import trying
from tools.spec.upstream import ProgramError


def wheel(folder: Path, *requires: str) -> Path:
    """A wheel that requires these."""
    path = folder / "it-1.0-py3-none-any.whl"
    head = ["Metadata-Version: 2.1", "Name: it", "Version: 1.0", *(f"Requires-Dist: {each}" for each in requires)]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("it-1.0.dist-info/METADATA", "\n".join([*head, ""]))
    return path


def test_what_a_browser_needs_is_not_what_this_computer_needs(tmp_path: Path) -> None:
    built = wheel(
        tmp_path,
        "attrs>=24",
        "httptools; sys_platform != 'emscripten'",
        "tzdata; sys_platform == 'emscripten'",
        "typing-extensions; python_version < '3.13'",
        "websockets>=15; extra == 'socket'",
        "pillow; extra == 'media'",
    )
    assert [each.name for each in wheels.needed(built, ["socket"])] == ["attrs", "tzdata", "websockets"]


def test_a_wheel_that_cannot_be_had_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def fail(*_: object) -> None:
        raise wheels.wheel.Uninstallable("no matching distribution found for attrs")

    monkeypatch.setattr(wheels.wheel, "pip", fail)
    assert main(["--out", str(tmp_path)]) == 1
    assert capsys.readouterr().err == "no matching distribution found for attrs\n"


def test_without_npm_there_is_no_pyodide(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with pytest.raises(ProgramError, match="npm is needed and is not on the PATH"):
        runtime.package()


def test_a_site_that_cannot_have_pyodide_says_why_and_has_nothing_of_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    out = tmp_path / "site"
    assert "npm is needed" in trying.provide(out)
    assert not (out / trying.PLACE).exists()


def block(language: str, code: str) -> str:
    return f'<div class="highlight-{language} notranslate"><div class="highlight"><pre>{code}</pre></div></div>'


@pytest.mark.parametrize(
    ("blocks", "tried"),
    [
        ([("python", "a = 1"), ("python", "print(a)")], [True, True]),
        ([("python", "import threading"), ("python", "print(1)")], [False, False]),
        ([("py", "# Runs on: weapp\nprint(1)"), ("py", "Taro.login()")], [True, False]),
        ([("py", "# Runs on: weapp\nTaro.createTCPSocket()"), ("python", "print(1)")], [False, True]),
    ],
)
def test_examples_that_a_browser_can_run_are_marked(blocks: list[tuple[str, str]], tried: list[bool]) -> None:
    page = "".join(block(*each) for each in blocks)
    marked = trying.marked(page)
    assert [" try-it" in each for each in marked.split("</pre>")[:-1]] == tried
    assert marked.replace(" try-it", "") == page
