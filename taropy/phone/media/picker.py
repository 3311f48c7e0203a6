"""What the person picks: from the album, from a chat, or with the camera."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from ..core.answers import Fail, Options
from ..core.app import App
from ..core.permissions import SYSTEM_DENIED
from ..core.person import Question
from ..core.vendors import of_vendor
from . import given
from .library import SAMPLES, Library, kind_of

if TYPE_CHECKING:
    from ..core.faces import Phone

SOURCES = ["album", "camera"]
# The web names the camera.
CAMERAS = ("camera", "user", "environment")
SIZES = ["original", "compressed"]
# Alipay and Douyin ask for these before a program gets at the album or the camera; WeChat takes picking for consent.
ASKED = {"album": "scope.album", "camera": "scope.camera"}
# taro-rn 4.2.0 asks for what its `permission.ts` calls by the other name.
SCOPES: Mapping[str, Mapping[str, str]] = {
    "my": ASKED,
    "tt": ASKED,
    "rn": {"album": "scope.writePhotosAlbum", "camera": "scope.camera"},
}

# Where a denied album has a failure of its own, beside that of a denied camera: github.com/swan-team/swan-docs,
# api/media, `swan.chooseImage`. The words are ours; its page has a number alone.
ALBUM_DENIED: Mapping[str, str] = {"swan": "album permission denied"}

# The number of a video that was not picked goes by the system: github.com/AlipayDocs/open-docs, `my.chooseVideo`.
CANCELLED: Mapping[str, Mapping[tuple[str, str], int]] = {
    "my": {("chooseVideo", "android"): 10, ("chooseVideo", "ios"): 11},
}


# Where who chooses no picture has chosen none, which is a success: `chooseImage` of plugin-platform-harmony-ets 4.2.0.
NONE_WILL_DO: Mapping[str, frozenset[str]] = {"harmony": frozenset({"chooseImage"})}


@attrs.frozen
class Choice:
    """The sheet that Taro's own code shows first where album and camera may both be: the camera, and then the album.

    `closed` is what it fails with when the person closes it.
    """

    items: tuple[str, str]
    closed: str


# `media.ts` of taro-rn 4.2.0, and `media/` of plugin-platform-harmony-hybrid 4.1.11.
CHOICES: Mapping[str, Choice] = {
    "rn": Choice(("拍摄", "从手机相册选择"), ""),
    "harmony-hybrid": Choice(("拍摄", "从相册选择"), "fail cancel"),
}


@attrs.frozen
class Wanted:
    """At most so many files, each of one of these kinds, and, if there are suffixes, with one of those.

    `any_number`: whether that many are but what the person picks of their own accord, who may pick more.
    """

    count: int
    kinds: Sequence[str]
    suffixes: Collection[str] = ()
    any_number: bool = False

    def fits(self, path: Path) -> bool:
        """Whether the file is one of them."""
        return kind_of(path) in self.kinds and (not self.suffixes or path.suffix.lower() in self.suffixes)

    def __str__(self) -> str:
        endings = f", {' or '.join(sorted(self.suffixes))}" if self.suffixes else ""
        return f"at most {self.count}, each {' or '.join(self.kinds)}{endings}"


@attrs.frozen
class Picked:
    """The files that the person picked, and whether pictures are to be given as they are."""

    paths: list[Path]
    original: bool = True


class Picker:
    """Asks the phone's person for files: the question `pick`, with the answers `paths`, `original`, `cancel`."""

    def __init__(self, phone: Phone, album: Library, messages: Library) -> None:
        self._phone = phone
        self._album = album
        self._messages = messages

    async def media(
        self, app: App, function: str, options: Options, kinds: Sequence[str], count: int, *, any_number: bool = False
    ) -> Picked:
        """Pictures or videos, as `sourceType` and `sizeType` of the options say."""
        sources = given.words(options, "sourceType", SOURCES, ("album", *CAMERAS))
        sizes = given.words(options, "sizeType", SIZES, SIZES)
        source = await self._source(app, sources)
        await self._phone.permissions.need(app, of_vendor(SCOPES, app, {}).get(source))
        denied = of_vendor(ALBUM_DENIED, app, SYSTEM_DENIED) if source == "album" else SYSTEM_DENIED
        self._phone.permissions.need_of_device(source, denied)
        wanted = Wanted(count, kinds, any_number=any_number)
        picked = await self._answer(
            function, wanted, lambda: self._offered(source, kinds), self._cancelled(app, function)
        )
        return attrs.evolve(picked, original=picked.original and "original" in sizes)

    async def _source(self, app: App, sources: Sequence[str]) -> str:
        """The one of the sources that the person picks from: unless a sheet asks them, the album where it may be."""
        choice = of_vendor(CHOICES, app, None)
        if choice is None or not {"album", "camera"} <= set(sources):
            return "album" if "album" in sources else "camera"
        # The album is what the other platforms begin with, too.
        question = Question("action sheet", {"itemList": list(choice.items)}, {"tapIndex": 1})
        answer = await self._phone.person.answer(question)
        if answer.get("cancel"):
            raise Fail(choice.closed)
        return "camera" if answer["tapIndex"] == 0 else "album"

    async def messages(self, function: str, kinds: Sequence[str], count: int, suffixes: Collection[str]) -> Picked:
        """Files of chats; unless `suffixes` is empty, each has one of these endings."""
        wanted = Wanted(count, kinds, suffixes)
        found = lambda: list(filter(wanted.fits, self._messages.newest(kinds)))  # noqa: E731
        return await self._answer(function, wanted, found, Fail("cancel"))

    async def edited(self, function: str, src: str) -> Path | None:
        """What the person leaves an editor with instead of `src`; None if that is what it made by itself."""
        answer = await self._phone.person.answer(
            Question("pick", {"function": function, "src": src}, {"cancel": False})
        )
        if answer.get("cancel"):
            raise Fail("cancel")
        picked = answer.get("paths")
        return self.named(picked[0]) if picked else None

    def named(self, file: str | PathLike[str]) -> Path:
        """The file of the album or of a chat that has this name, else the file of the computer."""
        for path in (self._album.folder / file, self._messages.folder / file, Path(file)):
            if path.is_file():
                return path.absolute()
        raise FileNotFoundError(f"there is no file {file}: not in the album {self._album.folder}, and nowhere else")

    def _cancelled(self, app: App, function: str) -> Fail | None:
        """The failure of a function whose person picks nothing; None where that is none."""
        if function in of_vendor(NONE_WILL_DO, app, ()):
            return None
        number = of_vendor(CANCELLED, app, {}).get((function, self._phone.system.device.platform))
        return Fail("cancel") if number is None else Fail("cancel", error=number)

    async def _answer(
        self, function: str, wanted: Wanted, offered: Callable[[], list[Path]], cancelled: Fail | None
    ) -> Picked:
        """What the person picks: unless told otherwise the first of what is `offered`."""
        shown = {"function": function, "kinds": list(wanted.kinds), "count": wanted.count}
        answer = await self._phone.person.answer(Question("pick", shown, {"cancel": False}))
        chosen = [] if answer.get("cancel") else answer.get("paths") or offered()[: wanted.count]
        paths = [self.named(one) for one in chosen]
        if not paths and cancelled is not None:
            raise cancelled
        if (len(paths) > wanted.count and not wanted.any_number) or not all(map(wanted.fits, paths)):
            names = ", ".join(path.name for path in paths)
            raise Fail(f"internal error: {names} cannot be picked: {wanted}")
        return Picked(paths, answer.get("original", True))

    def _offered(self, source: str, kinds: Sequence[str]) -> list[Path]:
        """What the person takes, or sees first in the album: the newest, and those of the same kind before it."""
        if source == "camera":
            return [self._phone.camera.take(kinds)]
        found = self._album.newest(kinds)
        if not found and self._phone.media.owns(self._album.folder):
            found = [self._album.add(SAMPLES[kinds[0]])]
        return [path for path in found if kind_of(path) == kind_of(found[0])]
