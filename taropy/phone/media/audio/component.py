"""`AudioContext`: the player behind an `audio` component of the page, found by its id.

Facts: developers.weixin.qq.com/miniprogram/dev/component/audio.html; on HarmonyOS' hybrid apps it is a player that has
no component (plugin-platform-harmony-hybrid 4.1.11, `dist/api/apis/media/audio/AudioContext.js`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from ....models.record import Record
from ...core.answers import Result
from ...core.app import App
from ...core.functions import plain
from ...core.listening import call
from ...core.lost import lacks, tell_lost
from ...core.options import UNDEFINED
from ...core.room import Manager
from ...core.telling import quoted
from ...core.vendors import of_vendor
from .inner import number, text

if TYPE_CHECKING:
    from ...core.page import Page
    from .face import Audio

#: Where the context has no component.
ALONE: Mapping[str, bool] = {"harmony-hybrid": True}
#: What the component tells, and its own numbers of errors.
EVENTS = ("play", "pause", "timeupdate", "ended", "error")
ERRORS = {-1: 3, 10001: 3, 10002: 2, 10003: 4, 10004: 3}


class AudioContext(Manager):
    """What `createAudioContext` returns. Without its component it does nothing."""

    in_loop: ClassVar[bool] = True

    def __init__(self, room: Audio, app: App, id: str, component: Any) -> None:
        super().__init__(room.phone, app)
        self._id = id
        self._component = component
        self._alone = of_vendor(ALONE, app, False)
        self._page: Page = self.phone.pages.top(app)
        self._set: str | None = None
        self._seen = False
        self._room = room
        self.player = room.player(app, self._told, kind="component")

    def in_words(self) -> Iterator[str]:
        """Its component, what that plays, and whether it does."""
        yield quoted(self._id)
        yield from self.player.in_words()

    @plain
    def play(self, app: App) -> None:
        """Begins, or goes on."""
        if self._looks() and self._room.admits(self.player):
            self.player.play()

    @plain
    def pause(self, app: App) -> None:
        """Stays where it is."""
        self._found()
        self.player.pause()

    @plain
    def seek(self, app: App, position: object = UNDEFINED) -> None:
        """Goes to a position, in seconds."""
        if self._looks():
            self.player.seek(number("position", position))

    @plain
    def setSrc(self, app: App, src: object = UNDEFINED) -> None:
        """Sets the sound, in place of the one that the component names."""
        self._set = text("src", src)
        self._looks()

    # --- its own ------------------------------------------------------------------------------------------------

    def _looks(self) -> bool:
        """Looks at its component, and loads what that names; False if there is none."""
        attributes = self._found()
        if attributes is None:
            return False
        src = self._set if self._set is not None else str(attributes.get("src", ""))
        if src != self.player.src:
            self.player.load(src)
        self.player.loop = attributes.get("loop") not in (None, False, "false")
        return True

    def _found(self) -> Mapping[str, Any] | None:
        """The component's attributes; None once the page has it no more, and, which is told, if it never had it."""
        attributes = self._attributes()
        self._seen = self._seen or attributes is not None
        if not self._seen:
            there = self.phone.nodes.tagged(self._page, "audio", self._component, self.app)
            ids = [place.node.id for place in there if place.node.id]
            tell_lost(self._page, f"AudioContext does nothing: {lacks(self._page, 'audio', self._id, ids)}")
        return attributes

    def _attributes(self) -> Mapping[str, Any] | None:
        if self._alone:
            return {}
        found = self.phone.nodes.find(self._page, f"#{self._id}", self._component, self.app)
        nodes = [place.node for place in found if place.node.tag == "audio"]
        return {**nodes[0].properties, **nodes[0].written} if nodes else None

    def _told(self, event: str, detail: Result | None = None) -> None:
        attributes = self._attributes() if event in EVENTS else None
        named = (attributes or {}).get(f"bind{event}") or (attributes or {}).get(f"bind:{event}")
        if not named:
            return
        told: Result = dict(detail or {})
        if event == "timeupdate":
            told = {"currentTime": self.player.position, "duration": self.player.duration}
        if event == "error":
            told = {"errMsg": ERRORS[told["errCode"]]}
        target = {"id": self._id, "dataset": {}}
        message = Record({"type": event, "detail": told, "target": target, "currentTarget": target})
        handler = getattr(self._page.instance.value, str(named), None)
        if callable(handler):
            call(f"{event} of the audio component", handler, message)
