"""From the paths that programs write to those of the computer, and no further than the app's own folders.

A path of a program is a text with one of the few beginnings that its platform has (`wxfile://usr`, …), or a path in the
app's package. It is taken apart here, without asking the system: `..` never leads above where the path began, and
nothing in it is decoded, so that `%2e%2e` is an ordinary name. Folders on the way that are links are refused when the
path is used (`Place.check`), links at its end by whoever opens it (`open_plain`).
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Mapping
from contextlib import suppress

import attrs

from .failures import missing, refused, too_long
from .links import is_link


@attrs.frozen
class Layout:
    """What the paths of a platform begin with: the program's own, if it has such, of temporary files, of saved ones.

    Where `saved` is None, files are saved among the program's own, under the names that they have: in Taro's code for
    phones. With `expo` it is Expo's file system that does so: what a file is saved to is the beginning of its path, and
    every file is as good as a saved one.
    """

    user: str | None
    temporary: str
    saved: str | None
    expo: bool = False

    @property
    def told(self) -> str | None:
        """The folder that programs are told of; Taro's code for phones tells of none."""
        return None if self.saved is None else self.user


#: What the files of a page begin with: each is a `Blob` of its browser, whose address tells nothing of its kind.
BLOB = "blob:"

# What WeChat's clients give out; `ttfile://user`, below which saved files are, too, and `ttfile://temp` as told at
# developer.open-douyin.com (tt.saveFile); `bdfile://tmp/` as in Baidu's article juejin.cn/post/6844903715229401096.
# HarmonyOS's folder of saved files is that of plugin-platform-harmony-ets 4.2.0, `files/manager.ts`.
# The other beginnings are nowhere told: judgement, after WeChat's.
WECHAT = Layout("wxfile://usr", "wxfile://tmp_", "wxfile://store_")
LAYOUTS: Mapping[str, Layout] = {
    "my": Layout("https://usr", "https://resource/tmp_", "https://resource/store_"),
    "swan": Layout("bdfile://usr", "bdfile://tmp/", "bdfile://store/"),
    "tt": Layout("ttfile://user", "ttfile://temp/", "ttfile://user/.saved_"),
    "qq": Layout("qqfile://usr", "qqfile://tmp_", "qqfile://store_"),
    "jd": Layout("jdfile://usr", "jdfile://tmp_", "jdfile://store_"),
    "h5": Layout(None, BLOB, "blob:http://store/"),
    "rn": Layout("file:///data/app/files", "file:///data/app/cache/", None, expo=True),
    "harmony": Layout("/data/data/app/files", "/data/data/app/temp/", None),
}

WINDOWS = os.name == "nt"

# A backslash parts folders on some computers; no phone needs it in a name.
_REFUSED = re.compile(r"[\0\\]")
# What Windows does not take for a name (learn.microsoft.com/windows/win32/fileio/naming-a-file): a colon leads to
# another drive or stream, dots and spaces at the end are left out, so that ".. " is "..", and the names of its devices
# are these in every folder, with whatever ending.
_REFUSED_ON_WINDOWS = re.compile(
    r"""[\0-\x1f\\:"*<>?|]
    | (?:^|/) (?! \.{1,2} (?:/|$)) [^/]* [. ] (?=/|$)
    | (?:^|/) (?: con | prn | aux | nul | conin\$ | conout\$ | (?:com|lpt)[0-9¹²³] ) [ ]* (?=[./]|$)""",
    re.IGNORECASE | re.VERBOSE,
)
REMEMBERED = 2048
LONGEST = 4096
# So deep that no program misses more, and not so deep that to walk through it is an art.
DEEPEST = 128


@attrs.frozen
class Blob:
    """A temporary file of a page: its name in the folder, and its media type, "" if that is not known."""

    name: str
    type: str


@attrs.frozen
class Place:
    """Where a path of a program leads.

    - `path`: as the program wrote it; `real`: on the computer.
    - `above`: the folders between the app's own and the last part, outermost first.
    - `area`: `user`, `temporary`, `saved` or `package`.
    """

    path: str
    real: str
    above: tuple[str, ...]
    area: str

    @property
    def writable(self) -> bool:
        """Whether the program may change what is there: all that is under its own folder."""
        return self.area == "user"

    def check(self) -> str:
        """`real`, if no folder on the way there is a link; else `OSError`."""
        for folder in self.above:
            if is_link(os.lstat(folder)):
                raise refused(self.path)
        return self.real

    def status(self) -> os.stat_result:
        """The status of what is there; neither it nor a folder on the way may be a link."""
        found = os.lstat(self.check())
        if is_link(found):
            raise refused(self.path)
        return found

    def check_there(self) -> str:
        """`real`, if something is there that is no link."""
        self.status()
        return self.real

    def check_new(self) -> str:
        """`real`, if nothing is there yet, or something that is no link."""
        with suppress(FileNotFoundError):
            self.status()
        return self.real


class Sandbox:
    """One app's paths: which folder of the computer each beginning stands for."""

    def __init__(self, layout: Layout, folders: Mapping[str, str], blobs: Mapping[str, Blob]) -> None:
        """`blobs` are a page's temporary files, by their addresses."""
        self.layout = layout
        self._blobs = blobs
        self._folders = dict(folders)
        self._known: dict[str, Place] = {}

    def move_package(self, folder: str) -> None:
        """Lets paths in the package lead to `folder`."""
        self._folders["package"] = folder
        self._known.clear()

    def place(self, path: str) -> Place:
        """Where `path` leads; `OSError` if that is none of the app's folders."""
        known = self._known.get(path)
        if known is not None:
            return known
        if len(path) > LONGEST:
            raise too_long(path)
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        place = self._known[path] = self._find(path)
        return place

    def writable(self, path: str) -> Place:
        """As `place`, of what the program may change."""
        place = self.place(path)
        if not place.writable:
            raise refused(path)
        return place

    def _find(self, path: str) -> Place:
        layout = self.layout
        if layout.temporary == BLOB and path.startswith(BLOB):
            return self._blob(path)
        for area, beginning in (("temporary", layout.temporary), ("saved", layout.saved)):
            if beginning is not None and path.startswith(beginning):
                return self._single(path, area, path[len(beginning) :])
        if layout.user and path.startswith(layout.user) and path[len(layout.user) :][:1] in ("", "/"):
            return self._place(path, "user", path[len(layout.user) :])
        if ":/" in path or path.startswith("."):
            raise refused(path)
        return self._place(path, "package", path)

    def _place(self, path: str, area: str, rest: str) -> Place:
        folder = self._folders[area]
        parts = parts_of(path, rest)
        steps = [os.path.join(folder, *parts[: count + 1]) for count in range(len(parts))]
        return Place(path, steps[-1] if steps else folder, tuple(steps[:-1]), area)

    def _blob(self, path: str) -> Place:
        if path not in self._blobs:
            raise missing(path)
        return Place(path, os.path.join(self._folders["temporary"], self._blobs[path].name), (), "temporary")

    def _single(self, path: str, area: str, name: str) -> Place:
        """Temporary and saved files lie side by side, under names that the phone chose."""
        _check_letters(path, name)
        if "/" in name:
            raise refused(path)
        if name in ("", ".", ".."):
            raise missing(path)
        return Place(path, os.path.join(self._folders[area], name), (), area)


def _check_letters(path: str, rest: str) -> None:
    if (_REFUSED_ON_WINDOWS if WINDOWS else _REFUSED).search(rest):
        raise refused(path)
    try:
        rest.encode()
    except UnicodeEncodeError:
        raise OSError(errno.EINVAL, "half of a surrogate pair", path) from None


def parts_of(path: str, rest: str) -> list[str]:
    """The names in `rest`, what follows on the beginning of `path`; `OSError` if they lead above it."""
    _check_letters(path, rest)
    parts: list[str] = []
    for part in rest.split("/"):
        if part == "..":
            if not parts:
                raise refused(path)
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    if len(parts) > DEEPEST:
        raise too_long(path)
    return parts
