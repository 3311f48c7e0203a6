"""Archives that try to do harm, two hundred of them, the same ones every time."""

from __future__ import annotations

import io
import random
import struct
import warnings
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

Maker = Callable[[random.Random, Path], bytes]

LINK = 0o120777 << 16
ESCAPES = ("../evil.txt", "../../evil.txt", "a/../../evil.txt", "/evil.txt", "//evil.txt", "..\\evil.txt",
           "C:\\evil.txt", "a/b/../../../evil.txt", "./../evil.txt", "..", "../", "/", "/etc/cron.d/evil",
           "\\\\server\\evil.txt", "good\0/../evil.txt", "up/evil.txt", "linked/canary.txt", "link.txt",
           "dir/deep/canary.txt")  # fmt: skip


def archive_of(*entries: tuple[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of names and contents, however they are called."""
    packed = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of names that come twice
        with zipfile.ZipFile(packed, "w", packing) as archive:
            for name, content in entries:
                info = zipfile.ZipInfo("x")
                info.filename = name
                info.compress_type = packing
                archive.writestr(info, content)
    return packed.getvalue()


def _slips(pick: random.Random, canary: Path) -> bytes:
    names = [pick.choice([*ESCAPES, str(canary), "../" * pick.randint(1, 30) + str(canary)[1:]]) for _ in range(3)]
    return archive_of(("good.txt", b"good"), *((name, b"evil") for name in names))


def _links(pick: random.Random, canary: Path) -> bytes:
    target = pick.choice([str(canary), str(canary.parent), "..", "../../..", "/"])
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        info = zipfile.ZipInfo("way")
        info.external_attr = LINK
        info.create_system = 3
        archive.writestr(info, target)
        archive.writestr("way/canary.txt", "evil")
    return packed.getvalue()


def _odd_kinds(pick: random.Random, _: Path) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        info = zipfile.ZipInfo("device")
        info.external_attr = pick.choice([0o020666, 0o060666, 0o010666, 0o140777]) << 16
        archive.writestr(info, "")
    return packed.getvalue()


def _bombs(pick: random.Random, _: Path) -> bytes:
    size = pick.randint(2, 6) << 20
    return archive_of(("good.txt", b"good"), ("bomb", bytes(size)))


def _liars(pick: random.Random, _: Path) -> bytes:
    """Entries whose sizes are told too small, or far too large."""
    packed = bytearray(archive_of(("bomb", bytes(3 << 20)), ("good.txt", b"good")))
    told = struct.pack("<I", pick.choice([0, 1, 100, 0xFFFFFFF0]))
    at = packed.find(b"PK\x01\x02") + 24
    packed[at : at + 4] = told
    return bytes(packed)


def _overlapping(pick: random.Random, _: Path) -> bytes:
    """Entries that share their bytes: many large files out of a small archive."""
    packed = archive_of(*((f"file{number}", bytes(200_000)) for number in range(12)))
    data = bytearray(packed)
    at = data.find(b"PK\x01\x02")
    first = data[at + 42 : at + 46]
    while at != -1:
        data[at + 42 : at + 46] = first
        at = data.find(b"PK\x01\x02", at + 46)
    return bytes(data)


def _doubles(pick: random.Random, _: Path) -> bytes:
    names = pick.choice([("a", "a"), ("a", "a/b"), ("a/b", "a"), ("a/", "a"), ("a", "A"), ("é", "e\u0301")])
    return archive_of(*((name, name.encode()) for name in names))


def _encrypted(pick: random.Random, _: Path) -> bytes:
    packed = bytearray(archive_of(("secret.txt", b"secret"), ("good.txt", b"good")))
    packed[packed.find(b"PK\x03\x04") + 6] |= 1
    packed[packed.find(b"PK\x01\x02") + 8] |= 1
    return bytes(packed)


def _long_names(pick: random.Random, _: Path) -> bytes:
    return archive_of((pick.choice(["a" * 300, "a/" * 3000 + "b", "b" * 60_000, "c/" * 200 + "d"]), b"long"))


def _broken(pick: random.Random, _: Path) -> bytes:
    packed = archive_of(*((f"dir/{number}.txt", pick.randbytes(500)) for number in range(4)))
    cut = packed[: pick.randrange(len(packed))]
    dirty = bytearray(packed)
    for _ in range(pick.randint(1, 30)):
        dirty[pick.randrange(len(dirty))] = pick.randrange(256)
    return pick.choice([cut, bytes(dirty), cut + packed, pick.randbytes(300), b"", b"PK\x05\x06" + bytes(18)])


def _odd_packings(pick: random.Random, _: Path) -> bytes:
    packed = bytearray(archive_of(("file", b"x" * 100)))
    packing = struct.pack("<H", pick.choice([1, 6, 9, 12, 14, 93, 97, 99, 65535]))
    packed[packed.find(b"PK\x03\x04") + 8 :][:2] = packing
    at = packed.find(b"PK\x01\x02") + 10
    packed[at : at + 2] = packing
    return bytes(packed)


MAKERS: tuple[Maker, ...] = (
    _slips, _links, _odd_kinds, _bombs, _liars, _overlapping, _doubles, _encrypted, _long_names, _broken, _odd_packings,
)  # fmt: skip


def hostile_zips(number: int, canary: Path, seed: int) -> Iterator[bytes]:
    """As many archives, of every kind in turn."""
    pick = random.Random(seed)
    for each in range(number):
        yield MAKERS[each % len(MAKERS)](pick, canary)
