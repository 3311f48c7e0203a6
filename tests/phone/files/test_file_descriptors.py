"""Files that a program has open: `open`, `read`, `write`, `fstat`, `ftruncate` and `close`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from filing import USER, said
from natively import Answer, call

import taropy
from taropy.phone import Limits, Phone

OWN_DESCRIPTORS = Path("/proc/self/fd")


def test_an_open_file_is_read_and_written_at_its_positions(fs: Any, file: str) -> None:
    fd = fs.openSync({"filePath": file, "flag": "r+"})
    buffer = bytearray(4)
    assert fs.readSync({"fd": fd, "arrayBuffer": buffer, "length": 3, "offset": 1}) == {
        "bytesRead": 3, "arrayBuffer": buffer,
    }  # fmt: skip
    assert buffer == b"\x00012"
    assert fs.readSync({"fd": fd, "arrayBuffer": buffer, "length": 4, "position": 8})["bytesRead"] == 2
    assert buffer == b"8912"
    assert fs.writeSync({"fd": fd, "data": "XY"}) == {"bytesWritten": 2}
    assert fs.writeSync({"fd": fd, "data": b"..Z..", "offset": 2, "length": 1, "position": 9}) == {"bytesWritten": 1}
    assert fs.fstatSync({"fd": fd}).size == 10
    fs.ftruncateSync({"fd": fd, "length": 11})
    fs.closeSync({"fd": fd})
    assert fs.readFileSync(file) == b"012XY5678Z\0"


def test_bytes_cannot_be_read_into_but_come_back_filled(fs: Any, file: str) -> None:
    fd = call(fs, "open", filePath=file)["fd"]
    answer = call(fs, "read", fd=fd, arrayBuffer=bytes(3), length=2)
    assert (answer["bytesRead"], answer["arrayBuffer"]) == (2, b"01\0")
    assert call(fs, "close", fd=fd) == {"errMsg": "close:ok"}


def test_nothing_is_read_unless_a_length_is_given(fs: Any, file: str) -> None:
    fd = fs.openSync({"filePath": file})
    assert fs.readSync({"fd": fd, "arrayBuffer": bytearray(4)})["bytesRead"] == 0


@pytest.mark.parametrize(
    ("flag", "there", "left"),
    [
        ("r", True, b"0123456789"), ("r", False, None), ("r+", True, b"ab23456789"), ("r+", False, None),
        ("w", True, b"ab"), ("w", False, b"ab"), ("wx", True, b"0123456789"), ("wx", False, b"ab"),
        ("w+", True, b"ab"), ("w+", False, b"ab"), ("wx+", True, b"0123456789"), ("wx+", False, b"ab"),
        ("a", True, b"0123456789ab"), ("a", False, b"ab"), ("ax", True, b"0123456789"), ("ax", False, b"ab"),
        ("a+", True, b"0123456789ab"), ("a+", False, b"ab"), ("ax+", True, b"0123456789"), ("ax+", False, b"ab"),
        ("as", True, b"0123456789ab"), ("as", False, b"ab"), ("as+", True, b"0123456789ab"), ("as+", False, b"ab"),
    ],
)  # fmt: skip
def test_a_flag_says_how_a_file_is_opened(fs: Any, file: str, flag: str, there: bool, left: bytes | None) -> None:
    if not there:
        fs.unlinkSync(file)
    opened = call(fs, "open", filePath=file, flag=flag)
    if "fd" in opened:
        written = call(fs, "write", fd=opened["fd"], data="ab")
        read = call(fs, "read", fd=opened["fd"], arrayBuffer=bytearray(1), length=1, position=0)
        assert ("bytesWritten" in written) is (flag != "r")
        assert ("bytesRead" in read) is (flag == "r" or "+" in flag)
        fs.closeSync({"fd": opened["fd"]})
    assert (fs.readFileSync(file) if left is not None else None) == left


@pytest.mark.parametrize(("flag", "name"), [("r", "write"), ("r", "ftruncate"), ("w", "read"), ("a", "read")])
def test_a_descriptor_is_good_for_what_it_was_opened_for(fs: Any, file: str, flag: str, name: str) -> None:
    fd = fs.openSync({"filePath": file, "flag": flag})
    answer = call(fs, name, fd=fd, data="a", arrayBuffer=bytearray(1), length=1)
    assert (answer["errMsg"], answer["errno"]) == (f"{name}:fail permission denied", 1302001)


def test_only_so_many_files_are_open_at_once(phone: Phone, fs: Any, file: str) -> None:
    fds = [fs.openSync({"filePath": file}) for _ in range(20)]
    refused = call(fs, "open", filePath=file)
    assert (refused["errMsg"], refused["errno"]) == ("open:fail exceed max concurrent fd limit", 1302002)
    fs.closeSync({"fd": fds.pop()})
    fs.openSync({"filePath": file})
    phone.files.set_limits(Limits(open=21))
    fs.openSync({"filePath": file})
    assert said(fs.openSync, {"filePath": file}) == "exceed max concurrent fd limit"


@pytest.mark.parametrize("flag", ["wx", "ax", "wx+", "ax+"])
def test_a_new_file_must_be_new(fs: Any, file: str, flag: str) -> None:
    assert said(fs.openSync, {"filePath": file, "flag": flag}) == f'file already exists "{file}"'


def test_a_directory_cannot_be_opened(fs: Any) -> None:
    assert said(fs.openSync, {"filePath": USER}).startswith("illegal operation on a directory")


@pytest.mark.parametrize("name", ["close", "fstat", "ftruncate", "read", "write"])
def test_a_descriptor_that_was_closed_is_bad(fs: Any, file: str, name: str) -> None:
    fd = fs.openSync({"filePath": file, "flag": "r+"})
    fs.closeSync({"fd": fd})
    options = {"fd": fd, "length": 0, "arrayBuffer": bytearray(1), "data": "a"}
    assert said(getattr(fs, f"{name}Sync"), options) == "bad file descriptor"
    assert call(fs, name, **options)["errMsg"] == f"{name}:fail bad file descriptor"


@pytest.mark.parametrize("fd", ["0", "1", "2", "-1", "", "x"])
def test_the_computers_own_descriptors_are_out_of_reach(fs: Any, fd: str) -> None:
    assert said(fs.closeSync, {"fd": fd}) == "bad file descriptor"


@pytest.mark.parametrize(
    ("name", "options", "errMsg"),
    [
        ("readSync", {"offset": 5}, 'the value of "offset" is out of range'),
        ("readSync", {"offset": -1}, 'the value of "offset" is out of range'),
        ("readSync", {"length": 5}, 'the value of "length" is out of range'),
        ("readSync", {"offset": 2, "length": 3}, 'the value of "length" is out of range'),
        ("readSync", {"length": 1, "position": -1}, 'the value of "position" is out of range'),
        ("readSync", {"arrayBuffer": memoryview(b"abcd"), "length": 1}, "array buffer is readonly"),
        ("writeSync", {"offset": 3}, 'the value of "offset" is out of range'),
        ("writeSync", {"length": 3}, 'the value of "length" is out of range'),
        ("writeSync", {"position": -1}, 'the value of "position" is out of range'),
        ("ftruncateSync", {"length": -1}, 'the value of "length" is out of range'),
    ],
)
def test_what_is_out_of_range_is_told(fs: Any, file: str, name: str, options: Answer, errMsg: str) -> None:
    fd = fs.openSync({"filePath": file, "flag": "r+"})
    assert said(getattr(fs, name), {"fd": fd, "arrayBuffer": bytearray(4), "data": b"ab", **options}) == errMsg
    assert fs.readFileSync(file) == b"0123456789"


def test_what_programs_left_open_is_closed_when_the_last_of_them_ends(phone: Phone) -> None:
    first, second, third = (taropy.create("weapp", phone=phone) for _ in range(3))
    fd = first.getFileSystemManager().openSync(filePath=f"{USER}/file", flag="w+")
    assert second.getFileSystemManager().fstatSync(fd=fd).isFile()
    first.close()
    assert second.getFileSystemManager().fstatSync(fd=fd).isFile()
    second.close()
    with pytest.raises(taropy.TaroError, match="fstatSync:fail bad file descriptor"):
        third.getFileSystemManager().fstatSync(fd=fd)
    third.close()


@pytest.mark.skipif(not OWN_DESCRIPTORS.exists(), reason="the system does not list open files")
def test_descriptors_do_not_outlive_the_phone(fs: Any, phone: Phone, file: str) -> None:
    before = len(list(OWN_DESCRIPTORS.iterdir()))
    for _ in range(20):
        fs.openSync({"filePath": file})
    assert len(list(OWN_DESCRIPTORS.iterdir())) == before + 20
    phone.files.close()
    assert len(list(OWN_DESCRIPTORS.iterdir())) == before
