"""How much fits: quotas, and disks that are full or broken."""

from __future__ import annotations

import asyncio
import errno
import os
import shutil
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from filing import FULL, USER, lying_in, said
from natively import PATIENCE, call, called

from taropy.phone import Limits, NativeError, Phone

# --- quotas ---------------------------------------------------------------------------------------------------------


def test_the_quota_is_told_and_nothing_is_half_written(phone: Phone, fs: Any) -> None:
    phone.files.set_limits(Limits(total=100))
    fs.writeFileSync(f"{USER}/file", "x" * 60)
    fs.writeFileSync(f"{USER}/file", "y" * 100)
    big = b"z" * 101
    for work in (
        lambda: fs.writeFileSync(f"{USER}/file", big),
        lambda: fs.writeFileSync(f"{USER}/new", b"1"),
        lambda: fs.appendFileSync(f"{USER}/file", "1"),
        lambda: fs.copyFileSync(f"{USER}/file", f"{USER}/copy"),
        lambda: fs.truncateSync({"filePath": f"{USER}/file", "length": 101}),
    ):
        with pytest.raises(NativeError, match=FULL) as caught:
            work()
        assert caught.value.errCode == 1300202
    assert [path.read_bytes() for path in lying_in(phone, "usr")] == [b"y" * 100]
    assert lying_in(phone, "fresh") == []


def test_a_file_that_could_not_be_replaced_makes_no_room(phone: Phone, fs: Any) -> None:
    fs.mkdirSync(f"{USER}/directory")
    size = os.lstat(phone.files.local(phone.app("weapp"), f"{USER}/directory")).st_size
    phone.files.set_limits(Limits(total=size + 900))
    fs.writeFileSync(f"{USER}/file", b"x" * (size + 800))
    with pytest.raises(NativeError, match="illegal operation on a directory"):
        fs.copyFileSync(f"{USER}/directory", f"{USER}/file")
    assert said(lambda: fs.writeFileSync(f"{USER}/more", b"y" * 101)) == FULL
    fs.writeFileSync(f"{USER}/more", b"y" * 100)


def test_no_file_is_larger_than_one_may_be(phone: Phone, native: Any, fs: Any, photo: Path) -> None:
    phone.files.set_limits(Limits(file=8))
    fs.writeFileSync(f"{USER}/file", "x" * 8)
    fd = fs.openSync({"filePath": f"{USER}/file", "flag": "r+"})
    temporary = phone.files.import_file(phone.app("weapp"), photo)
    for work in (
        lambda: fs.writeFileSync(f"{USER}/file", "x" * 9),
        lambda: fs.appendFileSync(f"{USER}/file", "1"),
        lambda: fs.copyFileSync(temporary, f"{USER}/copy"),
        lambda: fs.saveFileSync(temporary),
        lambda: fs.ftruncateSync({"fd": fd, "length": 9}),
        lambda: fs.writeSync({"fd": fd, "data": "xx", "position": 7}),
    ):
        assert said(work) == FULL
    assert fs.readFileSync(f"{USER}/file", "utf8") == "x" * 8
    assert fs.readdirSync(USER) == ["file"]


def test_what_is_removed_makes_room(phone: Phone, fs: Any) -> None:
    phone.files.set_limits(Limits(total=100))
    for _ in range(3):
        fs.writeFileSync(f"{USER}/file", "x" * 90)
        fs.unlinkSync(f"{USER}/file")
    fs.writeFileSync(f"{USER}/a", "x" * 50)
    fs.writeFileSync(f"{USER}/a", "x" * 10)
    fs.writeFileSync(f"{USER}/b", "x" * 90)
    with pytest.raises(NativeError, match=FULL):
        fs.writeFileSync(f"{USER}/c", "x")


def test_an_open_file_is_held_to_the_quota(phone: Phone, fs: Any) -> None:
    phone.files.set_limits(Limits(total=10))
    fd = fs.openSync({"filePath": f"{USER}/file", "flag": "w+"})
    fs.writeSync({"fd": fd, "data": "0123456789"})
    fs.writeSync({"fd": fd, "data": "abc", "position": 7})
    with pytest.raises(NativeError, match=FULL):
        fs.writeSync({"fd": fd, "data": "abc", "position": 8})
    with pytest.raises(NativeError, match=FULL):
        fs.ftruncateSync({"fd": fd, "length": 2**40})
    fs.closeSync({"fd": fd})
    assert fs.readFileSync(f"{USER}/file", "utf8") == "0123456abc"


def test_saved_files_count_and_temporary_ones_do_not(phone: Phone, native: Any, fs: Any, photo: Path) -> None:
    phone.files.set_limits(Limits(total=20))
    kept = [phone.files.import_file(phone.app("weapp"), photo) for _ in range(3)]
    assert [call(native, "saveFile", tempFilePath=path)["errMsg"] for path in kept] == [
        "saveFile:ok", "saveFile:ok", f"saveFile:fail {FULL}",
    ]  # fmt: skip
    assert fs.readFileSync(kept[2]) == b"a picture"
    fs.writeFileSync(f"{USER}/two", "xx")
    assert said(fs.appendFileSync, f"{USER}/two", "x") == FULL


def test_every_app_has_a_quota_of_its_own(phone: Phone, fs: Any) -> None:
    phone.files.set_limits(Limits(total=10))
    others = phone.native("qq").getFileSystemManager()
    for manager, user in ((fs, USER), (others, "qqfile://usr")):
        manager.writeFileSync(f"{user}/file", "x" * 10)
        assert said(manager.appendFileSync, f"{user}/file", "x") == FULL
        assert manager.readFileSync(f"{user}/file", "utf8") == "x" * 10


@pytest.mark.parametrize(
    ("platform", "native_name", "user", "files", "size"),
    [
        ("weapp", "wx", USER, 2, 100), ("alipay", "my", "https://usr", 5, 10), ("tt", "tt", "ttfile://user", 1, 10),
        ("qq", "qq", "qqfile://usr", 1, 10), ("swan", "swan", "bdfile://usr", 1, 10),
    ],
)  # fmt: skip
def test_every_vendor_has_limits_of_its_own(
    phone: Phone, platform: str, native_name: str, user: str, files: int, size: int
) -> None:
    """How many files of how many MB fit; that the files are full of holes makes no difference."""
    fs = phone.native(platform, native_name).getFileSystemManager()
    for number in range(files):
        fs.writeFileSync(f"{user}/{number}", "")
        fs.truncateSync({"filePath": f"{user}/{number}", "length": size << 20})
        assert said(fs.truncateSync, {"filePath": f"{user}/{number}", "length": (size << 20) + 1}) == FULL
        assert said(fs.appendFileSync, f"{user}/{number}", "x") == FULL
    assert said(fs.writeFileSync, f"{user}/more", "x") == FULL


def test_what_is_still_being_written_counts(phone: Phone, fs: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large file is written in a thread; until it is there, others find its room taken."""
    phone.files.set_limits(Limits(total=1 << 20))
    data, write = os.urandom(700_000), os.write
    begun, go_on = threading.Event(), threading.Event()

    def wait(descriptor: int, content: Any) -> int:
        begun.set()
        assert go_on.wait(PATIENCE)
        return write(descriptor, content)

    async def main() -> None:
        monkeypatch.setattr(os, "write", wait)
        first = asyncio.ensure_future(called(fs, "writeFile", filePath=f"{USER}/first", data=data))
        assert await asyncio.to_thread(begun.wait, PATIENCE)
        monkeypatch.setattr(os, "write", write)
        assert said(fs.writeFileSync, f"{USER}/second", data) == FULL
        go_on.set()
        assert (await first)["errMsg"] == "writeFile:ok"

    asyncio.run(main())
    assert fs.readdirSync(USER) == ["first"]
    fs.unlinkSync(f"{USER}/first")
    fs.writeFileSync(f"{USER}/second", data)


# --- a full disk ----------------------------------------------------------------------------------------------------


@pytest.fixture(params=[errno.ENOSPC, errno.EDQUOT, errno.EFBIG], ids=lambda code: errno.errorcode[code])
def full_disk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Lets every write end half way from now on, as on a disk that is full."""
    write = os.write

    def half(descriptor: int, data: Any) -> int:
        if len(data) > 2:
            return write(descriptor, bytes(data)[: len(data) // 2])
        raise OSError(request.param, os.strerror(request.param))

    return lambda: monkeypatch.setattr(os, "write", half)


@pytest.mark.parametrize("size", [5, 4096, 1 << 20])
def test_a_full_disk_is_told_and_nothing_is_half_written(
    phone: Phone, fs: Any, full_disk: Callable[[], None], size: int
) -> None:
    fs.writeFileSync(f"{USER}/file", "the old content")
    fs.writeFileSync(f"{USER}/large", os.urandom(size))
    full_disk()
    data = os.urandom(size)
    answers = [
        call(fs, "writeFile", filePath=f"{USER}/file", data=data),
        call(fs, "writeFile", filePath=f"{USER}/new", data=data),
        call(fs, "appendFile", filePath=f"{USER}/file", data=data),
        call(fs, "copyFile", srcPath=f"{USER}/large", destPath=f"{USER}/file"),
        call(fs, "copyFile", srcPath=f"{USER}/large", destPath=f"{USER}/new"),
    ]
    assert {answer["errMsg"].partition(":fail ")[2] for answer in answers} == {FULL}
    assert fs.readdirSync(USER) == ["file", "large"]
    assert fs.readFileSync(f"{USER}/file", "utf8") == "the old content"
    assert lying_in(phone, "fresh") == []


@pytest.mark.parametrize("position", [None, 10, 4])
def test_a_full_disk_leaves_an_open_file_as_long_as_it_was(
    fs: Any, file: str, full_disk: Callable[[], None], monkeypatch: pytest.MonkeyPatch, position: int | None
) -> None:
    fd = fs.openSync({"filePath": file, "flag": "r+"})
    fs.writeSync({"fd": fd, "data": "ab"})
    with monkeypatch.context():
        full_disk()
        answer = call(fs, "write", fd=fd, data=b"x" * 40, position=position)
        assert answer["errMsg"] == f"write:fail {FULL}"
    assert fs.fstatSync({"fd": fd}).size == 10
    monkeypatch.undo()
    fs.writeSync({"fd": fd, "data": "cd"})
    assert fs.readFileSync(file)[:4] == b"abcd"


def test_a_full_disk_while_unpacking_leaves_nothing(
    phone: Phone, fs: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "packed").mkdir()
    for name in ("a", "b"):
        (tmp_path / "packed" / name).write_bytes(os.urandom(1000))
    path = shutil.make_archive(str(tmp_path / "packed"), "zip", tmp_path / "packed")
    fs.writeFileSync(f"{USER}/file.zip", Path(path).read_bytes())
    opened = os.open
    made: list[Any] = []

    def second_fails(path: Any, flags: int, *mode: int, **named: Any) -> int:
        if flags & os.O_CREAT:
            made.append(path)
            if len(made) > 1:
                raise OSError(errno.ENOSPC, "full")
        return opened(path, flags, *mode, **named)

    monkeypatch.setattr(os, "open", second_fails)
    answer = call(fs, "unzip", zipFilePath=f"{USER}/file.zip", targetPath=f"{USER}/out")
    assert answer["errMsg"] == f"unzip:fail {FULL}"
    assert fs.readdirSync(USER) == ["file.zip"]
    assert lying_in(phone, "fresh") == []


@pytest.mark.skipif(sys.platform == "win32", reason="the system has no limit on the size of files")
def test_a_limit_of_the_system_is_told_in_the_same_words(tmp_path: Path) -> None:
    program = textwrap.dedent(f"""
        import resource
        from taropy.phone import Phone
        from taropy.phone.core.answers import NativeError
        with Phone({str(tmp_path / "phone")!r}) as phone:
            fs = phone.native("weapp").getFileSystemManager()
            fs.writeFileSync("wxfile://usr/file", "old")
            resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
            for size in (100_001, 1_000_000):
                try:
                    fs.writeFileSync("wxfile://usr/file", bytes(size))
                except NativeError as failure:
                    print(failure.errMsg, fs.readFileSync("wxfile://usr/file"), fs.readdirSync("wxfile://usr"))
    """)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [f"writeFileSync:fail {FULL} b'old' ['file']"] * 2


def test_a_broken_disk_is_told(fs: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> int:
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(os, "write", broken)
    with pytest.raises(NativeError, match=r"writeFileSync:fail Input/output error"):
        fs.writeFileSync(f"{USER}/file", "x")
    assert fs.readdirSync(USER) == []
