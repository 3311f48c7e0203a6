"""`MediaAudioPlayer`: plays the sound of what `VideoDecoder`s decode.

Facts: developers.weixin.qq.com/miniprogram/dev/api/media/audio/MediaAudioPlayer.html. It asks nothing of a decoder but
`sound_source`, the address of what it decodes; an object without one is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from ...core.answers import Fail, Options
from ...core.app import App
from ...core.functions import answered, plain
from ...core.room import Manager
from ...core.telling import count
from .inner import number
from .player import Player

if TYPE_CHECKING:
    from .face import Audio


class MediaAudioPlayer(Manager):
    """What `createMediaAudioPlayer` returns. Its sources are heard together, from their beginnings on."""

    in_loop: ClassVar[bool] = True

    def __init__(self, room: Audio, app: App) -> None:
        super().__init__(room.phone, app)
        self._room = room
        self._players: dict[int, tuple[Any, Player]] = {}
        self._volume = 1.0
        self._runs = False

    def in_words(self) -> Iterator[str]:
        """Whether it runs."""
        yield "running" if self._runs else "stopped"
        yield count(len(self._players), "sources")

    @property
    def volume(self) -> float:
        """From 0 to 1."""
        return self._volume

    @volume.setter
    def volume(self, volume: float) -> None:
        self._volume = number("volume", volume, 0.0, 1.0)
        for _, player in self._players.values():
            player.volume = self._volume

    @plain
    def addAudioSource(self, app: App, source: Any = None) -> None:
        """Adds a decoder's sound; it plays at once if the player runs."""
        src = getattr(source, "sound_source", None)
        if not isinstance(src, str):
            raise Fail("parameter error: source should be a VideoDecoder")
        if id(source) in self._players:
            return
        player = self._room.player(self.app, lambda *_: None, kind="inner")
        player.volume = self._volume
        self._players[id(source)] = source, player
        player.load(src)
        if self._runs:
            player.play()

    @plain
    def removeAudioSource(self, app: App, source: Any = None) -> None:
        """Takes it away."""
        known = self._players.pop(id(source), None)
        if known is None:
            raise Fail("the source is none of the player's")
        self._room.forget(known[1])

    @answered
    async def start(self, app: App, options: Options) -> None:
        """Plays its sources."""
        self._runs = True
        for _, player in self._players.values():
            player.play()

    @answered
    async def stop(self, app: App, options: Options) -> None:
        """Ends them; `start` begins anew."""
        self._runs = False
        for _, player in self._players.values():
            player.stop()

    @answered
    async def destroy(self, app: App, options: Options) -> None:
        """Ends the player."""
        self._runs = False
        while self._players:
            self._room.forget(self._players.popitem()[1][1])
