"""The room of what records canvases, `phone.canvas_recorders`, and how each vendor's recorder does it.

Facts: developers.weixin.qq.com/miniprogram/dev, "api/media/media-recorder" and "api/canvas/wx.createOffscreenCanvas";
miniprogram-api-typings 5.2.3; developer.open-douyin.com, "tt.createMediaRecorder"; @douyin-microapp/typings 1.3.1.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NoReturn

from ...loops import keep_under_way
from ..core.answers import Fail, NativeFunction, Options, Result
from ..core.app import App
from ..core.events import off_named, on, on_named
from ..core.functions import only, plain
from ..core.listening import call
from ..core.options import UNDEFINED, function, mapping, wrong_type
from ..core.room import Room
from ..core.vendors import of_vendor
from . import given, videos
from .canvas_recorder import EDGES, NOT_RECORDING, MediaRecorder, Recording, Wanted, milliseconds

if TYPE_CHECKING:
    from ..core.faces import Phone

NOT_OFFSCREEN_2D = "a 2d canvas that is on no page can't be recorded"
#: How many frames a second, and from one key frame to the next. Judgement.
MOST_FPS, MOST_GOP = 240, 10_000
#: Douyin names no limits of the bit rate, in kbit/s. Judgement.
BITRATES_OF_DOUYIN = (1, 100_000)
#: How long a film is at the most, in seconds: WeChat's page. That Douyin's is too is judgement.
LONGEST = 7200


class WeChatsRecorder(MediaRecorder):
    """WeChat's, which records the frames that a program asks for: so many make a second, however long they took."""

    def _wanted(self, canvas: Any, options: Options) -> Wanted:
        if canvas.is_offscreen_2d:
            raise Fail(NOT_OFFSCREEN_2D)
        return Wanted(
            width=_edge(options, "width", None),
            height=_edge(options, "height", None),
            bitrate=given.between(options, "videoBitsPerSecond", 600, 3000, 1000),
            gop=given.between(options, "gop", 1, MOST_GOP, 12),
            fps=given.between(options, "fps", 1, MOST_FPS, 24),
            longest=given.between(options, "duration", 5, LONGEST, 600),
        )

    @plain
    def requestFrame(self, app: App, callback: Any = None) -> None:
        """Records the canvas as the program now draws it, and calls `callback` when it may.

        The frame is taken when the next thing is asked of the recorder, at the latest when its time is up. One more
        than `duration` has room for ends the film.
        """
        if callback is not None:
            function(callback, "parameter.callback")
        made = self._under_way()
        self._take_due(made)
        if made.film.seconds >= self.wanted.longest - videos.SAME_MOMENT:
            self._stopped(made)
            self._refuse(NOT_RECORDING)
        made.asked = True
        self._wait(made, 1 / (self.wanted.fps or MOST_FPS))
        if callback is not None:
            keep_under_way(self.phone.spawn(_called(callback)))

    on: NativeFunction = on_named(
        "Tells of `start`, `stop` with the file, `pause`, `resume`, and with each frame `timeupdate`."
    )
    off: NativeFunction = off_named()

    def _take_due(self, made: Recording) -> None:
        if made.asked:
            made.asked = False
            self._halt(made)
            self._take(made)

    def _told(self, made: Recording) -> Result:
        size = made.file.stat().st_size
        return {"tempFilePath": made.path, "duration": milliseconds(made), "fileSize": size}


class DouyinsRecorder(MediaRecorder):
    """Douyin's, which records by itself, so many frames a second of the phone's clock; with `fps` 0 those asked for."""

    onStart = on("start", "Tells that it records.")
    onStop = on("stop", "Tells of the film: `filePath`, `duration` in seconds, `fileSize` in kB.")
    onError = on("error", "Tells what went wrong, as an error's `message`.")

    def _wanted(self, canvas: Any, options: Options) -> Wanted:
        return Wanted(
            width=_edge(options, "width", 480),
            height=_edge(options, "height", 640),
            bitrate=given.between(options, "videoBitsPerSecond", *BITRATES_OF_DOUYIN, 3000),
            gop=given.between(options, "gop", 1, MOST_GOP, 12),
            fps=given.between(options, "fps", 0, MOST_FPS, 60) or None,
            longest=LONGEST,
        )

    @plain
    def requestFrame(self, app: App) -> None:
        """Records the canvas as it is now, if the program does that itself."""
        made = self._under_way()
        if self.wanted.fps is None:
            self._take(made, self._passed(made))
            self._end_in_time(made)

    def _begun(self, made: Recording) -> None:
        fps = self.wanted.fps
        if fps is not None:
            self._wait(made, (made.film.frames + 1) / fps - self._passed(made))

    def _take_due(self, made: Recording) -> None:
        if self.wanted.fps is None:
            return
        due = math.floor((self._passed(made) + videos.SAME_MOMENT) * self.wanted.fps)
        number = min(due, self.wanted.longest * self.wanted.fps) - made.film.frames
        if number > 0:
            self._take(made, times=number)
        self._end_in_time(made)
        if self.recording is made:
            self._halt(made)
            self._begun(made)

    def _passed(self, made: Recording) -> float:
        """For how many seconds it has recorded."""
        return self.phone.clock.elapsed() - made.began

    def _end_in_time(self, made: Recording) -> None:
        if made.film.seconds >= self.wanted.longest - videos.SAME_MOMENT:
            self._stopped(made)

    def _told(self, made: Recording) -> Result:
        return {
            "filePath": made.path,
            "duration": round(made.film.seconds, 3),
            "fileSize": made.file.stat().st_size / 1024,
        }

    def _refuse(self, reason: str) -> NoReturn:
        self._tell("error", {"message": reason})
        raise Fail(reason)


#: Whose recorder it is; WeChat's where none is named.
RECORDERS: Mapping[str, type[MediaRecorder]] = {"tt": DouyinsRecorder}


class CanvasRecorders(Room, name="canvas_recorders"):
    """What records the canvases of programs.

    - `recording`: whether a program records just now; one that has paused does not.
    """

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._recorders: list[MediaRecorder] = []

    def in_words(self) -> Iterator[str]:
        """Whether one is in use."""
        yield from ["recording"] if self.recording else []

    @property
    def recording(self) -> bool:
        """Whether a program records just now."""
        films = [recorder.recording for recorder in self._recorders]
        return any(made is not None and made.paused_at is None for made in films)

    @only("wx", "tt")
    @plain
    def createMediaRecorder(self, app: App, canvas: Any = UNDEFINED, options: Any = None) -> MediaRecorder:
        """What records the canvas, as an MP4 of H.264 without sound. Needs the extras `canvas` and `video`."""
        known = self.phone.canvases.given(canvas)
        if known is None:
            raise wrong_type("parameter.canvas", "Canvas", canvas)
        kind: type[MediaRecorder] = of_vendor(RECORDERS, app, WeChatsRecorder)
        made = kind(self, app, known, mapping(options, "parameter.options"))
        self._recorders.append(made)
        return made

    def forget(self, made: MediaRecorder) -> None:
        """Need not end it any more."""
        self._recorders = [each for each in self._recorders if each is not made]

    def end(self, app: App) -> None:
        """What the program records is lost."""
        for recorder in tuple(self._recorders):
            if recorder.app is app:
                recorder.close()
                self.forget(recorder)

    def close(self) -> None:
        """All that is recorded is."""
        for recorder in self._recorders:
            recorder.close()
        self._recorders.clear()


def _edge(options: Options, name: str, usual: int | None) -> int | None:
    """How wide or high a program wants the film; None if that is the canvas's affair."""
    if options.get(name) is None:
        return usual
    return given.between(options, name, *EDGES, 0)


async def _called(callback: Callable[[], object]) -> None:
    call("requestFrame", callback)
