"""Nothing outside the app's own folders is read or changed, whatever the path."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from filing import USER
from natively import call
from outside import SECRET, UNNAMED, Outside

from taropy.phone import Fail, NativeError, Phone

PATHS = 10_000

BEGINNINGS = (
    USER, f"{USER}/", "wxfile://usr/dir/", "wxfile://tmp_", "wxfile://store_", "wxfile://", "wxfile:/", "WXFILE://usr/",
    "http://usr/", "http://tmp/", "file://", "file:///", "file:", "/", "//", "///", "", "./", "../", "\\", "C:\\", "~/",
    "ttfile://user/", "https://usr/", "wxfile://usr//", "wxfile://usr\\", "wxfile://usr%2f", "wxfile://usr/link.txt",
    "wxfile://usr/linked/", "wxfile://usr/up/", "wxfile://usr/dir/deep/", "//server/share/", "\\\\?\\C:\\",
)  # fmt: skip
STEPS = (
    "..", "../..", "../../../../../../../..", ".", "", "...", "....", "..;", ".. ", " ..", "..\t", "%2e%2e", "%2E%2E",
    "%252e%252e", ".%2e", "%c0%ae%c0%ae", "%00", "\0", "..\0", "．．", "․․", "‥", "。。", "..\u200b", "\u202e..",
    "..\\", "..\\..", "..%5c", "..%2f", "..%252f", "∕", "／", "⁄", "linked", "up", "link.txt", "dir", "deep",
    "canary.txt", "outside", "other.txt", "etc", "passwd", "proc", "self", "cwd", "fd", "0", "CON", "NUL", "a:b",
    "$HOME", "*", "?", "\ud800", "\udcff", "\n", "a" * 255, "a" * 256, "é", "e\u0301", "-rf", ";", "|", "`id`",
    "${IFS}", "{{7*7}}",
)  # fmt: skip
JOINTS = ("/", "/", "/", "//", "\\", "/./", "%2f", "∕")


def hostile_paths(outside: Outside, seed: int) -> Iterator[str]:
    """Paths that try to lead out, from a generator that gives the same ones every time."""
    pick = random.Random(seed)
    targets = [*_spellings(outside.canary), *_spellings(outside.other), *_spellings(outside.folder)]
    for number in range(PATHS):
        steps = [pick.choice(STEPS) for _ in range(pick.randint(0, 6))]
        rest = "".join(f"{step}{pick.choice(JOINTS)}" for step in steps)
        end = pick.choice(targets) if number % 3 == 0 else pick.choice(STEPS)
        path = f"{pick.choice(BEGINNINGS)}{rest}{end}"
        yield path * 400 if number % 500 == 0 else path


def _spellings(path: Path) -> list[str]:
    plain = str(path)
    from_user = "../" * 12 + plain.lstrip("/")
    quoted = plain.replace("/", "%2f").replace(".", "%2e")
    return [plain, plain.lstrip("/"), from_user, quoted, quoted.replace("%", "%25"), plain.replace("/", "\\")]


@pytest.fixture
def phone(outside: Outside) -> Phone:
    return outside.phone


def works(fs: Any) -> list[Callable[[str], Any]]:
    """Everything that reads or writes at a path."""
    inside = f"{USER}/inside"
    return [
        fs.accessSync,
        fs.statSync,
        lambda path: fs.statSync(path, True),
        fs.readdirSync,
        fs.readFileSync,
        lambda path: fs.readFileSync(path, "utf8", 0, 1),
        lambda path: fs.copyFileSync(path, inside),
        lambda path: fs.readCompressedFileSync({"filePath": path, "compressionAlgorithm": "br"}),
        lambda path: fs.closeSync({"fd": fs.openSync({"filePath": path})}),
        lambda path: fs.writeFileSync(path, "written"),
        lambda path: fs.appendFileSync(path, "written"),
        lambda path: fs.truncateSync({"filePath": path}),
        lambda path: fs.closeSync({"fd": fs.openSync({"filePath": path, "flag": "w+"})}),
        lambda path: fs.mkdirSync(path, True),
        lambda path: fs.copyFileSync(inside, path),
        lambda path: fs.renameSync(inside, path),
        lambda path: fs.renameSync(path, inside),
        lambda path: fs.saveFileSync(path),
        lambda path: fs.saveFileSync(path, f"{USER}/saved"),
        fs.unlinkSync,
        fs.rmdirSync,
        lambda path: fs.rmdirSync(path, True),
    ]


def test_no_hostile_path_leads_out(outside: Outside, fs: Any) -> None:
    fs.writeFileSync(f"{USER}/inside", "mine")
    every = works(fs)
    before = outside.state()
    refused = 0
    for number, path in enumerate(hostile_paths(outside, seed=5)):
        if number % 50 == 0:
            outside.plant_links()
            fs.writeFileSync(f"{USER}/inside", "mine")
        for work in every:
            try:
                told = repr(work(path))
            except NativeError as failure:
                told = failure.errMsg
                refused += 1
            assert SECRET not in told
            assert UNNAMED not in told
    assert outside.state() == before
    assert refused > PATHS


def test_the_other_rooms_are_no_way_out(outside: Outside) -> None:
    files, app = outside.phone.files, outside.phone.app("weapp")
    own = str(outside.inside.parent)
    found = 0
    for number, path in enumerate(hostile_paths(outside, seed=6)):
        if number % 500 == 0:
            outside.plant_links()
        for find in (files.local, files.writable):
            with suppress(Fail):
                real = find(app, path)
                found += 1
                assert str(real).startswith(own)
                assert os.path.realpath(real).startswith(os.path.realpath(own))
    assert 0 < found < PATHS


@pytest.mark.parametrize("name", ["readFile", "getFileInfo", "openDocument", "saveFileToDisk", "getSavedFileInfo",
                                  "removeSavedFile"])  # fmt: skip
def test_functions_that_answer_are_no_way_out(outside: Outside, name: str) -> None:
    outside.plant_links()
    native = outside.phone.native("weapp")
    of = native.getFileSystemManager() if name == "readFile" else native
    before = outside.state()
    for path in (f"{USER}/link.txt", f"{USER}/linked/canary.txt", f"{USER}/dir/deep/canary.txt", str(outside.canary),
                 f"{USER}/../../tt/usr/other.txt", f"file://{outside.canary}"):  # fmt: skip
        answer = call(of, name, filePath=path, fileType="pdf")
        assert answer["errMsg"].startswith(f"{name}:fail ")
    assert outside.state() == before


@pytest.mark.parametrize(
    "path",
    ["..", "/..", "/../usr", "/a/../../b", "/../../../etc/passwd", "/./../x", "//..", "/a/b/../../../c"],
)
def test_a_path_that_leads_up_and_out_is_denied(fs: Any, path: str) -> None:
    wanted = f"{USER}{path}" if path != ".." else ".."
    with pytest.raises(NativeError, match="readFileSync:fail permission denied, open "):
        fs.readFileSync(wanted)


@pytest.mark.parametrize(
    ("path", "same"),
    [
        ("/a/../file", "/file"),
        ("//file", "/file"),
        ("/./file", "/file"),
        ("/a/b/../../file", "/file"),
        ("/file/", "/file"),
    ],
)
def test_a_path_that_stays_inside_is_taken_as_it_is_meant(fs: Any, path: str, same: str) -> None:
    fs.writeFileSync(f"{USER}{same}", "here")
    assert fs.readFileSync(f"{USER}{path}", "utf8") == "here"


@pytest.mark.parametrize("name", ["%2e%2e", "%252e%252e", "..%2f", "．．", "...", "a:b", "~", "$HOME", "-rf", " "])
def test_odd_names_are_just_names(fs: Any, name: str) -> None:
    fs.writeFileSync(f"{USER}/{name}", "odd")
    assert fs.readdirSync(USER) == [name]
    assert fs.readFileSync(f"{USER}/{name}", "utf8") == "odd"


def test_a_link_to_the_inside_is_refused_too(outside: Outside, fs: Any) -> None:
    fs.writeFileSync(f"{USER}/file", "mine")
    (outside.inside / "alias").symlink_to("file")
    with pytest.raises(NativeError, match="permission denied"):
        fs.readFileSync(f"{USER}/alias")


def test_a_link_is_neither_counted_nor_told_in_a_tree(outside: Outside, fs: Any) -> None:
    outside.plant_links()
    assert list(fs.statSync(USER, True)) == ["/", "/dir"]
    fs.rmdirSync(f"{USER}/dir", True)
    assert outside.canary.read_text() == SECRET


def test_a_link_in_the_package_is_refused(outside: Outside, fs: Any, tmp_path: Path) -> None:
    package = tmp_path / "package"
    package.mkdir()
    (package / "out").symlink_to(outside.canary.parent)
    outside.phone.files.set_package(package)
    with pytest.raises(NativeError, match="permission denied, open out/canary"):
        fs.readFileSync("out/canary.txt")


def test_a_pipe_does_not_stop_the_phone(outside: Outside, fs: Any) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("the system has no named pipes")
    os.mkfifo(outside.inside / "pipe")
    assert fs.readFileSync(f"{USER}/pipe") == b""


@pytest.mark.parametrize("appid", ["../../outside", "..", "/etc", "a/b", "a\\b", "wx%2f..", ""])
def test_an_odd_appid_leads_nowhere_else(tmp_path: Path, appid: str) -> None:
    with Phone(tmp_path / "phone", appid=appid) as phone:
        phone.native("weapp").getFileSystemManager().writeFileSync(f"{USER}/file", "mine")
        found = [path for path in tmp_path.rglob("file") if path.is_file()]
        assert [path.parents[2] for path in found] == [tmp_path / "phone" / "files"]


@pytest.mark.parametrize("suffix", ["/../../x", ".jpg/x", "..", ".", "x", ".a\0b", ".jp g", "." + "a" * 300, ""])
def test_an_odd_suffix_of_a_temporary_file_is_left_out(outside: Outside, suffix: str) -> None:
    path, real = outside.phone.files.new_temporary(outside.phone.app("weapp"), suffix)
    assert real.suffix == ""
    assert path.startswith("wxfile://tmp_")
    real.write_bytes(b"x")
    assert outside.phone.files.local(outside.phone.app("weapp"), path) == real
