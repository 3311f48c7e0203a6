"""A player of a video: what it plays, where it is, and what its page is told of that. Time is the phone's."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import attrs

from ...loops import loop_of_caller
from ..core.guarded import Guarded
from ..core.telling import told
from . import videos
from .components import Component

if TYPE_CHECKING:
    from ..core.faces import Phone

#: How often a page hears how far a video has come, in seconds: developers.weixin.qq.com, component/video.
UPDATES = 0.25
#: Half a frame: what is nearer than that to the end of a video is at its end.
NEAR = 0.001


@attrs.frozen
class Danmu:
    """A comment that runs across the picture, from the second `at` of the video on."""

    text: str
    color: str
    at: float


class Player(Guarded):
    """A `video` component as a person sees it.

    - `id`: of the component, or `video-1` for the first that has none; `src`: what it plays, as the page has it.
    - `duration`, `width`, `height`: seconds and pixels, None until it is loaded.
    - `error`: what its page was told it can't play the video for, None if it can.
    - `ended`: whether it has come to the end; `rate`: how fast it plays; `muted`.
    - `fullscreen`; `direction`: how it is turned then, 0, 90 or -90 degrees, None where the video itself decides.
    - `picture_in_picture`: whether it is in the small window; `background`: whether it goes on behind other apps.
    - `status_bar`: whether that is to be seen in full screen.
    - `danmu`: the comments that were sent.
    - `events`: what has happened, by the names of the component's events; that of time left out.
    """

    _in_messages = "a player"
    #: What is kept of it.
    STATE: ClassVar[tuple[str, ...]] = (
        "src", "file", "duration", "width", "height", "error", "ended", "rate", "muted", "fullscreen", "direction",
        "picture_in_picture", "background", "status_bar", "danmu", "events", "_from", "_since", "_wanted",
    )  # fmt: skip

    def __init__(self, phone: Phone, component: Component, fetch: Callable[[Player], None]) -> None:
        self._phone = phone
        self._fetch = fetch
        self.component = component
        self.id = component.key
        self.src = ""
        self.file: Path | None = None
        self.duration: float | None = None
        self.width: int | None = None
        self.height: int | None = None
        self.error: str | None = None
        self.ended = False
        self.rate = 1.0
        self.muted = component.flag("muted")
        self.fullscreen = False
        self.direction: int | None = None
        self.picture_in_picture = False
        self.background = False
        self.status_bar = True
        self.danmu: list[Danmu] = []
        self.events: list[str] = []
        #: Where it was when it began to play or was last moved, and when that was; None while it does not play.
        self._from = 0.0
        self._since: float | None = None
        #: Whether it is to play as soon as the video is there.
        self._wanted = False
        self._alarm: Any = None

    def __repr__(self) -> str:
        return told("Player", self._told)

    def _told(self) -> Iterator[str]:
        yield repr(self.id)
        yield "playing" if self.playing else "ended" if self.ended else "paused"
        yield f"at {self.position:g} s"

    # --- how it is ---------------------------------------------------------------------------------------------

    @property
    def playing(self) -> bool:
        """Whether it plays."""
        self._catch_up()
        return self._since is not None

    @property
    def position(self) -> float:
        """Where it is, in seconds of the video."""
        self._catch_up()
        return self._at()

    def picture(self) -> Any:
        """The frame that is to be seen now, decoded: a picture of Pillow's. LookupError while there is no video."""
        if self.file is None:
            raise LookupError(f"the player {self.id!r} has no video that it can show")
        return videos.frame_at(self.file, self.position)

    # --- what a program or a person does -----------------------------------------------------------------------

    def play(self) -> None:
        """Plays on; from the start if it has come to the end."""
        if self.playing or self._wanted:
            return
        if self.error is not None or (self.src and self.duration is None):
            self.error = None
            self._wanted = True
            self._fetch(self)
            return
        if self.ended:
            self._from, self.ended = 0.0, False
        self._since = self._phone.clock.elapsed()
        self.tell("play")
        self._wait()

    def pause(self) -> None:
        """Stays where it is."""
        self._wanted = False
        if self.playing:
            self._halt()
            self.tell("pause")

    def stop(self) -> None:
        """Ends; the next time it plays from the start."""
        self.pause()
        self._from, self.ended = 0.0, False

    def seek(self, seconds: float) -> None:
        """Goes to a place, not beyond the end."""
        self._catch_up()
        self._from = min(max(seconds, 0.0), math.inf if self.duration is None else self.duration)
        self.ended = False
        if self._since is not None:
            self._since = self._phone.clock.elapsed()
        # component/video: seconds on iOS, milliseconds on Android.
        ios = self._phone.system.device.platform == "ios"
        self.tell("seekcomplete", position=self._from if ios else round(self._from * 1000))
        self._wait()

    def set_rate(self, rate: float) -> None:
        """Plays so many times as fast."""
        self._from = self.position
        self.rate = rate
        if self._since is not None:
            self._since = self._phone.clock.elapsed()
            self._wait()

    def enter_fullscreen(self, direction: int | None = None) -> None:
        """Fills the screen, turned by `direction` degrees; unless that is said, as wide videos are."""
        if direction is None:
            direction = self.component.attribute("direction")
        self.direction = None if direction is None else int(direction)
        if not self.fullscreen:
            self.fullscreen = True
            self.tell("fullscreenchange", fullScreen=True, direction=self._lies())

    def exit_fullscreen(self) -> None:
        """Is as large as before."""
        if self.fullscreen:
            self.fullscreen = False
            self.tell("fullscreenchange", fullScreen=False, direction="vertical")

    def enter_picture_in_picture(self) -> None:
        """Goes to the small window."""
        if not self.picture_in_picture:
            self.picture_in_picture = True
            self.tell("enterpictureinpicture")

    def exit_picture_in_picture(self) -> None:
        """Comes back from it."""
        if self.picture_in_picture:
            self.picture_in_picture = False
            self.tell("leavepictureinpicture")

    def load(self, src: str) -> None:
        """Shows another video, from its first second or the page's `initial-time`: a path of the program's, or a url.

        That is for pages that do not say what they show; otherwise the page's own `src` counts.
        """
        self.close()
        self.src, self.file, self.error, self.ended = src, None, None, False
        self.duration = self.width = self.height = None
        self._from = max(self.component.number("initialTime", 0.0), 0.0)
        self._wanted = bool(src) and self.component.flag("autoplay")
        if src:
            self._fetch(self)

    def send_danmu(self, text: str, color: str) -> None:
        """Has a comment run across the picture."""
        self.danmu.append(Danmu(text, color, self.position))

    # --- for its room ------------------------------------------------------------------------------------------

    def loaded(self, file: Path, video: videos.Video) -> None:
        """The video is there."""
        self.file, self.duration = file, video.duration
        self.width, self.height = video.width, video.height
        self._from = min(self._from, video.duration)
        self.tell("loadedmetadata", width=self.width, height=self.height, duration=self.duration)
        if self._wanted:
            self._wanted = False
            self.play()

    def failed(self, reason: str) -> None:
        """The video can't be played."""
        self._halt()
        self._wanted = False
        self.error = reason
        self.tell("error", errMsg=reason)

    def tell(self, event: str, **detail: Any) -> None:
        """Tells the page of an event."""
        self.events.append(event)
        self.component.tell(self._phone, event, detail)

    def close(self) -> None:
        """Plays no more; nobody is told."""
        self._halt()
        self._wanted = False

    def kept(self) -> dict[str, Any]:
        """Its state, as plain data, which says where it is, and not since when."""
        self._catch_up()
        own = {"danmu": list(self.danmu), "events": list(self.events), "_from": self._at()}
        return {name: getattr(self, name) for name in self.STATE} | own

    def put_back(self, state: dict[str, Any]) -> None:
        """As it was then."""
        self.close()
        for name, value in state.items():
            setattr(self, name, list(value) if isinstance(value, list) else value)
        self._since = None if self._since is None else self._phone.clock.elapsed()
        self._wait()

    # --- its own: time -----------------------------------------------------------------------------------------

    def _at(self) -> float:
        if self._since is None:
            return self._from
        position = self._from + (self._phone.clock.elapsed() - self._since) * self.rate
        return position if self.duration is None else min(position, self.duration)

    def _halt(self) -> None:
        self._from, self._since = self._at(), None
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

    def _wait(self) -> None:
        """Has the clock ring when something is to be told next: how far it has come, or that it has ended."""
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        loop = loop_of_caller()
        if self._since is None or loop is None:
            return
        left = math.inf if self.duration is None else (self.duration - self._at()) / self.rate
        soonest = min(left, UPDATES) if self.component.hears("timeupdate") else left
        if soonest < math.inf:
            clock = self._phone.clock
            # No program waits for a video as it does for a timer: one that goes round would never end.
            self._alarm = clock.call_at(clock.now() + max(soonest, 0), self._ring, loop, limits=True)

    def _ring(self) -> None:
        self._alarm = None
        if self._since is None:
            return
        if self.component.hears("timeupdate"):
            detail = {"currentTime": self._at(), "duration": self.duration or 0}
            self.component.tell(self._phone, "timeupdate", detail)
        self._catch_up()
        if self._alarm is None:
            self._wait()

    def _catch_up(self) -> None:
        """Ends the video if its end has come; one that loops begins anew."""
        if self._since is None or self.duration is None or self._at() < self.duration - NEAR:
            return
        if self.component.flag("loop") and self.duration > 0:
            played = self._from + (self._phone.clock.elapsed() - self._since) * self.rate
            self._from, self._since = (played + NEAR) % self.duration, self._phone.clock.elapsed()
            self._wait()
            return
        self._halt()
        self._from, self.ended = self.duration, True
        self.tell("ended")

    def _lies(self) -> str:
        """How the screen is held for it: component/video."""
        if self.direction is None:
            return "horizontal" if (self.width or 0) > (self.height or 0) else "vertical"
        return "horizontal" if self.direction else "vertical"
