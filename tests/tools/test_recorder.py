"""The command that records what Taro's own adapters do, `python -m tools.recorder`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from taropy import spec
from tools.recorder import cases
from tools.recorder.__main__ import GOLDEN, main
from tools.spec import upstream

WITHOUT = shutil.which("node") is None or bool(upstream.problems(upstream.default_folder()))
needs_upstream = pytest.mark.skipif(
    WITHOUT, reason="needs Node.js, and upstream's packages (python -m tools.spec gets them)"
)


@pytest.mark.node
@needs_upstream
def test_recording_again_gives_the_same_bytes(tmp_path: Path) -> None:
    assert main(["--golden", str(tmp_path)]) == 0
    recorded = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert recorded == {path.name: path.read_bytes() for path in GOLDEN.iterdir()}


@pytest.mark.node
@needs_upstream
def test_check_names_stale_and_missing_recordings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = Path(shutil.copytree(GOLDEN, tmp_path / "data"))
    (folder / "jd.json").unlink()
    (folder / "qq.json").write_text("{}")
    assert main(["--check", "--golden", str(folder)]) == 1
    assert capsys.readouterr().out.splitlines() == ["missing: jd.json", "stale: qq.json"]


def test_another_version_of_taro_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check", "--upstream", str(tmp_path)]) == 1
    assert "@tarojs/shared is not installed" in capsys.readouterr().err


def test_the_recordings_are_small_and_say_what_makes_them() -> None:
    paths = list(GOLDEN.iterdir())
    assert sum(path.stat().st_size for path in paths) < 3_000_000
    assert {json.loads(path.read_text("utf-8"))["generated"] for path in paths} == {"python -m tools.recorder"}


@pytest.mark.parametrize("name", [name for name in spec.members() if spec.member(name).is_function])
def test_every_function_has_arguments_that_its_declaration_asks_for(name: str) -> None:
    member = spec.member(name)
    required = cases.arguments(member, required=True)
    assert len(required) >= min(sum(not (p.optional or p.rest) for p in s.params) for s in member.signatures)
    if member.option is not None and required:
        assert required[0].keys() >= {n for n, f in spec.fields_of(member.option).items() if not f.optional}
