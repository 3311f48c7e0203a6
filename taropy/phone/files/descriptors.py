"""Open files, by the descriptors that programs hold."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Mapping
from itertools import count
from typing import Any, TypeVar

from ..core.options import wrong_type
from .encodings import encode
from .failures import BAD_DESCRIPTOR, DENIED_DESCRIPTOR, DENIED_FLAG, MANY_DESCRIPTORS, fail, out_of_range
from .links import open_plain
from .opened import OpenFile
from .space import Content, Space, add
from .tree import Stats, stats_of
from .whole import cut, read_exactly

Value = TypeVar("Value")

_NEW = os.O_CREAT | os.O_APPEND
_SYNC = getattr(os, "O_SYNC", 0)

# The page of `FileSystemManager.open` lists these and says what each means; they are Node's.
OPENINGS: Mapping[str, int] = {
    "r": os.O_RDONLY,
    "r+": os.O_RDWR,
    "w": os.O_WRONLY | os.O_CREAT | os.O_TRUNC,
    "wx": os.O_WRONLY | os.O_CREAT | os.O_EXCL,
    "w+": os.O_RDWR | os.O_CREAT | os.O_TRUNC,
    "wx+": os.O_RDWR | os.O_CREAT | os.O_EXCL,
    "a": os.O_WRONLY | _NEW,
    "ax": os.O_WRONLY | _NEW | os.O_EXCL,
    "a+": os.O_RDWR | _NEW,
    "ax+": os.O_RDWR | _NEW | os.O_EXCL,
    "as": os.O_WRONLY | _NEW | _SYNC,
    "as+": os.O_RDWR | _NEW | _SYNC,
}

_names = count(1)


def open_file(space: Space, path: str, flag: str | None = None) -> str:
    """The descriptor of the file, opened as `flag` says: `r` unless told otherwise."""
    opening = OPENINGS.get(flag or "r")
    if opening is None:
        raise fail(1302003, "invalid flag")
    place = space.sandbox.place(path)
    if opening != os.O_RDONLY and not place.writable:
        raise fail(*DENIED_FLAG)
    if len(space.open_files) >= space.limits.open:
        raise fail(*MANY_DESCRIPTORS)
    opened = OpenFile(open_plain(place.check(), opening), opening)
    if stat.S_ISDIR(os.fstat(opened.descriptor).st_mode):
        opened.close()
        raise IsADirectoryError(errno.EISDIR, "a directory", path)
    fd = str(next(_names))
    space.open_files[fd] = opened
    return fd


def close_file(space: Space, fd: str) -> None:
    """Closes the file."""
    opened = space.open_files.pop(fd, None)
    if opened is None:
        raise fail(*BAD_DESCRIPTOR)
    opened.close()


def fstat(space: Space, fd: str) -> Stats:
    """The status of the file."""
    with _opened(space, fd).held() as descriptor:
        return stats_of(os.fstat(descriptor))


def ftruncate(space: Space, fd: str, length: int) -> None:
    """Cuts the file, or fills it up with zeros, to `length` bytes."""
    opened = _opened(space, fd)
    if not opened.writable:
        raise fail(*DENIED_DESCRIPTOR)
    with opened.held() as descriptor:
        cut(space, descriptor, length)


def read(
    space: Space, fd: str, buffer: Content, offset: int | None = None, length: int | None = None,
    position: int | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Reads `length` bytes, none by default, into the buffer from `offset` on, and tells how many it were.

    `bytes` cannot be written into: for them the result's `arrayBuffer` is a copy.
    """
    opened = _opened(space, fd)
    if not opened.readable:
        raise fail(*DENIED_DESCRIPTOR)
    target = _buffer(buffer)
    start, size = _range(len(target), offset, length or 0)
    with opened.held():
        data = opened.at(_natural("position", position), lambda descriptor: read_exactly(descriptor, size))
    target[start : start + len(data)] = data
    return {"bytesRead": len(data), "arrayBuffer": target.tobytes() if isinstance(buffer, bytes) else buffer}


def write(
    space: Space, fd: str, data: str | Content, offset: int | None = None, length: int | None = None,
    encoding: str | None = None, position: int | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Writes the data, of bytes those from `offset` on, and tells how many bytes it were."""
    opened = _opened(space, fd)
    if not opened.writable:
        raise fail(*DENIED_DESCRIPTOR)
    if isinstance(data, str):
        content: Content = encode(data, encoding)
    else:
        start, size = _range(len(data), offset, length)
        content = memoryview(data)[start : start + size]
    with opened.held() as descriptor:
        known = os.fstat(descriptor).st_size
        end = _end(opened, known, len(content), position)
        with space.room(max(0, end - known), end):
            opened.at(_natural("position", position), lambda descriptor: add(descriptor, content))
    return {"bytesWritten": len(content)}


def _end(opened: OpenFile, known: int, size: int, position: int | None) -> int:
    """Where in the file, of `known` bytes, a write of `size` bytes ends."""
    if opened.opening & os.O_APPEND:
        return known + size
    start = os.lseek(opened.descriptor, 0, os.SEEK_CUR) if position is None else position
    return start + size


def _opened(space: Space, fd: str) -> OpenFile:
    opened = space.open_files.get(fd)
    if opened is None:
        raise fail(*BAD_DESCRIPTOR)
    return opened


def _buffer(buffer: Content) -> memoryview:
    view = memoryview(bytearray(buffer) if isinstance(buffer, bytes) else buffer)
    if view.readonly:
        raise fail(1302100, "array buffer is readonly")
    if not view.contiguous:
        raise wrong_type("parameter.arrayBuffer", "ArrayBuffer", buffer)
    return view.cast("B")


def _range(size: int, offset: int | None, length: int | None) -> tuple[int, int]:
    start = offset or 0
    if not 0 <= start <= size:
        raise out_of_range("offset")
    count = size - start if length is None else length
    if not 0 <= count <= size - start:
        raise out_of_range("length")
    return start, count


def _natural(name: str, number: int | None) -> int | None:
    if number is not None and number < 0:
        raise out_of_range(name)
    return number
