"""Players of web pages: `@tarojs/taro-h5` 4.2.1, `dist/api/media`, and plugin-platform-harmony-hybrid 4.1.11.

Both have the browser's `<audio>` play, whose events come by themselves after the call that led to them (the HTML
standard, "media elements"); that of `stop` is Taro's own, and comes at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from ...core.answers import Result
from ...core.app import App
from ...core.functions import plain
from .inner import InnerAudioContext, number
from .player import running_loop

if TYPE_CHECKING:
    from .room import Audio

#: A browser's own numbers of what went wrong (`MediaError`), by the ones that mini programs know.
MEDIA_ERRORS = {10001: 4, 10002: 2, 10003: 4, 10004: 4}


class PageAudio(InnerAudioContext):
    """`InnerAudioContext` on h5."""

    KIND: ClassVar[str] = "InnerAudioContext"

    def __init__(self, room: Audio, app: App) -> None:
        super().__init__(room, app)
        self._played = False
        self.player.tells_early = True
        self.player.stop_on_turn = self._stop

    def told(self, event: str, detail: Result | None = None) -> None:
        """Tells of an event when the caller has come to its end; of `stop` at once."""
        if event == "stop":
            self.listeners.tell_each(event, lambda: None)
            return
        if event == "error":
            detail = {"type": "error", "code": MEDIA_ERRORS[(detail or {})["errCode"]], **(detail or {})}
        if event == "ended":
            self.told("pause")
        loop = running_loop()
        loop.call_soon(super().told, event, {"type": event, **(detail or {})})
        if event == "play" and not self._played:
            self._played = True
            loop.call_soon(self.player.seek, self.startTime)

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
        self._start = max(number("startTime", seconds), 0.0)

    _start = 0.0

    @plain
    def stop(self, app: App) -> None:
        """Pauses, goes to the beginning, and says `stop`."""
        self._stop()

    def _stop(self) -> None:
        self.player.pause()
        if not self._destroyed:
            self.player.seek(0)
        self.told("stop")

    @plain
    def destroy(self, app: App) -> None:
        """Stops, and plays no more."""
        self._stop()
        self._destroyed = True
        self.player.close()
        self.room.forget(self.player)
