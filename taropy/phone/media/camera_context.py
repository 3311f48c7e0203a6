"""`CameraContext`: how a program takes photos and clips of what the camera sees, and looks through it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

import attrs

from ...loops import loop_of_caller
from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.functions import answered, plain
from ..core.listening import call
from ..core.options import UNDEFINED, function, optional, required, word
from ..core.page import Page
from ..core.pictures import NotAPicture
from ..core.room import Manager
from ..core.vendors import of_vendor
from . import sights, videos
from .components import Component, soon

if TYPE_CHECKING:
    from pathlib import Path

    from ..core.faces import Phone

#: What a photo is compressed to, by its `quality`. Judgement: no vendor gives figures.
QUALITIES: Mapping[str, int] = {"high": 92, "normal": 80, "low": 50, "original": 95}
#: How large frames are, held upright, by the component's `frame-size`. The vendor leaves that to the system
#: (component/camera); these are common ones.
FRAME_SIZES: Mapping[str, tuple[int, int]] = {"small": (288, 352), "medium": (480, 640), "large": (720, 1280)}
#: For how long is recorded, in seconds, unless a program says otherwise, and at the most: miniprogram-api-typings
#: 5.2.3, `CameraContext.startRecord`; Alipay's page of it.
USUAL_LENGTH, MOST_LENGTH = 30, 300
LONGEST: Mapping[str, int] = {"my": 600}
#: Who tells more of a clip that has ended by itself, and on Android has two names for the zoom: AlipayDocs/open-docs,
#: CameraContext.startRecord.md, and Taro's declaration.
TELLS_CLIPS: Mapping[str, bool] = {"my": True}
#: In these words WeChat's programs are told, as they look for them ("operateCamera:fail:is not recording").
NOT_RECORDING, RECORDING, STOPPING, TOO_SHORT = ":is not recording", ":is recording", ":is stopping", ":stop error"
#: The vendors' own numbers of a clip that is being recorded: Alipay's page of `CameraContext.startRecord`.
RECORDING_NUMBERS: Mapping[str, Mapping[str, int]] = {"my": {"error": 7}}
NO_PICTURE = "internal error: the camera gives no picture"


class Room(Protocol):
    """The camera, as its contexts know it."""

    max_zoom: float

    @property
    def frame_rate(self) -> float: ...
    @property
    def phone(self) -> Phone: ...
    @property
    def sight(self) -> Any: ...
    @property
    def elapsed(self) -> float: ...
    def frame(self) -> Any: ...
    def of(self, app: App, page: Page, key: str | None) -> Component: ...
    async def allow(self, app: App) -> None: ...


@attrs.define
class Recording:
    """A clip that is being made: what is seen, from which second of that on, and since when by the clock."""

    sight: Any
    begin: float
    since: float
    mirrored: bool
    timed_out: Callable[[Result], object] | None
    alarm: Any = None
    stopping: bool = False


class CameraContext(Manager):
    """The controls of a page's camera. A page of which nobody has said what is on it has one."""

    KIND: ClassVar[str] = "CameraContext"

    def __init__(self, room: Room, app: App, page: Page, key: str | None) -> None:
        super().__init__(room.phone, app)
        self.page = page
        self.recording: Recording | None = None
        self.zoom = 1.0
        self._room = room
        self._key = key
        self._frames: list[CameraFrameListener] = []

    def in_words(self) -> Iterator[str]:
        """Whether it records."""
        yield "recording" if self.recording is not None else "idle"
        yield from [f"zoom {self.zoom:g}"] if self.zoom != 1 else []

    # --- photos ------------------------------------------------------------------------------------------------

    @answered
    async def takePhoto(self, app: App, options: Options) -> Result:
        """A photo of what the camera sees, as a JPEG by `quality`, or on iOS a PNG: `tempImagePath`."""
        quality = word(options, "quality", QUALITIES, "normal")
        mirrored = self._mirrored(options)
        await self._need()
        suffix = ".png" if self.phone.system.device.platform == "ios" else ".jpg"
        program, real = self.phone.files.new_temporary(app, suffix)
        await asyncio.to_thread(self._photograph, real, QUALITIES[quality], mirrored)
        return {"tempImagePath": program}

    @answered
    async def setZoom(self, app: App, options: Options) -> Result:
        """Comes nearer, from 1 to `maxZoom`; the result has the zoom that it could do."""
        asked = required(options, "zoom", "Number")
        self._room.of(app, self.page, self._key)
        self.zoom = round(min(max(float(asked), 1.0), self._room.max_zoom), 1)
        android = of_vendor(TELLS_CLIPS, app, False) and self.phone.system.device.platform == "android"
        return {"zoom": self.zoom, **({"setZoom": self.zoom} if android else {})}

    # --- clips -------------------------------------------------------------------------------------------------

    @answered
    async def startRecord(self, app: App, options: Options) -> None:
        """Records until `stopRecord`, or for `timeout` seconds, 30 unless said, or until the page is hidden.

        In these cases `timeoutCallback` has the clip. A second one at the same time is refused.
        """
        timed_out = options.get("timeoutCallback")
        longest = of_vendor(LONGEST, app, MOST_LENGTH)
        length = min(optional(options, "timeout", "Number", USUAL_LENGTH), longest)
        mirrored = self._mirrored(options)
        await self._need()
        if self.recording is not None:
            numbers = of_vendor(RECORDING_NUMBERS, app, {})
            raise Fail(STOPPING if self.recording.stopping else RECORDING, **numbers)
        clock = self.phone.clock
        made = Recording(self._room.sight, self._room.elapsed, clock.elapsed(), mirrored, timed_out)
        made.alarm = clock.call_at(clock.now() + max(length, 0), self.interrupt, asyncio.get_running_loop())
        self.recording = made

    @answered
    async def stopRecord(self, app: App, options: Options) -> Result:
        """Ends the clip: `tempVideoPath`, and its first picture, `tempThumbPath`. It has no sound.

        One in which no time has passed is too short, and fails.
        """
        compressed = optional(options, "compressed", "Boolean", False)
        if self.recording is None:
            raise Fail(NOT_RECORDING)
        if self.recording.stopping:
            raise Fail(STOPPING)
        clip, _ = await self._stopped(self.recording, compressed=compressed)
        return clip

    def interrupt(self) -> None:
        """Ends a clip without being asked: its time is up, or its page is hidden. Frames are not seen any more."""
        for listener in self._frames:
            listener.halt()
        made = self.recording
        if made is not None and not made.stopping:
            soon(self.phone, lambda: self._interrupted(made))

    def end(self) -> None:
        """Records and looks no more; nobody is told."""
        for listener in self._frames:
            listener.halt()
        if self.recording is not None and self.recording.alarm is not None:
            self.recording.alarm.cancel()
        self.recording = None

    # --- frames ------------------------------------------------------------------------------------------------

    @plain
    def onCameraFrame(self, app: App, callback: object = UNDEFINED) -> CameraFrameListener:
        """What gives `callback` the frames once it is started: `data`, four bytes a pixel, `width` and `height`."""
        listener = CameraFrameListener(self, function(callback))
        self._frames.append(listener)
        return listener

    def frame(self) -> Result:
        """What is seen now, in the size that the component asks for."""
        found = self._room.of(self.app, self.page, self._key)
        size = FRAME_SIZES.get(str(found.attribute("frameSize", "medium")), FRAME_SIZES["medium"])
        picture = sights.filling(sights.zoomed(self._room.frame(), self.zoom), size).convert("RGBA")
        return {"data": picture.tobytes(), "width": size[0], "height": size[1]}

    async def ready(self) -> float:
        """How long it takes from one frame to the next. Raises `Fail` if nothing may be seen."""
        await self._need()
        return 1 / self._room.frame_rate

    # --- its own -----------------------------------------------------------------------------------------------

    async def _need(self) -> None:
        self._room.of(self.app, self.page, self._key)
        await self._room.allow(self.app)

    def _mirrored(self, options: Options) -> bool:
        """Whether what the front camera sees is turned round, as it is unless said; the back one's never is."""
        wanted: bool = optional(options, "selfieMirror", "Boolean", True)
        found = self._room.of(self.app, self.page, self._key)
        return wanted and found.attribute("devicePosition", "back") == "front"

    def _photograph(self, target: Path, quality: int, mirrored: bool) -> None:
        picture = sights.zoomed(self._room.frame(), self.zoom, mirrored=mirrored).convert("RGB")
        if target.suffix == ".png":
            picture.save(target, "PNG")
        else:
            picture.save(target, "JPEG", quality=quality)

    async def _stopped(self, made: Recording, *, compressed: bool = False) -> tuple[Result, Result]:
        made.stopping = True
        made.alarm.cancel()
        seconds = self.phone.clock.elapsed() - made.since
        try:
            if seconds <= 0:
                raise Fail(TOO_SHORT)
            return await self._clip(made, seconds, compressed=compressed)
        except (NotAPicture, videos.NotAVideo) as error:
            raise Fail(NO_PICTURE) from error
        finally:
            if self.recording is made:
                self.recording = None

    async def _clip(self, made: Recording, seconds: float, *, compressed: bool) -> tuple[Result, Result]:
        """The clip's files, and what it is."""
        files = self.phone.files
        program, real = files.new_temporary(self.app, ".mp4")
        thumb, thumb_real = files.new_temporary(self.app, ".jpg")

        def write() -> videos.Video:
            sights.record(made.sight, real, made.begin, seconds, self.zoom, mirrored=made.mirrored)
            if compressed:
                whole = real.with_name(f"{real.stem}-whole.mp4")
                real.replace(whole)
                videos.compress(whole, real, videos.AS_PICKED)
                whole.unlink()
            videos.still(real, thumb_real)
            return videos.look(real)

        try:
            video = await asyncio.to_thread(write)
        except OSError as error:
            raise files.failure(error, program) from error
        whole = {"width": video.width, "height": video.height, "size": real.stat().st_size, "duration": video.duration}
        return {"tempThumbPath": thumb, "tempVideoPath": program}, whole

    async def _interrupted(self, made: Recording) -> None:
        if made.stopping or self.recording is not made:
            return
        try:
            clip, more = await self._stopped(made)
        except Fail:
            return
        if callable(made.timed_out):
            told = {**clip, **more} if of_vendor(TELLS_CLIPS, self.app, False) else clip
            call("timeoutCallback", made.timed_out, told)


class WeChatsCamera(CameraContext):
    """WeChat's, whose messages have the name of what lies below."""

    CALLED: ClassVar[Mapping[str, str]] = dict.fromkeys(
        ("takePhoto", "setZoom", "startRecord", "stopRecord"), "operateCamera"
    )


#: Whose contexts differ.
CONTEXTS: Mapping[str, type[CameraContext]] = {"wx": WeChatsCamera}


class CameraFrameListener(Manager):
    """Gives a program what the camera sees, so many times a second by the phone's clock, while it is started."""

    def __init__(self, context: CameraContext, callback: Callable[..., Any]) -> None:
        super().__init__(context.phone, context.app)
        self._context = context
        self._callback = callback
        self._alarm: Any = None

    def in_words(self) -> Iterator[str]:
        """Whether it looks."""
        yield "stopped" if self._alarm is None else "started"

    @answered
    async def start(self, app: App, options: Options) -> None:
        """Begins; once it has, nothing happens."""
        interval = await self._context.ready()
        if self._alarm is None:
            self._wait(interval)

    @answered
    def stop(self, app: App, options: Options) -> None:
        """Ends."""
        self.halt()

    def halt(self) -> None:
        """Ends; nobody is told."""
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

    def _wait(self, interval: float) -> None:
        loop, clock = loop_of_caller(), self.phone.clock
        if loop is not None:
            self._alarm = clock.call_at(clock.now() + interval, lambda: self._tell(interval), loop, limits=True)

    def _tell(self, interval: float) -> None:
        self._wait(interval)
        try:
            frame = self._context.frame()
        except Fail:  # what it saw has gone, and may come back
            return
        call("onCameraFrame", self._callback, frame)
