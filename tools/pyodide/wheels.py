"""The wheels that taropy consists of under Pyodide: its own, and those of what it depends on there."""

from __future__ import annotations

import email
import json
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from email.message import Message
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools import wheel

#: What a marker of a dependency is asked about.
PYTHON = "3.14"
PLACE = {"sys_platform": "emscripten", "platform_system": "Emscripten", "os_name": "posix", "python_version": PYTHON}
#: The extras that need nothing compiled: GPX tracks, NDEF messages, WebSockets.
EXTRAS = ("location", "nfc", "socket")

#: The file that loads the wheels, as it is called beside them.
LOADER = "taropy.mjs"
#: The list of the wheels, in the order in which they are unpacked.
LIST = "wheels.json"


def build(out: Path, extras: Sequence[str] = EXTRAS) -> list[Path]:
    """Builds the set into `out`: wheels, in place of those that are there, their list, and what loads them."""
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("*.whl"):
        old.unlink()
    own = wheel.build(out)
    wanted = [*needed(own, extras)]
    names = {"taropy"}
    while wanted:
        requirement = wanted.pop()
        if canonicalize_name(requirement.name) not in names:
            names.add(canonicalize_name(requirement.name))
            wanted += needed(_fetched(requirement, out), requirement.extras)
    wheels = sorted(out.glob("*.whl"))
    (out / LIST).write_text(json.dumps([each.name for each in wheels], indent=1) + "\n", "utf-8")
    shutil.copyfile(Path(__file__).with_name("loader.mjs"), out / LOADER)
    return wheels


def _fetched(requirement: Requirement, out: Path) -> Path:
    """The wheel of a dependency, which has to be one for any machine: a browser compiles nothing."""
    before = set(out.glob("*.whl"))
    flags = ["--no-deps", "--only-binary=:all:", "--platform", "any", "--implementation", "py", "--abi", "none"]
    wheel.pip(
        "download", *flags, "--python-version", PYTHON, "--dest", out, f"{requirement.name}{requirement.specifier}"
    )
    return next(iter(set(out.glob("*.whl")) - before))


def needed(built: Path, extras: Iterable[str]) -> Iterator[Requirement]:
    """What a wheel needs in a browser."""
    place = {name: str(value) for name, value in default_environment().items()} | PLACE
    environments = [{**place, "extra": extra} for extra in ("", *extras)]
    for line in _metadata(built).get_all("Requires-Dist") or ():
        requirement = Requirement(line)
        marker = requirement.marker
        if marker is None or any(marker.evaluate(each) for each in environments):
            yield requirement


def _metadata(built: Path) -> Message:
    with zipfile.ZipFile(built) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return email.message_from_bytes(archive.read(name))
