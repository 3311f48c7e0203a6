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
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from io import BufferedReader
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from .failures import full
from .links import open_plain
from .paths import Blob, Layout, Place, Sandbox

if TYPE_CHECKING:
    from .opened import OpenFile

MB = 1 << 20
CHUNK = MB
# From this size on the system is asked for the room at once: a full disk shows before the work, and where blocks are
# given out late (ext4) the new file need not be written to the disk before it may take the place of the old one.
RESERVED_FROM = 256 << 10

_FRESH = os.O_WRONLY | os.O_CREAT | os.O_EXCL
_CANNOT_RESERVE = frozenset({errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP})

_numbers = count(1)

Content = bytes | bytearray | memoryview


@attrs.frozen
class Limits:
    """How large an app's files may be, in bytes, and how many it may have open.

    `total` is for its own and saved files together, `file` for one of them; `read` is how much may be read at once.
    That there is a limit for `open` is documented, and not which: 20 is that of WeChat's client for computers.
    `entries` is how many an archive may have. No vendor tells of such a limit; it is there so that an archive can not
    take up the computer.
    """

    total: int = 200 * MB
    file: int = 100 * MB
    read: int = 100 * MB
    open: int = 20
    entries: int = 10_000


class Space:
    """The folders of one app, the rules for its paths, and the room that is left.

    `root` holds `usr` (the program's own) and `store` (saved). `scratch`, which is the same unless that can only be
    read, holds for each session of the phone one folder in `tmp` (temporary files) and one in `fresh` (files that are
    being written).
    The room is counted when it may have run out, and until then every write is charged in full. What other threads are
    still writing counts from the beginning, beside what it is to replace. So within one process the limit is never
    passed; what other processes write to the same folder is seen at the next count.
    """

    def __init__(
        self,
        root: Path,
        scratch: Path,
        layout: Layout,
        session: str,
        package: Path,
        limits: Limits,
        now: Callable[[], float],
        blobs: Mapping[str, Blob],
    ) -> None:
        self.limits = limits
        self.now = now
        self.open_files: dict[str, OpenFile] = {}
        self.temporary = scratch / "tmp" / session
        self.user = str(root / "usr")
        self.saved = str(root / "store")
        self._fresh = str(scratch / "fresh" / session)
        self._writable = scratch == root
        self._process = os.getpid()
        self._left = 0
        self._coming = 0
        self._lock = threading.Lock()
        own = (self.user, self.saved) if self._writable else ()
        for folder in (self.temporary, self._fresh, *own):
            os.makedirs(folder, exist_ok=True)
        folders = {"user": self.user, "temporary": str(self.temporary), "saved": self.saved, "package": str(package)}
        self.sandbox = Sandbox(layout, folders, blobs)

    def close(self) -> None:
        """Closes what the program left open, and removes the temporary files; not in a child, whose parent has them."""
        self.close_files()
        if os.getpid() != self._process:
            return
        for folder in (self.temporary, self._fresh):
            shutil.rmtree(folder, ignore_errors=True)

    def close_files(self) -> None:
        """Closes what the program left open."""
        while self.open_files:
            self.open_files.popitem()[1].close()

    # --- room ---------------------------------------------------------------------------------------------------

    def limit(self, limits: Limits) -> None:
        """Sets other limits."""
        with self._lock:
            self.limits = limits
            self._left = 0

    @contextmanager
    def room(self, size: int, whole: int, replaced: str | None = None) -> Iterator[None]:
        """Within it `size` bytes may be written, or else it raises `OSError`.

        `whole` is how large the file becomes, of several the largest; the file `replaced` makes room.
        """
        self._take(size, whole, replaced)
        try:
            yield
        finally:
            self._settle(size)

    def _take(self, size: int, whole: int, replaced: str | None) -> None:
        if not self._writable:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        if whole > self.limits.file:
            raise full()
        with self._lock:
            if self._left < size:
                self._left = self.limits.total - self._used() - self._coming
                if self._left + (0 if replaced is None else _size(replaced)) < size:
                    raise full()
            # Below nothing if it was only enough because of `replaced`, which may yet stay: the next write counts anew.
            self._left -= size
            self._coming += size

    def _settle(self, size: int) -> None:
        with self._lock:
            self._coming -= size

    def _used(self) -> int:
        """How many bytes the program's own and the saved files take."""
        return sum(map(_size, [*_files(self.user), *_files(self.saved)]))

    # --- files that come whole ----------------------------------------------------------------------------------

    def replace(self, place: Place, data: Content) -> None:
        """Makes `data` the content of the file at `place`."""
        real = place.check()

        def write(fresh: int) -> None:
            reserve(fresh, len(data))
            write_all(fresh, data)

        self.put(real, len(data), write)

    def copy(self, source: Place, place: Place) -> None:
        """Makes the file at `place` a copy of the one at `source`."""
        real = place.check()
        reading = open_plain(source.check(), os.O_RDONLY)
        try:
            size = os.fstat(reading).st_size
            self.put(real, size, lambda fresh: pour(reading, fresh, size))
        finally:
            os.close(reading)

    def move(self, source: str, real: str) -> None:
        """Puts the file at `source`, which did not count, at `real`, where it does."""
        size = os.lstat(source).st_size
        with self.room(size, size, real):
            os.replace(source, real)

    def put(self, real: str, size: int, write: Callable[[int], None]) -> None:
        """Puts at `real` the `size` bytes that `write` writes to the descriptor it gets; if it raises, nothing."""
        # As within `room`, whose cost is felt where files are small.
        self._take(size, size, real)
        try:
            self._put(real, write)
        finally:
            self._settle(size)

    def _put(self, real: str, write: Callable[[int], None]) -> None:
        fresh = self.fresh()
        descriptor = open_plain(fresh, _FRESH)
        try:
            try:
                write(descriptor)
            finally:
                os.close(descriptor)
            os.replace(fresh, real)
        except BaseException:
            with suppress(OSError):  # what was raised is to be told, and not that the file is gone, or stays
                os.unlink(fresh)
            raise

    def fresh(self) -> str:
        """A path at which nothing is, beside the files that the program can name."""
        return f"{self._fresh}{os.sep}{os.getpid()}-{next(_numbers)}"


def open_to_read(place: Place) -> BufferedReader:
    """The file at `place`; a link, or a directory, raises `OSError`."""
    return open(place.check(), "rb", opener=open_plain)


def write_all(descriptor: int, data: Content) -> None:
    """Writes all of `data`, however many writes the system makes of it."""
    written = os.write(descriptor, data)
    if written != len(data):
        view = memoryview(data)
        while written < len(view):
            written += os.write(descriptor, view[written:])


def add(descriptor: int, data: Content) -> None:
    """Writes all of `data`; if that fails, the file ends where it did before, and so does the next call begin."""
    size, start = os.fstat(descriptor).st_size, os.lseek(descriptor, 0, os.SEEK_CUR)
    try:
        write_all(descriptor, data)
    except OSError:
        os.ftruncate(descriptor, size)
        os.lseek(descriptor, start, os.SEEK_SET)
        raise


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
