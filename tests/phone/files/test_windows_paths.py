"""Paths and links as Windows has them, as far as another system can play it.

Played are a system that cannot be told to follow no link, junctions, and the names that Windows takes for others. That
it refuses them all was not tried on a real one.
"""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from filing import USER
from outside import SECRET, Outside

from taropy.phone import NativeError, Phone
from taropy.phone.files import links, paths

JUNCTION = 0xA000_0003  # IO_REPARSE_TAG_MOUNT_POINT
CLOUD_FILE = 0x9000_601A  # IO_REPARSE_TAG_CLOUD_6: a file whose content OneDrive may have yet to fetch


@pytest.fixture
def phone(outside: Outside) -> Phone:
    return outside.phone


@pytest.fixture
def follows(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that follows links whatever it is told."""
    monkeypatch.setattr(links, "NO_FOLLOW", 0)


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system with the names of Windows."""
    monkeypatch.setattr(paths, "WINDOWS", True)


WAYS_TO_A_FILE = {
    "readFileSync": lambda fs, path: fs.readFileSync(path, "utf8"),
    "appendFileSync": lambda fs, path: fs.appendFileSync(path, "more"),
    "truncateSync": lambda fs, path: fs.truncateSync({"filePath": path, "length": 0}),
    "openSync to read": lambda fs, path: fs.openSync({"filePath": path, "flag": "r"}),
    "openSync to write": lambda fs, path: fs.openSync({"filePath": path, "flag": "w+"}),
    "openSync to append": lambda fs, path: fs.openSync({"filePath": path, "flag": "a"}),
    "copyFileSync": lambda fs, path: fs.copyFileSync(path, f"{USER}/copy"),
}


@pytest.mark.parametrize("way", WAYS_TO_A_FILE)
def test_no_link_is_followed_where_the_system_would_follow_it(
    way: str, outside: Outside, fs: Any, follows: None
) -> None:
    (outside.inside / "link").symlink_to(outside.canary)
    with pytest.raises(NativeError, match="permission denied"):
        WAYS_TO_A_FILE[way](fs, f"{USER}/link")
    assert outside.canary.read_text() == SECRET


def test_a_file_that_is_written_takes_the_place_of_a_link(outside: Outside, fs: Any, follows: None) -> None:
    (outside.inside / "link").symlink_to(outside.canary)
    fs.writeFileSync(f"{USER}/link", "mine")
    assert outside.canary.read_text() == SECRET


def test_files_are_read_and_written_as_ever(fs: Any, follows: None) -> None:
    fs.writeFileSync(f"{USER}/file", "one")
    fs.appendFileSync(f"{USER}/file", "two")
    assert fs.readFileSync(f"{USER}/file", "utf8") == "onetwo"


def test_a_link_that_comes_while_the_file_is_opened_is_seen(
    outside: Outside, fs: Any, follows: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    fs.writeFileSync(f"{USER}/file", "mine")
    opened = os.open

    def swapping(path: Any, *rest: Any, **named: Any) -> int:
        if str(path).endswith("file"):
            Path(path).unlink()
            Path(path).symlink_to(outside.canary)
        return opened(path, *rest, **named)

    monkeypatch.setattr(os, "open", swapping)
    with pytest.raises(NativeError, match="permission denied"):
        fs.readFileSync(f"{USER}/file", "utf8")


class Status(SimpleNamespace):
    """A status of a file with the tag that Windows would give it."""


def tagged(monkeypatch: pytest.MonkeyPatch, folder: Path, tag: int) -> None:
    """Has the system say of the folder that it is more than that."""
    look = os.lstat

    def lstat(path: Any, **named: Any) -> Any:
        found = look(path, **named)
        if str(path) != str(folder):
            return found
        told = {name: getattr(found, name) for name in dir(found) if name.startswith("st_")}
        return Status(**{**told, "st_reparse_tag": tag})

    monkeypatch.setattr(os, "lstat", lstat)


def test_a_junction_is_a_link(outside: Outside, fs: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    fs.mkdirSync(f"{USER}/folder")
    fs.writeFileSync(f"{USER}/folder/file", "mine")
    tagged(monkeypatch, outside.inside / "folder", JUNCTION)
    for way in (
        lambda: fs.readFileSync(f"{USER}/folder/file"),
        lambda: fs.writeFileSync(f"{USER}/folder/new", "x"),
        lambda: fs.mkdirSync(f"{USER}/folder/deep/deeper", True),
        lambda: fs.readdirSync(f"{USER}/folder"),
        lambda: fs.rmdirSync(f"{USER}/folder", True),
        lambda: fs.statSync(f"{USER}/folder"),
    ):
        with pytest.raises(NativeError, match="permission denied"):
            way()
    assert (outside.inside / "folder" / "file").read_text() == "mine"


def test_a_file_that_is_kept_elsewhere_is_none(outside: Outside, fs: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    fs.mkdirSync(f"{USER}/folder")
    fs.writeFileSync(f"{USER}/folder/file", "mine")
    tagged(monkeypatch, outside.inside / "folder", CLOUD_FILE)
    assert fs.readFileSync(f"{USER}/folder/file", "utf8") == "mine"


DEVICES = [
    "CON",
    "con",
    "NUL",
    "nul.txt",
    "Aux.tar.gz",
    "PRN",
    "COM1",
    "com9.x",
    "COM¹",
    "LPT0",
    "CONIN$",
    "conout$",
    "nul .txt",
]
ENDINGS = ["x.", "x ", "x. .", "...", ".. ", ". ", "x/y./z", ".. /x", "x /y"]
LETTERS = ["a:b", "file:stream", "a*", "a?", 'a"', "a<b", "a>b", "a|b", "a\tb", "a\x01", "a\\b"]


@pytest.mark.parametrize("name", [*DEVICES, *ENDINGS, *LETTERS])
def test_names_that_windows_takes_for_others_are_refused(name: str, fs: Any, windows: None) -> None:
    for path in (f"{USER}/{name}", f"{USER}/deep/{name}", f"{USER}/{name}/below", f"wxfile://tmp_{name}", name):
        with pytest.raises(NativeError, match=r"permission denied|no such file"):
            fs.readFileSync(path)
        with pytest.raises(NativeError, match=r"permission denied|no such file"):
            fs.writeFileSync(path, "x")
    assert fs.readdirSync(USER) == []


@pytest.mark.parametrize(
    "name", ["console", "null", "com10", "a.con", "auxiliary.txt", ".x", "x.y", "a b", "公司", "COM"]
)
def test_other_names_are_taken(name: str, fs: Any, windows: None) -> None:
    fs.writeFileSync(f"{USER}/{name}", "x")
    assert fs.readdirSync(f"{USER}/./a/..") == [name]


@pytest.mark.parametrize("name", ["CON", "nul.txt", "x.", "x ", "a:b"])
def test_on_other_systems_they_are_names_as_any(name: str, fs: Any) -> None:
    if os.name == "nt":
        pytest.skip("this is Windows")
    fs.writeFileSync(f"{USER}/{name}", "x")
    assert fs.readdirSync(USER) == [name]
