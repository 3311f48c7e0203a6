"""What programs are given of pictures and videos: temporary files of their own, copied or made anew."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ..core.answers import Fail, Result
from ..core.app import App
from ..core.disk import whole_or_nothing
from ..core.pictures import HEIC, NotAPicture
from . import pictures, videos
from .library import kind_of

if TYPE_CHECKING:
    from ..core.faces import Phone

Seen = TypeVar("Seen")
# What makes one file of another.
Make = Callable[[Path, Path], object]

NO_PICTURE = "invalid"
NO_VIDEO = "invalid video"


class Copies:
    """Makes the temporary files, and tells of them as programs are told."""

    def __init__(self, phone: Phone) -> None:
        self._phone = phone

    async def made(self, app: App, source: Path, suffix: str, make: Make, reason: str) -> str:
        """The program's path of a new file that `make` makes of the source; `reason` if that is not its kind."""
        program, real = self._phone.files.new_temporary(app, suffix)
        try:
            with whole_or_nothing(real):
                await seen(lambda source: make(source, real), source, reason)
        except OSError as error:
            raise self._phone.files.failure(error, program) from error
        return program

    async def picture(self, app: App, source: Path, make: Make, name: str = "") -> str:
        """The same for a picture, in the format of the source; with a `name` under that, whatever had it before."""
        format = await seen(pictures.look, source, NO_PICTURE)
        made = await self.made(app, source, format.suffix, make, NO_PICTURE)
        if not name:
            return made
        program, real = self._phone.files.named_temporary(app, name)
        await asyncio.to_thread(self._phone.files.local(app, made).replace, real)
        return program

    async def still(self, app: App, video: Path) -> str:
        """The same for the first picture of a video."""
        return await self.made(app, video, ".jpg", videos.still, NO_VIDEO)

    async def given(self, app: App, path: Path, *, original: bool) -> str:
        """The program's path of what was picked: its copy, or a smaller one, as albums make them; GIFs stay."""
        if original or path.suffix.lower() == ".gif":
            return await asyncio.to_thread(self._phone.files.import_file, app, path)
        if kind_of(path) == "video":
            return await self.smaller_video(app, path, videos.AS_PICKED)
        suffix = ".jpg" if path.suffix.lower() in HEIC else path.suffix
        return await self._smaller(app, path, suffix, pictures.compress_as_picked, NO_PICTURE)

    async def smaller_video(self, app: App, source: Path, limits: videos.Limits) -> str:
        """The program's path of the video within the limits."""
        return await self._smaller(app, source, ".mp4", partial(videos.compress, limits=limits), NO_VIDEO)

    def file(self, app: App, path: str, name: str) -> Result:
        """The program's path, and how many bytes there are."""
        return {name: path, "size": self._phone.files.local(app, path).stat().st_size}

    async def medium(self, app: App, path: Path, *, original: bool) -> Result:
        """A picture or video that was picked, as `chooseMedia` tells of it."""
        kind = kind_of(path)
        program = await self.given(app, path, original=original)
        told = {**self.file(app, program, "tempFilePath"), "fileType": kind}
        file = self._phone.files.local(app, program)
        if kind == "image":
            picture = await seen(pictures.look, file, NO_PICTURE)
            return {**told, "width": picture.width, "height": picture.height}
        video = await seen(videos.look, file, NO_VIDEO)
        size = {"width": video.width, "height": video.height, "duration": video.duration}
        return {**told, **size, "thumbTempFilePath": await self.still(app, file)}

    async def message_file(self, app: App, path: Path) -> Result:
        """A file of a chat, as `chooseMessageFile` tells of it."""
        sent = await asyncio.to_thread(path.stat)
        program = await self.given(app, path, original=True)
        named = {"name": path.name, "type": kind_of(path), "time": int(sent.st_mtime)}
        return {**self.file(app, program, "path"), **named}

    async def _smaller(self, app: App, source: Path, suffix: str, make: Make, reason: str) -> str:
        """As `made`, but a copy of the source if it would only grow."""
        program = await self.made(app, source, suffix, make, reason)
        made = self._phone.files.local(app, program)
        if _size(made) < _size(source):
            return program
        await asyncio.to_thread(made.unlink)
        return await asyncio.to_thread(self._phone.files.import_file, app, source)


async def seen(look: Callable[[Path], Seen], file: Path, reason: str) -> Seen:
    """What `look` sees in the file, in a thread of its own; `reason` is the failure of a file that is not its kind."""
    try:
        return await asyncio.to_thread(look, file)
    except (NotAPicture, videos.NotAVideo, IsADirectoryError) as error:
        raise Fail(reason) from error


def _size(file: Path) -> int:
    return file.stat().st_size
