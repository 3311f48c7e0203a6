"""mypy and pyright, run on a file in an environment in which taropy and its stubs lie as a wheel brings them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import venv
from collections.abc import Callable, Mapping
from pathlib import Path
from shutil import copytree, ignore_patterns, which
from typing import Any

import pytest

from tools import wheel

REPO = Path(__file__).parents[2]
PACKAGES = ("taropy", "stubs/taropy-stubs")

#: What people may leave unused in a file of mistakes without making one.
UNUSED = ("reportUnusedExpression", "reportUnusedVariable", "reportUnusedCoroutine")

#: The lines on which a checker found a mistake, and all that it said.
Found = tuple[set[int], str]


class Environment:
    """A virtual environment with copies of the packages; what they need comes from the one that runs the tests."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        venv.create(folder / "venv", with_pip=False)
        for package in PACKAGES:
            source = REPO / package
            copytree(source, self.site / source.name, ignore=ignore_patterns("__pycache__"))
        (self.site / "needed.pth").write_text("\n".join(each for each in sys.path if each.endswith("site-packages")))

    @property
    def site(self) -> Path:
        """Where the packages lie."""
        return next((self.folder / "venv" / "lib").glob("python*/site-packages"))

    @property
    def python(self) -> Path:
        """The environment's interpreter."""
        return self.folder / "venv" / "bin" / "python"

    @property
    def tools(self) -> Path:
        """The interpreter that has the type checkers: that of the tests."""
        return Path(sys.executable)

    def run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        """Runs a module of `tools`, with this one as the active environment."""
        path = f"{self.python.parent}{os.pathsep}{os.environ['PATH']}"
        settings = {**os.environ, "PATH": path, "VIRTUAL_ENV": str(self.folder / "venv"), "PYTHONPATH": ""}
        if command[0] == "pyright" and which("node") is None:
            pytest.skip("pyright needs Node.js, which is not here")
        return subprocess.run(
            [self.tools, "-m", *command],
            capture_output=True, text=True, cwd=self.folder, env=settings, check=False,
        )  # fmt: skip

    def mypy(self, file: Path) -> Found:
        """`mypy --strict`."""
        done = self.run(
            "mypy", "--config-file=", "--strict", "--no-error-summary", f"--cache-dir={self.folder / 'mypy'}",
            "--python-executable", self.python, file,
        )  # fmt: skip
        lines = {int(line) for line in re.findall(r"^[^:\n]+:(\d+): error", done.stdout, re.MULTILINE)}
        return lines, done.stdout + done.stderr

    def pyright(self, file: Path) -> Found:
        """pyright in its strict mode, warnings included."""
        reports = self.reports([file])
        found = [each for each in reports if each["severity"] in ("error", "warning")]
        return {each["range"]["start"]["line"] + 1 for each in found}, json.dumps(found, indent=1)

    def reports(self, include: list[Path], **settings: Any) -> list[Mapping[str, Any]]:
        """All that pyright reports of these files, information included."""
        configuration = {
            "include": [str(path.relative_to(self.folder)) for path in include],
            "typeCheckingMode": "strict",
            "venvPath": ".",
            "venv": "venv",
            **dict.fromkeys(UNUSED, False),
            **settings,
        }
        config = self.folder / f"pyright-{include[0].stem}.json"
        config.write_text(json.dumps(configuration), "utf-8")
        done = self.run("pyright", "--outputjson", "--project", config)
        reports: list[Mapping[str, Any]] = json.loads(done.stdout)["generalDiagnostics"]
        return reports


class WheelEnvironment(Environment):
    """A virtual environment with the wheel and the type checkers, and what these need; there is nothing else in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.wheel = wheel.build(folder / "dist")
        wheel.installation(folder / "venv", self.wheel, "mypy", "pyright")

    @property
    def tools(self) -> Path:
        """The environment's own interpreter."""
        return self.python


CHECKERS: Mapping[str, Callable[[Environment, Path], Found]] = {
    "mypy": Environment.mypy,
    "pyright": Environment.pyright,
}


def mistaken(file: Path) -> set[int]:
    """The lines of a file that end in `# error`."""
    return {number for number, line in enumerate(file.read_text("utf-8").splitlines(), 1) if line.endswith("  # error")}
