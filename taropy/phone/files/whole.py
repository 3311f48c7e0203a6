"""What is done with a file as a whole: read, written, appended to, cut, copied, digested."""

from __future__ import annotations

import hashlib
import os
import stat
from typing import Any

from ...extras import need
from .encodings import decode, encode
from .failures import FULL, fail, out_of_range
from .links import open_plain
from .paths import Place
from .space import CHUNK, Content, Space, add, open_to_read

_APPEND = os.O_WRONLY | os.O_APPEND
_CHANGE = os.O_WRONLY

NO_FILE = (1300002, "file not exist")
NO_BROTLI = (1301111, "brotli decompress fail")
DIGESTS = ("md5", "sha1", "sha256")


def read_file(
    space: Space, path: str, encoding: str | None = None, position: int | None = None, length: int | None = None
) -> str | bytes:
    """The content from byte `position` on, `length` bytes of it: by default all."""
    descriptor = open_plain(space.sandbox.place(path).check(), os.O_RDONLY)
    try:
        size = os.fstat(descriptor).st_size
        if position is not None or length is not None:
            start, size = part(size, position, length)
            os.lseek(descriptor, start, os.SEEK_SET)
        if size > space.limits.read:
            raise fail(*FULL)
        data = read_exactly(descriptor, size)
    finally:
        os.close(descriptor)
    return data if encoding is None else decode(data, encoding)


def read_exactly(descriptor: int, size: int) -> bytes:
    """The next `size` bytes, or as many as there are."""
    data = os.read(descriptor, size)
    if len(data) == size:
        return data
    pieces = [data]
    while data and sum(map(len, pieces)) < size:
        data = os.read(descriptor, CHUNK)
        pieces.append(data)
    return b"".join(pieces)[:size]


def part(size: int, position: int | None, length: int | None) -> tuple[int, int]:
    """Where to start in `size` bytes, and how many to read from there; `Fail` if that is not inside."""
    start = position or 0
    if not 0 <= start < max(size, 1):
        raise out_of_range("position")
    if length is not None and not 1 <= length <= size:
        raise out_of_range("length")
    return start, min(size - start, size if length is None else length)


def write_file(space: Space, path: str, data: str | Content, encoding: str | None = None) -> None:
    """Makes `data` the content of the file; its directory has to be there."""
    space.replace(space.sandbox.writable(path), _bytes(data, encoding))


def append_file(space: Space, path: str, data: str | Content, encoding: str | None = None) -> None:
    """Adds `data` at the end of a file that is there. If not all of it fits, none of it is added."""
    content = _bytes(data, encoding)
    descriptor = open_plain(space.sandbox.writable(path).check(), _APPEND)
    try:
        with space.room(len(content), os.fstat(descriptor).st_size + len(content)):
            add(descriptor, content)
    finally:
        os.close(descriptor)


def _bytes(data: str | Content, encoding: str | None) -> Content:
    return encode(data, encoding) if isinstance(data, str) else data


def truncate(space: Space, path: str, length: int | None = None) -> None:
    """Cuts the file, or fills it up with zeros, to `length` bytes, 0 by default."""
    descriptor = open_plain(space.sandbox.writable(path).check(), _CHANGE)
    try:
        cut(space, descriptor, length or 0)
    finally:
        os.close(descriptor)


def cut(space: Space, descriptor: int, length: int) -> None:
    """As `truncate`, of an open file."""
    if length < 0:
        raise out_of_range("length")
    with space.room(max(0, length - os.fstat(descriptor).st_size), length):
        os.ftruncate(descriptor, length)


def copy_file(space: Space, source: str, target: str) -> None:
    """Copies a file, over one that may be there."""
    place = space.sandbox.writable(target)
    space.copy(space.sandbox.place(source), place)


def get_file_info(space: Space, path: str, algorithm: str | None = None) -> dict[str, Any]:
    """The size and the digest of a file."""
    if algorithm is not None and algorithm not in DIGESTS:
        # The wording is judgement; the pages only name the digests that there are.
        raise fail(1300022, f'invalid digestAlgorithm "{algorithm}"')
    with open_to_read(existing(space, path)) as file:
        digest = hashlib.file_digest(file, algorithm or "md5").hexdigest()
        return {"size": os.fstat(file.fileno()).st_size, "digest": digest}


def existing(space: Space, path: str) -> Place:
    """The place of a file that is there; of all else these functions say `file not exist`."""
    try:
        place = space.sandbox.place(path)
        status = place.status()
    except OSError as error:
        raise fail(*NO_FILE) from error
    if not stat.S_ISREG(status.st_mode):
        raise fail(*NO_FILE)
    return place


def read_compressed_file(space: Space, path: str, algorithm: str) -> bytes:
    """The content of a file that is compressed with Brotli, unpacked; at most as much as may be read at once."""
    if algorithm != "br":
        raise fail(*NO_BROTLI)
    packed = read_file(space, path)
    brotli = need("brotli", extra="brotli")
    unpack = brotli.Decompressor()
    most = space.limits.read
    try:
        data = unpack.process(packed, output_buffer_limit=most + 1)
    except brotli.error as error:
        raise fail(*NO_BROTLI) from error
    if len(data) > most:
        raise fail(*FULL)
    if not unpack.is_finished():
        raise fail(*NO_BROTLI)
    assert isinstance(data, bytes)
    return data
