"""What ruff does for a port: the check of names, the order of imports, the layout."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path

import attrs

from ..extras import MissingExtra

#: A name that is defined twice, one that is not defined, one that is read before it is.
NAMES = "F811,F821,F823"
_STYLE = ["--isolated", "--line-length", "120", "--target-version", "py311"]


@attrs.frozen
class Fault:
    """A line that would not run as it should."""

    line: int
    text: str


@cache
def ruff() -> str:
    """Ruff's executable. `MissingExtra` where there is none."""
    try:
        return str(import_module("ruff").find_ruff_bin())
    except (ImportError, FileNotFoundError):
        found = shutil.which("ruff")
    if found is None:
        raise MissingExtra("port", "ruff")
    return found


def check(texts: Mapping[str, str]) -> dict[str, list[Fault]]:
    """What is wrong in each module: it does not compile, or its names are not right."""
    found = {path: _uncompiled(text) for path, text in texts.items()}
    with tempfile.TemporaryDirectory() as folder:
        files = _put(texts, folder)
        done = _run("check", "--select", NAMES, "--output-format", "json", "--exit-zero", "--quiet", folder)
        for each in json.loads(done or "[]"):
            path = files[Path(each["filename"]).name]
            if each.get("code") is not None and not found[path]:
                found[path].append(Fault(each["location"]["row"], each["message"]))
    return found


def _uncompiled(text: str) -> list[Fault]:
    try:
        compile(text, "ported", "exec")
    except (SyntaxError, ValueError, RecursionError) as error:
        return [Fault(getattr(error, "lineno", 1) or 1, str(error))]
    return []


def formatted(texts: Mapping[str, str]) -> dict[str, str]:
    """The modules with their imports in order, those that are needed, and laid out."""
    with tempfile.TemporaryDirectory() as folder:
        files = _put(texts, folder)
        _run("check", "--select", "I,F401", "--fix", "--exit-zero", "--quiet", folder)
        _run("format", "--quiet", folder)
        return {path: Path(folder, name).read_text("utf-8") for name, path in files.items()}


def _put(texts: Mapping[str, str], folder: str) -> dict[str, str]:
    files = {}
    for number, (path, text) in enumerate(texts.items()):
        name = f"module_{number}.py"
        Path(folder, name).write_text(text, encoding="utf-8", newline="\n")
        files[name] = path
    return files


def _run(command: str, *arguments: str) -> str:
    done = subprocess.run(
        [ruff(), command, *_STYLE, "--no-cache", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return done.stdout
