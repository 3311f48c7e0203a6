"""`unzip` and `readZipEntry`: archives as they should be, and as they should not."""

from __future__ import annotations

import asyncio
import zipfile
from typing import Any

import pytest
from filing import USER
from hostile_zips import ESCAPES, archive_of, hostile_zips
from natively import Answer, call, called
from outside import SECRET, UNNAMED, Outside

import taropy
from taropy import spec
from taropy.phone import Limits, Phone

ZIP = f"{USER}/file.zip"
ZIPS = 200


@pytest.fixture
def phone(outside: Outside) -> Phone:
    return outside.phone


def unzip(fs: Any, packed: bytes, target: str = f"{USER}/out") -> str:
    """What `unzip` says of the archive."""
    fs.writeFileSync(ZIP, packed)
    return str(call(fs, "unzip", zipFilePath=ZIP, targetPath=target)["errMsg"])


def files_in(fs: Any, path: str) -> dict[str, bytes]:
    tree = fs.statSync(path, True)
    return {name: fs.readFileSync(f"{path}{name}") for name, stats in tree.items() if stats.isFile()}


# --- as they should be ----------------------------------------------------------------------------------------------


METHODS = spec.fields_of(spec.Ref("FileSystemManager"))
UNPACKING = (METHODS["unzip"].platforms or set()) & (METHODS["readdirSync"].platforms or set())


@pytest.mark.parametrize("platform", sorted(UNPACKING - {"alipay"}))  # whose functions return fields
def test_an_archive_is_unpacked_on_every_platform(platform: str) -> None:
    with taropy.create(platform) as t:
        fs = t.getFileSystemManager()
        user = t.env.USER_DATA_PATH if platform in spec.supported_on("env") else USER
        fs.writeFileSync(f"{user}/file.zip", archive_of(("a/b.txt", b"b"), ("empty/", b""), ("c.txt", b"c")))
        fs.unzip(zipFilePath=f"{user}/file.zip", targetPath=f"{user}/out/").result()
        assert files_in(fs, f"{user}/out") == {"/a/b.txt": b"b", "/c.txt": b"c"}
        assert fs.statSync(f"{user}/out/empty").isDirectory()


def test_an_entry_is_read_out_of_an_archive() -> None:
    with taropy.create("weapp") as t:
        fs = t.getFileSystemManager()
        fs.writeFileSync(f"{USER}/file.zip", archive_of(("a/b.txt", b"b"), ("c.txt", b"c")))
        read = fs.readZipEntry(filePath=f"{USER}/file.zip", entries=[{"path": "a/b.txt", "encoding": "utf8"}]).result()
        assert read.entries["a/b.txt"].data == "b"


def test_an_archive_takes_the_place_of_files_that_are_there(fs: Any) -> None:
    fs.mkdirSync(f"{USER}/out/a", True)
    fs.writeFileSync(f"{USER}/out/a/b.txt", "old")
    fs.writeFileSync(f"{USER}/out/kept.txt", "kept")
    assert unzip(fs, archive_of(("a/b.txt", b"new"))) == "unzip:ok"
    assert files_in(fs, f"{USER}/out") == {"/a/b.txt": b"new", "/kept.txt": b"kept"}


@pytest.mark.parametrize(
    ("name", "errMsg"),
    [("b", "illegal operation on a directory, unzip {0} -> {1}"), ("kept.txt/b", "not a directory {1}")],
)
def test_where_something_is_in_the_way_of_one_file_none_is_unpacked(fs: Any, name: str, errMsg: str) -> None:
    fs.mkdirSync(f"{USER}/out/b", True)
    fs.writeFileSync(f"{USER}/out/kept.txt", "kept")
    others = [(f"{number}.txt", b"new") for number in range(9)] + [(f"{number}/x.txt", b"new") for number in range(9)]
    answer = unzip(fs, archive_of(*others, (name, b"new")))
    assert answer == f"unzip:fail {errMsg.format(ZIP, f'{USER}/out')}"
    assert fs.readdirSync(f"{USER}/out") == ["b", "kept.txt"]
    assert fs.readFileSync(f"{USER}/out/kept.txt") == b"kept"


def test_names_in_every_script(fs: Any) -> None:
    assert unzip(fs, archive_of(("目录/文件.txt", b"1"), ("😀.txt", b"2"))) == "unzip:ok"
    assert files_in(fs, f"{USER}/out") == {"/目录/文件.txt": b"1", "/😀.txt": b"2"}


@pytest.mark.parametrize(
    ("archive", "target", "errMsg"),
    [
        ("no.zip", "out", "no such file or directory, unzip {0} -> {1}"),
        ("file.zip", "no/out", "no such file or directory, unzip {0} -> {1}"),
        ("file.zip", "file.zip", "not a directory {1}"),
        ("", "out", "illegal operation on a directory, unzip {0} -> {1}"),
    ],
)
def test_where_there_is_nothing_to_unpack_or_no_place_for_it(fs: Any, archive: str, target: str, errMsg: str) -> None:
    fs.writeFileSync(ZIP, archive_of(("a", b"a")))
    source, out = f"{USER}/{archive}".rstrip("/"), f"{USER}/{target}"
    answer = call(fs, "unzip", zipFilePath=source, targetPath=out)
    assert answer["errMsg"] == f"unzip:fail {errMsg.format(source, out)}"


def test_nothing_is_unpacked_where_nothing_may_be_written(fs: Any) -> None:
    answer = unzip(fs, archive_of(("a", b"a")), "images")
    assert answer == f"unzip:fail permission denied, unzip {ZIP} -> images"


def entries(fs: Any, wanted: Any, **options: Any) -> Answer:
    fs.writeFileSync(ZIP, archive_of(("a.txt", b"0123456789"), ("dir/", b""), ("dir/b.txt", "é".encode())))
    answer = call(fs, "readZipEntry", filePath=ZIP, entries=wanted, **options)
    return answer.get("entries", answer)


def test_all_files_of_an_archive_are_read(fs: Any) -> None:
    assert {path: each["data"] for path, each in entries(fs, "all").items()} == {
        "a.txt": b"0123456789", "dir/b.txt": "é".encode(),
    }  # fmt: skip
    assert entries(fs, "all", encoding="utf8")["dir/b.txt"] == {"data": "é", "errMsg": "readZipEntry:ok"}


def test_parts_of_files_in_an_archive_are_read(fs: Any) -> None:
    read = entries(fs, [{"path": "a.txt", "position": 2, "length": 3}, {"path": "dir/b.txt", "encoding": "hex"}])
    assert {path: each["data"] for path, each in read.items()} == {"a.txt": b"234", "dir/b.txt": "c3a9"}


def test_each_entry_tells_for_itself_what_went_wrong(fs: Any) -> None:
    read = entries(fs, [{"path": "no.txt"}, {"path": "a.txt", "position": 10}, {"path": "dir/b.txt"}])
    assert read["no.txt"]["errMsg"] == "readZipEntry:fail no such file or directory, open no.txt"
    assert read["a.txt"]["errMsg"] == 'readZipEntry:fail the value of "position" is out of range'
    assert read["dir/b.txt"]["errMsg"] == "readZipEntry:ok"


@pytest.mark.parametrize("wanted", ["some", 5, None, [5], [{"path": 5}], [{}]])
def test_wrong_entries_are_told(fs: Any, wanted: Any) -> None:
    assert entries(fs, wanted)["errMsg"].startswith("readZipEntry:fail parameter error: parameter.")


def test_an_archive_too_large_to_be_read_at_once_is_told(outside: Outside, fs: Any) -> None:
    outside.phone.files.set_limits(Limits(read=11))
    assert entries(fs, "all")["errMsg"] == "readZipEntry:fail the maximum size of the file storage limit is exceeded"
    assert entries(fs, [{"path": "a.txt"}])["a.txt"]["errMsg"] == "readZipEntry:ok"


# --- as they should not be ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in ESCAPES if name != "/" and not name.startswith(("up", "l", "dir"))])
def test_an_entry_that_leads_out_spoils_the_archive(outside: Outside, fs: Any, name: str) -> None:
    before = outside.state()
    assert unzip(fs, archive_of(("good.txt", b"good"), (name, b"evil"))).startswith(
        "unzip:fail permission denied, unzip"
    )
    assert outside.state() == before
    assert fs.readdirSync(USER) == ["file.zip"]


@pytest.mark.parametrize("name", ["up/evil.txt", "linked/canary.txt", "link.txt/x", "dir/deep/canary.txt"])
def test_an_entry_does_not_go_through_a_link_that_is_there(outside: Outside, fs: Any, name: str) -> None:
    outside.plant_links()
    before = outside.state()
    assert unzip(fs, archive_of((name, b"evil")), USER).startswith("unzip:fail ")
    assert outside.state() == before


def test_a_link_in_an_archive_spoils_it(outside: Outside, fs: Any) -> None:
    zips = hostile_zips(2, outside.canary, seed=1)
    next(zips)
    assert unzip(fs, next(zips)) == "unzip:fail unzip entry fail"
    assert fs.readdirSync(USER) == ["file.zip"]


def test_a_bomb_does_not_go_off(outside: Outside, fs: Any) -> None:
    outside.phone.files.set_limits(Limits(total=1 << 20))
    answer = unzip(fs, archive_of(("good.txt", b"good"), ("bomb", bytes(2 << 20))))
    assert answer == "unzip:fail the maximum size of the file storage limit is exceeded"
    assert fs.readdirSync(USER) == ["file.zip"]


MANY = "the maximum size of the file storage limit is exceeded"


def test_an_archive_of_too_many_entries_is_not_unpacked(fs: Any) -> None:
    packed = archive_of(*((f"{number}.txt", b"") for number in range(10_001)), packing=zipfile.ZIP_STORED)
    assert unzip(fs, packed) == f"unzip:fail {MANY}"
    assert fs.readdirSync(USER) == ["file.zip"]
    assert call(fs, "readZipEntry", filePath=ZIP, entries="all")["errMsg"] == f"readZipEntry:fail {MANY}"


def test_a_list_of_entries_that_is_too_long_is_not_read(fs: Any) -> None:
    assert (
        unzip(fs, archive_of(*((f"{number}" * 13_000, b"") for number in range(10, 10_000, 62))))
        == f"unzip:fail {MANY}"
    )


def test_how_many_entries_may_be_can_be_set(outside: Outside, fs: Any) -> None:
    outside.phone.files.set_limits(Limits(entries=2))
    two = ("a/a.txt", b"a"), ("b.txt", b"b")
    assert unzip(fs, archive_of(*two)) == "unzip:ok"
    assert unzip(fs, archive_of(*two, ("c/", b""))) == f"unzip:fail {MANY}"


def test_a_name_longer_than_names_may_be_spoils_the_archive(fs: Any) -> None:
    assert unzip(fs, archive_of(("good.txt", b"good"), ("x" * 256, b""))).startswith("unzip:fail ")
    assert unzip(fs, archive_of(("good.txt", b"good"), ("x/" * 129 + "x", b""))).startswith("unzip:fail ")
    assert fs.readdirSync(USER) == ["file.zip"]


@pytest.mark.parametrize("packed", [b"", b"no archive", b"PK\x03\x04", b"PK\x05\x06" + b"\xff" * 18], ids=repr)
def test_what_is_no_archive_is_told(fs: Any, packed: bytes) -> None:
    assert unzip(fs, packed) == "unzip:fail unzip open file fail"
    answer = call(fs, "readZipEntry", filePath=ZIP, entries="all")
    assert answer["errMsg"] == "readZipEntry:fail unzip open file fail"


def test_no_hostile_archive_leads_out(outside: Outside, fs: Any) -> None:
    """An archive is unpacked as a whole, inside, or not at all; and reading it tells nothing of the outside."""
    total = 1 << 20
    outside.phone.files.set_limits(Limits(total=total, read=total))
    outside.plant_links()
    fs.mkdirSync(f"{USER}/out")
    before = outside.state()
    tally = {"ok": 0, "fail": 0}

    async def main() -> None:
        for packed in hostile_zips(ZIPS, outside.canary, seed=7):
            fs.writeFileSync(ZIP, packed)
            read = await called(fs, "readZipEntry", filePath=ZIP, entries="all")
            assert SECRET.encode() not in repr(read).encode()
            assert UNNAMED not in repr(read)
            done = await called(fs, "unzip", zipFilePath=ZIP, targetPath=f"{USER}/out")
            assert "internal error" not in done["errMsg"] + read["errMsg"]
            verdict = done["errMsg"].partition(":")[2][:4].strip()
            tally[verdict] += 1
            inside = fs.readdirSync(f"{USER}/out")
            assert (inside == []) or verdict == "ok"
            assert _used(outside) <= total
            fs.rmdirSync(f"{USER}/out", True)
            fs.mkdirSync(f"{USER}/out")

    asyncio.run(main())
    assert outside.state() == before
    assert list((outside.inside.parent / "fresh").glob("*/*")) == []
    assert tally["fail"] > ZIPS / 2
    assert sum(tally.values()) == ZIPS


def _used(outside: Outside) -> int:
    return sum(path.stat().st_size for path in outside.inside.rglob("*") if path.is_file() and not path.is_symlink())
