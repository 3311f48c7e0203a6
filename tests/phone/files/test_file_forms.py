"""Every function of the manager in both forms: by options with callbacks, and at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from filing import USER
from natively import Answer, call

from taropy import spec
from taropy.phone import Phone
from taropy.phone.files.tree import Stats

METHODS = spec.type_def("FileSystemManager").methods
PAIRS = sorted(name for name in METHODS if f"{name}Sync" in METHODS)
FILE, FOLDER, FRESH = f"{USER}/file", f"{USER}/folder", f"{USER}/fresh"

OPTIONS: dict[str, Answer] = {
    "access": {"path": FILE},
    "appendFile": {"filePath": FILE, "data": "ff", "encoding": "hex"},
    "close": {},
    "copyFile": {"srcPath": FILE, "destPath": FRESH},
    "fstat": {},
    "ftruncate": {"length": 3},
    "mkdir": {"dirPath": f"{FRESH}/a/b", "recursive": True},
    "open": {"filePath": FRESH, "flag": "wx"},
    "read": {"arrayBuffer": b"....", "offset": 1, "length": 2, "position": 5},
    "readCompressedFile": {"filePath": f"{USER}/packed", "compressionAlgorithm": "br"},
    "readFile": {"filePath": FILE, "encoding": "base64", "position": 2, "length": 3},
    "readdir": {"dirPath": FOLDER},
    "rename": {"oldPath": FILE, "newPath": FRESH},
    "rmdir": {"dirPath": FOLDER, "recursive": True},
    "saveFile": {"filePath": FRESH},
    "stat": {"path": FOLDER, "recursive": True},
    "truncate": {"filePath": FILE, "length": 4},
    "unlink": {"filePath": FILE},
    "write": {"data": b"abcd", "offset": 1, "length": 2, "position": 7},
    "writeFile": {"filePath": FRESH, "data": "é", "encoding": "latin1"},
}
ON_DESCRIPTORS = ("close", "fstat", "ftruncate", "read", "write")


def options_for(name: str, phone: Phone, fs: Any) -> Answer:
    """The options of a call that goes well, on a phone that has what it needs."""
    fs.writeFileSync(FILE, "0123456789")
    fs.mkdirSync(FOLDER)
    fs.writeFileSync(f"{FOLDER}/inner", "inner")
    if name == "readCompressedFile":
        fs.writeFileSync(f"{USER}/packed", pytest.importorskip("brotli").compress(b"hello"))
    if name == "saveFile":
        path, real = phone.files.new_temporary(phone.app("weapp"))
        real.write_bytes(b"a picture")
        return {"tempFilePath": path, **OPTIONS[name]}
    if name in ON_DESCRIPTORS:
        return {"fd": fs.openSync({"filePath": FILE, "flag": "r+"}), **OPTIONS[name]}
    return OPTIONS[name]


def with_callbacks(fs: Any, name: str, options: Answer) -> list[Any]:
    answer = call(fs, name, **options)
    assert answer.pop("errMsg") == f"{name}:ok"
    return list(answer.values())


def at_once(fs: Any, name: str, options: Answer) -> list[Any]:
    params = [param.name for param in METHODS[f"{name}Sync"].signatures[0].params]
    arguments = [options] if params == ["option"] else [options.get(param) for param in params]
    value = getattr(fs, f"{name}Sync")(*arguments)
    if value is None:
        return []
    return list(value.values()) if name in ("read", "write") else [value]


def outcome(form: Callable[..., list[Any]], name: str) -> tuple[list[Any], dict[str, bytes | None]]:
    """What the call gives on a new phone, and which files and folders are there afterwards."""
    with Phone() as phone:
        fs = phone.native("weapp").getFileSystemManager()
        given = [comparable(name, value) for value in form(fs, name, options_for(name, phone, fs))]
        tree = fs.statSync(USER, True)
        return given, {path: fs.readFileSync(USER + path) if tree[path].isFile() else None for path in tree}


def comparable(name: str, value: Any) -> Any:
    """A value without what differs from time to time: when a file was used, and which descriptor it has."""
    if isinstance(value, Stats):
        return value.mode, value.size
    if name == "stat":
        return {path: comparable(name, stats) for path, stats in value.items()}
    return type(value) if name == "open" else value


@pytest.mark.parametrize("name", PAIRS)
def test_both_forms_do_and_give_the_same(name: str) -> None:
    assert outcome(with_callbacks, name) == outcome(at_once, name)


def test_what_has_one_form_only_answers_by_callbacks() -> None:
    single = {name for name in METHODS if not name.endswith("Sync")} - set(PAIRS)
    assert single == {"getFileInfo", "getSavedFileList", "readZipEntry", "removeSavedFile", "unzip"}
