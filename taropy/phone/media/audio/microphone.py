"""The phone's microphone: what it hears, and what programs record of it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from ...core.answers import Fail, Options, Result
from ...core.app import App
from ...core.functions import answered, asked, only, plain
from ...core.remembered import Remembered
from ...core.room import Room
from .hearing import SILENCE, Source, ThisComputer, Tone, source_of
from .recorder import RecorderManager
from .recorders import SUFFIXES
from .recording import Form, Recording
from .sounds import NotASound

if TYPE_CHECKING:
    from ...core.faces import Phone

#: What `startRecord` makes, and for how many seconds at most.
OLD_FORM, OLD_MOST = Form("aac", 8000, 1, 16_000), 60.0


@attrs.frozen
class Recorded:
    """A recording that has ended: whose, its file on the computer, seconds, format, samples a second, channels."""

    app: str
    path: Path
    seconds: float
    format: str
    rate: int
    channels: int


class Microphone(Room, name="microphone"):
    """The microphone. It hears silence until a test says otherwise.

    - `source`: what it hears, from the beginning of each recording on; see `hear`.
    - `recordings`: what programs have recorded, oldest first; see `Recorded`.
    """

    STATE = ("source", "recordings")

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self.source: Source = SILENCE
        self.recordings: Remembered[Recorded] = Remembered()
        self._recorders: dict[str, RecorderManager] = {}
        #: What ends the recordings of `startRecord`, by app.
        self._endings: dict[str, asyncio.Future[None]] = {}
        phone.lifecycle.listeners.on("hide", self._hidden, self)
        phone.lifecycle.listeners.on("audio interrupted", self._interrupted, self)
        phone.lifecycle.listeners.on("audio resumed", self._free, self)

    def in_words(self) -> Iterator[str]:
        """Whether it is in use."""
        yield from ["recording"] if self.recording else []

    # --- for tests ---------------------------------------------------------------------------------------------

    def hear(self, what: Tone | str | PathLike[str] | Sequence[Any] | None = None, *, rate: int | None = None) -> None:
        """Has it hear something, from the beginning of each recording on: until then, and afterwards, there is silence.

        A file of the computer, a `Tone`, or samples from -1 to 1, `rate` of them a second: numbers, or pairs for left
        and right. None is silence.
        """
        self.source = source_of(what, rate)

    def hear_this_computer(self) -> None:
        """Has it hear what the computer's own microphone hears, as time goes there. Needs the extra `sound`."""
        self.source = ThisComputer()

    @property
    def recording(self) -> bool:
        """Whether a program records just now; one that has paused does not."""
        return any(each.recording is not None and not each.recording.paused for each in self._recorders.values())

    # --- native functions --------------------------------------------------------------------------------------

    @plain
    def getRecorderManager(self, app: App, *_: object) -> RecorderManager:
        """The app's recorder; the same one whenever it is asked for."""
        known = self._recorders.get(app.key)
        if known is None or known.app is not app:
            known = self._recorders[app.key] = RecorderManager(self, app)
        return known

    @asked
    @only("wx")
    def startRecord(self, app: App, options: Options) -> Any:
        """Records until `stopRecord`, for a minute at most; succeeds then with `tempFilePath`.

        WeChat's file is SILK, which nobody else plays; the phone's is AAC.
        """
        return self._recorded(app)

    @answered
    @only("wx")
    def stopRecord(self, app: App, options: Options) -> None:
        """Ends what `startRecord` has begun."""
        ending = self._endings.get(app.key)
        if ending is not None and not ending.done():
            ending.set_result(None)

    async def _recorded(self, app: App) -> Result:
        await self.phone.permissions.need(app, "scope.record")
        self.phone.permissions.need_of_device("microphone")
        if app.key in self._endings or self.recording:
            raise Fail("recording already")
        broken: list[OSError] = []
        ending = self._endings[app.key] = asyncio.get_running_loop().create_future()

        def end(error: OSError | None = None) -> None:
            broken.extend([] if error is None else [error])
            if not ending.done():
                ending.set_result(None)

        try:
            path, real = self.phone.files.new_temporary(app, SUFFIXES[OLD_FORM.format])
            recording = Recording(
                self.phone.clock, real, OLD_FORM, self.source, OLD_MOST, ended=end, pieces=lambda *_: None, broken=end
            )
            try:
                await ending
            except asyncio.CancelledError:
                recording.abandon()
                raise
            recording.end()
            if broken:
                raise self.phone.files.failure(broken[0], path)
        except (NotASound, OSError) as error:
            raise Fail(f"system error: {error}") from error
        finally:
            del self._endings[app.key]
        self.note(app, recording)
        return {"tempFilePath": path}

    # --- for recorders -----------------------------------------------------------------------------------------

    def note(self, app: App, recording: Recording) -> None:
        """A recording has ended."""
        form = recording.form
        self.recordings.append(
            Recorded(app.key, recording.path, recording.seconds, form.format, form.rate, form.channels)
        )

    # --- what befalls it ---------------------------------------------------------------------------------------

    def _hidden(self, app: App) -> None:
        """Who leaves the app pauses its recording, as developers report of WeChat's."""
        recorder = self._recorders.get(app.key)
        if recorder is not None:
            recorder.hold()

    def _interrupted(self) -> None:
        for recorder in tuple(self._recorders.values()):
            recorder.interrupt()

    def _free(self) -> None:
        for recorder in tuple(self._recorders.values()):
            recorder.free()

    def end(self, app: App) -> None:
        """What the program records ends without a word."""
        recorder = self._recorders.get(app.key)
        if recorder is not None and recorder.app is app:
            recorder.abandon()
            del self._recorders[app.key]

    def close(self) -> None:
        """All that is recorded."""
        while self._recorders:
            self._recorders.popitem()[1].abandon()
