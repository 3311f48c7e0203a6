"""Live streams: what plays them on a page, and what sends what the camera sees.

Facts: developers.weixin.qq.com/miniprogram/dev, "component/live-player", "component/live-pusher" with their codes of
states, and "api/media/live".
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.checked import TEXT
from ..core.disk import there
from ..core.functions import answered, only, plain
from ..core.options import js_type, optional, required, word, wrong_type
from ..core.page import Page
from ..core.pictures import NotAPicture
from ..core.room import Manager, Room
from ..core.telling import count, quoted
from . import sights, videos
from .camera import Camera
from .components import Component, component, first
from .library import kind_of

if TYPE_CHECKING:
    from ..core.faces import Phone

#: What a page is told of a stream that begins, and of one that can't be had: component/live-player.
CONNECTED, PLAYS, GONE = (2001, 2002, 2003), 2004, -2301
#: The same of sending: the camera is open, the server is there, it is sent; no camera, no server.
SENDS, NO_CAMERA, NO_SERVER = (1003, 1001, 1002), -1301, -1307
QUALITIES: Mapping[str, int] = {"raw": 95, "compressed": 60}
DIRECTIONS = (0, 90, -90)


@attrs.define
class LivePlayer:
    """A `live-player` as a person sees it. `since`: when it last began, by the clock's `elapsed`; `codes`: its states.

    `state` is `stopped`, `playing`, `paused`, or `failed` where nobody sends at `src`.
    """

    id: str
    src: str = ""
    state: str = "stopped"
    muted: bool = False
    fullscreen: bool = False
    direction: int = 0
    picture_in_picture: bool = False
    since: float = 0.0
    codes: list[int] = attrs.field(factory=list)


@attrs.define
class LivePusher:
    """The page's `live-pusher`, as a person sees it.

    `state` is `stopped`, `preview`, `pushing` or `paused`; `music` the url of what is mixed in, None if nothing is, and
    `music_state` whether it plays; volumes are from 0 to 1; `messages` what was sent inside the stream.
    """

    url: str = ""
    state: str = "stopped"
    front: bool = True
    torch: bool = False
    music: str | None = None
    music_state: str = "stopped"
    music_volume: float = 1.0
    microphone_volume: float = 1.0
    messages: list[str] = attrs.field(factory=list)
    codes: list[int] = attrs.field(factory=list)


class Live(Room, name="live"):
    """Streams of others, and the phone's own.

    - `streams`: what is to be seen at which address, see `stream`; at others nobody sends.
    - `players`: the players that programs have asked for, by page and component; `pusher`: what sends, or None.
    """

    STATE = ("streams", "_players", "pusher")

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self.streams: dict[str, Path] = {}
        self._players: dict[tuple[int, str], LivePlayer] = {}
        self.pusher: LivePusher | None = None

    def in_words(self) -> Iterator[str]:
        """How many streams there are."""
        yield count(len(self.streams), "streams")

    @property
    def players(self) -> list[LivePlayer]:
        """The players of all pages."""
        return list(self._players.values())

    def stream(self, url: str, file: str | PathLike[str]) -> None:
        """Has a film or a picture be sent at that address. ValueError for what is neither by the end of its name."""
        if kind_of(Path(file)) == "file":
            raise ValueError(f"{file} has no name of a picture or a video, which is all that can be streamed")
        TEXT.check("the address of a stream", url)
        self.streams[url] = sights.seen_at(there(file))

    # --- native functions --------------------------------------------------------------------------------------

    @plain
    def createLivePlayerContext(self, app: App, id: object = None, component: object = None) -> LivePlayerContext:
        """The controls of the `live-player` with that id."""
        if js_type(id) != "String":
            raise wrong_type("parameter", "String", id)
        return LivePlayerContext(self, app, self.phone.pages.top(app), str(id), component)

    @only("wx")
    @plain
    def createLivePusherContext(self, app: App) -> LivePusherContext:
        """The controls of the page's `live-pusher`."""
        return LivePusherContext(self, app, self.phone.pages.top(app))

    # --- for contexts ------------------------------------------------------------------------------------------

    def player(self, found: Component) -> LivePlayer:
        """The player of a component."""
        known = self._players.setdefault((found.page.id, found.key), LivePlayer(found.key))
        known.src = str(found.attribute("src", known.src))
        return known


class _Context(Manager):
    """What both have in common."""

    def tell(self, found: Component, shown: LivePlayer | LivePusher, *codes: int) -> None:
        """Tells the page of states."""
        for code in codes:
            shown.codes.append(code)
            found.tell(self.phone, "statechange", {"code": code})

    async def snap(self, options: Options, picture: Any) -> Result:
        """The picture as a file, and its size."""
        quality = QUALITIES[word(options, "quality", QUALITIES, "raw")]
        program, real = self.phone.files.new_temporary(self.app, ".jpg")
        await asyncio.to_thread(lambda: picture.convert("RGB").save(real, "JPEG", quality=quality))
        return {"tempImagePath": program, "width": picture.width, "height": picture.height}


NOT_CAST = "not casting"


class LivePlayerContext(_Context):
    """The controls of one `live-player`.

    No screen is near the phone that a stream could be cast to, so that casting fails, in words of ours.
    """

    def __init__(self, room: Live, app: App, page: Page, id: str, scope: object) -> None:
        super().__init__(room.phone, app)
        self._room, self._page, self._id, self._scope = room, page, id, scope

    def in_words(self) -> Iterator[str]:
        """Its component."""
        yield quoted(self._id)

    @answered
    async def play(self, app: App, options: Options) -> None:
        """Plays what is sent at `src`; where nobody sends, the page is told -2301."""
        self._begin()

    @answered
    def stop(self, app: App, options: Options) -> None:
        """Ends."""
        self._player().state = "stopped"

    @answered
    def pause(self, app: App, options: Options) -> None:
        """Shows the same picture on; a stream that does not play stays as it is."""
        player = self._player()
        if player.state == "playing":
            player.state = "paused"

    @answered
    async def resume(self, app: App, options: Options) -> None:
        """Goes on, with what is sent now."""
        if self._player().state == "paused":
            self._begin()

    @answered
    def mute(self, app: App, options: Options) -> None:
        """Turns the sound off, and the next time on."""
        player = self._player()
        player.muted = not player.muted

    @answered
    def requestFullScreen(self, app: App, options: Options) -> None:
        """Fills the screen, turned by `direction`: 0, 90 or -90 degrees."""
        direction = optional(options, "direction", "Number", 0)
        if direction not in DIRECTIONS:
            raise Fail("parameter error: parameter.direction should be one of 0, 90, -90")
        self._resize(fullscreen=True, direction=int(direction))

    @answered
    def startCasting(self, app: App, options: Options) -> None:
        """Has the person pick a screen, of which there is none near."""
        raise Fail("no device found")

    @answered
    def switchCasting(self, app: App, options: Options) -> None:
        """Fails: nothing is cast."""
        raise Fail(NOT_CAST)

    @answered
    def reconnectCasting(self, app: App, options: Options) -> None:
        """Fails: nothing was cast."""
        raise Fail(NOT_CAST)

    @answered
    def exitCasting(self, app: App, options: Options) -> None:
        """Fails: nothing is cast."""
        raise Fail(NOT_CAST)

    @answered
    def exitFullScreen(self, app: App, options: Options) -> None:
        """Is as large as before."""
        self._resize(fullscreen=False, direction=0)

    @answered
    def requestPictureInPicture(self, app: App, options: Options) -> None:
        """Goes to the small window."""
        self._player().picture_in_picture = True
        self._found().tell(self.phone, "enterpictureinpicture", {})

    @answered
    def exitPictureInPicture(self, app: App, options: Options) -> None:
        """Comes back from it."""
        self._player().picture_in_picture = False
        self._found().tell(self.phone, "leavepictureinpicture", {})

    @answered
    async def snapshot(self, app: App, options: Options) -> Result:
        """What is to be seen now, as a JPEG: `tempImagePath`, `width`, `height`. Fails while nothing plays."""
        player = self._player()
        file = self._room.streams.get(player.src)
        if file is None or player.state not in ("playing", "paused"):
            raise Fail("nothing is played")
        seconds = self.phone.clock.elapsed() - player.since
        try:
            picture = await asyncio.to_thread(sights.Sight(file).at, seconds)
        except (NotAPicture, videos.NotAVideo, OSError) as error:
            raise Fail("nothing is played") from error
        return await self.snap(options, picture)

    def _begin(self) -> None:
        player, found = self._player(), self._found()
        if player.src in self._room.streams and self.phone.network.online:
            player.state, player.since = "playing", self.phone.clock.elapsed()
            self.tell(found, player, *CONNECTED, PLAYS)
        else:
            player.state = "failed"
            self.tell(found, player, GONE)

    def _resize(self, *, fullscreen: bool, direction: int) -> None:
        player = self._player()
        changed = player.fullscreen != fullscreen
        player.fullscreen, player.direction = fullscreen, direction
        if changed:
            self._found().tell(self.phone, "fullscreenchange", {"fullScreen": fullscreen, "direction": direction})

    def _found(self) -> Component:
        found = component(self.phone, self.app, self._page, "live-player", self._id, self._scope)
        if found is None:
            raise Fail("the page has no such live-player")  # the words are ours
        return found

    def _player(self) -> LivePlayer:
        return self._room.player(self._found())


class LivePusherContext(_Context):
    """The controls of a page's `live-pusher`, which sends what `phone.camera` sees. Nothing leaves the process."""

    def __init__(self, room: Live, app: App, page: Page) -> None:
        super().__init__(room.phone, app)
        self._room, self._page = room, page

    def in_words(self) -> Iterator[str]:
        """Whether it sends."""
        yield "no pusher" if self._room.pusher is None else self._room.pusher.state

    @answered
    async def start(self, app: App, options: Options) -> None:
        """Sends to the component's `url`, given `scope.camera` and `scope.record`."""
        pusher = await self._opened()
        if not self.phone.network.online:
            self.tell(self._found(), pusher, NO_SERVER)
            raise Fail("the server can't be reached")
        pusher.state = "pushing"
        self.tell(self._found(), pusher, *SENDS)

    @answered
    def stop(self, app: App, options: Options) -> None:
        """Ends sending, and the camera's view."""
        self._pusher().state = "stopped"

    @answered
    def pause(self, app: App, options: Options) -> None:
        """Halts the stream."""
        self._change("pushing", "paused")

    @answered
    def resume(self, app: App, options: Options) -> None:
        """Goes on."""
        self._change("paused", "pushing")

    @answered
    async def startPreview(self, app: App, options: Options) -> None:
        """Shows the camera's view, and sends nothing."""
        pusher = await self._opened()
        if pusher.state == "stopped":
            pusher.state = "preview"

    @answered
    def stopPreview(self, app: App, options: Options) -> None:
        """Ends that."""
        self._change("preview", "stopped")

    @answered
    def switchCamera(self, app: App, options: Options) -> None:
        """Changes between the front and the back camera."""
        pusher = self._pusher()
        pusher.front = not pusher.front

    @answered
    def toggleTorch(self, app: App, options: Options) -> None:
        """Turns the lamp on or off."""
        pusher = self._pusher()
        pusher.torch = not pusher.torch

    @answered
    async def snapshot(self, app: App, options: Options) -> Result:
        """What the camera sees now, as a JPEG: `tempImagePath`, `width`, `height`. Fails while it is not open."""
        if self._pusher().state == "stopped":
            raise Fail("the camera is not open")
        try:
            picture = await asyncio.to_thread(Camera.on(self.phone).look)
        except (NotAPicture, videos.NotAVideo, OSError) as error:
            raise Fail("the camera gives no picture") from error
        return await self.snap(options, picture)

    @answered
    def playBGM(self, app: App, options: Options) -> None:
        """Mixes the music at `url` in."""
        pusher = self._pusher()
        pusher.music, pusher.music_state = required(options, "url", "String"), "playing"

    @answered
    def stopBGM(self, app: App, options: Options) -> None:
        """Ends the music."""
        pusher = self._pusher()
        pusher.music, pusher.music_state = None, "stopped"

    @answered
    def pauseBGM(self, app: App, options: Options) -> None:
        """Halts it."""
        pusher = self._pusher()
        pusher.music_state = "paused" if pusher.music_state == "playing" else pusher.music_state

    @answered
    def resumeBGM(self, app: App, options: Options) -> None:
        """Goes on with it."""
        pusher = self._pusher()
        pusher.music_state = "playing" if pusher.music_state == "paused" else pusher.music_state

    @answered
    def setBGMVolume(self, app: App, options: Options) -> None:
        """Sets how loud the music is, from 0 to 1."""
        self._pusher().music_volume = _volume(options)

    @answered
    def setMICVolume(self, app: App, options: Options) -> None:
        """Sets how loud the microphone is, from 0 to 1."""
        self._pusher().microphone_volume = _volume(options)

    @answered
    def sendMessage(self, app: App, options: Options) -> None:
        """Sends a text inside the stream. Fails while nothing is sent."""
        message = required(options, "msg", "String")
        pusher = self._pusher()
        if pusher.state != "pushing":
            raise Fail("nothing is pushed")
        pusher.messages.append(message)

    async def _opened(self) -> LivePusher:
        pusher = self._pusher()
        try:
            await Camera.on(self.phone).allow(self.app)
            await self.phone.permissions.need(self.app, "scope.record")
        except Fail:
            self.tell(self._found(), pusher, NO_CAMERA)
            raise
        return pusher

    def _change(self, before: str, after: str) -> None:
        pusher = self._pusher()
        if pusher.state == before:
            pusher.state = after

    def _found(self) -> Component:
        found = first(self.phone, self.app, self._page, "live-pusher")
        if found is None:
            raise Fail("the page has no live-pusher")  # the words are ours
        return found

    def _pusher(self) -> LivePusher:
        found = self._found()
        if self._room.pusher is None:
            front = found.attribute("devicePosition", "front") != "back"
            self._room.pusher = LivePusher(front=front)
        self._room.pusher.url = str(found.attribute("url", self._room.pusher.url))
        return self._room.pusher


def _volume(options: Options) -> float:
    volume: float = required(options, "volume", "Number")
    if not 0 <= volume <= 1:
        raise Fail("parameter error: parameter.volume should be between 0 and 1")
    return volume
