"""Files that no port comes of, or half of one: each is told in a clear line, and no half-written folder is left."""

from __future__ import annotations

import gc
import importlib
from pathlib import Path

import pytest
from auditing import Write
from click.testing import CliRunner, Result

from taropy.cli.commands import taropy
from taropy.port import folder as folder_module
from taropy.port.porting import PortError, port

GOOD = "export const a = 1"


def run(tmp_path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(taropy, ["port", *arguments, "--out", str(tmp_path / "out")])


NOTHING = {
    "huge": ({"src/a.ts": b"x = 1\n" * 400_000}, "a.ts has 2.3 MB; files of more than 2 MB are left alone"),
    "minified": ({"src/a.ts": b"f(1);" * 2000}, "a.ts is minified"),
    "not text": ({"src/a.ts": b"\0\1"}, "a.ts is not text"),
    "other files": ({"src/a.css": b"a {}"}, "there is no module to port"),
}


@pytest.mark.parametrize(("files", "told"), NOTHING.values(), ids=NOTHING)
def test_where_there_is_no_module_nothing_is_written(
    write: Write, tmp_path: Path, files: dict[str, bytes], told: str
) -> None:
    write(files)
    done = run(tmp_path, str(tmp_path / "src"))
    last = done.output.splitlines()[-1]
    assert (done.exit_code, told in last, last.rstrip().endswith(":")) == (2, True, False)
    assert not (tmp_path / "out").exists()


def test_a_file_that_is_no_module_is_told_with_what_can_be_ported(write: Write, tmp_path: Path) -> None:
    write({"src/menu.json": b"{}"})
    done = run(tmp_path, str(tmp_path / "src" / "menu.json"))
    assert done.exit_code == 2
    assert "menu.json is no module that can be ported: .cjs, .cts, .js" in done.output
    assert not (tmp_path / "out").exists()


def test_what_is_left_alone_is_told_and_the_rest_is_ported(write: Write, tmp_path: Path) -> None:
    write({"src/a.ts": b"\0", "src/b.ts": GOOD, "src/c.ts": "export const c = (((\nexport const d = 2", "src/d.ts": ""})
    done = run(tmp_path, str(tmp_path / "src"))
    assert done.exit_code == 1
    assert "a.ts: not read: it is not text" in done.output
    assert "c.ts:1: not ported: the text was not understood" in done.output
    assert {path.name for path in (tmp_path / "out").iterdir()} >= {"b.py", "c.py", "d.py"}


@pytest.mark.parametrize("encoding", ["gbk", "utf-16", "utf-8-sig"])
def test_whatever_encoding_a_module_is_in(
    write: Write, tmp_path: Path, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"of_{encoding.replace('-', '_')}"
    port([write({"src/a.ts": "export const a = '好茶'".encode(encoding)}) / "src"], tmp_path / name)
    monkeypatch.syspath_prepend(str(tmp_path))
    assert importlib.import_module(f"{name}.a").a == "好茶"


def test_a_circle_of_imports_is_imported(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write({
        "src/a.ts": "import { b } from './b'\nexport const a = () => 1\nexport const both = () => a() + b()",
        "src/b.ts": "import { c } from './c'\nexport const b = () => c() + 1",
        "src/c.ts": "import { a } from './a'\nexport const c = () => a() + 1",
    })  # fmt: skip
    port([tmp_path / "src"], tmp_path / "circle")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert importlib.import_module("circle.b").b() == 3
    assert importlib.import_module("circle.a").both() == 4


def test_functions_that_hand_a_callback_on_by_many_ways_are_ported_in_a_moment(write: Write, tmp_path: Path) -> None:
    ways = [f"function f{n}(done) {{ f{n + 1}(done); f{n + 1}(done); bus.on('x', done) }}" for n in range(60)]
    start = "export const start = () => f0(() => 1)"
    write(
        {
            "src/a.js": "\n".join(
                ["const bus = { on(name, done) { f0(done) } }", *ways, "function f60(done) { done(1, 2) }", start]
            )
        }
    )
    port([tmp_path / "src"], tmp_path / "out")
    assert "lambda *_: 1" in (tmp_path / "out" / "a.py").read_text("utf-8")


def test_a_folder_that_cannot_be_written_is_told_in_a_line(write: Write, tmp_path: Path) -> None:
    write({"src/a.ts": GOOD, "file": ""})
    done = CliRunner().invoke(taropy, ["port", str(tmp_path / "src"), "--out", str(tmp_path / "file" / "out")])
    assert (done.exit_code, "cannot be written" in done.output.splitlines()[-1]) == (2, True)


def test_what_fails_while_it_is_written_leaves_nothing(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write({"src/a.ts": GOOD})

    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folder_module, "_write", full)
    with pytest.raises(PortError, match="No space left on device"):
        port([tmp_path / "src"], tmp_path / "out")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["src"]


def test_a_folder_that_comes_up_meanwhile_is_left_as_it_is(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write({"src/a.ts": GOOD})
    really = folder_module._write

    def slowly(made: Path, written: object) -> None:
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "mine.txt").write_text("mine", "utf-8")
        really(made, written)  # type: ignore[arg-type]

    monkeypatch.setattr(folder_module, "_write", slowly)
    with pytest.raises(PortError, match="cannot be written"):
        port([tmp_path / "src"], tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "src"]


@pytest.mark.parametrize("is_on", [True, False])
def test_the_garbage_collector_is_left_as_it_was(write: Write, tmp_path: Path, is_on: bool) -> None:
    write({"src/a.ts": GOOD})
    was_on = gc.isenabled()
    (gc.enable if is_on else gc.disable)()
    try:
        port([tmp_path / "src"], tmp_path / "out")
        assert gc.isenabled() is is_on
        with pytest.raises(PortError):
            port([tmp_path / "src"], tmp_path / "other", packages={"dayjs": "not_there"})
        assert gc.isenabled() is is_on
    finally:
        (gc.enable if was_on else gc.disable)()
