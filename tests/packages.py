"""Packages in folders, found as if they were installed: no network is needed, and this Python stays as it is."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]


def installed(folder: Path, site: Path) -> dict[str, str]:
    """The environment of a process that has the package; what an installer would write goes into `site`."""
    project = tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))["project"]
    info = site / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    info.mkdir(parents=True)
    points = [f"{name} = {module}" for name, module in project["entry-points"]["taropy"].items()]
    (info / "entry_points.txt").write_text("\n".join(["[taropy]", *points, ""]), "utf-8")
    requires = [f"Requires-Dist: {each}" for each in project["dependencies"]]
    head = ["Metadata-Version: 2.1", f"Name: {project['name']}", f"Version: {project['version']}"]
    (info / "METADATA").write_text("\n".join([*head, *requires, ""]), "utf-8")
    return {**with_taropy(), "PYTHONPATH": os.pathsep.join([str(folder), str(site)])}


def with_taropy() -> dict[str, str]:
    """The environment of a process that finds this Python, and its commands, first."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "COLUMNS": "80", "NO_COLOR": "1"}


def run(environment: dict[str, str], folder: Path, *command: str) -> str:
    """What a command prints in the folder; a failed one fails the test with it."""
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(command)}:\n{done.stdout}{done.stderr}"
    return done.stdout


def run_tests(environment: dict[str, str], folder: Path) -> str:
    """Runs the package's own tests."""
    return run(environment, folder, sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider")


def make_typed(folder: Path) -> None:
    """Makes an environment in which taropy has its stubs, as in a wheel."""
    venv.create(folder, with_pip=False)
    site = next((folder / "lib").glob("python*/site-packages"))
    others = [each for each in sys.path if each.endswith("site-packages")]
    site.joinpath("taropy.pth").write_text("\n".join([str(ROOT / "stubs"), str(ROOT), *others]), "utf-8")


def check_types(environment: dict[str, str], folder: Path, typed: Path) -> str:
    """Runs mypy as the package has set it up, in the environment `typed`, which keeps what it learns of taropy."""
    options = "--cache-dir", str(typed / "mypy"), "--python-executable", str(typed / "bin" / "python")
    return run(environment, folder, "mypy", *options)
