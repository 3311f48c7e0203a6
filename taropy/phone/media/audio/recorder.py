"""`RecorderManager`: an app's recorder, of which there is one."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

import attrs

from ....extras import MissingExtra
from ....loops import keep_under_way
from ...core.answers import Fail, Options, Result
from ...core.app import App
from ...core.events import on
from ...core.functions import plain
from ...core.options import js_type
from ...core.room import Manager
from ...core.vendors import of_vendor
from .recorders import ALSO_CALLED, BITRATES, RULES, SUFFIXES, WECHAT, Rules, Why
from .recording import Form, Recording
from .sounds import NotASound

if TYPE_CHECKING:
    from .face import Microphone

#: In milliseconds, and bits a second.
USUAL_DURATION = 60_000
USUAL_RATE, USUAL_BITRATE = 8000, 48_000


class Refused(Exception):
    """It does not record; `why`, and in words of its own if there are any."""

    def __init__(self, why: Why, reason: str = "") -> None:
        super().__init__(reason or why.value)
        self.why = why
        self.reason = reason


@attrs.frozen
class Wanted:
    """What a program wants recorded, and for how long at most, in seconds."""

    form: Form
    most: float


class RecorderManager(Manager):
    """What `getRecorderManager` returns. Nothing throws: what goes wrong is told to `onError`."""

    in_loop: ClassVar[bool] = True

    def __init__(self, room: Microphone, app: App) -> None:
        super().__init__(room.phone, app)
        self._room = room
        self._rules: Rules = of_vendor(RULES, app, WECHAT)
        #: What waits for the permission to record.
        self._starting: asyncio.Task[Any] | None = None
        self.recording: Recording | None = None
        self._path = ""

    def in_words(self) -> Iterator[str]:
        """Whether it records."""
        yield "idle" if self.recording is None else "paused" if self.recording.paused else "recording"

    # --- what it does -------------------------------------------------------------------------------------------

    @plain
    def start(self, app: App, options: Options | None = None) -> None:
        """Asks for `scope.record`, and records; at most for `duration` milliseconds."""
        keep_under_way(self.phone.spawn(self._start(options)))

    @plain
    def pause(self, app: App) -> None:
        """Hears nothing until `resume`."""
        if self.recording is None or self.recording.paused:
            self.fail(Refused(Why.NOT_RECORDING))
            return
        self.recording.pause()
        self.told("pause")

    @plain
    def resume(self, app: App) -> None:
        """Goes on."""
        if self.recording is None or not self.recording.paused:
            self.fail(Refused(Why.NOT_PAUSED))
        elif self.phone.lifecycle.audio_interrupted:
            self.fail(Refused(Why.INTERRUPTED))
        else:
            self.recording.resume()
            self.told("resume")

    @plain
    def stop(self, app: App) -> None:
        """Ends the recording."""
        if self.recording is None:
            self.fail(Refused(Why.NOT_STARTED))
        else:
            self.finish()

    # --- events -------------------------------------------------------------------------------------------------

    onStart = on("start", "Tells that it records.")
    onPause = on("pause", "Tells that it was paused, by the program or by the phone.")
    onResume = on("resume", "Tells that it goes on.")
    onStop = on("stop", "Tells of the recording: `tempFilePath`, `duration`, `fileSize`.")
    onError = on("error", "Tells why it does not record.")
    onFrameRecorded = on("frame", "Tells each `frameSize` KB of the file, as `frameBuffer`, and if it `isLastFrame`.")
    onInterruptionBegin = on("interrupted", "Tells that something else has the microphone; `onPause` comes next.")
    onInterruptionEnd = on("free", "Tells that the microphone is free again.")

    def told(self, event: str, detail: Result | None = None) -> None:
        """Tells the program of an event."""
        self.listeners.tell_each(event, lambda: dict(detail or {}))

    def fail(self, refused: Refused) -> None:
        """Tells why it does not record."""
        system = self.phone.system.device.platform
        self.told("error", self._rules.tells(refused.why, refused.reason, system))

    # --- what befalls it ----------------------------------------------------------------------------------------

    def interrupt(self) -> None:
        """Something else has the microphone."""
        self.told("interrupted")
        self.hold()

    def hold(self) -> None:
        """The phone pauses it."""
        if self.recording is not None and not self.recording.paused:
            self.recording.pause()
            self.told("pause")

    def free(self) -> None:
        """The microphone is free again."""
        self.told("free")

    def abandon(self) -> None:
        """Ends it without a word."""
        if self._starting is not None:
            self._starting.get_loop().call_soon_threadsafe(self._starting.cancel)
        if self.recording is not None:
            self.recording.abandon()
            self.recording = None

    # --- its own ------------------------------------------------------------------------------------------------

    async def _start(self, options: Options | None) -> None:
        try:
            self._refuse_second()
            await self._begin(wanted_of(self._rules, options))
        except Refused as refused:
            self.fail(refused)
        except (NotASound, MissingExtra, OSError) as error:
            self.fail(Refused(Why.SYSTEM, str(error)))
        else:
            self.told("start")

    def _refuse_second(self) -> None:
        if self._starting is not None or self.recording is not None:
            paused = self.recording is not None and self.recording.paused
            raise Refused(Why.PAUSED if paused else Why.RECORDING)

    async def _begin(self, wanted: Wanted) -> None:
        self._starting = asyncio.current_task()
        try:
            await self._allowed()
            self.recording = self._begun(wanted)
        finally:
            self._starting = None

    async def _allowed(self) -> None:
        try:
            await self.phone.permissions.need(self.app, "scope.record")
            self.phone.permissions.need_of_device("microphone")
        except Fail as failure:
            raise Refused(Why.DENIED, failure.reason) from failure
        if self.phone.lifecycle.audio_interrupted:
            raise Refused(Why.INTERRUPTED)

    def _begun(self, wanted: Wanted) -> Recording:
        self._path, real = self.phone.files.new_temporary(self.app, SUFFIXES[wanted.form.format])
        return Recording(
            self.phone.clock,
            real,
            wanted.form,
            self._room.source,
            wanted.most,
            ended=self.finish,
            pieces=lambda content, last: self.told("frame", {"frameBuffer": content, "isLastFrame": last}),
            broken=self._broken,
        )

    def finish(self) -> None:
        """Ends the recording, and tells of it."""
        recording = self.recording
        if recording is None:
            return
        if recording.seconds * 1000 < self._rules.shortest:
            self.abandon()
            self.fail(Refused(Why.SHORT))
            return
        recording.end()
        if self.recording is recording:
            self._stopped(recording)

    def _broken(self, error: OSError) -> None:
        """The disk takes no more: the program is told so, and then of what there is."""
        recording = self.recording
        failure = self.phone.files.failure(error, self._path)
        self.fail(Refused(Why.FULL, str(failure)))
        if recording is not None:
            self._stopped(recording)

    def _stopped(self, recording: Recording) -> None:
        self.recording = None
        self._room.note(self.app, recording)
        milliseconds = round(recording.seconds * 1000)
        whole: Result = {
            "tempFilePath": self._path,
            "duration": recording.seconds if self._rules.in_seconds else milliseconds,
            "fileSize": recording.size,
        }
        self.told("stop", {name: whole[name] for name in self._rules.stopped})


def wanted_of(rules: Rules, options: Any) -> Wanted:
    """What a program wants recorded; `Refused` for what the vendor does not record."""
    options = {} if options is None else options
    if not isinstance(options, Mapping):
        raise Refused(Why.PARAMETER, "parameter error: parameter should be Object")
    options = {name: value for name, value in options.items() if name not in rules.ignored}
    rate = _one_of(options, "sampleRate", rules.rates, USUAL_RATE)
    low, high = BITRATES[rate]
    bitrate = _number(options, "encodeBitRate", min(max(USUAL_BITRATE, low), high))
    format = options.get("format")
    format = rules.formats[0] if format is None else ALSO_CALLED.get(format, format)
    if format not in rules.formats:
        raise Refused(Why.PARAMETER, f"parameter error: format should be one of {', '.join(rules.formats)}")
    if format in ("aac", "mp3") and not low <= bitrate <= high:
        raise Refused(Why.PARAMETER, f"encodeBitRate should be from {low} to {high} with sampleRate {rate}")
    channels = _one_of(options, "numberOfChannels", (1, 2), rules.channels)
    duration = _number(options, "duration", USUAL_DURATION)
    if not 0 < duration <= rules.longest:
        raise Refused(Why.PARAMETER, f"duration should be from 1 to {rules.longest}")
    piece = _number(options, "frameSize", 0) if format in rules.pieces else 0
    most = math.inf if "duration" in rules.ignored else duration / 1000
    return Wanted(Form(format, rate, channels, int(bitrate), piece if piece > 0 else None), most)


def _number(options: Options, name: str, usual: float) -> float:
    value = options.get(name)
    if value is None:
        return usual
    if js_type(value) != "Number" or value != value:
        raise Refused(Why.PARAMETER, f"parameter error: parameter.{name} should be Number instead of {js_type(value)}")
    return float(value)


def _one_of(options: Options, name: str, known: tuple[int, ...], usual: int) -> int:
    value = _number(options, name, usual)
    if value not in known:
        raise Refused(Why.PARAMETER, f"{name} should be one of {', '.join(map(str, known))}")
    return int(value)
