"""Zip archives: unpacked into a directory of the program's, or read where they are.

An archive is unpacked beside the program's files first, and only put in place when all of it is there. One whose
entries lead elsewhere, are links, are encrypted or do not fit is refused as a whole.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BufferedReader
from typing import Any

import attrs

from ..core.answers import Fail
from ..core.options import js_type, wrong_type
from .encodings import decode
from .failures import FULL, fail, failed, missing, opening, refused
from .forms import arguments
from .links import open_plain
from .paths import Place, parts_of
from .space import CHUNK, MB, Space, open_to_read
from .tree import make
from .whole import part

# Everything that a broken archive may make the library raise.
BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError, ValueError)
CANNOT_OPEN = (1301102, "unzip open file fail")
CANNOT_READ = (1301103, "unzip entry fail")

# The bytes of the longest list of entries that is read of an archive; a hundred and more for each of as many as may be.
LONGEST_DIRECTORY = 4 * MB

ENCRYPTED = 0x1
PACKINGS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
KINDS = frozenset({0, stat.S_IFREG, stat.S_IFDIR})
_NEW = os.O_WRONLY | os.O_CREAT

Entry = zipfile.ZipInfo


@contextmanager
def _archive(space: Space, path: str) -> Iterator[zipfile.ZipFile]:
    with _Archived(open_to_read(space.sandbox.place(path)).detach()) as file:
        try:
            archive = zipfile.ZipFile(file)
        except BROKEN as error:
            raise fail(*CANNOT_OPEN) from error
        with archive:
            if len(archive.filelist) > space.limits.entries:
                raise fail(*FULL)
            yield archive


class _Archived(BufferedReader):
    """A file of which no more is read at once than a directory of entries may take: the library reads that as one."""

    def read(self, size: int | None = -1) -> bytes:
        if size is not None and size > LONGEST_DIRECTORY:
            raise fail(*FULL)
        return super().read(size)


# --- unpacked ------------------------------------------------------------------------------------------------------


def unzip(space: Space, path: str, target: str) -> None:
    """Unpacks the archive into the directory `target`, which is made if only it is missing."""
    folder = space.sandbox.writable(target)
    with _archive(space, path) as archive:
        entries = [(parts, entry) for entry in archive.infolist() if (parts := _parts(space, target, entry))]
        sizes = [entry.file_size for _, entry in entries]
        with space.room(sum(sizes), max(sizes, default=0)), _workshop(space) as fresh:
            folders = {os.path.join(fresh, *(parts if entry.is_dir() else parts[:-1])) for parts, entry in entries}
            for each in folders:
                os.makedirs(each, exist_ok=True)
            for parts, entry in entries:
                if not entry.is_dir():
                    _unpack(archive, entry, os.path.join(fresh, *parts))
            moves = _moves(space, fresh, target.rstrip("/"))
            make(folder)
            for source, place in moves:
                os.replace(source, place.check())


@contextmanager
def _workshop(space: Space) -> Iterator[str]:
    """A folder beside the program's files, which goes with all that is in it."""
    fresh = space.fresh()
    os.mkdir(fresh)
    try:
        yield fresh
    finally:
        shutil.rmtree(fresh)


def _parts(space: Space, target: str, entry: Entry) -> list[str]:
    """Where in the target the entry belongs; `OSError` if that is elsewhere, `Fail` if it is no file or directory."""
    name = entry.orig_filename
    if name.startswith("/"):
        raise refused(target)
    if stat.S_IFMT(entry.external_attr >> 16) not in KINDS:
        raise fail(*CANNOT_READ)
    _check_readable(entry)
    space.sandbox.writable(f"{target}/{name}")
    return parts_of(target, name)


def _check_readable(entry: Entry) -> None:
    if entry.flag_bits & ENCRYPTED or entry.compress_type not in PACKINGS:
        raise fail(*CANNOT_READ)


def _unpack(archive: zipfile.ZipFile, entry: Entry, real: str) -> None:
    """Writes the file where it belongs, among nothing but what the archive brought."""
    descriptor = open_plain(real, _NEW | os.O_TRUNC)
    with open(descriptor, "wb") as file:
        for chunk in _chunks(archive, entry):
            file.write(chunk)


def _chunks(archive: zipfile.ZipFile, entry: Entry) -> Iterator[bytes]:
    """What the entry holds; no more than it says of itself, whatever it unpacks to."""
    try:
        with archive.open(entry) as file:
            while chunk := file.read(CHUNK):
                yield chunk
    except BROKEN as error:
        raise fail(*CANNOT_READ) from error


def _moves(space: Space, fresh: str, target: str) -> list[tuple[str, Place]]:
    """What is in `fresh`, and where the program asked for it; `OSError` if anything is in the way of any of it.

    A directory that is new there goes as a whole, and of one that is there already what is in it.
    """
    moves = []
    for above, directories, names in os.walk(fresh):
        inside = above[len(fresh) :].replace(os.sep, "/")
        known = []
        for name in (*directories, *names):
            source, place = os.path.join(above, name), space.sandbox.writable(f"{target}{inside}/{name}")
            if _is_directory_there(source, place):
                known.append(name)
            else:
                moves.append((source, place))
        directories[:] = known
    return moves


def _is_directory_there(source: str, place: Place) -> bool:
    """Whether the directory that is to go to `place` is there already.

    Raises `OSError` if there is a link, or a directory where a file is to go, or a file for a directory.
    """
    try:
        found = place.status()
    except FileNotFoundError:
        return False
    is_there, goes_in = stat.S_ISDIR(found.st_mode), os.path.isdir(source)
    if is_there != goes_in:
        raise OSError(errno.ENOTDIR if goes_in else errno.EISDIR, "in the way", place.path)
    return is_there


# --- read where it is ----------------------------------------------------------------------------------------------


def read_zip_entry(space: Space, path: str, encoding: str | None, entries: Any) -> dict[str, Any]:
    """What files in the archive hold: `all`, or those of a list of `{path, encoding, position, length}`.

    The result has an object for each by its path: `data`, and an `errMsg` that tells if it could not be read.
    """
    with _archive(space, path) as archive:
        if entries == "all":
            wanted = [Wanted(entry.filename, encoding) for entry in archive.infolist() if not entry.is_dir()]
        else:
            wanted = _wanted(entries)
        if sum(_size(archive, each.path) for each in wanted) > space.limits.read:
            raise fail(*FULL)
        return {each.path: _read_one(archive, each) for each in wanted}


@attrs.frozen
class Wanted:
    """What a program wants of one file in an archive."""

    path: str
    encoding: str | None = None
    position: int | None = None
    length: int | None = None


_WANTED = arguments("path encoding? position? length?")


def _wanted(entries: Any) -> list[Wanted]:
    if js_type(entries) != "Array":
        raise wrong_type("parameter.entries", "Array", entries)
    for index, each in enumerate(entries):
        if not isinstance(each, Mapping):
            raise wrong_type(f"parameter.entries[{index}]", "Object", each)
    return [Wanted(*(argument.of(each.get(argument.name)) for argument in _WANTED)) for each in entries]


def _size(archive: zipfile.ZipFile, name: str) -> int:
    entry = archive.NameToInfo.get(name)
    return 0 if entry is None else entry.file_size


def _read_one(archive: zipfile.ZipFile, wanted: Wanted) -> dict[str, Any]:
    try:
        return {"data": _content(archive, wanted), "errMsg": "readZipEntry:ok"}
    except Fail as failure:
        return failure.result("readZipEntry")


def _content(archive: zipfile.ZipFile, wanted: Wanted) -> str | bytes:
    entry = archive.NameToInfo.get(wanted.path)
    if entry is None:
        raise failed(missing(wanted.path), opening(wanted.path))
    _check_readable(entry)
    data = b"".join(_chunks(archive, entry))
    start, size = part(len(data), wanted.position, wanted.length)
    return decode(data[start : start + size], wanted.encoding)
