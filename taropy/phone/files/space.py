"""One app's folders on the phone: what is in them, how much fits, and how a file gets there whole.

A file that is written comes into being beside the others and then takes its place, so that whoever reads sees the old
content or the new, and a full disk, a full quota or a killed process leaves the old.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
import threading
from collections.abc import Callable, Iterator
from io import BufferedReader
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from .failures import full
from .paths import Layout, Place, Sandbox

if TYPE_CHECKING:
    from .descriptors import OpenFile

MB = 1 << 20
CHUNK = MB
# From this size on the system is asked for the room at once: a full disk shows before the work, and where blocks are
# given out late (ext4) the new file need not be written to the disk before it may take the place of the old one.
RESERVED_FROM = 256 << 10

# For all that is opened: no link at the end of the path, no wait at a pipe, and no change of line ends on Windows.
FLAGS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
READ = os.O_RDONLY | FLAGS
_FRESH = os.O_WRONLY | os.O_CREAT | os.O_EXCL | FLAGS
_CANNOT_RESERVE = frozenset({errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP})

_numbers = count(1)

Content = bytes | bytearray | memoryview


@attrs.frozen
class Limits:
    """How many bytes an app's own and saved files may take in all, and how large a file may be that is read at once."""

    total: int = 200 * MB
    read: int = 100 * MB


class Space:
    """The folders of one app, the rules for its paths, and the room that is left.

    `root` holds `usr` (the program's own), `store` (saved), and for each session of the phone one folder in `tmp`
    (temporary files) and one in `fresh` (files that are being written).
    The room is counted when it may have run out, and until then every write is charged in full; so within one process
    the limit is never passed, and what other processes write to the same folder is seen at the next count.
    """

    def __init__(
        self, root: Path, layout: Layout, session: str, package: Path, limits: Limits, now: Callable[[], float]
    ) -> None:
        self.limits = limits
        self.now = now
        self.open_files: dict[str, OpenFile] = {}
        self.temporary = root / "tmp" / session
        self.user = str(root / "usr")
        self.saved = str(root / "store")
        self._fresh = root / "fresh" / session
        self._left = 0
        self._lock = threading.Lock()
        for folder in (self.temporary, root / "usr", root / "store", self._fresh):
            folder.mkdir(parents=True, exist_ok=True)
        folders = {"user": self.user, "temporary": str(self.temporary), "saved": self.saved, "package": str(package)}
        self.sandbox = Sandbox(layout, folders)

    def close(self) -> None:
        """Closes what the program left open, and removes the temporary files."""
        while self.open_files:
            self.open_files.popitem()[1].close()
        for folder in (self.temporary, self._fresh):
            shutil.rmtree(folder, ignore_errors=True)

    # --- room ---------------------------------------------------------------------------------------------------

    def limit(self, limits: Limits) -> None:
        """Sets other limits."""
        with self._lock:
            self.limits = limits
            self._left = 0

    def charge(self, size: int, replaced: str | None = None) -> None:
        """Takes `size` bytes of the room that is left, or raises `OSError`; the file `replaced` makes room."""
        with self._lock:
            left = self._left
            if left < size:
                self._left = self.limits.total - self.used()
                left = self._left + (0 if replaced is None else _size(replaced))
                if left < size:
                    raise full()
            self._left = left - size

    def check(self, size: int) -> None:
        """Raises `OSError` if `size` bytes more do not fit now."""
        if self.used() + size > self.limits.total:
            raise full()

    def used(self) -> int:
        """How many bytes the program's own and the saved files take."""
        return sum(map(_size, [*_files(self.user), *_files(self.saved)]))

    # --- files that come whole ----------------------------------------------------------------------------------

    def replace(self, place: Place, data: Content) -> None:
        """Makes `data` the content of the file at `place`."""
        real = place.check()
        self.charge(len(data), real)

        def write(fresh: int) -> None:
            reserve(fresh, len(data))
            write_all(fresh, data)

        self.put(real, write)

    def copy(self, source: Place, place: Place) -> None:
        """Makes the file at `place` a copy of the one at `source`."""
        real = place.check()
        reading = os.open(source.check(), READ)
        try:
            size = os.fstat(reading).st_size
            self.charge(size, real)
            self.put(real, lambda fresh: pour(reading, fresh, size))
        finally:
            os.close(reading)

    def put(self, real: str, write: Callable[[int], None]) -> None:
        """Puts at `real` the file whose content `write` writes to the descriptor it gets; if it raises, nothing."""
        fresh = self.fresh()
        descriptor = os.open(fresh, _FRESH, 0o644)
        try:
            try:
                write(descriptor)
            finally:
                os.close(descriptor)
            os.replace(fresh, real)
        except BaseException:
            os.unlink(fresh)
            raise

    def fresh(self) -> str:
        """A path at which nothing is, beside the files that the program can name."""
        return f"{self._fresh}{os.sep}{os.getpid()}-{next(_numbers)}"


def open_to_read(place: Place) -> BufferedReader:
    """The file at `place`; a link, or a directory, raises `OSError`."""
    return open(place.check(), "rb", opener=lambda path, flags: os.open(path, flags | FLAGS))


def write_all(descriptor: int, data: Content) -> None:
    """Writes all of `data`, however many writes the system makes of it."""
    written = os.write(descriptor, data)
    if written != len(data):
        view = memoryview(data)
        while written < len(view):
            written += os.write(descriptor, view[written:])


def reserve(descriptor: int, size: int) -> None:
    """Asks the system for the room that a large file takes, where that can be asked; `OSError` if there is none."""
    if size < RESERVED_FROM or not hasattr(os, "posix_fallocate"):
        return
    try:
        os.posix_fallocate(descriptor, 0, size)
    except OSError as error:
        if error.errno not in _CANNOT_RESERVE:
            raise


def pour(reading: int, writing: int, size: int) -> None:
    """Writes what is to be read, about `size` bytes."""
    reserve(writing, size)
    while chunk := os.read(reading, CHUNK):
        write_all(writing, chunk)
    os.ftruncate(writing, os.lseek(writing, 0, os.SEEK_CUR))


def _size(real: str) -> int:
    try:
        found = os.lstat(real)
    except OSError:
        return 0
    return found.st_size if stat.S_ISREG(found.st_mode) else 0


def _files(folder: str) -> Iterator[str]:
    for above, _, names in os.walk(folder):
        for name in names:
            yield f"{above}{os.sep}{name}"
