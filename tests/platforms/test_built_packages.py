"""Plugins as they come from an index: built into wheels, and installed by pip; for this taropy, and for newer ones."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import taropy
from taropy.cli.new_platform import package

REPORT = """
import json, warnings
warnings.simplefilter("ignore")
from taropy.runtime.plugins import registry
import taropy
found = registry()
print(json.dumps({
    "problems": found.problems, "platforms": list(found.platforms),
    "logins": {
        name: taropy.create(name).login().result().errMsg for name in ("weapp", "acme") if name in found.platforms
    },
}))
"""


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package of a platform, as `taropy new-platform acme` makes it."""
    folder = tmp_path_factory.mktemp("acme")
    for path, text in package("acme", None, "Acme", "ac").items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return folder


def built(source: Path, requires: str, folder: Path) -> Path:
    """The package, built into a wheel that says that it requires this."""
    project = source / "pyproject.toml"
    text = project.read_text("utf-8")
    mine = f'dependencies = ["taropy>={taropy.__version__}"]'
    assert mine in text
    project.write_text(text.replace(mine, f'dependencies = ["{requires}"]'), "utf-8")
    try:
        _run("-m", "hatchling", "build", "-t", "wheel", "-d", str(folder), cwd=source)
    finally:
        project.write_text(text, "utf-8")
    (wheel,) = folder.glob("*.whl")
    return wheel


def _run(*arguments: str, cwd: Path, **environment: str) -> str:
    command = [sys.executable, *arguments]
    done = subprocess.run(
        command, cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(
    ("requires", "problem"),
    [
        (f"taropy>={taropy.__version__}", None),
        ("taropy>=99.1", "it needs taropy 99.1 or later"),
        (f"taropy>{taropy.__version__}", f"it needs taropy later than {taropy.__version__}"),
    ],
)
def test_a_package_for_a_newer_taropy_is_left_out_and_says_which(
    source: Path, tmp_path: Path, requires: str, problem: str | None
) -> None:
    wheel = built(source, requires, tmp_path)
    site = tmp_path / "site"
    _run("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(site), str(wheel), cwd=tmp_path)
    report = json.loads(_run("-c", REPORT, cwd=tmp_path, PYTHONPATH=str(site)))
    if problem is None:
        assert report["problems"] == {}
        assert report["logins"] == {"weapp": "login:ok", "acme": "login:ok"}
    else:
        assert report["problems"] == {"acme": f"PlatformError: {problem}; this is {taropy.__version__}"}
        assert report["logins"] == {"weapp": "login:ok"}
