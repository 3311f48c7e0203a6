"""What a session sees, frame by frame, while it runs; and what it tells of it.

Facts: developers.weixin.qq.com/miniprogram/dev/api/ai/visionkit and "framework/open-ability/visionkit";
miniprogram-api-typings 5.2.3; github.com/wechat-miniprogram/miniprogram-demo, packageAPI/pages/ar. WeChat documents no
failures but the numbers of `start`: the words are ours.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Coroutine
from copy import deepcopy
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

import attrs

from ....loops import keep_under_way, once_returned
from ...core.answers import Fail, NativeFunction, Result, extras_told
from ...core.app import App
from ...core.events import off_named, on_named
from ...core.frames import Frames
from ...core.functions import plain
from ...core.listening import call
from ...core.options import UNDEFINED, function, mapping, number
from ...core.room import Manager
from . import anchors
from .anchors import Fields, Found, Tracked
from .config import (
    BEGUN,
    CAMERA_DENIED_BY_DEVICE,
    CAMERA_DENIED_BY_PERSON,
    DESTROYED,
    LIVE,
    NOT_ON_THIS_DEVICE,
    PAUSED,
    RUNNING,
    STARTING,
    UNAVAILABLE,
    Config,
)  # fmt: skip
from .frame import VKFrame
from .reading import need_reader, read
from .recognising import AT_ONCE, Recogniser
from .space import Matrix, View, columns, hit, inverse, product

if TYPE_CHECKING:
    from PIL.Image import Image

    from .face import Vision
    from .things import Plane

#: The longer edge of a camera's picture, in pixels. Judgement.
EDGE = 1280


@attrs.frozen
class Shown:
    """What a frame was of: the view, and where the camera was, in the room and in the world that the program knows."""

    view: View
    in_room: Matrix
    in_world: Matrix

    def told(self, at: Matrix) -> Matrix:
        """Where something in the room is in the program's world, which in v1 may begin in a marker."""
        if self.in_world == self.in_room:
            return at
        return product(product(self.in_world, inverse(self.in_room)), at)


class Looking(Manager):
    """A session as far as it looks through the camera: once for each `getVKFrame`, while it runs."""

    KIND: ClassVar[str] = "VKSession"
    in_loop: ClassVar[bool] = True

    def __init__(self, room: Vision, app: App, made: Config) -> None:
        super().__init__(room.phone, app)
        self.state = UNAVAILABLE
        self.cameraSize: dict[str, int] = {"width": 0, "height": 0}
        self._room = room
        self._made = made
        self._recogniser = Recogniser(room, made)
        self._tracked = Tracked()
        self._shown: Shown | None = None
        #: The plane that v1 has found and keeps to.
        self._plane: Plane | None = None
        self._reading = False
        self._destroyed = False
        self._frames = Frames(self.phone.clock, partial(call, "requestAnimationFrame"))

    on: NativeFunction = on_named(
        "Tells of `resize`, the camera's size, or of anchors: `addAnchors`, `updateAnchors`, `removeAnchors`."
    )
    off: NativeFunction = off_named()

    @property
    def version(self) -> str:
        """`v1` or `v2`."""
        return self._made.version

    @property
    def config(self) -> dict[str, Any]:
        """What it was made with. Programs set it to turn to the other camera; this phone's sees the same."""
        return self._made.given

    @config.setter
    def config(self, given: Any) -> None:
        self._made.given = {**self._made.given, **mapping(given, "config")}

    # --- its life ----------------------------------------------------------------------------------------------

    @plain
    def start(self, app: App, callback: object = UNDEFINED) -> None:
        """Begins, or goes on after `stop`: asks for the camera, and calls `callback` with 0, or with what is wrong.

        2000001 is a wrong option, 2000002 a version that the phone does not have, 2003000 a session that was destroyed,
        2003001 a camera that the device denies to WeChat, 2003002 one that the person does.
        """
        told = function(callback, "parameter.callback")
        if self.state != RUNNING:
            self.state = STARTING
        self._begin(self._start(told))

    @plain
    def stop(self, app: App) -> None:
        """Looks no more, until `start`."""
        if self.state in (RUNNING, STARTING):
            self.state = PAUSED

    @plain
    def destroy(self, app: App) -> None:
        """Ends it for good."""
        self.end()

    def end(self) -> None:
        """The same, from within the phone."""
        self.state, self._destroyed = UNAVAILABLE, True
        self._frames.end()
        self.listeners.clear()
        self._room.drop(self)

    async def _start(self, told: Callable[..., Any]) -> None:
        errno = await self._refusal()
        if self._destroyed or self.state not in (STARTING, RUNNING):
            errno = DESTROYED
        else:
            self.state = RUNNING if errno == BEGUN else UNAVAILABLE
        call("start", told, errno)

    async def _refusal(self) -> int:
        """Why it can't begin; 0 if it can."""
        if self._destroyed:
            return DESTROYED
        if self._made.refused is not None:
            return self._made.refused
        if self._made.version not in self._room.versions:
            return NOT_ON_THIS_DEVICE
        try:
            self.phone.permissions.need_of_device("camera")
        except Fail:
            return CAMERA_DENIED_BY_DEVICE
        try:
            await self.phone.permissions.need(self.app, "scope.camera")
        except Fail:
            return CAMERA_DENIED_BY_PERSON
        return BEGUN

    # --- frames ------------------------------------------------------------------------------------------------

    @plain
    def requestAnimationFrame(self, app: App, callback: object = UNDEFINED) -> int:
        """Calls `callback` with the time, in ms, when the screen's next frame is due; the id takes that back."""
        id_ = self._frames.request(function(callback, "parameter.callback"), asyncio.get_running_loop())
        if self._destroyed:
            self._frames.cancel(id_)
        return id_

    @plain
    def cancelAnimationFrame(self, app: App, requestID: Any = None) -> None:
        """Has a frame's callback not be called."""
        self._frames.cancel(requestID)

    @plain
    def getVKFrame(self, app: App, width: Any = None, height: Any = None) -> VKFrame | None:
        """What the camera sees now, for a view of that size, and looks for what the session tracks; events tell of it.

        None while the session does not run, and while the camera gives no picture.
        """
        size = number(width, "parameter.width"), number(height, "parameter.height")
        if min(size) <= 0:
            raise Fail("parameter error: width and height should be above 0")
        if self.state != RUNNING:
            return None
        with extras_told():
            picture = self._picture()
            if picture is None:
                return None
            self._size_is(picture.size)
            view = View(picture.size, size)
            found, camera = self._recogniser.look(picture, view)
            self._look_for_text(picture)
        self._shown = Shown(view, self._room.camera, camera)
        self._take(found, AT_ONCE)
        depth = self._room.depth if self._mode("depth") == LIVE else None
        return VKFrame(self.phone, app, picture, view, camera, depth)

    @plain
    def hitTest(self, app: App, x: Any = None, y: Any = None, reset: Any = None) -> list[Result]:
        """The planes behind a place in the last frame's view, the nearest first: `transform`, with its middle there.

        The place is given in parts of the view. v1 keeps to the plane that it has found first, unless `reset`.
        """
        place = number(x, "parameter.x"), number(y, "parameter.y")
        if not all(0 <= each <= 1 for each in place):
            raise Fail("parameter error: x and y should be from 0 to 1")
        shown = self._shown
        if self.state != RUNNING or shown is None:
            return []
        keeps = self._made.version == "v1"
        if reset or self._plane not in self._room.planes:
            self._plane = None
        planes = [plane for _, plane in self._recogniser.planes() if not keeps or self._plane in (None, plane)]
        ray = shown.view.ray(*place)
        hits = [(met, plane) for plane in planes if (met := hit(plane, shown.in_room, ray)) is not None]
        hits.sort(key=lambda each: each[0][0])
        if keeps and hits:
            self._plane = hits[0][1]
            del hits[1:]
        return [{"transform": columns(shown.told(at))} for (_, at), _ in hits]

    # --- its own -----------------------------------------------------------------------------------------------

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        keep_under_way(self.phone.spawn(work, takes_time=True))

    def _picture(self) -> Image | None:
        try:
            picture: Image = self.phone.camera.frame()
        except Fail:  # what it saw has gone, and may come back
            return None
        scale = min(1.0, EDGE / max(picture.size))
        size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
        return (picture if size == picture.size else picture.resize(size)).convert("RGB")

    def _size_is(self, size: tuple[int, int]) -> None:
        told = {"width": size[0], "height": size[1]}
        if told != self.cameraSize:
            self.cameraSize = told
            once_returned(self.listeners.tell_each, "resize", partial(dict, told))

    def _look_for_text(self, picture: Image) -> None:
        """Reads what is seen, and until that is done no other picture."""
        if self._mode("OCR") != LIVE or self._reading:
            return
        texts = self._room.texts
        if texts is not None:
            self._take_texts(texts)
            return
        need_reader()
        self._reading = True
        self._begin(self._read(picture, self._take_texts))

    def _take_texts(self, texts: list[str]) -> None:
        self._take({("OCR", at): anchors.text(each) for at, each in enumerate(texts)}, ("OCR",))

    def _take(self, found: Found, kinds: Collection[str]) -> None:
        for event, told in self._tracked.take(found, kinds):
            if told:
                self._tell(event, told)

    async def _read(self, picture: Image, take: Callable[[list[str]], None]) -> None:
        try:
            texts = await asyncio.to_thread(read, picture)
        finally:
            self._reading = False
        if self.state == RUNNING:
            take(texts)

    def _tell(self, event: str, told: list[Fields]) -> None:
        """Tells of anchors, when the code that runs now has returned."""
        once_returned(self.listeners.tell_each, event, partial(deepcopy, told))

    def _mode(self, kind: str) -> int | None:
        return self._made.tracks.modes.get(kind)
