"""What the person picks: from the album, from a chat, or with the camera."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from ..native import App, Fail, Options
from ..person import Question
from ..vendors import of_vendor
from . import given
from .library import SAMPLES, Library, kind_of

if TYPE_CHECKING:
    from ..phone import Phone

SOURCES = ["album", "camera"]
# The web names the camera.
CAMERAS = ("camera", "user", "environment")
SIZES = ["original", "compressed"]
# Douyin asks for these before a program gets at the album or the camera; WeChat takes the picking for consent.
SCOPES: Mapping[str, Mapping[str, str]] = {"tt": {"album": "scope.album", "camera": "scope.camera"}}


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

    async def media(self, app: App, function: str, options: Options, kinds: Sequence[str], count: int) -> Picked:
        """Pictures or videos, as `sourceType` and `sizeType` of the options say."""
        sources = given.words(options, "sourceType", SOURCES, ("album", *CAMERAS))
        sizes = given.words(options, "sizeType", SIZES, SIZES)
        source = "album" if "album" in sources else "camera"
        scope = of_vendor(SCOPES, app, {}).get(source)
        if scope is not None:
            await self._phone.permissions.need(app, scope)
        picked = await self.answer(function, kinds, count, lambda: self._offered(source, kinds))
        return attrs.evolve(picked, original=picked.original and "original" in sizes)

    async def answer(
        self, function: str, kinds: Sequence[str], count: int, offered: Callable[[], list[Path]]
    ) -> Picked:
        """At most `count` files of these kinds; unless told otherwise the first of what is `offered`."""
        shown = {"function": function, "kinds": list(kinds), "count": count}
        answer = await self._phone.person.answer(Question("pick", shown, {"cancel": False}))
        paths = [] if answer.get("cancel") else [self.named(one) for one in answer.get("paths") or offered()[:count]]
        if not paths:
            raise Fail("cancel")
        if len(paths) > count or any(kind_of(path) not in kinds for path in paths):
            names = ", ".join(path.name for path in paths)
            raise Fail(f"internal error: {names} cannot be picked: at most {count}, each {' or '.join(kinds)}")
        return Picked(paths, answer.get("original", True))

    def named(self, file: str | PathLike[str]) -> Path:
        """The file of the album or of a chat that has this name, else the file of the computer."""
        for path in (self._album.folder / file, self._messages.folder / file, Path(file)):
            if path.is_file():
                return path.absolute()
        raise FileNotFoundError(f"there is no file {file}: not in the album {self._album.folder}, and nowhere else")

    def _offered(self, source: str, kinds: Sequence[str]) -> list[Path]:
        """What the person takes, or sees first in the album: the newest, and those of the same kind before it."""
        if source == "camera":
            return [self._phone.camera.take(kinds)]
        found = self._album.newest(kinds) or [self._album.add(SAMPLES[kinds[0]])]
        return [path for path in found if kind_of(path) == kind_of(found[0])]
