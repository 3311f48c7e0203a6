"""What is done with the tree of files and directories: looked at, made, listed, moved, removed."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import suppress

import attrs

from .failures import fail, refused, too_long
from .links import is_link
from .paths import DEEPEST, Place
from .space import Space


@attrs.frozen
class Stats:
    """The status of a file or directory: POSIX mode, size in bytes, times in seconds since the epoch."""

    mode: int
    size: int
    lastAccessedTime: int
    lastModifiedTime: int

    def isDirectory(self) -> bool:
        """Whether it is a directory."""
        return stat.S_ISDIR(self.mode)

    def isFile(self) -> bool:
        """Whether it is a regular file."""
        return stat.S_ISREG(self.mode)


def stats_of(found: os.stat_result) -> Stats:
    """The same, of what the system tells."""
    return Stats(found.st_mode, found.st_size, int(found.st_atime), int(found.st_mtime))


def access(space: Space, path: str) -> None:
    """Does nothing if there is something at `path`."""
    space.sandbox.place(path).status()


def stat_path(space: Space, path: str, recursive: bool | None = None) -> Stats | dict[str, Stats]:
    """The status; with `recursive`, of a directory, that of all in it too, by the path from there: `/`, `/a/b`."""
    place = space.sandbox.place(path)
    stats = stats_of(place.status())
    if not recursive or not stats.isDirectory():
        return stats
    return {"/": stats, **dict(sorted(_below(place.real, "")))}


def _below(folder: str, path: str) -> Iterator[tuple[str, Stats]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            found = entry.stat(follow_symlinks=False)
            if not is_link(found):
                below = f"{path}/{entry.name}"
                yield below, stats_of(found)
                if entry.is_dir(follow_symlinks=False):
                    yield from _below(entry.path, below)


def readdir(space: Space, path: str) -> list[str]:
    """The names in the directory, in the order of the alphabet."""
    place = space.sandbox.place(path)
    _directory(place)
    return sorted(os.listdir(place.real))


def mkdir(space: Space, path: str, recursive: bool | None = None) -> None:
    """Makes a directory; with `recursive` those above it as well that are missing."""
    place = space.sandbox.writable(path)
    if recursive:
        make_above(place)
    os.mkdir(place.check())


def make_above(place: Place) -> None:
    """Makes the directories above `place` that are missing."""
    for folder in place.above:
        with suppress(FileExistsError):
            os.mkdir(folder)
        if is_link(os.lstat(folder)):
            raise refused(place.path)


def make(place: Place) -> None:
    """Makes the directory, unless it is there; the one above has to be."""
    with suppress(FileExistsError):
        os.mkdir(place.check())
    _directory(place)


def rmdir(space: Space, path: str, recursive: bool | None = None) -> None:
    """Removes a directory, which has to be empty unless `recursive`."""
    place = _not_the_top(space, path)
    _directory(place)
    if recursive:
        shutil.rmtree(place.real)
    else:
        os.rmdir(place.real)


def rename(space: Space, old: str, new: str) -> None:
    """Moves a file or directory, over a file that may be there."""
    source, target = _not_the_top(space, old), _not_the_top(space, new)
    if stat.S_ISDIR(source.status().st_mode) and len(target.above) + 1 + _depth(source.real) > DEEPEST:
        raise too_long(new)
    os.replace(source.real, target.check_new())


def _depth(folder: str) -> int:
    """How many steps the longest way down from `folder` has."""
    return max(above.count(os.sep) for above, _, _ in os.walk(folder)) - folder.count(os.sep)


def unlink(space: Space, path: str) -> None:
    """Removes a file."""
    place = space.sandbox.writable(path)
    if stat.S_ISDIR(place.status().st_mode):
        raise fail(1300001, f"operation not permitted, unlink {path}")
    os.unlink(place.real)


def _directory(place: Place) -> None:
    if not stat.S_ISDIR(place.status().st_mode):
        raise NotADirectoryError(errno.ENOTDIR, "not a directory", place.path)


def _not_the_top(space: Space, path: str) -> Place:
    """The place of what the program may move or remove: not its whole folder."""
    place = space.sandbox.writable(path)
    if place.real == space.user:
        raise refused(path)
    return place
