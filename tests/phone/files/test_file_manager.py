"""`getFileSystemManager()`: every function in both forms, what it takes, gives and says when it fails."""

from __future__ import annotations

import asyncio
import hashlib
import os
import time
from pathlib import Path
from typing import Any

import pytest
from filing import USER, said
from natively import Answer, call, called
from supporting import has

import taropy
from taropy import spec
from taropy.phone import Limits, NativeError, Phone

METHODS = spec.fields_of(spec.Ref("FileSystemManager"))
PLATFORMS = sorted((METHODS["mkdirSync"].platforms or set()) & (METHODS["readdirSync"].platforms or set()))
SYNC = ("access", "appendFile", "copyFile", "mkdir", "readFile", "readdir", "rename", "rmdir", "stat", "unlink",
        "writeFile")  # fmt: skip
KEEPING = [f"FileSystemManager.{name}Sync" for name in SYNC if name != "rmdir"]
WITH_CALLBACKS = ("FileSystemManager.writeFile", "FileSystemManager.readFile")


def content(phone: Phone) -> set[str]:
    """What lies in the program's own folder on the computer, links and unfinished files included."""
    root = phone.folder / "files"
    found = {str(path.relative_to(root)) for pattern in ("usr/**/*", "fresh/*/*") for path in root.glob(f"*/{pattern}")}
    return {path.partition("/")[2] for path in found}


# --- the good path, on every platform -------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", [each for each in PLATFORMS if each != "alipay" and has(each, *KEEPING)])
def test_a_program_keeps_its_files(platform: str) -> None:
    with taropy.create(platform) as t:
        fs = t.getFileSystemManager()
        user = t.env.USER_DATA_PATH if platform in spec.supported_on("env") else USER
        fs.mkdirSync(f"{user}/notes/2024", True)
        fs.writeFileSync(f"{user}/notes/2024/first.txt", "你好", "utf8")
        fs.appendFileSync(f"{user}/notes/2024/first.txt", ", taropy")
        assert fs.readFileSync(f"{user}/notes/2024/first.txt", "utf-8") == "你好, taropy"
        assert fs.readFileSync(f"{user}/notes/2024/first.txt") == "你好, taropy".encode()
        fs.copyFileSync(f"{user}/notes/2024/first.txt", f"{user}/copy.txt")
        fs.renameSync(f"{user}/copy.txt", f"{user}/moved.txt")
        assert fs.readdirSync(user) == ["moved.txt", "notes"]
        stats = fs.statSync(f"{user}/moved.txt")
        assert (stats.isFile(), stats.isDirectory(), stats.size) == (True, False, 14)
        fs.unlinkSync(f"{user}/moved.txt")
        if not has(platform, "FileSystemManager.rmdirSync"):
            return
        fs.rmdirSync(f"{user}/notes", True)
        assert fs.readdirSync(user) == []
        with pytest.raises(taropy.TaroError, match="accessSync:fail no such file or directory"):
            fs.accessSync(f"{user}/notes")


def test_on_alipay_what_is_returned_are_fields() -> None:
    with taropy.create("alipay") as t:
        fs, user = t.getFileSystemManager(), t.env.USER_DATA_PATH
        assert fs.mkdirSync(f"{user}/notes") == {"success": True}
        assert fs.writeFileSync(f"{user}/notes/first.txt", "tea", "utf8") == {"success": True}
        assert fs.readFileSync(f"{user}/notes/first.txt", "utf8") == {"data": "tea", "dataType": "string"}
        assert fs.readFileSync(f"{user}/notes/first.txt") == {"data": b"tea", "dataType": "ArrayBuffer"}
        assert fs.readdirSync(user) == {"files": ["notes"]}
        assert fs.statSync(f"{user}/notes").stats.isDirectory()
        assert fs.accessSync(f"{user}/notes") == {"success": True}
        with pytest.raises(taropy.TaroError) as caught:
            fs.accessSync(f"{user}/none")
        assert (caught.value.error, caught.value.errCode) == (10022, 10022)


def test_on_alipay_functions_that_return_take_options_as_well(phone: Phone) -> None:
    fs = phone.native("alipay").getFileSystemManager()
    fs.writeFileSync({"filePath": "https://usr/a", "data": "tea"})
    assert fs.readFileSync({"filePath": "https://usr/a", "encoding": "utf8"})["data"] == "tea"
    with pytest.raises(NativeError) as caught:
        fs.readFileSync({"encoding": "utf8"})
    assert caught.value.error == 2


@pytest.mark.parametrize(
    ("name", "options", "error"),
    [
        ("access", {"path": "https://usr/none"}, 10022),
        ("access", {}, 2),
        ("appendFile", {"filePath": "https://usr/none", "data": "a"}, 10022),
        ("appendFile", {"filePath": "https://usr/folder", "data": "a"}, 10025),
        ("copyFile", {"srcPath": "https://usr/none", "destPath": "https://usr/a"}, 10022),
        ("copyFile", {"srcPath": "https://usr/file", "destPath": "https://usr/folder"}, 10023),
        ("mkdir", {"dirPath": "https://usr/folder"}, 10025),
        ("mkdir", {"dirPath": "https://usr/none/inner"}, 10022),
        ("readFile", {"filePath": "https://usr/none"}, 10022),
        ("readdir", {"dirPath": "https://usr/none"}, 10022),
        ("rename", {"oldPath": "https://usr/none", "newPath": "https://usr/a"}, 10022),
        ("rmdir", {"dirPath": "https://usr/none"}, 10022),
        ("rmdir", {"dirPath": "https://usr/folder"}, 10027),
        ("saveFile", {"tempFilePath": "https://resource/none"}, 10022),
        ("unlink", {"filePath": "https://usr/none"}, 10022),
        ("unlink", {"filePath": "https://usr/folder"}, 10023),
        ("unzip", {"zipFilePath": "https://usr/none", "targetPath": "https://usr/out"}, 10022),
        ("unzip", {"zipFilePath": "https://usr/file", "targetPath": "https://usr/out"}, 3),
        ("writeFile", {"filePath": "https://elsewhere/a", "data": "a"}, 10024),
        ("writeFile", {"filePath": "https://usr/a", "data": "a" * (10 * 1024 * 1024 + 1)}, 10028),
        ("removeSavedFile", {"filePath": "https://usr/none"}, 10022),
    ],
)
def test_on_alipay_each_function_fails_with_the_number_of_its_page(
    phone: Phone, name: str, options: dict[str, Any], error: int
) -> None:
    fs = phone.native("alipay").getFileSystemManager()
    fs.mkdirSync("https://usr/folder/inner", True)
    fs.writeFileSync("https://usr/file", "tea")
    failure = call(fs, name, **options)
    assert (failure["error"], bool(failure["errorMessage"]), failure.get("errCode")) == (error, True, None)


@pytest.mark.parametrize("platform", [each for each in PLATFORMS if has(each, *WITH_CALLBACKS)])
def test_callbacks_answer_after_the_call_has_returned(platform: str) -> None:
    async def main() -> None:
        async with taropy.create(platform) as t:
            fs = t.getFileSystemManager()
            path = f"{t.env.USER_DATA_PATH if platform in spec.supported_on('env') else USER}/file"
            order: list[Any] = []
            done = asyncio.Event()
            fs.writeFile(filePath=path, data=b"abc", success=lambda _: order.append("written"))
            order.append("returned")
            fs.readFile(
                filePath=path, encoding="hex", success=lambda res: order.append(res.data), complete=lambda _: done.set()
            )
            await asyncio.wait_for(done.wait(), 20)
            assert order == ["returned", "written", "616263"]

    asyncio.run(main())


def test_the_manager_is_one_and_the_same(phone: Phone) -> None:
    native = phone.native("weapp")
    assert native.getFileSystemManager() is native.getFileSystemManager()


def test_every_declared_function_is_there(fs: Any) -> None:
    declared = spec.type_def("FileSystemManager").methods
    assert [name for name in declared if not callable(getattr(fs, name, None))] == []


@pytest.mark.parametrize("name", sorted(spec.type_def("FileSystemManager").methods))
def test_wrong_options_are_told_and_not_thrown(fs: Any, name: str) -> None:
    if name.endswith("Sync"):
        with pytest.raises(NativeError, match=f"{name}:fail"):
            getattr(fs, name)(5) if name.removesuffix("Sync") in SYNC else getattr(fs, name)({})
    elif name != "getSavedFileList":
        failure = call(fs, name)
        assert failure["errMsg"].startswith(f"{name}:fail parameter error: parameter.")
        assert failure["errMsg"].endswith("instead of Undefined")


@pytest.mark.parametrize(
    ("name", "arguments", "errMsg"),
    [
        ("readFileSync", (), "parameter.filePath should be String instead of Undefined"),
        ("readFileSync", (None,), "parameter.filePath should be String instead of Null"),
        ("readFileSync", (["a"],), "parameter.filePath should be String instead of Array"),
        ("readFileSync", ("a", "utf8", "1"), "parameter.position should be Number instead of String"),
        ("writeFileSync", (f"{USER}/a",), "parameter.data should be String or ArrayBuffer instead of Undefined"),
        ("writeFileSync", (f"{USER}/a", {"a": 1}), "parameter.data should be String or ArrayBuffer instead of Object"),
        ("writeFileSync", (f"{USER}/a", [1]), "parameter.data should be String or ArrayBuffer instead of Array"),
        (
            "readSync",
            ({"fd": "1", "arrayBuffer": [0]},),
            "parameter.arrayBuffer should be ArrayBuffer instead of Array",
        ),
        ("mkdirSync", (f"{USER}/a", "yes"), "parameter.recursive should be Boolean instead of String"),
        ("renameSync", (f"{USER}/a",), "parameter.newPath should be String instead of Undefined"),
        ("openSync", ({"filePath": 5},), "parameter.filePath should be String instead of Number"),
        ("openSync", ("a",), "parameter should be Object"),
    ],
)
def test_wrong_arguments_are_told_by_name(fs: Any, name: str, arguments: tuple[Any, ...], errMsg: str) -> None:
    assert said(getattr(fs, name), *arguments) == f"parameter error: {errMsg}"


# --- reading and writing --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "text", "data"),
    [
        ("utf8", "aé漢😀", "aé漢😀".encode()),
        ("utf-8", "a", b"a"),
        ("ascii", "abc", b"abc"),
        ("latin1", "aé", b"a\xe9"),
        ("binary", "\x00\xff", b"\x00\xff"),
        ("hex", "00ff7a", b"\x00\xffz"),
        ("base64", "aGVsbG8=", b"hello"),
        ("ucs2", "aé", b"a\x00\xe9\x00"),
        ("ucs-2", "漢", b"\x22\x6f"),
        ("utf16le", "a", b"a\x00"),
        ("utf-16le", "😀", b"\x3d\xd8\x00\xde"),
        ("UTF-8", "é", b"\xc3\xa9"),
    ],
)
def test_text_is_written_and_read_in_its_encoding(fs: Any, encoding: str, text: str, data: bytes) -> None:
    fs.writeFileSync(f"{USER}/file", text, encoding)
    assert fs.readFileSync(f"{USER}/file") == data
    assert fs.readFileSync(f"{USER}/file", encoding) == text


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        (b"\xff\xfea", "utf8", "\ufffd\ufffda"),
        (b"\xe1\x62", "ascii", "ab"),
        (b"a\x00b", "utf16le", "a"),
        (b"", "base64", ""),
    ],
)
def test_bytes_that_are_no_text_are_read_as_node_does(fs: Any, data: bytes, encoding: str, text: str) -> None:
    fs.writeFileSync(f"{USER}/file", data)
    assert fs.readFileSync(f"{USER}/file", encoding) == text


@pytest.mark.parametrize(
    ("text", "encoding", "data"),
    [("\ud83d!", "utf8", b"\xef\xbf\xbd!"), ("漢", "latin1", b"\x22"), ("aGVsbG8", "base64", b"hello")],
)
def test_text_that_does_not_fit_is_written_as_node_does(fs: Any, text: str, encoding: str, data: bytes) -> None:
    fs.writeFileSync(f"{USER}/file", text, encoding)
    assert fs.readFileSync(f"{USER}/file") == data


@pytest.mark.parametrize(
    ("text", "encoding", "errMsg"),
    [
        ("data:image/png;base64,aGVsbG8=", "base64", "base64 encode error"),
        ("漢", "base64", "base64 encode error"),
        ("0g", "hex", "Invalid argument"),
        ("abc", "hex", "Invalid argument"),
        ("abc", "gbk", "invalid encoding"),
    ],
)
def test_what_an_encoding_cannot_hold_is_told(fs: Any, file: str, text: str, encoding: str, errMsg: str) -> None:
    assert said(fs.writeFileSync, file, text, encoding) == errMsg
    assert fs.readFileSync(file) == b"0123456789"


@pytest.mark.parametrize("data", [b"abc", bytearray(b"abc"), memoryview(b"abc")], ids=lambda data: type(data).__name__)
def test_buffers_are_written_as_they_are(fs: Any, data: Any) -> None:
    fs.writeFileSync(f"{USER}/file", data)
    fs.appendFileSync(f"{USER}/file", data)
    assert fs.readFileSync(f"{USER}/file") == b"abcabc"


@pytest.mark.parametrize(
    ("position", "length", "part"),
    [(0, None, b"0123456789"), (3, None, b"3456789"), (3, 4, b"3456"), (None, 2, b"01"), (9, 10, b"9"), (2.0, 1, b"2")],
)
def test_a_part_of_a_file_is_read(fs: Any, file: str, position: Any, length: Any, part: bytes) -> None:
    assert fs.readFileSync(file, None, position, length) == part
    assert call(fs, "readFile", filePath=file, position=position, length=length)["data"] == part


@pytest.mark.parametrize(
    ("position", "length", "errMsg"),
    [
        (10, None, 'the value of "position" is out of range'),
        (-1, None, 'the value of "position" is out of range'),
        (0, 0, 'the value of "length" is out of range'),
        (0, 11, 'the value of "length" is out of range'),
        (float("inf"), None, "Invalid argument"),
        (float("nan"), None, "Invalid argument"),
        (10**30, None, "Invalid argument"),
    ],
)
def test_a_part_that_is_not_there_is_told(fs: Any, file: str, position: Any, length: Any, errMsg: str) -> None:
    assert said(fs.readFileSync, file, None, position, length) == errMsg


def test_an_empty_file_is_read_from_its_beginning(fs: Any) -> None:
    fs.writeFileSync(f"{USER}/file", "")
    assert fs.readFileSync(f"{USER}/file", "utf8", 0) == ""


def test_a_file_too_large_to_be_read_at_once_is_told(phone: Phone, fs: Any, file: str) -> None:
    phone.files.set_limits(Limits(read=9))
    assert said(fs.readFileSync, file) == "the maximum size of the file storage limit is exceeded"
    assert fs.readFileSync(file, "utf8", 1) == "123456789"


def test_large_files_are_read_and_written_while_the_program_goes_on(phone: Phone, fs: Any) -> None:
    data = os.urandom(3 << 20)
    path = f"{USER}/large"

    async def main() -> None:
        written: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        fs.writeFile({"filePath": path, "data": data, "complete": written.set_result})
        assert not written.done()
        assert await asyncio.wait_for(written, 20) == {"errMsg": "writeFile:ok"}
        assert (await called(fs, "readFile", filePath=path))["data"] == data
        assert (await called(fs, "copyFile", srcPath=path, destPath=f"{path}2"))["errMsg"] == "copyFile:ok"
        info = await called(fs, "getFileInfo", filePath=f"{path}2", digestAlgorithm="sha256")
        assert info["digest"] == hashlib.sha256(data).hexdigest()

    asyncio.run(main())


def test_an_append_needs_the_file(fs: Any) -> None:
    path = f"{USER}/new"
    assert said(fs.appendFileSync, path, "a") == f"no such file or directory, open {path}"


@pytest.mark.parametrize(("length", "left"), [(4, b"0123"), (12, b"0123456789\0\0"), (None, b"")])
def test_a_file_is_cut_or_filled_up(fs: Any, file: str, length: int | None, left: bytes) -> None:
    fs.truncateSync({"filePath": file, "length": length})
    assert fs.readFileSync(file) == left


def test_a_negative_length_is_told(fs: Any, file: str) -> None:
    assert said(fs.truncateSync, {"filePath": file, "length": -1}) == 'the value of "length" is out of range'


# --- the tree -------------------------------------------------------------------------------------------------------


def test_the_status_of_a_tree(fs: Any) -> None:
    fs.mkdirSync(f"{USER}/a/b", True)
    fs.writeFileSync(f"{USER}/a/b/file", "123")
    tree = fs.statSync(f"{USER}/a", True)
    assert [(path, stats.isDirectory(), stats.isFile()) for path, stats in tree.items()] == [
        ("/", True, False), ("/b", True, False), ("/b/file", False, True),
    ]  # fmt: skip
    assert fs.statSync(f"{USER}/a/b/file", True).size == 3
    assert call(fs, "stat", path=f"{USER}/a/b/file")["stats"].size == 3


def test_the_times_of_a_file_are_seconds(fs: Any, file: str) -> None:
    stats = fs.statSync(file)
    assert abs(stats.lastModifiedTime - time.time()) < 1000
    assert abs(stats.lastAccessedTime - time.time()) < 1000


@pytest.mark.parametrize(
    ("name", "arguments", "errMsg"),
    [
        ("accessSync", ("no",), "no such file or directory {0}"),
        ("statSync", ("no",), "no such file or directory {0}"),
        ("readFileSync", ("no",), "no such file or directory, open {0}"),
        ("readFileSync", ("dir",), "illegal operation on a directory, open {0}"),
        ("readFileSync", ("file/x",), "not a directory {0}"),
        ("writeFileSync", ("no/file", "a"), "no such file or directory, open {0}"),
        ("writeFileSync", ("dir", "a"), "illegal operation on a directory, open {0}"),
        ("writeFileSync", ("file/x", "a"), "not a directory {0}"),
        ("appendFileSync", ("dir", "a"), "illegal operation on a directory, open {0}"),
        ("truncateSync", ({"filePath": "no"},), "no such file or directory, open {0}"),
        ("mkdirSync", ("no/dir",), "no such file or directory {0}"),
        ("mkdirSync", ("dir",), "file already exists {0}"),
        ("mkdirSync", ("file",), "file already exists {0}"),
        ("mkdirSync", ("dir", True), "file already exists {0}"),
        ("readdirSync", ("no",), "no such file or directory {0}"),
        ("readdirSync", ("file",), "not a directory {0}"),
        ("rmdirSync", ("no",), "no such file or directory {0}"),
        ("rmdirSync", ("file",), "not a directory {0}"),
        ("rmdirSync", ("dir",), "directory not empty"),
        ("rmdirSync", ("",), "permission denied, open {0}"),
        ("rmdirSync", ("", True), "permission denied, open {0}"),
        ("unlinkSync", ("no",), "no such file or directory {0}"),
        ("unlinkSync", ("dir",), "operation not permitted, unlink {0}"),
        ("renameSync", ("no", "new"), "no such file or directory, rename {0} -> {1}"),
        ("renameSync", ("file", "no/new"), "no such file or directory, rename {0} -> {1}"),
        ("renameSync", ("file", "dir"), "illegal operation on a directory, rename {0} -> {1}"),
        ("renameSync", ("dir", "dir/inside"), "Invalid argument"),
        ("copyFileSync", ("no", "new"), "no such file or directory, copyFile {0} -> {1}"),
        ("copyFileSync", ("file", "no/new"), "no such file or directory, copyFile {0} -> {1}"),
        ("copyFileSync", ("dir", "new"), "illegal operation on a directory, copyFile {0} -> {1}"),
        ("openSync", ({"filePath": "no"},), 'no such file or directory "{0}"'),
        ("openSync", ({"filePath": "file", "flag": "q"},), "invalid flag"),
        ("writeFileSync", ("n" * 256, "a"), "File name too long"),
    ],
)
def test_what_cannot_be_done_is_told_in_the_phones_words(
    phone: Phone, fs: Any, file: str, name: str, arguments: tuple[Any, ...], errMsg: str
) -> None:
    fs.mkdirSync(f"{USER}/dir/inside", True)
    before = content(phone)
    names = list(arguments)
    given = [_under_user(name, index, each) for index, each in enumerate(names)]
    paths = [each.get("filePath") if isinstance(each, dict) else each for each in given]
    assert said(getattr(fs, name), *given) == errMsg.format(*paths)
    assert content(phone) == before


def _under_user(name: str, index: int, argument: Any) -> Any:
    if isinstance(argument, dict):
        return {**argument, "filePath": f"{USER}/{argument['filePath']}"}
    is_path = isinstance(argument, str) and (index == 0 or name in ("renameSync", "copyFileSync"))
    return f"{USER}/{argument}".rstrip("/") if is_path else argument


def test_a_failure_carries_its_number(fs: Any) -> None:
    failure = call(fs, "readFile", filePath=f"{USER}/no")
    assert failure == {
        "errMsg": f"readFile:fail no such file or directory, open {USER}/no", "errCode": 1300002, "errno": 1300002,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "options", "code"),
    [
        ("readFile", {"filePath": "{0}/no"}, 10022),
        ("saveFile", {"tempFilePath": "{0}/no"}, 10022),
        ("unlink", {"filePath": "{0}/dir"}, 10023),
        ("writeFile", {"filePath": "{0}/../x", "data": ""}, 10024),
        ("mkdir", {"dirPath": "{0}/dir"}, 10025),
        ("rmdir", {"dirPath": "{0}/dir"}, 10027),
        ("writeFile", {"filePath": "{0}/big", "data": bytes((10 << 20) + 1)}, 10028),
        ("unzip", {"zipFilePath": "{0}/file", "targetPath": "{0}/out"}, 3),
    ],
)
def test_alipay_has_codes_of_its_own(phone: Phone, name: str, options: Answer, code: int) -> None:
    fs = phone.native("alipay", "my").getFileSystemManager()
    fs.mkdirSync("https://usr/dir/inside", True)
    fs.writeFileSync("https://usr/file", "no archive")
    given = {key: each.format("https://usr") if isinstance(each, str) else each for key, each in options.items()}
    failure = call(fs, name, **given)
    assert failure["errMsg"] == f"{name}:fail {failure['errorMessage']}"
    assert (failure["error"], "errno" in failure) == (code, False)


def test_a_rename_takes_the_place_of_a_file(fs: Any, file: str) -> None:
    fs.writeFileSync(f"{USER}/new", "new")
    fs.renameSync(f"{USER}/new", file)
    assert (fs.readFileSync(file, "utf8"), fs.readdirSync(USER)) == ("new", ["file"])


def test_a_tree_is_removed(fs: Any, file: str) -> None:
    fs.mkdirSync(f"{USER}/a/b/c", True)
    fs.rmdirSync(f"{USER}/a/b/c")
    assert call(fs, "rmdir", dirPath=f"{USER}/a", recursive=True)["errMsg"] == "rmdir:ok"
    assert fs.readdirSync(USER) == ["file"]


@pytest.mark.parametrize("name", ["a\\b", "..\\b", "a\0b"])
def test_letters_that_part_or_end_paths_elsewhere_are_refused(fs: Any, name: str) -> None:
    assert said(fs.writeFileSync, f"{USER}/{name}", "x") == f"permission denied, open {USER}/{name}"


@pytest.mark.parametrize("deep", ["a/" * 128 + "b", "a/" * 5000])
def test_a_tree_has_a_bottom(fs: Any, deep: str) -> None:
    assert said(fs.mkdirSync, f"{USER}/{deep}", True) == "File name too long"
    fs.mkdirSync(f"{USER}/{'a/' * 100}", True)
    fs.mkdirSync(f"{USER}/{'b/' * 50}", True)
    assert said(fs.renameSync, f"{USER}/a", f"{USER}/{'b/' * 50}a") == "File name too long"
    fs.renameSync(f"{USER}/a", f"{USER}/{'b/' * 20}a")
    assert len(fs.statSync(USER, True)) == 151


# --- what may only be read ------------------------------------------------------------------------------------------


@pytest.fixture
def package(phone: Phone, tmp_path: Path) -> Path:
    folder = tmp_path / "package"
    (folder / "images").mkdir(parents=True)
    (folder / "app.json").write_text("{}")
    (folder / "images" / "logo.png").write_bytes(b"png")
    phone.files.set_package(folder)
    return folder


@pytest.mark.parametrize("path", ["app.json", "/app.json", "images/../app.json"])
def test_the_package_is_read(fs: Any, package: Path, path: str) -> None:
    assert fs.readFileSync(path, "utf8") == "{}"
    assert fs.readdirSync("/images") == ["logo.png"]


def test_temporary_and_package_files_cannot_be_changed(phone: Phone, fs: Any, package: Path, file: str) -> None:
    temporary = phone.files.import_file(phone.app("weapp"), package / "images" / "logo.png")
    assert fs.readFileSync(temporary) == b"png"
    for path in (temporary, "images/logo.png"):
        denied = f"permission denied, open {path}"
        assert said(fs.writeFileSync, path, "x") == denied
        assert said(fs.appendFileSync, path, "x") == denied
        assert said(fs.unlinkSync, path) == denied
        assert said(fs.truncateSync, {"filePath": path}) == denied
        assert said(fs.openSync, {"filePath": path, "flag": "w"}) == "permission denied when open using flag"
        assert said(fs.renameSync, path, file) == f"permission denied, rename {path} -> {file}"
        assert said(fs.copyFileSync, file, path) == f"permission denied, copyFile {file} -> {path}"
        fs.copyFileSync(path, f"{USER}/copy")
        assert fs.readFileSync(f"{USER}/copy") == b"png"
    assert said(fs.mkdirSync, "images/new") == "permission denied, open images/new"
    assert (package / "images" / "logo.png").read_bytes() == b"png"
