"""`InnerAudioContext`: the players that programs make, several at a time, without anything on the page.

Facts: developers.weixin.qq.com/miniprogram/dev/api/media/audio/InnerAudioContext.html, miniprogram-api-typings 5.2.3.
In which order the events come no vendor tells: `waiting` if the sound is not there yet, `canplay`, `play`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, ClassVar

from ...core.answers import Result
from ...core.app import App
from ...core.events import off, on
from ...core.functions import plain
from ...core.listening import Listener
from ...core.options import UNDEFINED, function, js_type
from ...core.room import Manager
from ...core.vendors import of_vendor

if TYPE_CHECKING:
    from .face import Audio

#: The range of `playbackRate`.
SLOWEST, FASTEST = 0.5, 2.0
#: Whose `buffered` is no time: @douyin-microapp/typings 1.3.1, inner-audio.d.ts.
BUFFERED_PARTS: Mapping[str, bool] = {"tt": True}
#: What of a moment programs are told: WeChat's page says six digits after the point.
DIGITS = 6


class Playing(Manager):
    """What all of a program's players have in common: their sound, and what is told of it."""

    in_loop: ClassVar[bool] = True
    PLAYS: ClassVar[str] = "inner"

    def __init__(self, room: Audio, app: App) -> None:
        super().__init__(room.phone, app)
        self.room = room
        self.player = room.player(app, self.told, kind=self.PLAYS)
        self.player.watched = lambda: "timeupdate" in self.listeners
        self._referrer_policy = "origin"
        self._destroyed = False

    def in_words(self) -> Iterator[str]:
        """What it plays, and whether it does."""
        yield from ["destroyed"] if self._destroyed else self.player.in_words()

    def told(self, event: str, detail: Result | None = None) -> None:
        """Tells the program of an event."""
        self.listeners.tell_each(event, lambda: dict(detail or {}))

    # --- properties ---------------------------------------------------------------------------------------------

    @property
    def startTime(self) -> float:
        """Where it begins, in seconds."""
        return self.player.start

    @startTime.setter
    def startTime(self, seconds: float) -> None:
        self.player.start = number("startTime", seconds, 0.0)

    @property
    def playbackRate(self) -> float:
        """How many times as fast it plays, from 0.5 to 2."""
        return self.player.rate

    @playbackRate.setter
    def playbackRate(self, rate: float) -> None:
        self.player.rate = number("playbackRate", rate, SLOWEST, FASTEST)

    @property
    def duration(self) -> float:
        """The length in seconds; 0 until it is loaded."""
        return round(self.player.duration, DIGITS)

    @property
    def currentTime(self) -> float:
        """Where it is, in seconds. Setting it is a `seek`."""
        return round(self.player.position, DIGITS)

    @currentTime.setter
    def currentTime(self, position: float) -> None:
        self.player.seek(number("currentTime", position))

    @property
    def paused(self) -> bool:
        """Whether it is paused, stopped, or at its end."""
        return self.player.paused

    @property
    def buffered(self) -> float:
        """Up to where it is loaded: all of it, or nothing yet."""
        return self.duration

    @property
    def referrerPolicy(self) -> str:
        """`origin` or `no-referrer`. It is kept, and changes nothing: the phone never says which app loads."""
        return self._referrer_policy

    @referrerPolicy.setter
    def referrerPolicy(self, policy: str) -> None:
        self._referrer_policy = text("referrerPolicy", policy)

    # --- what it does -------------------------------------------------------------------------------------------

    @plain
    def play(self, app: App) -> None:
        """Begins, or goes on; as soon as the sound is loaded."""
        self.begin()

    def begin(self) -> None:
        """The same, when the phone does it for the program."""
        if not self._destroyed and self.room.admits(self.player):
            self.player.play()

    @plain
    def pause(self, app: App) -> None:
        """Stays where it is; one that does not play says nothing."""
        self.player.pause()

    @plain
    def stop(self, app: App) -> None:
        """Ends; `play` begins again at the start."""
        self.player.stop()

    @plain
    def seek(self, app: App, position: object = UNDEFINED) -> None:
        """Goes to a position, in seconds; before the beginning or after the end, there."""
        self.player.seek(number("position", position))

    # --- events -------------------------------------------------------------------------------------------------

    onCanplay = on("canplay", "Tells that the sound is loaded.")
    offCanplay = off("canplay")
    onPlay = on("play", "Tells that it plays.")
    offPlay = off("play")
    onPause = on("pause", "Tells that it was paused, by the program or by the phone.")
    offPause = off("pause")
    onStop = on("stop", "Tells that `stop` was called.")
    offStop = off("stop")
    onEnded = on("ended", "Tells that it has come to its end.")
    offEnded = off("ended")
    onError = on("error", "Tells `errCode` and `errMsg` of a sound that does not play.")
    offError = off("error")
    onWaiting = on("waiting", "Tells that it was to play, and is not loaded yet.")
    offWaiting = off("waiting")
    onSeeking = on("seeking", "Tells that it goes elsewhere.")
    offSeeking = off("seeking")
    onSeeked = on("seeked", "Tells that it has come there.")
    offSeeked = off("seeked")

    @plain
    def onTimeUpdate(self, app: App, callback: object = UNDEFINED) -> None:
        """Tells four times a second that it plays; where it is then is `currentTime`."""
        self.listeners.on("timeupdate", function(callback), app)
        self.player.rewatch()

    @plain
    def offTimeUpdate(self, app: App, callback: Listener | None = None) -> None:
        """Takes the listener off; without one, all."""
        self.listeners.off("timeupdate", callback)
        self.player.rewatch()


class InnerAudioContext(Playing):
    """What `createInnerAudioContext` returns."""

    def __init__(self, room: Audio, app: App) -> None:
        super().__init__(room, app)
        self._autoplay = False

    @property
    def buffered(self) -> float:
        """Up to where it is loaded: all of it, or nothing yet. Douyin tells that as a part of a hundred."""
        whole = 100.0 if of_vendor(BUFFERED_PARTS, self.app, False) else self.duration
        return whole if self.player.sound is not None else 0.0

    @property
    def src(self) -> str:
        """The sound: a URL, or a path of the phone. Setting it loads the sound."""
        return self.player.src

    @src.setter
    def src(self, src: str) -> None:
        if self._destroyed:
            return
        self.player.load(text("src", src))
        if self._autoplay:
            self.begin()

    @property
    def autoplay(self) -> bool:
        """Whether it plays as soon as it has a `src`."""
        return self._autoplay

    @autoplay.setter
    def autoplay(self, autoplay: bool) -> None:
        self._autoplay = truth("autoplay", autoplay)
        if autoplay and self.src:
            self.begin()

    @property
    def loop(self) -> bool:
        """Whether it begins again at its end; then there is no `ended`."""
        return self.player.loop

    @loop.setter
    def loop(self, loop: bool) -> None:
        self.player.loop = truth("loop", loop)

    @property
    def volume(self) -> float:
        """From 0 to 1."""
        return self.player.volume

    @volume.setter
    def volume(self, volume: float) -> None:
        self.player.volume = number("volume", volume, 0.0, 1.0)

    @property
    def obeyMuteSwitch(self) -> bool:
        """Whether the mute switch silences it. WeChat heeds `setInnerAudioOption` in its place."""
        return self.player.obeys

    @obeyMuteSwitch.setter
    def obeyMuteSwitch(self, obeys: bool) -> None:
        self.player.obeys = truth("obeyMuteSwitch", obeys)

    @plain
    def destroy(self, app: App) -> None:
        """Ends without a word, and plays no more."""
        self._destroyed = True
        self.room.forget(self.player)


def number(name: str, value: object, least: float = -math.inf, most: float = math.inf) -> float:
    """A number of seconds, or the like, that a program sets or gives; one out of its range is the next in it."""
    if js_type(value) != "Number" or value != value:
        raise TypeError(f"{name} should be a number, not {value!r}")
    return min(max(float(value), least), most)  # type: ignore[arg-type]


def text(name: str, value: object) -> str:
    """A text that a program sets."""
    if not isinstance(value, str):
        raise TypeError(f"{name} should be a text, not {value!r}")
    return value


def truth(name: str, value: object) -> bool:
    """What a program sets to true or false."""
    if not isinstance(value, bool):
        raise TypeError(f"{name} should be True or False, not {value!r}")
    return value
