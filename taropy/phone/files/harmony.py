"""Files as `@tarojs/plugin-platform-harmony-ets` 4.2.0 has them: `files/index.ts` and `files/manager.ts`.

It does not know when a saved file was made, reads every file as text, and knows the way down into folders only with
callbacks.
"""

from __future__ import annotations

from stat import S_ISDIR
from typing import Any

from ..core.answers import Fail, NativeFunction, Result
from ..core.functions import plain
from ..core.variant import Surface, Variant
from . import manager, tree, whole
from .failures import looking
from .forms import answering, form, returning
from .space import Space

TEXT = "utf8"


def read_text(
    space: Space, path: str, encoding: str | None = None, position: int | None = None, length: int | None = None
) -> str | bytes:
    """As `read_file`, but a text whatever the encoding."""
    return whole.read_file(space, path, TEXT, position, length)


def readdir(space: Space, path: str) -> list[str]:
    """What lies in the directory, by whole paths: the files, and then the directories."""
    below = [f"{path.rstrip('/')}/{name}" for name in tree.readdir(space, path)]
    return sorted(below, key=lambda each: (S_ISDIR(space.sandbox.place(each).status().st_mode), each))


def rmdir(space: Space, path: str, recursive: bool | None = None) -> None:
    """Removes a directory that is empty; the other form refuses `recursive`."""
    if recursive:
        raise _not_yet("rmdirSync recursive")
    tree.rmdir(space, path)


def stat(space: Space, path: str, recursive: bool | None = None) -> Any:
    """The status of one file or directory; the other form refuses `recursive`."""
    if recursive:
        raise _not_yet("statSync recursive")
    return tree.stat_path(space, path)


def _not_yet(what: str) -> Fail:
    return Fail(f"暂时不支持 API {what}")


READ_TEXT = form(read_text, "filePath encoding? position? length?", "data", heavy=manager.READ_FILE.heavy)
READDIR = form(readdir, "dirPath", "files", looking)
RMDIR = form(rmdir, "dirPath recursive?", naming=looking)
STAT = form(stat, "path recursive?", "stats", looking)


class FileSystemManager(manager.FileSystemManager):
    """The files of one app, as HarmonyOS reads and lists them."""

    readFile: NativeFunction = answering(READ_TEXT)
    readFileSync: NativeFunction = returning(READ_TEXT)
    readdir: NativeFunction = answering(READDIR)
    rmdirSync: NativeFunction = returning(RMDIR)
    statSync: NativeFunction = returning(STAT)

    @plain
    def readdirSync(self, *_: Any) -> list[str]:
        """Nothing: this one is yet to do in Taro's code."""
        return []


def _untimed(file: Result) -> Result:
    return {name: value for name, value in file.items() if name != "createTime"}


def _listed(result: Result) -> Result:
    return {**result, "fileList": [_untimed(file) for file in result.get("fileList", ())]}


SURFACE = Surface(
    "harmony",
    {
        "getSavedFileInfo": Variant("getSavedFileInfo", result=_untimed),
        "getSavedFileList": Variant("getSavedFileList", result=_listed),
    },
)
