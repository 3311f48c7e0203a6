"""The old functions for voices, `playVoice` and its kin: developers.weixin.qq.com/miniprogram/dev/api/media/audio."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from ...core.answers import Fail, Options, Result
from ...core.app import App
from ...core.functions import answered, asked, only
from ...core.options import optional, required
from .loading import FILE
from .player import Player, Tell

if TYPE_CHECKING:
    from collections.abc import Callable

#: How long a voice plays at most, in seconds, unless the program says otherwise.
LONGEST = 60


class Voice:
    """A voice that plays, and who waits for its end."""

    def __init__(self, make: Callable[[Tell], Player], path: str, longest: float) -> None:
        self.path = path
        self.player = make(self._told)
        self.player.most = longest
        self._outcome: asyncio.Future[Fail | None] = asyncio.get_running_loop().create_future()
        self.player.load(path)
        self.player.play()

    @property
    def is_over(self) -> bool:
        """Whether it has come to its end, whichever."""
        return self._outcome.done()

    def end(self, failure: Fail | None = None) -> None:
        """Ends it; who waits for it hears of the failure, if it is one."""
        self.player.close()
        if not self._outcome.done():
            self._outcome.set_result(failure)

    async def ended(self) -> Result:
        """Waits until it has ended."""
        failure = await asyncio.shield(self._outcome)
        if failure is not None:
            raise failure.again()
        return {}

    def _told(self, event: str, detail: Result | None = None) -> None:
        if event == "ended":
            self.end()
        elif event == "error":
            self.end(Fail((detail or {})["errMsg"], (detail or {})["errCode"]))


class VoiceFunctions:
    """The functions of the room on voices; each app plays one at a time."""

    def __init__(self) -> None:
        self._voices: dict[str, Voice] = {}

    def player(self, app: App, tell: Tell, *, kind: str) -> Player:
        """A new player of the app."""
        raise NotImplementedError

    def forget(self, player: Player) -> None:
        """It ends without a word, and plays no more."""
        raise NotImplementedError

    @asked
    @only("wx")
    def playVoice(self, app: App, options: Options) -> Any:
        """Plays the recording at `filePath`, or goes on with it; succeeds when it has ended, or was stopped.

        It plays for `duration` seconds at most, 60 by default. Another one that plays is `interrupted`.
        """
        path = required(options, "filePath", "String")
        if not path:  # a player without a source waits for one, and tells of nothing
            raise Fail(f"file error: no such file or directory, open {path!r}", FILE)
        longest = optional(options, "duration", "Number", LONGEST)
        voice = self._voices.get(app.key)
        if voice is not None and not voice.is_over and voice.path == path:
            voice.player.play()
            return voice.ended()
        if voice is not None:
            voice.end(Fail("interrupted"))
            self.forget(voice.player)
        voice = self._voices[app.key] = Voice(lambda tell: self.player(app, tell, kind="inner"), path, longest)
        return voice.ended()

    @answered
    @only("wx")
    def pauseVoice(self, app: App, options: Options) -> None:
        """Pauses it; `playVoice` with the same file goes on."""
        voice = self._voices.get(app.key)
        if voice is not None:
            voice.player.pause()

    @answered
    @only("wx")
    def stopVoice(self, app: App, options: Options) -> None:
        """Ends it."""
        voice = self._voices.get(app.key)
        if voice is not None:
            voice.end()
