"""Pictures and videos as `@tarojs/taro-h5` 4.2.1 has a browser pick, load and save them: its `dist/api/media`.

A page that has something picked gets it as it is, whatever size it asked for; a picture that it looks at is drawn anew.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.data_urls import DATA, of_data_url
from ..core.options import optional, required, strings
from . import pictures, videos
from .copies import NO_PICTURE, NO_VIDEO, seen
from .library import kind_of
from .picker import SOURCES, Picker

if TYPE_CHECKING:
    from ..core.faces import Phone

#: What Taro asks a person by whose program may use both, and which of it the person takes unless told otherwise.
CAMERA_OR_ALBUM = ["拍摄", "从相册选择"]
FROM_THE_ALBUM = 1
USUAL_COUNT = 9
THUMBNAIL_EDGE = 256
#: What Taro tells of every video, since no browser counts.
FRAMES_A_SECOND = 30
KINDS: Mapping[str, str] = {"image": NO_PICTURE, "video": NO_VIDEO}

Download = Callable[[App, str], Awaitable[str]]


class WebMedia:
    """What a page does with pictures and videos; `download` loads one from the network to the page's files."""

    def __init__(self, phone: Phone, picker: Picker, download: Download) -> None:
        self._phone = phone
        self._picker = picker
        self._download = download

    # --- picking -----------------------------------------------------------------------------------------------

    async def images(self, app: App, options: Options) -> Result:
        """What `chooseImage` gives."""
        files = await self._picked(app, "chooseImage", options, ("image",))
        return {
            "tempFilePaths": [file["tempFilePath"] for file in files],
            "tempFiles": [
                {
                    "path": file["tempFilePath"],
                    "size": file["size"],
                    "type": file["fileType"],
                    "originalFileObj": file["originalFileObj"],
                }
                for file in files
            ],
        }

    async def media(self, app: App, options: Options) -> Result:
        """What `chooseMedia` gives; `type` says what could be picked."""
        wanted = strings(optional(options, "mediaType", "Array", ["image", "video"]), "parameter.mediaType")
        with_image, with_video = (not wanted or kind in wanted for kind in ("image", "video"))
        both = with_image and with_video
        kinds = ("image", "video") if both else ("image",) if with_image else ("video",)
        files = await self._picked(app, "chooseMedia", options, kinds)
        return {"tempFiles": files, "type": "mix" if both else kinds[0]}

    async def video(self, app: App, options: Options) -> Result:
        """What `chooseVideo` gives: the first one."""
        files = await self._picked(app, "chooseVideo", {**options, "count": 1}, ("video",))
        return files[0] if files else {}

    async def _picked(self, app: App, function: str, options: Options, kinds: Sequence[str]) -> list[Result]:
        count = optional(options, "count", "Number", USUAL_COUNT)
        asked = {**options, "sourceType": [await self._source(app, options)], "sizeType": ["original"]}
        picked = await self._picker.media(app, function, asked, kinds, max(int(count), 1), any_number=count > 1)
        return [file for path in picked.paths for file in await self._file(app, path)]

    async def _source(self, app: App, options: Options) -> str:
        """Where the page's files come from: the person chooses, unless the program names but one place."""
        sources = strings(optional(options, "sourceType", "Array", SOURCES), "parameter.sourceType")
        if len(sources) == 1:
            return "camera" if "camera" in sources else "album"
        tapped = await self._phone.screen.choose(app, CAMERA_OR_ALBUM, FROM_THE_ALBUM)
        return "album" if tapped == FROM_THE_ALBUM else "camera"

    async def _file(self, app: App, path: Path) -> list[Result]:
        """The file as a page is told of it; of one that the browser cannot show it hears nothing."""
        try:
            shown = await (self._picture(path) if kind_of(path) == "image" else self._video(path))
        except Fail:
            return []
        program = await asyncio.to_thread(self._phone.files.import_file, app, path)
        kind = self._phone.files.type_of(app, program)
        size = (await asyncio.to_thread(path.stat)).st_size
        original = {"name": path.name, "size": size, "type": kind}
        return [{"tempFilePath": program, "size": size, **shown, "fileType": kind, "originalFileObj": original}]

    async def _picture(self, path: Path) -> Result:
        drawn = await seen(partial(pictures.draw, format="JPEG", edge=THUMBNAIL_EDGE), path, NO_PICTURE)
        return {"duration": 0, "width": drawn.width, "height": drawn.height, "thumbTempFilePath": drawn.url}

    async def _video(self, path: Path) -> Result:
        video = await seen(videos.look, path, NO_VIDEO)
        still = await seen(partial(videos.drawn, edge=THUMBNAIL_EDGE), path, NO_VIDEO)
        size = {"width": video.width, "height": video.height}
        return {"duration": video.duration, **size, "thumbTempFilePath": still}

    # --- looking and saving ------------------------------------------------------------------------------------

    async def image_info(self, app: App, options: Options) -> Result:
        """What `getImageInfo` gives: the picture as the browser shows it, drawn into a PNG. No failure has a reason."""
        src = required(options, "src", "String")
        try:
            drawn = await seen(partial(pictures.draw, format="PNG"), await self.loaded(app, src), NO_PICTURE)
        except Fail:
            raise Fail from None
        return {"width": drawn.width, "height": drawn.height, "path": drawn.url}

    async def video_info(self, app: App, options: Options) -> Result:
        """What `getVideoInfo` gives: bytes, and bytes a second."""
        file = await self.loaded(app, required(options, "src", "String"))
        video = await seen(videos.look, file, NO_VIDEO)
        size = (await asyncio.to_thread(file.stat)).st_size
        return {
            "orientation": "up",
            "type": f"video/{video.type}",
            "duration": video.duration,
            "size": size,
            "height": video.height,
            "width": video.width,
            "fps": FRAMES_A_SECOND,
            "bitrate": size / video.duration if video.duration else 0,
        }

    async def to_save(self, app: App, options: Options) -> Path | None:
        """The file that a link of the page leads to. The page has it followed, and does not hear if there is none."""
        src = required(options, "filePath", "String")
        try:
            return await self.loaded(app, src)
        except Fail:
            return None

    async def loaded(self, app: App, src: str) -> Path:
        """The file of the computer that an address of the page stands for: its own, the address itself, a server's."""
        if src.startswith(DATA):
            return await asyncio.to_thread(self._written, app, src)
        if not self._phone.files.owns(app, src):
            src = await self._download(app, src)
        return self._phone.files.local(app, src)

    def _written(self, app: App, url: str) -> Path:
        try:
            kind, content = of_data_url(url)
        except ValueError as error:
            raise Fail(NO_PICTURE) from error
        _, file = self._phone.files.new_temporary(app, "", kind.partition(";")[0])
        file.write_bytes(content)
        return file
