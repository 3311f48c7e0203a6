"""`BackgroundAudioManager`, the one player that goes on while its app is hidden, and the old functions in its place.

Facts: developers.weixin.qq.com/miniprogram/dev/api/media/background-audio; swan-docs has the number of an app that is
not the one which plays.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

import attrs

from ...core.answers import Fail, Options, Result
from ...core.app import App
from ...core.events import on
from ...core.functions import answered, asked, only, plain
from ...core.options import UNDEFINED, required
from ...core.vendors import of_vendor
from .inner import Playing, number, text
from .loading import SYSTEM

if TYPE_CHECKING:
    from .face import Audio

#: Where a title has to be set before `src`: WeChat's page; the words are those that developers report.
NEEDS_TITLE: Mapping[str, bool] = {"wx": True, "qq": True}
NO_TITLE = "setBackgroundAudioState:fail title is nil!"
#: Where an app goes on in the background only if its `requiredBackgroundModes` have `audio`.
NEEDS_MODE: Mapping[str, bool] = {"wx": True, "qq": True}
#: Where a jump has it play: @douyin-microapp/typings 1.3.1, background-audio.d.ts.
SEEK_PLAYS: Mapping[str, bool] = {"tt": True}
PAUSED, PLAYING, NOTHING = 0, 1, 2
INTERRUPTED: Result = {"errCode": SYSTEM, "errMsg": "interrupted"}


@attrs.frozen
class Music:
    """What the phone's panel shows of the background player."""

    app: str
    src: str
    title: str
    epname: str
    singer: str
    coverImgUrl: str
    playing: bool


def _shown(name: str, what: str) -> Any:
    """A property that the phone's panel shows."""

    def get(self: BackgroundAudioManager) -> str:
        return self.shown.get(name, "")

    def put(self: BackgroundAudioManager, value: str) -> None:
        self.shown[name] = text(name, value)

    return property(get, put, doc=what)


class BackgroundAudioManager(Playing):
    """What `getBackgroundAudioManager` returns."""

    PLAYS: ClassVar[str] = "background"

    def __init__(self, room: Audio, app: App) -> None:
        super().__init__(room, app)
        self.shown: dict[str, str] = {"protocol": "http"}
        self._waiting: list[asyncio.Future[Result]] = []

    title = _shown("title", "The title; WeChat wants it before `src`.")
    epname = _shown("epname", "The album.")
    singer = _shown("singer", "Who sings.")
    coverImgUrl = _shown("coverImgUrl", "The URL of a picture.")
    webUrl = _shown("webUrl", "The URL of a page.")
    protocol = _shown("protocol", "`http`, or `hls`, which the phone does not play.")

    @property
    def src(self) -> str:
        """The sound: a URL, or a path of the phone. Setting it plays it, and ends what another app plays."""
        return self.player.src

    @src.setter
    def src(self, src: str) -> None:
        text("src", src)
        if of_vendor(NEEDS_TITLE, self.app, False) and not self.shown.get("title"):
            self.player.refuse(SYSTEM, NO_TITLE)
            return
        self.load(src)

    def load(self, src: str) -> None:
        """Plays another sound from now on."""
        self.settle(INTERRUPTED)
        self.room.take_background(self)
        self.player.load(src)
        self.begin()

    def begin(self) -> None:
        """Plays, if there is something."""
        if self.player.src:
            self.room.take_background(self)
        super().begin()

    def told(self, event: str, detail: Result | None = None) -> None:
        """Tells the program of an event, by the manager and by the old functions."""
        if event in ("play", "error", "pause", "stop"):
            self.settle({} if event == "play" else detail or INTERRUPTED)
        super().told(event, detail)
        if event in ("play", "pause", "stop", "ended"):
            self.room.audience(self.app).tell_each(f"background {'stop' if event == 'ended' else event}", dict)

    def settle(self, failure: Result) -> None:
        """Tells those who wait that it plays, which is no failure, or that it does not."""
        waiting, self._waiting = self._waiting, []
        for each in waiting:
            if not each.done():
                each.set_result(failure)

    def outcome(self) -> asyncio.Future[Result]:
        """Whether it plays, as soon as that is known: the failure, which is empty if it does."""
        waiting: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append(waiting)
        return waiting

    @plain
    def seek(self, app: App, position: object = UNDEFINED) -> None:
        """Goes to a position, in seconds; on Douyin it plays then."""
        self.player.seek(number("position", position))
        if of_vendor(SEEK_PLAYS, self.app, False):
            self.begin()

    onNext = on("next", "Tells that the person wants the next piece.")
    onPrev = on("prev", "Tells that the person wants the piece before.")


class BackgroundFunctions:
    """The functions of the room on the background player."""

    def __init__(self) -> None:
        self._managers: dict[str, BackgroundAudioManager] = {}
        self._in_background: BackgroundAudioManager | None = None

    @property
    def music(self) -> Music | None:
        """What the phone's panel shows; None if nothing plays in the background, or is paused there."""
        manager = self._in_background
        if manager is None or not manager.player.src:
            return None
        shown = {name: manager.shown.get(name, "") for name in ("title", "epname", "singer", "coverImgUrl")}
        return Music(manager.app.key, manager.player.src, playing=manager.player.playing, **shown)

    def press(self, button: str) -> None:
        """The person presses a button of the panel: "play", "pause", "next", "prev" or "stop"."""
        manager = self._in_background
        if button not in ("play", "pause", "next", "prev", "stop"):
            raise ValueError(f"the panel has play, pause, next, prev and stop, not {button!r}")
        if manager is None:
            raise ValueError("nothing plays in the background")
        if button in ("next", "prev"):
            manager.told(button)
        elif button == "play":
            manager.begin()
        else:
            getattr(manager.player, button)()

    def take_background(self, manager: BackgroundAudioManager) -> None:
        """One app's music ends another's."""
        before, self._in_background = self._in_background, manager
        if before is not None and before is not manager and before.player.wanted:
            before.player.stop()

    @plain
    def getBackgroundAudioManager(self, app: App, *_: object) -> BackgroundAudioManager:
        """The app's background player; the same one whenever it is asked for."""
        known = self._managers.get(app.key)
        if known is None or known.app is not app:
            known = self._managers[app.key] = self._made(app)
        return known

    def _made(self, app: App) -> BackgroundAudioManager:
        raise NotImplementedError

    def _playing(self, app: App) -> BackgroundAudioManager:
        manager = self.getBackgroundAudioManager(app)
        if not manager.player.src:
            raise Fail("no music")
        return manager

    # --- the old functions -------------------------------------------------------------------------------------

    @asked
    @only("wx")
    def playBackgroundAudio(self, app: App, options: Options) -> Any:
        """Plays `dataUrl`, or goes on with it; succeeds when it plays."""
        url = required(options, "dataUrl", "String")
        manager = self.getBackgroundAudioManager(app)
        for name in ("title", "coverImgUrl"):
            if options.get(name) is not None:
                manager.shown[name] = required(options, name, "String")
        if manager.player.src == url and manager.player.sound is not None:
            manager.begin()
        else:
            manager.load(url)
        if not manager.player.wanted:
            raise Fail(INTERRUPTED["errMsg"], SYSTEM)
        return {} if manager.player.playing else _playing(manager.outcome())

    @answered
    @only("wx")
    def pauseBackgroundAudio(self, app: App, options: Options) -> None:
        """Pauses it."""
        self._playing(app).player.pause()

    @answered
    @only("wx")
    def stopBackgroundAudio(self, app: App, options: Options) -> None:
        """Ends it."""
        self._playing(app).player.stop()

    @answered
    @only("wx")
    def seekBackgroundAudio(self, app: App, options: Options) -> None:
        """Goes to `position`, in seconds."""
        self._playing(app).player.seek(required(options, "position", "Number"))

    @answered
    @only("wx")
    def getBackgroundAudioPlayerState(self, app: App, options: Options) -> Result:
        """What the player does: `status` 2 is nothing, 1 it plays, 0 it has paused; then also what, and where it is."""
        manager = self.getBackgroundAudioManager(app)
        player = manager.player
        if not player.src or (not player.wanted and player.position in (0.0, player.duration)):
            return {"status": NOTHING}
        return {
            "status": PLAYING if player.wanted else PAUSED,
            "dataUrl": player.src,
            "duration": manager.duration,
            "currentPosition": manager.currentTime,
            "downloadPercent": 0 if player.sound is None else 100,
        }

    onBackgroundAudioPlay = only("wx")(on("background play", "Tells that the music plays."))
    onBackgroundAudioPause = only("wx")(on("background pause", "Tells that the music was paused."))
    onBackgroundAudioStop = only("wx")(on("background stop", "Tells that the music has ended."))


async def _playing(outcome: asyncio.Future[Result]) -> Result:
    failure = await outcome
    if failure:
        raise Fail(failure["errMsg"], failure["errCode"])
    return {}
