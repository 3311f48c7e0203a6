"""The room `phone.files`: where each app's files lie, and the functions of the native object on files.

Every app has its folders in the phone's: files of its own under `USER_DATA_PATH`, saved files, temporary files, which
go with the phone, and its package, which can only be read. Nothing else can be reached, whatever the path.

Facts: developers.weixin.qq.com/miniprogram/dev/framework/ability/file-system.html (kinds of files, what may be read
and written, 200 MB in all, 4 GB of temporary files); the table of errors says that one file has at most 100 MB.
"""

from __future__ import annotations

import asyncio
import mimetypes
import os
import re
import secrets
import shutil
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import quote

import attrs

from ..core.answers import Fail, Options
from ..core.app import App
from ..core.checked import a
from ..core.disk import Snapshot, copy_whole
from ..core.functions import answered, plain
from ..core.options import optional, required, wrong_type
from ..core.person import Question
from ..core.remembered import Remembered
from ..core.room import Room
from ..core.vendors import of_vendor
from .failures import as_told, failed, opening
from .forms import answering
from .links import open_plain
from .manager import (
    GET_FILE_INFO,
    GET_SAVED_FILE_INFO,
    GET_SAVED_FILE_LIST,
    REMOVE_SAVED_FILE,
    SAVE_FILE,
    FileSystemManager,
)
from .paths import BLOB, LAYOUTS, WECHAT, Blob
from .space import MB, Limits, Space

if TYPE_CHECKING:
    from ..core.faces import Phone

A_DAY = 86_400

_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,16}")

# QQ's guide to files (w3cschool.cn/qqxiaochengxu), Baidu's (w3cschool.cn/baiduapp, on local files), the page of
# tt.saveFile at developer.open-douyin.com, and that of FileSystemManager.writeFile at github.com/AlipayDocs/open-docs.
# Of the others no figures are known, and WeChat's hold.
LIMITS: Mapping[str, Limits] = {
    **dict.fromkeys(("qq", "swan", "tt"), Limits(total=10 * MB)),
    "my": Limits(total=50 * MB, file=10 * MB),
}

# Where the blobs of a page belong to that `phone.browser.origin` says nothing of.
NO_ORIGIN = "http://localhost"
#: Whose managers of files differ from WeChat's, and in which module.
MANAGERS: Mapping[str, str] = {"harmony": ".harmony"}

#: What a system cannot show of them in a vendor's app: developer.open-douyin.com, `tt.openDocument`.
UNSHOWN: Mapping[str, Mapping[str, tuple[str, ...]]] = {"tt": {"ios": ("ppt",)}}
DOCUMENTS = ("doc", "docx", "xls", "xlsx", "ppt", "pptx", "pdf")
#: Where every file is a document, whatever its type: plugin-platform-harmony-ets 4.2.0, `files/index.ts`.
ANY_DOCUMENT: Mapping[str, bool] = {"harmony": True}


@attrs.frozen
class Document:
    """A document that a program has shown to the person: its path there, its type, where it lies on the computer."""

    path: str
    type: str
    showMenu: bool
    local: Path


class Files(Room, name="files"):
    """The files of each app.

    - `opened`: the documents that `openDocument` has shown, oldest first.
    - `disk`: the folder of the computer to which `saveFileToDisk` saves; `disk`, in the phone's, unless set.
    """

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self.opened: Remembered[Document] = Remembered()
        self.disk: Path | None = None
        self._limits: Limits | None = None
        self._managers: dict[App, FileSystemManager] = {}
        self._programs: defaultdict[str, list[App]] = defaultdict(list)
        self._package: Path | None = None
        self._spaces: dict[str, Space] = {}
        self._blobs: defaultdict[str, dict[str, Blob]] = defaultdict(dict)
        self._lock = threading.Lock()
        self._session = secrets.token_hex(8)

    # --- for tests and other rooms ------------------------------------------------------------------------------

    def set_package(self, folder: str | os.PathLike[str]) -> None:
        """Makes `folder` the package of every app on this phone: what paths without a beginning lead to."""
        if not os.path.isdir(folder):
            raise NotADirectoryError(f"there is no folder {os.path.abspath(folder)}")
        self._package = Path(os.path.realpath(folder))
        for space in self._spaces.values():
            space.sandbox.move_package(str(self._package))

    def set_limits(self, limits: Limits) -> None:
        """Lets `limits` hold for every app on this phone, in place of those of its platform."""
        a(Limits, "Limits").check("what holds for apps' files", limits)
        self._limits = limits
        for space in self._spaces.values():
            space.limit(limits)

    def package(self, app: App) -> Path:
        """The folder of the app's package, which its program can only read."""
        return self._package or self._folder(app) / "package"

    def local(self, app: App, path: str) -> Path:
        """The file or directory of the computer that the program's `path` leads to, to be read.

        What is none of the app's raises `Fail` (`permission denied, open <path>`), and so does what is not there
        (`no such file or directory, open <path>`).
        """
        return Path(self._checked(app, path, lambda: self.space(app).sandbox.place(path).check_there()))

    def writable(self, app: App, path: str) -> Path:
        """As `local`, for what the program may write; it may be missing, and the folder that it is in as well."""
        return Path(self._checked(app, path, lambda: self.space(app).sandbox.writable(path).check_new()))

    def new_temporary(self, app: App, suffix: str = ".jpg", type: str | None = None) -> tuple[str, Path]:
        """The path of a new temporary file: the program's, and that of the computer. Nothing is there yet.

        A `suffix` that is no plain file extension is left out. `type` is the file's media type, as a page's files have
        one beside their bytes; None is the one that the suffix stands for.
        """
        space = self.space(app)
        ending = suffix if _SUFFIX.fullmatch(suffix) else ""
        beginning = space.sandbox.layout.temporary
        if beginning != BLOB:
            name = f"{secrets.token_hex(16)}{ending}"
            return f"{beginning}{name}", space.temporary / name
        id_ = _blob_id()
        blob = f"{BLOB}{self.phone.browser.origin or NO_ORIGIN}/{id_}"
        real = space.temporary / f"{id_}{ending}"
        self._blobs[app.key][blob] = Blob(real.name, media_type(real) if type is None else type)
        return blob, real

    def type_of(self, app: App, path: str) -> str:
        """The media type of a file of a page, or "" if that is not known."""
        blob = self._blobs[app.key].get(path)
        return media_type(self.local(app, path)) if blob is None else blob.type

    def import_file(self, app: App, source: str | os.PathLike[str]) -> str:
        """Copies a file of the computer to the app's temporary files, and gives the program's path."""
        path, real = self.new_temporary(app, Path(source).suffix)
        copy_whole(source, real)
        return path

    def named_temporary(self, app: App, name: str) -> tuple[str, Path]:
        """As `new_temporary`, under a name of the caller's own, which has no slash; something may be there."""
        space = self.space(app)
        return f"{space.sandbox.layout.temporary}{name}", space.temporary / name

    def env(self, app: App) -> dict[str, str]:
        """What the native object's `env` tells: the folder that the program may write to, where it has one."""
        user = of_vendor(LAYOUTS, app, WECHAT).told
        return {} if user is None else {"USER_DATA_PATH": user}

    def owns(self, app: App, path: str) -> bool:
        """Whether the program's path leads to the app's files; Alipay's look as if they led to the network."""
        layout = self.space(app).sandbox.layout
        return path.startswith(tuple(filter(None, (layout.user, layout.temporary, layout.saved))))

    def in_network(self, app: App, path: str) -> bool:
        """Whether the program's path leads to the network, and is no path of the app's files that looks so."""
        return path.startswith(("http://", "https://")) and not self.owns(app, path)

    def reading(self, app: App, path: str) -> BinaryIO:
        """The file of the program's `path`, opened to be read; `OSError` as the computer has it."""
        real = self.space(app).sandbox.place(path).check_there()
        return open(real, "rb", opener=open_plain)

    def failure(self, error: OSError, path: str) -> Fail:
        """How the phone words that a file of the program's could not be opened."""
        return failed(error, opening(path))

    def move(self, app: App, source: Path, target: Path) -> None:
        """Puts a temporary file in its place; the app's room has to suffice."""
        self.space(app).move(str(source), str(target))

    def space(self, app: App) -> Space:
        """The app's folders."""
        return self._spaces.get(app.key) or self._open(app)

    # --- native functions ---------------------------------------------------------------------------------------

    @plain
    def getFileSystemManager(self, app: App, *_: object) -> FileSystemManager:
        """The app's manager of files; the same one whenever it is asked for."""
        programs = self._programs[app.key]
        if all(each is not app for each in programs):
            programs.append(app)
        known = self._managers.get(app)
        return known or self._managers.setdefault(app, _manager_of(app)(self.phone, app))

    saveFile = answering(SAVE_FILE)
    getFileInfo = answering(GET_FILE_INFO)
    getSavedFileList = answering(GET_SAVED_FILE_LIST)
    getSavedFileInfo = answering(GET_SAVED_FILE_INFO)
    removeSavedFile = answering(REMOVE_SAVED_FILE)

    @answered
    def openDocument(self, app: App, options: Options) -> None:
        """Shows a document to the person. Its type is `fileType`, else what the name ends in.

        Fails with `filetype not supported` for any but the seven types that there are, and with `file doesn't exist`.
        HarmonyOS looks for itself what a file is, and shows no menu.
        """
        path = required(options, "filePath", "String")
        looks = of_vendor(ANY_DOCUMENT, app, False)
        kind = (None if looks else optional(options, "fileType", "String", None)) or Path(path).suffix[1:].lower()
        try:
            local = self.local(app, path)
        except Fail as failure:
            raise Fail("file doesn't exist") from failure
        unshown = of_vendor(UNSHOWN, app, {}).get(self.phone.system.device.platform, ())
        if not (kind in DOCUMENTS or looks) or kind in unshown or not local.is_file():
            raise Fail("filetype not supported")
        self.opened.append(Document(path, kind, bool(options.get("showMenu")) and not looks, local))

    @answered
    async def saveFileToDisk(self, app: App, options: Options) -> None:
        """Lets the person save a file on the computer: a copy in the folder `disk`, under a name that is free there.

        The question is `save file`; `person.script("save file", name="report.pdf")` gives another name, and
        `person.script("save file", cancel=True)` fails with `cancel`. The wording is judgement: the page has none.
        """
        path = required(options, "filePath", "String")
        local = self.local(app, path)
        folder = self.disk or self.phone.folder / "disk"
        answer = await self.phone.person.answer(Question("save file", {"filePath": path}, {"name": local.name}))
        if answer.get("cancel"):
            raise Fail("cancel")
        try:
            await asyncio.to_thread(save_to_disk, local, folder, Path(answer["name"]).name)
        except OSError as error:
            raise as_told(failed(error, opening(path)), app) from error

    # --- its own ------------------------------------------------------------------------------------------------

    def _checked(self, app: App, path: str, find: Callable[[], str]) -> str:
        if not isinstance(path, str):
            raise wrong_type("parameter.filePath", "String", path)
        try:
            return find()
        except OSError as error:
            raise as_told(failed(error, opening(path)), app) from error

    def _folder(self, app: App) -> Path:
        return self.phone.folder / "files" / _folder_name(app)

    def _open(self, app: App) -> Space:
        if self.phone.closed:
            raise Fail(":internal error the phone is closed")
        with self._lock:
            if app.key not in self._spaces:
                try:
                    self._spaces[app.key] = self._made(app)
                except OSError as error:
                    raise Fail(f":internal error {error}") from error
            return self._spaces[app.key]

    def _made(self, app: App) -> Space:
        root, scratch = self._folder(app), self.phone.scratch / "files" / _folder_name(app)
        forget_old_sessions(scratch)
        layout = of_vendor(LAYOUTS, app, WECHAT)
        limits = self._limits or of_vendor(LIMITS, app, Limits())
        now, blobs = self.phone.clock.now, self._blobs[app.key]
        return Space(root, scratch, layout, self._session, self.package(app), limits, now, blobs)

    def snapshot(self) -> tuple[Snapshot, tuple[Document, ...]]:
        """A copy of all apps' files as they are now, and the documents that were shown."""
        return Snapshot(self._root()), tuple(self.opened)

    def restore(self, state: tuple[Snapshot, tuple[Document, ...]]) -> None:
        """Puts the files back to what they were. What programs have open is closed."""
        copy, opened = state
        self.close()
        copy.put(self._root())
        self.opened = Remembered(opened)

    def end(self, app: App) -> None:
        """Closes the files that the app has open, when the last of its programs ends."""
        rest = self._programs[app.key] = [each for each in self._programs[app.key] if each is not app]
        if not rest and app.key in self._spaces:
            self._spaces[app.key].close_files()

    def close(self) -> None:
        """Closes what programs left open, and removes the temporary files. A second call does nothing."""
        spaces, self._spaces = self._spaces, {}
        for space in spaces.values():
            space.close()

    def _root(self) -> Path:
        return self.phone.folder / "files"


def media_type(file: Path) -> str:
    """The media type that the ending of a file of the computer stands for, or "" if it stands for none."""
    return mimetypes.guess_type(file.name)[0] or ""


def _blob_id() -> str:
    """As browsers make the ids of their blobs: a UUID."""
    digits = secrets.token_hex(16)
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def _folder_name(app: App) -> str:
    """What the app's folder is called: made so that no appid, however odd, leads elsewhere."""
    return f"{quote(app.platform, safe='')}@{quote(app.appid, safe='')}"


def _manager_of(app: App) -> type[FileSystemManager]:
    """The kind of manager that the app's vendor has."""
    module = of_vendor(MANAGERS, app, "")
    kind: type[FileSystemManager] = (
        import_module(module, __package__).FileSystemManager if module else FileSystemManager
    )
    return kind


def forget_old_sessions(root: Path) -> None:
    """Removes what phones left that ended without removing their temporary files: what is untouched for a day.

    The rest may belong to a phone of another process that shares the folder, and removes its own.
    """
    for session in (*root.glob("tmp/*"), *root.glob("fresh/*")):
        with suppress(FileNotFoundError):
            if time.time() - session.stat().st_mtime > A_DAY:
                shutil.rmtree(session, ignore_errors=True)


def save_to_disk(source: Path, folder: Path, name: str) -> None:
    """Copies `source` to `folder`, under `name` or, where that is taken, under `name (1)`, …"""
    folder.mkdir(parents=True, exist_ok=True)
    copy_whole(source, _new_file(folder, Path(name)))


def _new_file(folder: Path, name: Path) -> Path:
    """An empty file that was not there before."""
    target = folder / name
    for number in count(1):
        with suppress(FileExistsError):
            target.touch(exist_ok=False)
            break
        target = folder / name.with_stem(f"{name.stem} ({number})")
    return target
