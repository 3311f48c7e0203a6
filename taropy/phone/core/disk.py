"""Files and folders of the computer that are whole or not there."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
import time
import weakref
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from ...undoing import undone_by
from .folder import unreadable

T = TypeVar("T")


def at_end(owner: object, work: Callable[..., object], *arguments: Any, **named: Any) -> weakref.finalize[Any, Any]:
    """Has `work` done when `owner` goes or the process ends, but not by a child that has both from a fork."""
    return weakref.finalize(owner, _at_end_of, os.getpid(), partial(work, *arguments, **named))


def _at_end_of(process: int, work: Callable[[], object]) -> None:
    if os.getpid() == process:
        work()


#: In seconds: what takes longer on the disk is felt by whoever else is in the loop.
SLOW: float = 0.01


class DiskWork:
    """What is read or written a part at a time: in the loop, or in a thread, after a part that has taken long.

    Mostly a part takes next to no time, since the system has it in memory.
    """

    def __init__(self) -> None:
        self._is_slow = False

    async def do(self, work: Callable[..., T], *arguments: Any) -> T:
        """What `work(*arguments)` gives."""
        began = time.perf_counter()
        done = await asyncio.to_thread(work, *arguments) if self._is_slow else work(*arguments)
        self._is_slow = time.perf_counter() - began > SLOW
        return done


def whole_or_nothing(path: Path) -> AbstractContextManager[None]:
    """Has nothing stay at `path` if what makes the file there raises, whatever it be."""
    return undone_by(partial(path.unlink, missing_ok=True))


def copy_whole(source: str | os.PathLike[str], target: Path) -> None:
    """Copies a file of the computer; if that fails, nothing stays at `target`."""
    with whole_or_nothing(target):
        shutil.copyfile(source, target)


class Snapshot:
    """A copy of a folder, in one of its own that goes with it; of a folder that is not there, nothing."""

    def __init__(self, root: Path) -> None:
        self._copy: Path | None = None
        if root.is_dir():
            folder = tempfile.mkdtemp(prefix="taropy-files-")
            self._finalizer = at_end(self, shutil.rmtree, folder, ignore_errors=True)
            try:
                self._copy = Path(shutil.copytree(root, Path(folder, "copy"), symlinks=True))
            except OSError as error:
                raise unreadable(root, error) from error

    def put(self, root: Path) -> None:
        """Puts the copy in the place of `root`."""
        shutil.rmtree(root, ignore_errors=True)
        if self._copy is not None:
            shutil.copytree(self._copy, root, symlinks=True)


def there(file: str | os.PathLike[str]) -> Path:
    """The file of the computer; `FileNotFoundError` if there is none."""
    path = Path(file)
    if not path.is_file():
        raise FileNotFoundError(f"there is no file {path} for the phone to see")
    return path.absolute()
