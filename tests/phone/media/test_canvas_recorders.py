"""Films of what programs draw on canvases."""

from __future__ import annotations

import asyncio
import errno
import sys
from pathlib import Path
from typing import Any

import av
import pytest
from canvases import node
from filing import real
from skia_needed import needs_skia
from supporting import failure, supporting

import taropy
from taropy.phone.media import film

pytestmark = needs_skia
RED, GREEN, BLUE, BLACK = (255, 0, 0), (0, 128, 0), (0, 0, 255), (0, 0, 0)


class Recording:
    """A canvas of a page, its recorder, and what that has told."""

    def __init__(self, t: Any, **options: Any) -> None:
        t.phone.clock.stop()
        self.t = t
        self.canvas = node(t)
        self.heard: list[tuple[str, Any]] = []
        self.recorder = t.createMediaRecorder(self.canvas, options)
        for event in self._events():
            self._listen(event)

    def _events(self) -> tuple[str, ...]:
        return ("start", "stop", "pause", "resume", "timeupdate")

    def _listen(self, event: str) -> None:
        self.recorder.on(event, lambda told=None: self.heard.append((event, told)))

    def paint(self, color: str) -> None:
        pen = self.canvas.getContext("2d")
        pen.fillStyle = color
        pen.fillRect(0, 0, self.canvas.width, self.canvas.height)

    def frame(self, color: str) -> None:
        """A frame of WeChat's, which is drawn when it may be."""
        self.recorder.requestFrame().result()
        self.paint(color)

    @property
    def events(self) -> list[str]:
        return [event for event, _ in self.heard]

    @property
    def told(self) -> Any:
        """What was told of the film."""
        return next(told for event, told in self.heard if event == "stop")


class Douyins(Recording):
    """The same of Douyin's, which has fewer events."""

    def _events(self) -> tuple[str, ...]:
        return ("Start", "Stop", "Error")

    def _listen(self, event: str) -> None:
        name = event.lower()
        getattr(self.recorder, f"on{event}")(lambda told=None: self.heard.append((name, told)))


def frames(t: Any, path: str) -> list[tuple[float, tuple[int, int, int], bool]]:
    """Of each frame of a film: its second, the colour in its middle, and whether it is a key frame."""
    with av.open(str(real(t, path))) as container:
        return [
            (round(frame.time or 0, 3), _middle(frame.to_image()), bool(frame.key_frame))
            for frame in container.decode(video=0)
        ]


def _middle(picture: Any) -> tuple[int, int, int]:
    """The nearest of the colours that are painted."""
    pixel = picture.getpixel((picture.width // 2, picture.height // 2))
    known = (RED, GREEN, BLUE, BLACK)
    return min(known, key=lambda color: sum(abs(one - other) for one, other in zip(pixel, color, strict=True)))


# --- WeChat's ------------------------------------------------------------------------------------------------------


def test_a_film_has_the_frames_that_a_program_asks_for_as_it_draws_them(weapp: Any) -> None:
    made = Recording(weapp, fps=4)
    made.recorder.start().result()
    for color in ("red", "green", "blue"):
        made.frame(color)
    told = made.recorder.stop().result()
    assert [(at, color) for at, color, _ in frames(weapp, told.tempFilePath)] == [(0, RED), (0.25, GREEN), (0.5, BLUE)]
    assert (told.duration, told.fileSize) == (750, real(weapp, told.tempFilePath).stat().st_size)
    assert made.events == ["start", *["timeupdate"] * 3, "stop"]
    assert made.told.tempFilePath == told.tempFilePath
    info = weapp.getVideoInfo(src=told.tempFilePath).result()
    assert (info.width, info.height, info.fps, info.duration, info.type) == (300, 150, 4, 0.75, "mp4")


def test_a_frame_may_be_drawn_in_its_callback(weapp: Any) -> None:
    made, colors = Recording(weapp), ["red", "green", "blue"]

    async def main() -> None:
        await made.recorder.start()
        done = asyncio.Event()

        def draw() -> None:
            if colors:
                made.paint(colors.pop(0))
                made.recorder.requestFrame(draw)
            else:
                done.set()

        made.recorder.requestFrame(draw)
        await done.wait()
        made.paint("blue")
        await made.recorder.stop()

    taropy.run(main)
    assert [color for _, color, _ in frames(weapp, made.told.tempFilePath)] == [RED, GREEN, BLUE, BLUE]


def test_what_is_drawn_after_a_frame_s_time_is_not_in_it(weapp: Any) -> None:
    made = Recording(weapp, fps=10)
    made.recorder.start().result()
    made.frame("red")
    weapp.phone.clock.advance(0.1)
    made.paint("blue")
    assert frames(weapp, made.recorder.stop().result().tempFilePath) == [(0, RED, True)]


def test_time_that_passes_between_two_frames_is_not_in_the_film(weapp: Any) -> None:
    made = Recording(weapp, fps=2)
    made.recorder.start().result()
    made.frame("red")
    weapp.phone.clock.advance(60)
    made.frame("green")
    assert made.recorder.stop().result().duration == 1000


def test_a_key_frame_comes_as_often_as_asked_and_the_film_is_as_large(weapp: Any) -> None:
    made = Recording(weapp, gop=3, width=64, height=48)
    made.recorder.start().result()
    for _ in range(7):
        made.frame("red")
    told = made.recorder.stop().result()
    assert [key for _, _, key in frames(weapp, told.tempFilePath)] == [True, False, False] * 2 + [True]
    info = weapp.getVideoInfo(src=told.tempFilePath).result()
    assert (info.width, info.height) == (64, 48)


def test_a_canvas_of_odd_size_is_recorded_and_what_is_transparent_is_black(weapp: Any) -> None:
    made = Recording(weapp)
    made.canvas.width, made.canvas.height = 33, 21
    made.recorder.start().result()
    made.recorder.requestFrame().result()
    told = made.recorder.stop().result()
    assert frames(weapp, told.tempFilePath) == [(0, BLACK, True)]
    info = weapp.getVideoInfo(src=told.tempFilePath).result()
    assert (info.width, info.height) == (32, 20)


def test_one_frame_more_than_the_film_may_have_ends_it(weapp: Any) -> None:
    made = Recording(weapp, fps=1, duration=5)
    made.recorder.start().result()
    for _ in range(5):
        made.frame("red")
    assert "stop" not in made.events
    assert failure(made.recorder.requestFrame()) == "requestFrame:fail is not recording"
    assert made.told.duration == 5000
    assert not weapp.phone.canvas_recorders.recording


def test_a_recorder_pauses_and_goes_on(weapp: Any) -> None:
    made = Recording(weapp)
    recorder = made.recorder
    recorder.start().result()
    made.frame("red")
    assert weapp.phone.canvas_recorders.recording
    recorder.pause().result()
    assert not weapp.phone.canvas_recorders.recording
    made.paint("green")
    assert failure(recorder.requestFrame()) == "requestFrame:fail is paused"
    assert failure(recorder.pause()) == "pause:fail is paused"
    recorder.resume().result()
    assert failure(recorder.resume()) == "resume:fail is not paused"
    made.frame("blue")
    colors = [color for _, color, _ in frames(weapp, recorder.stop().result().tempFilePath)]
    assert colors == [RED, BLUE]
    assert made.events == ["start", "timeupdate", "pause", "resume", "timeupdate", "stop"]


def test_one_recorder_makes_one_film_after_the_other(weapp: Any) -> None:
    made = Recording(weapp)
    paths = []
    for color in ("red", "blue"):
        made.recorder.start().result()
        assert failure(made.recorder.start()) == "start:fail is recording"
        made.frame(color)
        paths.append(made.recorder.stop().result().tempFilePath)
    assert [frames(weapp, path)[0][1] for path in paths] == [RED, BLUE]


@pytest.mark.parametrize("name", ["pause", "resume", "stop", "requestFrame"])
def test_what_has_not_begun_can_t_go_on(weapp: Any, name: str) -> None:
    assert failure(getattr(Recording(weapp).recorder, name)()) == f"{name}:fail is not recording"


def test_a_film_without_a_frame_is_none_and_leaves_no_file(weapp: Any) -> None:
    made = Recording(weapp)
    made.recorder.start().result()
    assert failure(made.recorder.stop()) == "stop:fail no frame has been recorded"
    assert made.events == ["start"]
    assert films(weapp) == []
    made.recorder.start().result()


def films(t: Any) -> list[Path]:
    return [*t.phone.folder.rglob("*.mp4"), *t.phone.scratch.rglob("*.mp4")]


def test_a_destroyed_recorder_is_of_no_use_and_its_film_is_lost(weapp: Any) -> None:
    made = Recording(weapp)
    made.recorder.start().result()
    made.frame("red")
    made.recorder.destroy().result()
    assert (films(weapp), weapp.phone.canvas_recorders.recording) == ([], False)
    assert failure(made.recorder.start()) == "start:fail the recorder has been destroyed"
    assert failure(made.recorder.stop()) == "stop:fail the recorder has been destroyed"


def test_a_listener_that_was_taken_off_hears_nothing(weapp: Any) -> None:
    recorder, heard = Recording(weapp).recorder, []
    recorder.on("start", heard.append)
    recorder.off("start", heard.append)
    recorder.start().result()
    assert heard == []


def test_wechat_does_not_record_a_2d_canvas_that_is_on_no_page(weapp: Any) -> None:
    words = "^createMediaRecorder:fail a 2d canvas that is on no page can't be recorded$"
    with pytest.raises(taropy.TaroError, match=words):
        weapp.createMediaRecorder(weapp.createOffscreenCanvas(type="2d"), {})


# --- Douyin's ------------------------------------------------------------------------------------------------------


@pytest.fixture
def tt() -> Any:
    with taropy.create("tt") as t:
        yield t


def test_douyin_records_by_itself_as_time_passes(tt: Any) -> None:
    made = Douyins(tt, fps=4, width=64, height=48)
    made.recorder.start().result()
    for color in ("red", "green"):
        made.paint(color)
        tt.phone.clock.advance(0.5)
    made.recorder.pause().result()
    tt.phone.clock.advance(60)
    made.recorder.resume().result()
    made.paint("blue")
    tt.phone.clock.advance(0.25)
    made.recorder.stop().result()
    assert [color for _, color, _ in frames(tt, made.told["filePath"])] == [RED, RED, GREEN, GREEN, BLUE]
    assert (made.told["duration"], made.events) == (1.25, ["start", "stop"])
    assert made.told["fileSize"] == real(tt, made.told["filePath"]).stat().st_size / 1024
    tt.phone.clock.advance(5)
    assert made.events == ["start", "stop"]


def test_douyin_s_film_has_a_size_and_a_rate_of_its_own(tt: Any) -> None:
    made = Douyins(tt)
    made.recorder.start().result()
    tt.phone.clock.advance(0.1)
    made.recorder.stop().result()
    with av.open(str(real(tt, made.told["filePath"]))) as container:
        stream = container.streams.video[0]
        assert (stream.width, stream.height, stream.average_rate, stream.frames) == (480, 640, 60, 6)


def test_douyin_leaves_the_frames_to_a_program_that_wants_that(tt: Any) -> None:
    made = Douyins(tt, fps=0, width=64, height=48)
    made.recorder.start().result()
    for color in ("red", "green"):
        made.paint(color)
        made.recorder.requestFrame().result()
        tt.phone.clock.advance(2)
    made.recorder.stop().result()
    assert [(at, color) for at, color, _ in frames(tt, made.told["filePath"])] == [(0, RED), (2, GREEN)]


def test_douyin_tells_what_goes_wrong(tt: Any) -> None:
    made = Douyins(tt)
    assert failure(made.recorder.stop()) == "stop:fail is not recording"
    assert made.heard == [("error", {"message": "is not recording"})]


def test_douyin_records_a_canvas_that_is_on_no_page(tt: Any) -> None:
    tt.phone.clock.stop()
    recorder = tt.createMediaRecorder(tt.createOffscreenCanvas(), {"fps": 0})
    told: list[Any] = []
    recorder.onStop(told.append)
    recorder.start().result()
    recorder.requestFrame().result()
    recorder.stop().result()
    assert frames(tt, told[0]["filePath"]) == [(0, BLACK, True)]


# --- what goes wrong -----------------------------------------------------------------------------------------------


@supporting("createMediaRecorder")
@pytest.mark.parametrize("canvas", [{}, {"width": 3, "height": 4}])
def test_only_a_canvas_can_be_recorded(t: Any, canvas: Any) -> None:
    words = "^createMediaRecorder:fail parameter error: parameter.canvas should be Canvas instead of Object$"
    with pytest.raises(taropy.TaroError, match=words):
        t.createMediaRecorder(canvas, {})


@pytest.mark.parametrize(
    ("option", "value", "allowed"),
    [
        ("duration", 4, "5 and 7200"),
        ("duration", 7201, "5 and 7200"),
        ("videoBitsPerSecond", 599, "600 and 3000"),
        ("videoBitsPerSecond", 3001, "600 and 3000"),
        ("gop", 0, "1 and 10000"),
        ("fps", 0, "1 and 240"),
        ("fps", float("nan"), "1 and 240"),
        ("width", 1, "2 and 4096"),
        ("height", 5000, "2 and 4096"),
    ],
)
def test_options_have_limits(weapp: Any, option: str, value: float, allowed: str) -> None:
    words = f"^createMediaRecorder:fail parameter error: parameter.{option} should be between {allowed}$"
    with pytest.raises(taropy.TaroError, match=words):
        weapp.createMediaRecorder(node(weapp), {option: value})


def test_a_canvas_without_pixels_can_t_be_recorded(weapp: Any) -> None:
    made = Recording(weapp)
    made.canvas.width = 0
    assert failure(made.recorder.start()) == "start:fail parameter error: parameter.width should be between 2 and 4096"


@pytest.mark.parametrize("step", ["add", "end"])
def test_a_full_disk_ends_the_film_and_is_told(weapp: Any, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    made = Recording(weapp)
    made.recorder.start().result()
    made.frame("red")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(film.Film, step, full)
    assert failure(made.recorder.stop()) == "stop:fail the maximum size of the file storage limit is exceeded"
    assert "stop" not in made.events
    assert films(weapp) == []
    assert failure(made.recorder.stop()) == "stop:fail is not recording"


def test_without_the_extra_the_recorder_says_what_to_install(weapp: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "av", None)
    words = failure(Recording(weapp).recorder.start())
    assert words == "start:fail this needs the package av: pip install 'taropy[video]'"


@supporting("createMediaRecorder")
def test_a_program_that_ends_loses_its_film(t: Any) -> None:
    phone = t.phone
    recorder = t.createMediaRecorder(node(t), {})
    recorder.start().result()
    assert phone.canvas_recorders.recording
    t.close()
    assert not phone.canvas_recorders.recording
