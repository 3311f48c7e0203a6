"""The guide's way of a module, from the audit to its tests: each command gives what the guide shows, in turn."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from taropy.port.porting import translated

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the guide's commands are those of a Linux shell")
pytest.importorskip("quickjs", reason="quickjs-ng, which the extra port brings, is not installed")

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "porting.md").read_text("utf-8")
EXAMPLE = ROOT / "examples" / "tearoom-ts"
TRANSCRIPT = re.compile(r"^```text\n(\$ .*?)^```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"^```py\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ORIGINAL = re.compile(r"^```ts\n(/\*\* Sends .*?)^```$", re.MULTILINE | re.DOTALL)
DURATION = re.compile(r"in \d+\.\d+s")


def run(command: str, folder: Path) -> str:
    """What a command prints."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"}
    environment.pop("PYTEST_ADDOPTS", None)
    done = subprocess.run(
        command, shell=True, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, encoding="utf-8",
    )  # fmt: skip
    return DURATION.sub("in 1.00s", done.stdout)


def test_the_commands_give_what_the_guide_shows(tmp_path: Path) -> None:
    folder = tmp_path / "tearoom-ts"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("shop", "__pycache__"))
    assert len(TRANSCRIPT.findall(PAGE)) == 5
    for transcript in TRANSCRIPT.findall(PAGE):
        commands = re.split(r"^\$ ", transcript, flags=re.MULTILINE)[1:]
        given = "".join(
            f"$ {command}\n{run(command, folder)}" for command in (text.split("\n")[0] for text in commands)
        )
        assert [line.rstrip() for line in given.splitlines()] == transcript.splitlines()
    ported, test = CODE.findall(PAGE)[:2]
    assert ported in (folder / "shop" / "services" / "orders.py").read_text("utf-8")
    assert test in (EXAMPLE / "test_shop.py").read_text("utf-8")
    [original] = ORIGINAL.findall(PAGE)
    assert original in (EXAMPLE / "src" / "services" / "orders.ts").read_text("utf-8")


def test_the_guide_to_ports_shows_what_is_written(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "guides" / "port.md").read_text("utf-8")
    [(original, ported)] = re.findall(
        r"^```ts\n(.*?)^```\n\nbecomes\n\n```py\n(.*?)^```$", page, re.MULTILINE | re.DOTALL
    )
    (tmp_path / "users.ts").write_text(original, "utf-8")
    [module] = translated([tmp_path / "users.ts"]).modules
    assert module.text == ported
