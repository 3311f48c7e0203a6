"""Pyodide in Node.js, with taropy from the wheels that `python -m tools.pyodide` builds."""

from __future__ import annotations

import json
import shutil
import subprocess
import textwrap
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import attrs
import pytest

from tools.programs import ProgramError
from tools.pyodide import runtime, wheels
from tools.wheel import Uninstallable


@attrs.define
class Inside:
    """A Python in JavaScript, in which programs are run one after the other.

    After many of them Pyodide 314 ends now and then with "null function or function signature mismatch". As on the
    site, whose worker begins anew, the program then has a fresh one.
    """

    command: list[str]
    _process: subprocess.Popen[str] | None = None

    def run(self, python: str, javascript: str = "") -> str:
        """What the program prints. `javascript` is run before; what it puts on `globalThis`, Python has in `js`."""
        told = self.tell(python, javascript)
        assert not told["error"], told["error"]
        assert not told["rejections"]
        return str(told["printed"])

    def tell(self, python: str, javascript: str = "") -> dict[str, Any]:
        """What became of the program: what it has printed, its error, and JavaScript's rejections that none handled."""
        program = json.dumps({"python": textwrap.dedent(python), "javascript": javascript})
        line = self._answer(program) or self._answer(program)
        assert line, "Pyodide has ended, twice"
        told: dict[str, Any] = json.loads(line)
        return told

    def _answer(self, program: str) -> str:
        """Nothing if Pyodide has ended meanwhile."""
        if self._process is None:
            self._process = subprocess.Popen(
                self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
            )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(program + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            self.close()
        return line

    def close(self) -> None:
        """Ends it."""
        if self._process is not None:
            process, self._process = self._process, None
            with process:
                process.kill()


@pytest.fixture(scope="session")
def pyodide_package() -> Path:
    """Pyodide's files."""
    if shutil.which("node") is None:
        pytest.skip("Node.js is not on the PATH")
    try:
        return runtime.package()
    except ProgramError as error:
        pytest.skip(f"Pyodide can't be had from npm: {error}")


@pytest.fixture(scope="session")
def wheel_set(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheels, as the command builds them."""
    folder = tmp_path_factory.mktemp("wheels")
    try:
        wheels.build(folder)
    except Uninstallable as error:
        pytest.skip(f"the wheels can't be had: {error}")
    return folder


@pytest.fixture(scope="session")
def inside(pyodide_package: Path, wheel_set: Path) -> Iterator[Inside]:
    """Pyodide with taropy, in Node.js."""
    command = ["node", str(Path(__file__).with_name("node.mjs")), str(pyodide_package), str(wheel_set)]
    with closing(Inside(command)) as inside:
        yield inside


@pytest.fixture(scope="session")
def with_pyodide(
    pyodide_package: Path, wheel_set: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Path], Path]:
    """Puts Pyodide with taropy beside a page that is built; gives the folder of both."""

    def put(site: Path) -> Path:
        folder = tmp_path_factory.mktemp("beside")
        shutil.copytree(site, folder, dirs_exist_ok=True)
        shutil.copytree(wheel_set, folder / "pyodide")
        for path in (*(pyodide_package / name for name in runtime.FILES), Path(__file__).with_name("inside.mjs")):
            shutil.copyfile(path, folder / "pyodide" / path.name)
        return folder

    return put
