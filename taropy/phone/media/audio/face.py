"""The rooms as the objects know them that they hand out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from ...core.app import App
    from ...core.faces import Phone
    from ...core.listening import Listeners
    from ...core.remembered import Remembered
    from .hearing import Source
    from .player import Heard, Player, Tell
    from .recording import Recording
    from .web_audio.context import WebAudioContext


class Audio(Protocol):
    """What is played."""

    phone: Phone
    heard: Remembered[Heard]
    web_audio: Remembered[WebAudioContext]

    @property
    def sounds(self) -> bool:
        """Whether something is to be heard just now."""
        ...

    def player(self, app: App, tell: Tell, *, kind: str) -> Player:
        """A new player of the app."""
        ...

    def forget(self, player: Player) -> None:
        """It ends without a word, and plays no more."""
        ...

    def admits(self, player: Player) -> bool:
        """Whether the player may begin."""
        ...

    def take_background(self, manager: Any) -> None:
        """One app's music ends another's."""
        ...

    def sound_up(self) -> None:
        """Has the computer play, if it is to."""
        ...

    def audience(self, app: App) -> Listeners:
        """Who listens to the room's events in the app."""
        ...


class Microphone(Protocol):
    """What is recorded."""

    phone: Phone
    source: Source

    def note(self, app: App, recording: Recording) -> None:
        """A recording has ended."""
        ...
