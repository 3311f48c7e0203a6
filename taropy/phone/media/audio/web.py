"""Players of web pages: `@tarojs/taro-h5` 4.2.1, `dist/api/media`, and plugin-platform-harmony-hybrid 4.1.11.

Both have the browser's `<audio>` play, whose events come by themselves after the call that led to them (the HTML
standard, "media elements"); that of `stop` is Taro's own, and comes at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from ...core.answers import Result
from ...core.app import App
from ...core.functions import plain
from .background import BackgroundAudioManager
from .inner import InnerAudioContext, Playing, number

if TYPE_CHECKING:
    from .face import Audio

#: A browser's own numbers of what went wrong (`MediaError`), by the ones that mini programs know.
MEDIA_ERRORS = {-1: 4, 10001: 4, 10002: 2, 10003: 4, 10004: 4}


class _OfPage(Playing):
    """What players of a page have in common."""

    def __init__(self, room: Audio, app: App) -> None:
        super().__init__(room, app)
        self._played = False
        self._start = 0.0
        self.player.tells_early = True

    def told(self, event: str, detail: Result | None = None) -> None:
        """Tells of an event when the caller has come to its end; of `stop` at once."""
        if event == "stop":
            self.listeners.tell_each(event, lambda: None)
            return
        if event == "error":
            detail = {"type": "error", "code": MEDIA_ERRORS[(detail or {})["errCode"]], **(detail or {})}
        if event == "ended":
            self.told("pause")
        self.player.later(super().told, event, {"type": event, **(detail or {})})
        if event == "play" and self._is_to_seek():
            self.player.later(self.player.seek, self.startTime)

    def _is_to_seek(self) -> bool:
        """Whether it goes to its `startTime` now: when it first plays."""
        first, self._played = not self._played, True
        return first

    @property
    def referrerPolicy(self) -> str:
        """The attribute of the element."""
        return self._referrer_policy

    @referrerPolicy.setter
    def referrerPolicy(self, policy: str) -> None:
        self._referrer_policy = policy

    @property
    def startTime(self) -> float:
        """Where it goes when it first plays, in seconds."""
        return self._start

    @startTime.setter
    def startTime(self, seconds: float) -> None:
        self._start = number("startTime", seconds, 0.0)

    @plain
    def stop(self, app: App) -> None:
        """Pauses, goes to the beginning, and says `stop`."""
        self._stop()

    def _stop(self) -> None:
        self.player.pause()
        if not self._destroyed:
            self.player.seek(0)
        self.told("stop")


class PageAudio(_OfPage, InnerAudioContext):
    """`InnerAudioContext` on h5."""

    KIND: ClassVar[str] = "InnerAudioContext"

    def __init__(self, room: Audio, app: App) -> None:
        super().__init__(room, app)
        self.player.stop_on_turn = self._stop

    @plain
    def destroy(self, app: App) -> None:
        """Stops, and plays no more."""
        self._stop()
        self._destroyed = True
        self.room.forget(self.player)


class PageBackground(_OfPage, BackgroundAudioManager):
    """`BackgroundAudioManager` on h5: a second player of the page."""

    KIND: ClassVar[str] = "BackgroundAudioManager"

    def _is_to_seek(self) -> bool:
        """Whenever it plays from elsewhere than its `startTime`, it goes there: also after a pause."""
        return self.player.position != self._start
