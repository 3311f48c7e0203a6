"""Where ported code fails, the line that it was ported from is shown beside its own: by `run`, `verify` and pytest."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from auditing import Write
from click.testing import CliRunner

from taropy.cli.commands import taropy
from taropy.port.originals import origin_of
from taropy.port.porting import port

ORIGINAL = """\
interface User { name: string }

/** Says hello. */
export function greet(user: User): string {
  // in capitals
  const shout = user.name.toUpperCase()
  return `hello ${shout}`
}

export async function main() {
  await Promise.resolve()
  greet(null)
}
"""
SHOUT = "main.ts:6: const shout = user.name.toUpperCase()"


@pytest.fixture
def shop(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the port."""
    monkeypatch.chdir(tmp_path)
    port([write({"src/main.ts": ORIGINAL}) / "src"], tmp_path / "shop")
    return tmp_path / "shop"


def line_of(file: Path, text: str) -> int:
    return next(n for n, line in enumerate(file.read_text("utf-8").splitlines(), 1) if text in line)


def test_a_traceback_of_run_shows_the_originals_lines(shop: Path) -> None:
    done = CliRunner().invoke(taropy, ["run", str(shop / "main.py")])
    assert done.exit_code == 1
    # Without the marks below a line, which later Pythons make where earlier ones don't.
    lines = [line.strip() for line in done.output.splitlines() if line.strip(" ~^")]
    assert lines[lines.index("greet(None)") + 1] == "from src/main.ts:12: greet(null)"
    assert lines[lines.index("shout = user.name.upper()") + 1] == f"from src/{SHOUT}"


def test_a_call_that_has_failed_is_told_with_both_places(write: Write, tmp_path: Path) -> None:
    write({"src/a.ts": "import Taro from '@tarojs/taro'\nTaro.getFileSystemManager().readFileSync('nothing.txt')"})
    port([tmp_path / "src"], tmp_path / "shop")
    done = CliRunner().invoke(taropy, ["run", str(tmp_path / "shop" / "a.py")])
    assert done.exit_code == 1
    assert " (a.ts:2): readFileSync:fail" in done.output


def test_pytest_shows_the_originals_lines(shop: Path, pytester: pytest.Pytester) -> None:
    for name in ("shop", "src"):
        shutil.copytree(shop.parent / name, pytester.path / name)
    pytester.makepyfile("from shop.main import greet\n\ndef test_greeting():\n    greet(None)\n")
    pytester.syspathinsert()
    for style in ("long", "short"):
        result = pytester.runpytest_subprocess("-p", "no:xdist", f"--tb={style}")
        result.assert_outcomes(failed=1)
        result.stdout.fnmatch_lines(["*shout = user.name.upper()", "*", f"*# from src/{SHOUT}", "E *"])


def test_verify_shows_the_originals_lines_of_a_difference(write: Write, tmp_path: Path) -> None:
    pytest.importorskip("quickjs", reason="quickjs-ng, which the extra port brings, is not installed")
    text = """
        import Taro from '@tarojs/taro'
        const where = () => '/pages/a/a'
        export function go() {
          Taro.navigateTo({ url: where() })
        }
    """
    port([write({"src/go.ts": text}) / "src"], tmp_path / "shop")
    file = tmp_path / "shop" / "go.py"
    file.write_text(file.read_text("utf-8").replace("/pages/a/a", "/pages/b/b"), "utf-8")
    done = CliRunner().invoke(taropy, ["verify", str(tmp_path / "src" / "go.ts"), str(file)])
    assert done.exit_code == 1
    port_side = "".join("".join(line[61:].split()) for line in done.output.splitlines())  # wrapped, wherever it is
    assert "Taro.navigateTo(url=where())from" in port_side
    assert "go.ts:5:Taro.navigateTo({url:where()})" in port_side


def test_lines_that_have_moved_are_found(shop: Path) -> None:
    file = shop / "main.py"
    file.write_text("# by hand\n\n" + file.read_text("utf-8").replace("hello", "hallo"), "utf-8")
    at = line_of(file, "shout =")
    assert str(origin_of(str(file), at)) == f"src/{SHOUT}"
    assert origin_of(str(file), 1) is None
    assert origin_of(str(file), line_of(file, "return f")) is None


def test_an_original_that_has_changed_or_is_gone_is_told_without_its_text(shop: Path, tmp_path: Path) -> None:
    file, at = shop / "main.py", line_of(shop / "main.py", "shout =")
    (tmp_path / "src" / "main.ts").write_text("// new\n" + ORIGINAL, "utf-8")
    assert str(origin_of(str(file), at)) == "src/main.ts:6"
    (tmp_path / "src" / "main.ts").unlink()
    assert str(origin_of(str(file), at)) == "src/main.ts:6"


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"version": 2, "modules": {"main.py": {}}}', "\0"])
def test_a_map_that_cannot_be_read_is_no_trouble(shop: Path, content: str) -> None:
    (shop / "sources.json").write_text(content, "utf-8")
    done = CliRunner().invoke(taropy, ["run", str(shop / "main.py")])
    assert "AttributeError" in done.output
    assert "from src" not in done.output


@pytest.mark.parametrize("place", [("<string>", 1), (__file__, 1), ("/nowhere/a.py", 3)])
def test_code_that_was_not_ported_has_no_original(place: tuple[str, int]) -> None:
    assert origin_of(*place) is None
