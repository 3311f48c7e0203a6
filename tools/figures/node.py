"""The original in Node.js: bundled by esbuild, called, and what it did read as the steps of a recording."""

from __future__ import annotations

import json
import math
import os
import shutil
from pathlib import Path
from typing import Any

from taropy.js import Date, Map, Obj, Set
from taropy.port.build import DEVELOPMENT, build_of
from taropy.port.engine.values import ProgramError
from taropy.port.project import Workspace
from taropy.port.verifying.generating import Generated
from taropy.port.verifying.meaning import meaning, thrown
from tools.figures.stub import answers
from tools.programs import ProgramError as Failed
from tools.programs import run

ESBUILD = "esbuild@0.25.9"
_HERE = Path(__file__).parent
#: The packages that ports have a stand-in for, in exact versions: originals are played with the real ones.
_PACKAGES = _HERE.parent / "packages" / "package.json"

#: What a use of a package that is not installed throws; its message begins with the same.
FOREIGN = "Foreign"


class NotComparable(Exception):
    """A module that can't be played in Node.js: the message says why."""


def installed(folder: Path) -> None:
    """Has npm bring esbuild, and the packages that originals may use, into a folder."""
    shutil.copy(_PACKAGES, folder)
    run("npm", "install", "--no-audit", "--no-fund", "--silent", "--prefix", str(folder), ESBUILD)


def steps_in_node(original: Path, made: Generated, tools: Path) -> list[list[str]]:
    """What the original does in each call; `tools` is the folder with esbuild."""
    bundle = tools / f"bundle-{os.getpid()}.cjs"
    try:
        run("node", str(_HERE / "bundle.mjs"), str(original), str(bundle), json.dumps(_settings(original)), cwd=tools)
        played = run(
            "node", str(_HERE / "play.mjs"), str(bundle), json.dumps(made.calls), json.dumps(answers()),
            variables={"TZ": "UTC", "TARO_ENV": "weapp"},
        )  # fmt: skip
    except Failed as error:
        raise NotComparable(_told_by(str(error))) from error
    finally:
        bundle.unlink(missing_ok=True)
    told = json.loads(played.splitlines()[-1])
    if told["loaded"] is not None:
        name, message = told["loaded"].get("name"), told["loaded"].get("message")
        raise NotComparable(
            f"it needs the {message.removeprefix(FOREIGN).strip()}"
            if name == FOREIGN
            else f"it throws {name}: {message}"
        )
    return [[_step(*step) for step in steps] for steps in told["calls"]]


def _told_by(error: str) -> str:
    """The line that says what is wrong."""
    lines = error.splitlines()
    return next((line for line in lines if "[ERROR]" in line or line.startswith(("Error:", "SyntaxError:"))), lines[-1])


def _settings(original: Path) -> dict[str, Any]:
    project = Workspace([original]).project_of(original)
    build = build_of(project.root, DEVELOPMENT)
    define = {name: json.dumps(value) for name, value in build.constants.items()}
    define |= {f"process.env.{name}": json.dumps(value) for name, value in build.env.items()}
    define["process.env.TARO_ENV"] = '"weapp"'
    aliases = []
    for pattern, place in [*project.patterns, ("@/*", project.root / "src" / "*")]:
        start, star, end = pattern.partition("*")
        if star:
            aliases.append([start, end, str(place)])
    return {"define": define, "aliases": aliases}


def _step(what: str, kind: str, value: Any) -> str:
    if kind == "value":
        return f"{what} {meaning(_read(value))}"
    return f"{what} {thrown(_error(value))}" if kind == "error" else what


def _error(told: Any) -> Any:
    if "value" in told:
        return _read(told["value"])
    fields = {name: _read(value) for name, value in told["fields"].items()}
    reference: Any = None
    return ProgramError(reference, {**told, "stack": "", "fields": fields})


def _read(value: Any) -> Any:
    """A value from JSON with marks."""
    if isinstance(value, list):
        return [_read(each) for each in value]
    if not isinstance(value, dict):
        return value
    [(mark, inner)] = value.items()
    match mark:
        case "$number":
            return {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}[inner]
        case "$date":
            return Date(_read(inner))
        case "$map":
            return Map([_read(pair) for pair in inner])
        case "$set":
            return Set([_read(each) for each in inner])
        case "$error":
            return _error(inner)
        case "$function":
            return _read
        case _:
            return Obj({key: _read(each) for key, each in inner})
