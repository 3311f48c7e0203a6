"""What programs do with pictures and videos: have them picked, shown, made smaller, and saved in the album.

Facts: developers.weixin.qq.com/miniprogram/dev/api/media/image and …/video, with the wording that its community
reports; Alipay's shapes (github.com/AlipayDocs/open-docs) are in `variants`.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable, Mapping
from functools import partial
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

import attrs

from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.disk import Snapshot
from ..core.functions import answered, asked
from ..core.options import optional, required, strings, word
from ..core.person import Question
from ..core.room import Room
from ..core.vendors import is_in_browser, of_vendor
from . import given, pictures, videos, web
from .copies import NO_PICTURE, NO_VIDEO, Copies, Make, seen
from .library import Library, kind_of
from .picker import Picker

if TYPE_CHECKING:
    from ..core.faces import Phone

# How many pictures `chooseImage` lets be picked: unless the program says, and at most.
USUAL_COUNT: Mapping[str, int] = {"my": 1}
MOST_IMAGES = 9
# developer.open-douyin.com, `tt.chooseImage`: up to 60, but nine unless the program says.
MOST_IMAGES_OF: Mapping[str, int] = {"tt": 60}
# Who compresses several pictures at once: @douyin-microapp/typings 1.3.1, compress-image.d.ts.
COMPRESSES_LISTS: Mapping[str, bool] = {"tt": True}
MOST_MEDIA = 20
MOST_FILES = 100
# The longest edge that a picture is scaled to. Judgement: more, and it fits no phone's memory.
MOST_PIXELS = 1 << 13
#: Where who saves is told where it lies: taro-rn 4.2.0, which hands on what @react-native-camera-roll 7.8.3 tells.
TELLS_WHERE: Mapping[str, bool] = {"rn": True}
#: What the name of a compressed picture has that is otherwise its old one, where sizes are what it has at least:
#: plugin-platform-harmony-ets 4.2.0.
MARKED: Mapping[str, str] = {"harmony": "_after_compress"}
#: What a preview fails with whose `current` is none of its pictures: taro-rn 4.2.0.
NO_CURRENT: Mapping[str, str] = {"rn": '"current" or "urls" is invalid'}
#: Where a preview has succeeded only when the person has closed it: taro-rn 4.2.0.
ENDS_CLOSED: Mapping[str, bool] = {"rn": True}
#: Where a preview may have nothing to show: taro-h5 4.2.1, plugin-platform-harmony-hybrid 4.1.11.
SHOWS_NOTHING: Mapping[str, bool] = {"h5": True, "harmony-hybrid": True}
NO_URLS: Options = {"urls": []}
VIDEO_FIELDS = ("tempFilePath", "duration", "size", "height", "width", "thumbTempFilePath")
CROP_RATIOS: Mapping[str, float] = {
    "1:1": 1 / 1,
    "3:4": 3 / 4,
    "4:3": 4 / 3,
    "4:5": 4 / 5,
    "5:4": 5 / 4,
    "9:16": 9 / 16,
    "16:9": 16 / 9,
}
# Alipay's levels of compression, in the quality that it takes; 3 leaves the picture, 4 goes by the network. Judgement.
ALIPAY_QUALITIES: Mapping[int, int] = {0: 30, 1: 60, 2: 80, 3: 95, 4: 80}


@attrs.frozen
class Preview:
    """Pictures and videos that fill the screen, and the index of the one that is in front."""

    urls: list[str]
    current: int = 0


class Media(Room, name="media"):
    """The phone's album, the files of its chats, and what is shown of them.

    - `folder`: the album, a folder of the phone's or one of your own, which has to be there:
      `phone.media.folder = "photos"`. While the phone's has nothing of the kind that is asked for, a sample is put in:
      a landscape, or two seconds of it. Of an empty folder of your own the person picks nothing, which is a `cancel`.
    - `message_folder`: the files that `chooseMessageFile` offers; empty at first.
    - `preview`: what is shown full screen now, or None.

    Unless told otherwise the person picks the newest: as many pictures as may be picked, one video. Files that are
    picked are copied to the app's temporary files.
    """

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._album = Library(phone.folder / "media")
        self._messages = Library(phone.folder / "messages")
        self._copies = Copies(phone)
        self._picker = Picker(phone, self._album, self._messages)
        self._web = web.WebMedia(phone, self._picker, self._downloaded)
        self.preview: Preview | None = None
        self._compressing: set[str] = set()

    # --- what a test and the person do -------------------------------------------------------------------------

    @property
    def folder(self) -> Path:
        """The folder that is the album."""
        return self._album.folder

    @folder.setter
    def folder(self, folder: str | PathLike[str]) -> None:
        self._album.folder = self._there(folder)

    @property
    def message_folder(self) -> Path:
        """The folder with the files of chats."""
        return self._messages.folder

    @message_folder.setter
    def message_folder(self, folder: str | PathLike[str]) -> None:
        self._messages.folder = self._there(folder)

    @property
    def album(self) -> list[Path]:
        """The pictures and videos in the album, the newest first."""
        return self._album.newest(("image", "video"))

    def add(self, *files: str | PathLike[str]) -> None:
        """Copies pictures and videos of the computer into the album, the last one as the newest.

        ValueError for a file that is neither by the end of its name: an album does not show it.
        """
        for file in files:
            if kind_of(Path(file)) == "file":
                raise ValueError(f"{file} has no name of a picture or a video; see add_message_file")
            self._album.add(file)

    def add_message_file(self, *files: str | PathLike[str]) -> None:
        """Copies files of the computer into a chat."""
        for file in files:
            self._messages.add(file)

    def take_message_file(self, file: str | PathLike[str], name: str) -> Path:
        """Copies a file into a chat under this name, or one beside it if there is such a file; where it is then."""
        return self._messages.add(file, name)

    def pick(self, *files: str | PathLike[str], original: bool | None = None) -> None:
        """The next time, the person picks these: names in the album or a chat, or any files of the computer.

        `original` is whether they are given as they are; by default they are, if the program lets them be.
        """
        paths = [self._picker.named(file) for file in files]
        self.phone.person.script("pick", paths=paths, **({} if original is None else {"original": original}))

    def cancel(self) -> None:
        """The next time, the person picks nothing, or leaves the editor."""
        self.phone.person.script("pick", cancel=True)

    def close_preview(self) -> None:
        """Closes what is shown full screen."""
        self.preview = None

    def owns(self, folder: Path) -> bool:
        """Whether the folder is the phone's, and not one of somebody else's."""
        return self.phone.folder.absolute() in folder.parents

    # --- native functions: picking -----------------------------------------------------------------------------

    @answered
    async def chooseImage(self, app: App, options: Options) -> Result:
        """The pictures that the person picks, at most `count` of them, 9 by default and at most, on Douyin up to 60.

        If only `compressed` is in `sizeType` they are recompressed, to at most 1440 pixels, except GIFs. If only
        `camera` is in `sourceType` the person takes one: what the camera sees. Else they pick from the album.
        """
        if is_in_browser(app):
            return await self._web.images(app, options)
        most = of_vendor(MOST_IMAGES_OF, app, MOST_IMAGES)
        count = given.count(options, of_vendor(USUAL_COUNT, app, MOST_IMAGES), most)
        picked = await self._picker.media(app, "chooseImage", options, ("image",), count)
        paths = [await self._copies.given(app, path, original=picked.original) for path in picked.paths]
        files = [self._copies.file(app, path, "path") for path in paths]
        return {"tempFilePaths": paths, "tempFiles": files}

    @answered
    async def chooseMedia(self, app: App, options: Options) -> Result:
        """The pictures and videos that the person picks, at most `count` of them, 9 by default, 20 at most.

        `mediaType` is pictures, videos, or with `mix` both at once. If only `compressed` is in `sizeType` they are
        recompressed, as `chooseImage` and `chooseVideo` do. `maxDuration` and `camera` are checked, and change nothing.
        """
        if is_in_browser(app):
            return await self._web.media(app, options)
        wanted = given.words(options, "mediaType", ["image", "video"], ("image", "video", "mix"))
        kinds = ("image", "video") if "mix" in wanted else tuple(wanted)
        optional(options, "maxDuration", "Number", 10)
        optional(options, "camera", "String", "back")
        picked = await self._picker.media(app, "chooseMedia", options, kinds, given.count(options, 9, MOST_MEDIA))
        found = {kind_of(path) for path in picked.paths}
        if len(found) > 1 and "mix" not in wanted:
            raise Fail("internal error: pictures and videos were picked, and not both may be")
        files = [await self._copies.medium(app, path, original=picked.original) for path in picked.paths]
        return {"tempFiles": files, "type": "mix" if len(found) > 1 else found.pop()}

    @answered
    async def chooseVideo(self, app: App, options: Options) -> Result:
        """The video that the person picks, or takes if only `camera` is in `sourceType`; see `chooseMedia`.

        Unless `compressed` is false it is recompressed as `compressVideo` does with `medium`. Taro does not declare
        `thumbTempFilePath`, which WeChat's clients give all the same.
        """
        if is_in_browser(app):
            return await self._web.video(app, options)
        compressed = optional(options, "compressed", "Boolean", True)
        optional(options, "maxDuration", "Number", 60)
        optional(options, "camera", "String", "back")
        picked = await self._picker.media(app, "chooseVideo", options, ("video",), 1)
        video = await self._copies.medium(app, picked.paths[0], original=picked.original and not compressed)
        return {name: video[name] for name in VIDEO_FIELDS}

    @answered
    async def chooseMessageFile(self, app: App, options: Options) -> Result:
        """The files of chats that the person picks, at most `count`, of a `type`: `all`, `image`, `video` or `file`.

        `file` is what is neither; of it `extension` lets some through only.
        """
        count = given.count(options, required(options, "count", "Number"), MOST_FILES)
        kind = word(options, "type", ("all", "image", "video", "file"), "all")
        kinds = ("image", "video", "file") if kind == "all" else (kind,)
        suffixes = given.suffixes(options) if kind == "file" else frozenset()
        picked = await self._picker.messages("chooseMessageFile", kinds, count, suffixes)
        return {"tempFiles": [await self._copies.message_file(app, path) for path in picked.paths]}

    # --- native functions: showing -----------------------------------------------------------------------------

    @asked
    def previewImage(self, app: App, options: Options) -> Result | Awaitable[Result]:
        """Shows pictures full screen; `current` is the url, or the index, of the first. See `preview`.

        A page may show none of them. React Native's succeeds when the person has closed it, which they do at once
        unless somebody is asked: the question is `preview`.
        """
        may_be_none = of_vendor(SHOWS_NOTHING, app, False)
        urls = strings(required({**(NO_URLS if may_be_none else {}), **options}, "urls", "Array"), "parameter.urls")
        if not urls and not may_be_none:
            raise Fail("parameter error: parameter.urls should have at least 1 item")
        words = of_vendor(NO_CURRENT, app, "")
        if words and options.get("current") not in urls:
            raise Fail(words)
        self.preview = Preview(urls, given.index(options.get("current"), urls))
        return self._closed(self.preview) if of_vendor(ENDS_CLOSED, app, False) else {}

    @answered
    def previewMedia(self, app: App, options: Options) -> None:
        """Shows pictures and videos full screen; `current` is the index of the first."""
        empty = of_vendor(SHOWS_NOTHING, app, False)
        sources = optional(options, "sources", "Array", []) if empty else required(options, "sources", "Array")
        if not (sources or empty):
            raise Fail("parameter error: parameter.sources should have at least 1 item")
        urls = [given.source_url(source, f"parameter.sources[{index}]") for index, source in enumerate(sources)]
        self.preview = Preview(urls, given.index(optional(options, "current", "Number", 0), urls))

    # --- native functions: single pictures and videos ----------------------------------------------------------

    @answered
    async def getImageInfo(self, app: App, options: Options) -> Result:
        """Size, format, orientation and path of a picture: a local one, or one that is loaded from the network.

        `file not found`, `invalid` for what is no picture, `download image fail` for what cannot be loaded.
        """
        if is_in_browser(app):
            return await self._web.image_info(app, options)
        src = required(options, "src", "String")
        if self.phone.files.in_network(app, src):
            src = await self._downloaded(app, src)
        picture = await seen(pictures.look, self._found(app, src), NO_PICTURE)
        return {
            "width": picture.width,
            "height": picture.height,
            "path": src,
            "orientation": picture.orientation,
            "type": picture.type,
        }

    @answered
    async def getVideoInfo(self, app: App, options: Options) -> Result:
        """What a local video is: seconds, pixels, kilobytes, frames a second, kbit/s."""
        if is_in_browser(app):
            return await self._web.video_info(app, options)
        file = self.phone.files.local(app, required(options, "src", "String"))
        video = await seen(videos.look, file, NO_VIDEO)
        return {**attrs.asdict(video), "size": file.stat().st_size / 1024}

    @answered
    async def compressImage(self, app: App, options: Options) -> Result:
        """A smaller picture, in its own format: a JPEG by `quality`, 0 to 100, 80 by default; any by pixels.

        With one of `compressedWidth` and `compressedHeight` the other follows. A quality or size that there is not
        fails in our words. Alipay also takes several, as `apFilePaths` with a `compressLevel`, and Douyin, as a list.
        """
        if app.native_name == "my" and "apFilePaths" in options:
            return await self._compress_each(app, options)
        quality = given.between(options, "quality", 0, 100, pictures.COMPRESSED_QUALITY)
        width, height = (given.between(options, f"compressed{side}", 0, MOST_PIXELS, 0) for side in ("Width", "Height"))
        named = of_vendor(MARKED, app, "")
        compress = partial(pictures.compress, quality=quality, width=width, height=height, covering=bool(named))
        if of_vendor(COMPRESSES_LISTS, app, False) and isinstance(options.get("src"), list):
            sources = strings(options["src"], "parameter.src")
            return {"tempFilePath": [await self._made(app, src, compress) for src in sources]}
        src = required(options, "src", "String")
        return {"tempFilePath": await self._made(app, src, compress, _marked(src, named))}

    @answered
    async def compressVideo(self, app: App, options: Options) -> Result:
        """A smaller video, as MP4, of `size` kB; one that would only grow stays as it is.

        By `quality`, `low`, `medium` or `high`; only without it by `bitrate` in kbit/s, `fps`, and `resolution`: what
        part of its edges is left. Clients compress one at a time: the next fails with `:is compressing now`, which
        programs look for.
        """
        limits = given.limits(options)
        file = self.phone.files.local(app, required(options, "src", "String"))
        if app.key in self._compressing:
            raise Fail(":is compressing now")
        self._compressing.add(app.key)
        try:
            path = await self._copies.smaller_video(app, file, limits)
        finally:
            self._compressing.discard(app.key)
        return {"tempFilePath": path, "size": self._copies.file(app, path, "tempFilePath")["size"] / 1024}

    @answered
    async def openVideoEditor(self, app: App, options: Options) -> Result:
        """The video as the person leaves the editor: what they `pick`, by default as it was; milliseconds and bytes."""
        src = required(options, "filePath", "String")
        source = self.phone.files.local(app, src)
        await seen(videos.look, source, NO_VIDEO)
        edited = await self._picker.edited("openVideoEditor", src) or source
        made = await self._copies.medium(app, edited, original=True)
        return {
            "tempFilePath": made["tempFilePath"],
            "tempThumbPath": made["thumbTempFilePath"],
            "duration": round(made["duration"] * 1000),
            "size": made["size"],
        }

    @answered
    async def cropImage(self, app: App, options: Options) -> Result:
        """The part of the picture that the person cuts out, by default the largest in its middle of `cropScale`."""
        ratio = CROP_RATIOS[word(options, "cropScale", CROP_RATIOS)]
        return await self._edited(app, "cropImage", options, partial(pictures.crop, ratio=ratio))

    @answered
    async def editImage(self, app: App, options: Options) -> Result:
        """The picture as the person leaves the editor: what they `pick`, by default as it was."""
        return await self._edited(app, "editImage", options, shutil.copyfile)

    @answered
    async def saveImageToPhotosAlbum(self, app: App, options: Options) -> Result:
        """Saves a local picture in the album, given `scope.writePhotosAlbum`; `invalid file type` for what is none.

        Alipay also saves one from the network. A web page has the browser follow the link, wherever it leads, and never
        hears what came of that. React Native tells where it lies, as the system names it.
        """
        if is_in_browser(app):
            await self._follow(app, options)
            return {}
        file = await self._to_save(app, options)
        picture = await seen(pictures.look, file, "invalid file type")
        return await self._saved(app, file, _named_as(file, picture.suffix, "image"))

    @answered
    async def saveVideoToPhotosAlbum(self, app: App, options: Options) -> Result:
        """The same for a video."""
        if is_in_browser(app):
            await self._follow(app, options)
            return {}
        file = await self._to_save(app, options)
        video = await seen(videos.look, file, "invalid file type")
        return await self._saved(app, file, _named_as(file, f".{video.type}", "video"))

    # --- its state ---------------------------------------------------------------------------------------------

    def snapshot(self) -> Any:
        """Which folders there are, and a copy of those that are the phone's own; others are nobody's to restore."""
        folders = (self._album.folder, self._messages.folder)
        own = {folder: Snapshot(folder) for folder in folders if self.owns(folder)}
        return (*folders, self.preview, own)

    def restore(self, state: Any) -> None:
        """Puts the phone's own folders back to what they were."""
        self._album.folder, self._messages.folder, self.preview, own = state
        for folder, copy in own.items():
            copy.put(folder)

    # --- its own: folders --------------------------------------------------------------------------------------

    def _there(self, folder: str | PathLike[str]) -> Path:
        """The folder; those that are the phone's own are made when something is put in, and all others are there."""
        path = Path(folder).absolute()
        if not path.is_dir() and not self.owns(path):
            raise NotADirectoryError(f"there is no folder {path}")
        return path

    # --- its own: what is shown --------------------------------------------------------------------------------

    async def _closed(self, preview: Preview) -> Result:
        """Waits until the person has closed the preview."""
        await self.phone.person.answer(Question("preview", attrs.asdict(preview), {}))
        if self.preview is preview:
            self.close_preview()
        return {}

    # --- its own: single files ---------------------------------------------------------------------------------

    async def _made(self, app: App, src: str, make: Make, name: str = "") -> str:
        """The program's path of a picture that is made from another of its own."""
        return await self._copies.picture(app, self.phone.files.local(app, src), make, name)

    async def _compress_each(self, app: App, options: Options) -> Result:
        sources = strings(required(options, "apFilePaths", "Array"), "parameter.apFilePaths")
        level = given.between(options, "compressLevel", 0, 4, 4)
        compress = partial(pictures.compress, quality=ALIPAY_QUALITIES[level])
        return {"apFilePaths": [await self._made(app, src, compress) for src in sources]}

    async def _edited(self, app: App, function: str, options: Options, make: Make) -> Result:
        src = required(options, "src", "String")
        made = await self._made(app, src, make)
        edited = await self._picker.edited(function, src)
        return {"tempFilePath": made if edited is None else self.phone.files.import_file(app, edited)}

    async def _follow(self, app: App, options: Options) -> None:
        """Has what a page's link leads to in the album, if it is a picture or a video."""
        file = await self._web.to_save(app, options)
        if file is None:
            return
        try:
            suffix = (await seen(pictures.look, file, NO_PICTURE)).suffix
        except Fail:
            suffix = file.suffix
        if kind_of(Path(f"_{suffix}")) != "file":
            await asyncio.to_thread(self._album.add, file, f"{file.stem}{suffix}")

    async def _to_save(self, app: App, options: Options) -> Path:
        path = required(options, "filePath", "String")
        await self.phone.permissions.need(app, "scope.writePhotosAlbum")
        self.phone.permissions.need_of_device("album", "system deny")
        if app.platform == "alipay" and self.phone.files.in_network(app, path):
            path = await self._downloaded(app, path)
        return self.phone.files.local(app, path)

    async def _saved(self, app: App, file: Path, name: str) -> Result:
        """Puts the file in the album; what the platform tells of it there."""
        copy = await asyncio.to_thread(self._album.add, file, name)
        if not of_vendor(TELLS_WHERE, app, False):
            return {}
        return {"path": _as_named(self.phone.system.device.platform, copy.name)}

    def _found(self, app: App, src: str) -> Path:
        try:
            return self.phone.files.local(app, src)
        except Fail as missing:
            raise Fail("file not found") from missing

    async def _downloaded(self, app: App, url: str) -> str:
        """Loads a file from the network to the app's temporary files."""
        answer: asyncio.Future[Result] = asyncio.get_running_loop().create_future()

        def settle(reply: Result) -> None:
            if not answer.done():
                answer.set_result(reply)

        self.phone.network.downloadFile(app, {"url": url, "complete": settle})
        reply = await answer
        if reply.get("statusCode") != 200:
            reason = reply["errMsg"].partition(":fail ")[2] or f"status {reply.get('statusCode')}"
            raise Fail(f"download image fail. reason: {reason}")
        return str(reply["tempFilePath"])


def _marked(src: str, mark: str) -> str:
    """The name of the file, with the mark before each of its dots, unless the path has one already."""
    return (src if mark in src else src.replace(".", f"{mark}.")).rpartition("/")[2] if mark else ""


def _as_named(system: str, name: str) -> str:
    """What the system calls a file of its album: a path, or on iOS an identifier, the same for the same file."""
    if system != "ios":
        return f"file:///storage/emulated/0/DCIM/{name}"
    return f"ph://{str(uuid5(NAMESPACE_URL, name)).upper()}/L0/001"


def _named_as(file: Path, suffix: str, kind: str) -> str:
    """A name for the album, whose end says what kind it is."""
    return file.name if kind_of(file) == kind else f"{file.name}{suffix}"
