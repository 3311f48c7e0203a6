"""`taropy page build`: a page with the real taro-h5 in it, bundled by esbuild."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..errors import PageError

SHELL = Path(__file__).with_name("shell")
#: The app that is bundled if no other is given: one page without content.
APP: Mapping[str, Any] = {"pages": ["pages/index/index"], "window": {"navigationBarTitleText": ""}}


def build(out: Path, app: Mapping[str, Any] = APP, *, packages: Path | None = None) -> None:
    """Puts the page into the folder `out`: an index.html and a script.

    `app` is the app's configuration, as Taro's app.config has it; its pages have no content. `packages` is a folder
    with the npm packages, by default one in the user's cache, where they are installed if need be. `PageError` if
    Node.js or packages are missing, or the configuration is none.
    """
    pages = app.get("pages")
    if not isinstance(pages, list) or not pages or not all(isinstance(page, str) and page for page in pages):
        raise PageError('an app\'s configuration has its pages, as in {"pages": ["pages/index/index"]}')
    modules = _installed(packages or cached(), install=packages is None) / "node_modules"
    out.mkdir(parents=True, exist_ok=True)
    _run("node", [str(SHELL / "build.mjs"), str(modules), str(out)], given=json.dumps(dict(app)))


def cached() -> Path:
    """The folder with the npm packages in the user's cache."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "taropy" / "page"


def missing(folder: Path) -> list[str]:
    """The packages that are not in the folder, or not in the version that is needed."""
    pinned: dict[str, str] = json.loads((SHELL / "package.json").read_text("utf-8"))["dependencies"]
    return [f"{name} {version}" for name, version in pinned.items() if _version(folder, name) != version]


def _version(folder: Path, name: str) -> str | None:
    manifest = folder / "node_modules" / name / "package.json"
    try:
        return str(json.loads(manifest.read_text("utf-8"))["version"])
    except (OSError, ValueError, KeyError):
        return None


def _installed(folder: Path, *, install: bool) -> Path:
    if install and missing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(SHELL / "package.json", folder)
        flags = ("--no-package-lock", "--ignore-scripts", "--legacy-peer-deps", "--no-audit", "--no-fund")
        _run("npm", ["install", *flags], cwd=folder)
    if lacking := missing(folder):
        raise PageError(f"the page needs these npm packages in {folder}: {', '.join(lacking)}")
    return folder


def _run(command: str, arguments: Sequence[str], *, given: str = "", cwd: Path | None = None) -> None:
    path = shutil.which(command)
    if path is None:
        raise PageError(f"a page is built by Node.js, and there is no {command} here: see https://nodejs.org")
    done = subprocess.run([path, *arguments], input=given, cwd=cwd, capture_output=True, text=True)
    if done.returncode:
        told = next((line for line in done.stderr.splitlines() if "rror" in line), done.stderr.strip()[:200])
        raise PageError(f"{command} failed: {told.strip()}")
