"""`MediaRecorder`: makes a film of what a program draws on a canvas. This is what all vendors' have in common.

No vendor has words for what goes wrong: these are ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn

import attrs

from ...extras import MissingExtra
from ...loops import loop_of_caller
from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.functions import answered
from ..core.room import Manager
from . import given
from .film import Film

if TYPE_CHECKING:
    from .face import Keeper

RECORDING, NOT_RECORDING = "is recording", "is not recording"
PAUSED, NOT_PAUSED = "is paused", "is not paused"
DESTROYED, NO_FRAME = "the recorder has been destroyed", "no frame has been recorded"
#: How large a film may be. Judgement.
EDGES = (2, 4096)


@attrs.frozen
class Wanted:
    """What a program wants: pixels, None for the canvas's own; kbit/s; frames; how long at most, in seconds.

    Without `fps` a frame is to be seen from the moment on at which it was recorded.
    """

    width: int | None
    height: int | None
    bitrate: int
    gop: int
    fps: int | None
    longest: int


@attrs.define
class Recording:
    """A film that is being made, what programs call its file, and the clock's `elapsed` at its beginning.

    What passes in a pause moves the beginning.
    """

    path: str
    file: Path
    film: Film
    began: float
    paused_at: float | None = None
    #: Whether a frame was asked for, which is as the canvas looks when the program has drawn it.
    asked: bool = False
    alarm: Any = None


class MediaRecorder(Manager):
    """Records one canvas, one film after the other."""

    KIND: ClassVar[str] = "MediaRecorder"
    in_loop: ClassVar[bool] = True

    def __init__(self, room: Keeper, app: App, canvas: Any, options: Options) -> None:
        super().__init__(room.phone, app)
        self.recording: Recording | None = None
        self.wanted = self._wanted(canvas, options)
        self._room = room
        self._canvas = canvas
        self._destroyed = False

    def in_words(self) -> Iterator[str]:
        """Whether it records."""
        yield "destroyed" if self._destroyed else "idle" if self.recording is None else "recording"

    @answered
    def start(self, app: App, options: Options) -> None:
        """Begins a film."""
        if self._destroyed:
            self._refuse(DESTROYED)
        if self.recording is not None:
            self._refuse(RECORDING)
        wanted, size = self.wanted, self._size()
        path, file = self.phone.files.new_temporary(app, ".mp4")
        with self._writing(path):
            film = Film(file, size, fps=wanted.fps, bitrate=wanted.bitrate, gop=wanted.gop)
        self.recording = Recording(path, file, film, self.phone.clock.elapsed())
        self._tell("start")
        self._begun(self.recording)

    @answered
    def pause(self, app: App, options: Options) -> None:
        """Records nothing until `resume`."""
        made = self._under_way()
        self._take_due(made)
        if self.recording is made:
            self._halt(made)
            made.paused_at = self.phone.clock.elapsed()
            self._tell("pause")

    @answered
    def resume(self, app: App, options: Options) -> None:
        """Goes on."""
        made = self._made()
        if made.paused_at is None:
            self._refuse(NOT_PAUSED)
        made.began += self.phone.clock.elapsed() - made.paused_at
        made.paused_at = None
        self._tell("resume")
        self._begun(made)

    @answered
    def stop(self, app: App, options: Options) -> Result | None:
        """Ends the film, and tells of it. One without a frame is none, and fails."""
        made = self._made()
        if made.paused_at is None:
            self._take_due(made)
        return self._stopped(made) if self.recording is made else None

    @answered
    def destroy(self, app: App, options: Options) -> None:
        """Frees the recorder for good; a film that is being made is lost."""
        self.close()
        self._destroyed = True
        self._room.forget(self)

    def close(self) -> None:
        """Lets go of a film that is being made; nobody is told."""
        if self.recording is not None:
            self._abandon(self.recording)

    # --- what vendors differ in --------------------------------------------------------------------------------

    def _wanted(self, canvas: Any, options: Options) -> Wanted:
        raise NotImplementedError

    def _begun(self, made: Recording) -> None:
        """It records from now on, after `start` or `resume`."""

    def _take_due(self, made: Recording) -> None:
        """Records what has to be recorded by now."""
        raise NotImplementedError

    def _told(self, made: Recording) -> Result:
        """What a program is told of a film that has ended."""
        raise NotImplementedError

    def _refuse(self, reason: str) -> NoReturn:
        raise Fail(reason)

    # --- its own -----------------------------------------------------------------------------------------------

    def _made(self) -> Recording:
        if self._destroyed:
            self._refuse(DESTROYED)
        if self.recording is None:
            self._refuse(NOT_RECORDING)
        return self.recording

    def _under_way(self) -> Recording:
        made = self._made()
        if made.paused_at is not None:
            self._refuse(PAUSED)
        return made

    def _size(self) -> tuple[int, int]:
        """How large the film is, which H.264 wants even."""
        wanted, canvas = self.wanted, self._canvas
        asked = {
            "width": canvas.width if wanted.width is None else wanted.width,
            "height": canvas.height if wanted.height is None else wanted.height,
        }
        width, height = (given.between(asked, side, *EDGES, 0) for side in asked)
        return width // 2 * 2, height // 2 * 2

    def _take(self, made: Recording, seconds: float = 0.0, *, times: int = 1) -> None:
        """Records the canvas as it is now, for one frame or for several; a disk that takes no more ends the film."""
        try:
            with self._writing(made.path):
                pixels = self._canvas.frame(made.film.size)
                for _ in range(times):
                    made.film.add(pixels, seconds)
        except Fail:
            self._abandon(made)
            raise
        self._tell("timeupdate", {"duration": milliseconds(made)})

    def _stopped(self, made: Recording) -> Result:
        if not made.film.frames:
            self._abandon(made)
            self._refuse(NO_FRAME)
        self._halt(made)
        try:
            with self._writing(made.path):
                made.film.end()
        except Fail:
            self._abandon(made)
            raise
        self.recording = None
        told = self._told(made)
        self._tell("stop", told)
        return told

    def _abandon(self, made: Recording) -> None:
        self._halt(made)
        self.recording = None
        with suppress(OSError):
            made.film.abandon()
        made.file.unlink(missing_ok=True)

    @contextmanager
    def _writing(self, path: str) -> Iterator[None]:
        try:
            yield
        except MissingExtra as missing:
            self._refuse(str(missing))
        except OSError as error:
            self._refuse(str(self.phone.files.failure(error, path)))

    def _wait(self, made: Recording, seconds: float) -> None:
        """Records what is due when so many seconds have passed."""
        loop, clock = loop_of_caller(), self.phone.clock
        if loop is not None:
            made.alarm = clock.call_at(clock.now() + seconds, partial(self._ring, made), loop, limits=True)

    def _ring(self, made: Recording) -> None:
        with suppress(Fail):  # of which nobody has asked; the film has ended, as the next call finds
            self._take_due(made)

    def _halt(self, made: Recording) -> None:
        if made.alarm is not None:
            made.alarm.cancel()
            made.alarm = None

    def _tell(self, event: str, told: Result | None = None) -> None:
        self.listeners.tell_each(event, lambda: dict(told or {}))


def milliseconds(made: Recording) -> int:
    """How long a film is."""
    return round(made.film.seconds * 1000)
