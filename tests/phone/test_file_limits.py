"""How much fits: quotas, and disks that are full or broken."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from filing import FULL, USER, lying_in
from natively import call

from taropy.phone import Phone
from taropy.phone.files import Limits
from taropy.phone.native import Fail, NativeError


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photo.jpg"
    path.write_bytes(b"a picture")
    return path


@pytest.fixture
def phone(tmp_path: Path) -> Iterator[Phone]:
    with Phone(tmp_path / "phone") as phone:
        yield phone


@pytest.fixture
def native(phone: Phone) -> Any:
    return phone.native("weapp")


@pytest.fixture
def fs(native: Any) -> Any:
    return native.getFileSystemManager()


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
    phone.files.check_space(phone.app("weapp"), 2)
    with pytest.raises(Fail, match=FULL):
        phone.files.check_space(phone.app("weapp"), 3)


def test_every_app_has_a_quota_of_its_own(phone: Phone, fs: Any) -> None:
    phone.files.set_limits(Limits(total=10))
    fs.writeFileSync(f"{USER}/file", "x" * 10)
    phone.native("qq").getFileSystemManager().writeFileSync("qqfile://usr/file", "x" * 10)


def test_a_vendors_own_quota() -> None:
    with Phone() as phone:
        phone.files.check_space(phone.app("weapp"), 200 << 20)
        phone.files.check_space(phone.app("qq"), 10 << 20)
        with pytest.raises(Fail, match=FULL):
            phone.files.check_space(phone.app("weapp"), (200 << 20) + 1)
        with pytest.raises(Fail, match=FULL):
            phone.files.check_space(phone.app("qq"), (10 << 20) + 1)


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


def test_a_full_disk_while_unpacking_leaves_nothing(
    phone: Phone, fs: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "packed").mkdir()
    for name in ("a", "b"):
        (tmp_path / "packed" / name).write_bytes(os.urandom(1000))
    path = shutil.make_archive(str(tmp_path / "packed"), "zip", tmp_path / "packed")
    fs.writeFileSync(f"{USER}/file.zip", Path(path).read_bytes())
    makedirs = os.makedirs
    calls: list[Any] = []

    def second_fails(folder: Any, *arguments: Any, **options: Any) -> None:
        calls.append(folder)
        if len(calls) > 1:
            raise OSError(errno.ENOSPC, "full")
        makedirs(folder, *arguments, **options)

    monkeypatch.setattr(os, "makedirs", second_fails)
    answer = call(fs, "unzip", zipFilePath=f"{USER}/file.zip", targetPath=f"{USER}/out")
    assert answer["errMsg"] == f"unzip:fail {FULL}"
    assert fs.readdirSync(USER) == ["file.zip"]
    assert lying_in(phone, "fresh") == []


@pytest.mark.skipif(sys.platform == "win32", reason="the system has no limit on the size of files")
def test_a_limit_of_the_system_is_told_in_the_same_words(tmp_path: Path) -> None:
    program = textwrap.dedent(f"""
        import resource
        from taropy.phone import Phone
        from taropy.phone.native import NativeError
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
