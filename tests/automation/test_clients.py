"""The clients that we did not write: their suites run on a taropy app as they are."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import shop
from skia_needed import needs_skia
from table import CLIENTS, share, table

from taropy.phone import Phone

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
BUILD = ROOT / "build" / "automation"

NAME = "miniprogram-automator"

needs_npm = pytest.mark.skipif(shutil.which("npm") is None, reason="needs npm")


def install(name: str, *command: str | Path) -> None:
    """Installs a client, which needs a package index; without one there is nothing to test."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"{name} cannot be installed here: {done.stderr.strip()[-200:]}")


@pytest.fixture(scope="session")
def automator() -> Path:
    """miniprogram-automator, installed once beside the other things that are built."""
    package = BUILD / "node_modules" / NAME
    if not package.is_dir():
        BUILD.mkdir(parents=True, exist_ok=True)
        version = CLIENTS["automator"]["version"]
        install(NAME, "npm", "install", "--no-audit", "--no-fund", "--silent", "--prefix", BUILD, f"{NAME}@{version}")
    return package


@pytest.fixture(scope="session")
def minium() -> Path:
    """A Python that has minium, which wants an older websocket-client than others do."""
    folder = BUILD / "minium"
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not python.exists():
        venv.create(folder, with_pip=True)
    found = subprocess.run([python, "-c", "import minium"], capture_output=True, check=False)
    if found.returncode:
        install("minium", python, "-m", "pip", "install", "--quiet", f"minium=={CLIENTS['minium']['version']}")
    return python


@pytest.fixture
def url() -> Iterator[str]:
    """Where the shop is served, from a thread of this process."""
    with Phone() as phone, phone.devtools(shop.app) as tools:
        yield tools.url


def report(done: subprocess.CompletedProcess[str]) -> Any:
    """What a suite has told at its end."""
    assert done.returncode == 0, f"{done.stdout}{done.stderr}"[-4000:]
    return json.loads(done.stdout.splitlines()[-1])


def check(client: str, told: Any, elsewhere: set[str]) -> None:
    """Holds the list of methods against the client, and against what the suite has done."""
    known = {f"{kind}.{name}" for kind, names in told["members"].items() for name in names}
    works = {f"{kind}.{name}" for kind, names in CLIENTS[client]["works"].items() for name in names}
    assert works | set(CLIENTS[client]["not"]) == known
    assert works - set(told["worked"]) == elsewhere


@pytest.mark.node
@needs_npm
@needs_skia
def test_a_suite_for_automator_runs(automator: Path, url: str) -> None:
    done = subprocess.run(
        ["node", HERE / "automator_suite.js", url],
        env={**os.environ, "AUTOMATOR": str(automator)}, capture_output=True, text=True, check=False, timeout=100,
    )  # fmt: skip
    check("automator", report(done), {"Automator.launch"})


@pytest.mark.minium
@needs_skia
def test_a_suite_for_minium_runs(minium: Path, url: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [minium, HERE / "minium_suite.py", url, tmp_path], capture_output=True, text=True, check=False, timeout=200
    )
    check("minium", report(done), {"Minium.close_project"})


def cli(folder: Path) -> Path:
    """DevTools' command line as clients start it: one file."""
    file = folder / "cli"
    file.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m taropy.cli.devtools_cli "$@"\n', "utf-8")
    file.chmod(0o755)
    return file


ENVIRONMENT = {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "plugins"), str(HERE)])}

LAUNCH = """
const automator = require(process.env.AUTOMATOR)
const { setTimeout: wait } = global
global.setTimeout = (work, delay) => wait(work, delay === 5000 ? 20 : delay)
const [, , cliPath, projectPath, port] = process.argv
automator.launch({ cliPath, projectPath, port: Number(port) }).then(async app => {
  console.log((await app.currentPage()).path)
  await app.close()
  process.exit() // the client's own timer would keep the process for a quarter of a minute
})
"""


@pytest.mark.node
@needs_npm
@pytest.mark.skipif(sys.platform == "win32", reason="the command line is a shell script here")
def test_automator_launches_a_project(automator: Path, tmp_path: Path, free_port: int) -> None:
    (tmp_path / "launch.js").write_text(LAUNCH, "utf-8")
    done = subprocess.run(
        ["node", tmp_path / "launch.js", cli(tmp_path), HERE / "shop.py", str(free_port)],
        env={**os.environ, **ENVIRONMENT, "AUTOMATOR": str(automator)}, capture_output=True, text=True, check=False,
        timeout=100,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "pages/shop/index\n"), done.stderr


def test_the_guide_has_the_table_of_the_methods() -> None:
    guide = (ROOT / "docs" / "guides" / "devtools.md").read_text("utf-8")
    for client in CLIENTS:
        assert table(client) in guide


@pytest.mark.parametrize("client", sorted(CLIENTS))
def test_nine_methods_of_ten_work(client: str) -> None:
    works, of = share(client)
    assert works / of >= 0.9
