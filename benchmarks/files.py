"""Files beside bare Python: what a program reads and writes through its manager, and the same with `open`.

On a disk, that is. Where the temporary folder is in memory, to put a file in the place of another costs as much as to
open and write it, so that small writes come to 0.4 there, and large ones, whose room is asked for first, to 0.8.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import taropy

from .measure import Result, at_least, by_turns

KB = 1024
MB = 1024 * KB
SIZES = (("4 KB", 4 * KB, 1_500, 0.7), ("10 MB", 10 * MB, 50, 0.95))


def results() -> list[Result]:
    """Reads and writes of a small and of a large file, in the folder of a phone and beside it."""
    with tempfile.TemporaryDirectory() as folder, taropy.Phone(f"{folder}/phone") as phone:
        manager = taropy.create("weapp", phone=phone).getFileSystemManager()
        path = f"{taropy.create('weapp', phone=phone).env.USER_DATA_PATH}/file"
        bare = Path(folder) / "file"
        return [result for size in SIZES for result in _pair(manager, path, bare, *size)]


def _pair(manager: object, path: str, bare: Path, name: str, size: int, number: int, limit: float) -> list[Result]:
    data = os.urandom(size)
    write, read = manager.writeFileSync, manager.readFileSync  # type: ignore[attr-defined]
    works: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
        "writeFileSync": (lambda: write(path, data), lambda: _write(bare, data)),
        "readFileSync": (lambda: read(path), lambda: _read(bare)),
    }
    found = []
    for function, (ours, theirs) in works.items():
        ours_cost, bare_cost = by_turns(ours, theirs, number=number)
        rates = ("taropy", 1e6 / ours_cost), ("open", 1e6 / bare_cost)
        found.append(at_least(f"{function} of {name}", *rates, limit, "/s"))
    return found


def _write(path: Path, data: bytes) -> None:
    with open(path, "wb") as file:  # noqa: PTH123 - as bare as it gets
        file.write(data)


def _read(path: Path) -> bytes:
    with open(path, "rb") as file:  # noqa: PTH123
        return file.read()
