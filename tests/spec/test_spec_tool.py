"""The command that makes the spec, `python -m tools.spec`."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from taropy import spec
from tools import generated
from tools.spec import facts, upstream
from tools.spec.__main__ import main

FOLDER = Path(spec.__file__).parent
WITHOUT = shutil.which("node") is None or bool(upstream.problems(upstream.default_folder()))
needs_upstream = pytest.mark.skipif(
    WITHOUT, reason="needs Node.js, and upstream's packages (python -m tools.spec gets them)"
)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the spec's folder, to be spoiled."""
    return Path(shutil.copytree(FOLDER, tmp_path / "spec", ignore=shutil.ignore_patterns("__pycache__")))


def contents(folder: Path) -> Mapping[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.json")}


@pytest.mark.node
@needs_upstream
def test_the_files_in_the_repository_are_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"]) == 0, capsys.readouterr().out


@pytest.mark.node
@needs_upstream
def test_writing_gives_the_same_bytes_again(copied: Path) -> None:
    shutil.rmtree(copied / "upstream")
    assert main(["--spec", str(copied)]) == 0
    assert contents(copied / "upstream") == contents(FOLDER / "upstream")


@pytest.mark.node
@needs_upstream
def test_check_names_every_stale_missing_and_surplus_file(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copied / "upstream" / "groups" / "storage.json").unlink()
    (copied / "upstream" / "groups" / "extra.json").write_text("{}")
    with (copied / "upstream" / "groups" / "open-api" / "login.json").open("a") as file:
        file.write("\n")
    assert main(["--check", "--spec", str(copied)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "missing: groups/storage.json",
        "stale: groups/open-api/login.json",
        "surplus: groups/extra.json",
    ]


@pytest.mark.node
@needs_upstream
def test_a_stale_override_fails_and_is_named(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    override = '[{"member": "login", "set": {"kind": "function"}, "reason": "Upstream says so itself by now."}]'
    (copied / "overrides" / "members.json").write_text(override)
    assert main(["--check", "--spec", str(copied)]) == 1
    assert "the override for member login sets kind to what upstream already says" in capsys.readouterr().err


def test_another_version_than_the_pinned_one_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    package = tmp_path / "node_modules" / "@tarojs" / "taro"
    package.mkdir(parents=True)
    (package / "package.json").write_text('{"version": "3.0.0"}')
    assert main(["--check", "--upstream", str(tmp_path)]) == 1
    errors = capsys.readouterr().err
    assert f"@tarojs/taro is 3.0.0 in {tmp_path}, but the pin says 4.2.1" in errors
    assert "typescript is not installed" in errors


def test_the_cache_folder_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TAROPY_UPSTREAM", str(tmp_path))
    assert upstream.default_folder() == tmp_path
    monkeypatch.delenv("TAROPY_UPSTREAM")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert upstream.default_folder() == tmp_path / "taropy" / "upstream"


def test_writing_leaves_files_that_are_right_untouched(tmp_path: Path) -> None:
    texts = {"a.json": "1\n", "groups/b.json": "2\n"}
    generated.write(texts, tmp_path)
    before = (tmp_path / "a.json").stat().st_mtime_ns
    (tmp_path / "groups" / "b.json").write_text("3\n")
    (tmp_path / "c.json").write_text("4\n")
    generated.write(texts, tmp_path)
    assert contents(tmp_path) == {"a.json": b"1\n", "groups/b.json": b"2\n"}
    assert (tmp_path / "a.json").stat().st_mtime_ns == before
    assert generated.stale(texts, tmp_path) == []


@pytest.mark.parametrize(
    ("tag", "text", "expected"),
    [
        ("supported", "weapp, harmony_hybrid", {"supported": ["harmony-hybrid", "weapp"]}),
        ("supported", "alipay 10.2.33+", {"supported": ["alipay"]}),
        ("supported", "", {}),
        ("default", "true", {"default": True}),
        ("default", ": 'webgl'", {"default": "webgl"}),
        ("default", "['album', 'camera']", {"default": ["album", "camera"]}),
        ("default", "message.byteLength", {"default": "message.byteLength"}),
        ("default", '"默认自动调整"', {}),
        ("see", ": https://example.com/a", {"see": "https://example.com/a"}),
        ("see", "/docs/apis/General", {}),
        ("since", "客户端 7.0.0", {"since": "7.0.0"}),
        ("deprecated", "", {"deprecated": True}),
        ("ignore", "", {"ignored": True}),
    ],
)
def test_tags_become_values_and_sentences_are_dropped(tag: str, text: str, expected: dict[str, object]) -> None:
    assert facts.read_tags({tag: text}) == expected
