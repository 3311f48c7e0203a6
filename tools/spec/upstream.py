"""Upstream's packages: where they are, which versions, and what the extractor reads from them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PACKAGE_JSON = HERE / "package.json"
EXTRACTOR = HERE / "extract.mjs"


class UpstreamError(Exception):
    """Upstream's packages are missing, of another version than the pin, or could not be read."""


def default_folder() -> Path:
    """The folder in TAROPY_UPSTREAM, else one in the user's cache."""
    chosen = os.environ.get("TAROPY_UPSTREAM")
    return Path(chosen) if chosen else cache_folder() / "upstream"


def cache_folder() -> Path:
    """Where packages may be installed: the user's cache, outside every source tree."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "taropy"


def pinned() -> dict[str, str]:
    """The packages that the spec is made from, with their exact versions."""
    versions: dict[str, str] = json.loads(PACKAGE_JSON.read_text())["dependencies"]
    return versions


def install(folder: Path, packages: Mapping[str, str]) -> None:
    """Install `packages`, versions by name, into `folder`, which need not exist."""
    folder.mkdir(parents=True, exist_ok=True)
    manifest = {"private": True, "dependencies": dict(packages)}
    (folder / "package.json").write_text(json.dumps(manifest), "utf-8")
    command = [
        "npm",
        "install",
        "--no-package-lock",
        "--ignore-scripts",
        "--legacy-peer-deps",
        "--no-audit",
        "--no-fund",
    ]
    _run([_program("npm"), *command[1:]], cwd=folder)


def problems(folder: Path) -> list[str]:
    """What keeps `folder` from being the pinned upstream, one sentence each."""
    found = []
    for name, version in pinned().items():
        manifest = folder / "node_modules" / name / "package.json"
        if not manifest.exists():
            found.append(f"{name} is not installed in {folder}")
        elif (installed := json.loads(manifest.read_text())["version"]) != version:
            found.append(f"{name} is {installed} in {folder}, but the pin says {version}")
    return found


def extract(folder: Path, extractor: Path = EXTRACTOR) -> dict[str, Any]:
    """Every fact that the spec takes from the packages in `folder`, as the extractor prints them."""
    output = _run([_program("node"), str(extractor), str(folder / "node_modules")])
    facts: dict[str, Any] = json.loads(output)
    return facts


def _program(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise UpstreamError(f"{name} is needed and is not on the PATH")
    return path


def _run(command: list[str], cwd: Path | None = None) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        raise UpstreamError(f"{' '.join(command)} failed:\n{done.stderr.strip()}")
    return done.stdout
