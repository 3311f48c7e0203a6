"""The player as `@tarojs/taro-rn` 4.2.0 has it, over Expo's: `src/lib/createInnerAudioContext/index.ts`.

One listener for each event, the last; a sound is loaded when it is first played; what is not loaded can't be paused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from ...core.answers import NativeFunction, Result
from ...core.app import App
from ...core.functions import plain
from ...core.options import UNDEFINED, function
from .inner import InnerAudioContext, number, text

if TYPE_CHECKING:
    from .face import Audio

#: How often Expo tells how far it is, in seconds.
PERIOD = 0.5
NOT_LOADED = "Cannot complete operation because sound is not loaded."


def _takes(event: str) -> NativeFunction:
    @plain
    def listen(self: ExpoAudio, app: App, callback: object = UNDEFINED) -> None:
        self.listeners.off(event)
        self.listeners.on(event, function(callback), app)
        self.player.rewatch()

    listen.__doc__ = f"Tells the listener of `{event}`, in place of the one before."
    return listen


def _leaves(event: str) -> NativeFunction:
    @plain
    def leave(self: ExpoAudio, app: App, callback: object = None) -> None:
        """Takes the listener off, whichever is named."""
        self.listeners.off(event)

    return leave


class ExpoAudio(InnerAudioContext):
    """`InnerAudioContext` on React Native."""

    KIND: ClassVar[str] = "InnerAudioContext"

    def __init__(self, room: Audio, app: App) -> None:
        super().__init__(room, app)
        self._first = True
        self._src = ""
        self._volume = 1.0
        self._loop = False
        self.player.period = PERIOD

    def told(self, event: str, detail: Result | None = None) -> None:
        """Tells the listener; of a time with what Expo knows, of the first play twice."""
        if event == "waiting":
            return
        if event == "timeupdate":
            detail = self._status()
        first, self._first = event == "play" and self._first, self._first and event != "play"
        super().told(event, detail)
        if first:
            super().told(event, detail)
        if event == "ended":
            self.player.unload()
            self._first = True

    def _status(self) -> Result:
        milliseconds = round(self.duration * 1000)
        return {
            "isLoaded": True,
            "isPlaying": self.player.playing,
            "isLooping": self.player.loop,
            "positionMillis": round(self.currentTime * 1000),
            "durationMillis": milliseconds,
            "playableDurationMillis": milliseconds,
        }

    @property
    def src(self) -> str:
        """The sound; it is loaded when it first plays."""
        return self._src

    @src.setter
    def src(self, src: str) -> None:
        self._src = text("src", src)
        if self._autoplay:
            self.begin()

    @property
    def autoplay(self) -> bool:
        """Whether it plays as soon as it gets a `src`; one that it has already stays silent."""
        return self._autoplay

    @autoplay.setter
    def autoplay(self, autoplay: bool) -> None:
        self._autoplay = bool(autoplay)

    @property
    def volume(self) -> float:
        """From 0 to 1; it counts from the next `play` on."""
        return self._volume

    @volume.setter
    def volume(self, volume: float) -> None:
        self._volume = number("volume", volume, 0.0, 1.0)

    @property
    def loop(self) -> bool:
        """Whether it begins again at its end, from the next `play` on."""
        return self._loop

    @loop.setter
    def loop(self, loop: bool) -> None:
        self._loop = bool(loop)

    def begin(self) -> None:
        """Begins, or goes on. Another `src` than the one that is loaded is not heeded before that has ended."""
        if not self._src or not self.room.admits(self.player):
            return
        if not self.player.src:
            self.player.load(self._src)
        self.player.play()
        self.player.volume, self.player.loop = self._volume, self._loop

    @plain
    def pause(self, app: App) -> None:
        """Stays where it is."""
        if self._is_loaded() and not self.player.pause():
            self.told("pause")

    @plain
    def stop(self, app: App) -> None:
        """Ends; `play` begins again at the start."""
        if self._is_loaded():
            self.player.stop()

    @plain
    def seek(self, app: App, position: object = UNDEFINED) -> None:
        """Goes to a position, in seconds."""
        position = number("position", position)
        if self._is_loaded():
            self.player.seek(position)

    @plain
    def destroy(self, app: App) -> None:
        """Stops; more is not done."""
        if self._is_loaded():
            self.player.stop()

    def _is_loaded(self) -> bool:
        if self.player.sound is None:
            self.told("error", {"message": NOT_LOADED})
        return self.player.sound is not None

    onCanplay: NativeFunction = _takes("canplay")
    offCanplay: NativeFunction = _leaves("canplay")
    onPlay: NativeFunction = _takes("play")
    offPlay: NativeFunction = _leaves("play")
    onPause: NativeFunction = _takes("pause")
    offPause: NativeFunction = _leaves("pause")
    onStop: NativeFunction = _takes("stop")
    offStop: NativeFunction = _leaves("stop")
    onEnded: NativeFunction = _takes("ended")
    offEnded: NativeFunction = _leaves("ended")
    onTimeUpdate: NativeFunction = _takes("timeupdate")
    offTimeUpdate: NativeFunction = _leaves("timeupdate")
    onError: NativeFunction = _takes("error")
    offError: NativeFunction = _leaves("error")
    onWaiting: NativeFunction = _takes("waiting")
    offWaiting: NativeFunction = _leaves("waiting")
    onSeeking: NativeFunction = _takes("seeking")
    offSeeking: NativeFunction = _leaves("seeking")
    onSeeked: NativeFunction = _takes("seeked")
    offSeeked: NativeFunction = _leaves("seeked")
