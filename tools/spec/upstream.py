"""Upstream's packages: where they are, which versions, and what the extractor reads from them."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tools.programs import ProgramError, run

HERE = Path(__file__).parent
PACKAGE_JSON = HERE / "package.json"
EXTRACTOR = HERE / "extract.mjs"


class UpstreamError(ProgramError):
    """Upstream's packages are missing, of another version than the pin, or could not be read."""


def add_option(parser: argparse.ArgumentParser) -> None:
    """The option that says where the packages are."""
    parser.add_argument(
        "--upstream",
        type=Path,
        metavar="DIR",
        help="a folder with upstream's node_modules (default: TAROPY_UPSTREAM, else a cache folder)",
    )


def ready(folder: Path | None = None) -> Path:
    """A folder with the pinned packages: the given one, or the default one, where they are installed if need be."""
    chosen = folder or default_folder()
    if folder is None and problems(chosen):
        install(chosen, pinned())
    if found := problems(chosen):
        raise UpstreamError("\n".join(found))
    return chosen


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
    flags = ["--no-package-lock", "--ignore-scripts", "--legacy-peer-deps", "--no-audit", "--no-fund"]
    run("npm", "install", *flags, cwd=folder)


def installed(folder: Path, packages: Mapping[str, str]) -> Path:
    """The folder, with these packages in these versions: they are installed if need be."""
    if _missing(folder, packages):
        install(folder, packages)
    if missing := _missing(folder, packages):
        raise UpstreamError(f"not to be had: {', '.join(missing)}")
    return folder


def _missing(folder: Path, packages: Mapping[str, str]) -> list[str]:
    return [f"{name} {version}" for name, version in packages.items() if version_in(folder, name) != version]


def version_in(folder: Path, name: str) -> str | None:
    """Which version of a package is installed in the folder; None if none is."""
    manifest = folder / "node_modules" / name / "package.json"
    return json.loads(manifest.read_text("utf-8"))["version"] if manifest.exists() else None


def problems(folder: Path) -> list[str]:
    """What keeps `folder` from being the pinned upstream, one sentence each."""
    found = []
    for name, version in pinned().items():
        there = version_in(folder, name)
        if there is None:
            found.append(f"{name} is not installed in {folder}")
        elif there != version:
            found.append(f"{name} is {there} in {folder}, but the pin says {version}")
    return found


def extract(folder: Path, extractor: Path = EXTRACTOR) -> dict[str, Any]:
    """Every fact that the spec takes from the packages in `folder`, as the extractor prints them."""
    return node(extractor, folder)


def node(script: Path, folder: Path, *arguments: str, given: str | None = None) -> dict[str, Any]:
    """What a script prints that reads the packages in `folder`; `given` is its input."""
    output = run("node", str(script), str(folder / "node_modules"), *arguments, given=given)
    printed: dict[str, Any] = json.loads(output)
    return printed
