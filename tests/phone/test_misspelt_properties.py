"""Properties that programs set on what the phone hands out: own fields pass, slips of known names are told."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from skia_needed import needs_skia

from taropy import UnknownOptionWarning

PAGE = '<canvas id="a" canvas-id="a"/><video id="a" src="a.mp4"/><camera/><map id="a"/><live-player id="a"/>'


def _context(t: Any) -> Any:
    return t.createOffscreenCanvas(type="2d", width=8, height=8).getContext("2d")


def _image(t: Any) -> Any:
    return t.createOffscreenCanvas(type="2d", width=8, height=8).createImage()


#: What is made, a slip of the hand, and what was meant.
SLIPS: list[tuple[str, Callable[[Any], Any], str, str]] = [
    ("CanvasRenderingContext2D", _context, "fillStlye", "fillStyle"),
    ("CanvasRenderingContext2D", _context, "lineWidht", "lineWidth"),
    ("Image", _image, "onLoad", "onload"),
    ("CanvasContext", lambda t: t.createCanvasContext("a"), "fillStlye", "fillStyle"),
    ("OffscreenCanvas", lambda t: t.createOffscreenCanvas(type="2d"), "widht", "width"),
    ("InnerAudioContext", lambda t: t.createInnerAudioContext(), "voulme", "volume"),
    ("InnerAudioContext", lambda t: t.createInnerAudioContext(), "autoPlay", "autoplay"),
    ("BackgroundAudioManager", lambda t: t.getBackgroundAudioManager(), "titel", "title"),
    ("VideoContext", lambda t: t.createVideoContext("a"), "paly", "play"),
    ("CameraContext", lambda t: t.createCameraContext(), "takePhto", "takePhoto"),
    ("MapContext", lambda t: t.createMapContext("a"), "addMarker", "addMarkers"),
    ("LivePlayerContext", lambda t: t.createLivePlayerContext("a"), "pasue", "pause"),
    ("FileSystemManager", lambda t: t.getFileSystemManager(), "readFIle", "readFile"),
    ("RecorderManager", lambda t: t.getRecorderManager(), "onStpo", "onStop"),
    ("WebAudioContext", lambda t: t.createWebAudioContext(), "onstatechnage", "onstatechange"),
    ("OscillatorNode", lambda t: t.createWebAudioContext().createOscillator(), "tpye", "type"),
    ("BufferSourceNode", lambda t: t.createWebAudioContext().createBufferSource(), "bufer", "buffer"),
    ("AudioParam", lambda t: t.createWebAudioContext().createGain().gain, "vlaue", "value"),
    ("PannerNode", lambda t: t.createWebAudioContext().createPanner(), "distancemodel", "distanceModel"),
    ("InterstitialAd", lambda t: t.createInterstitialAd(adUnitId="a"), "onlaod", "onLoad"),
]
DRAWN = {"CanvasRenderingContext2D", "Image", "CanvasContext", "OffscreenCanvas"}
EACH = [pytest.param(*each, id=f"{each[0]}.{each[2]}", marks=needs_skia if each[0] in DRAWN else ()) for each in SLIPS]


@pytest.mark.parametrize(("kind", "make", "slip", "meant"), EACH)
def test_a_slip_is_told_at_its_line_and_set_all_the_same(
    weapp: Any, kind: str, make: Callable[[Any], Any], slip: str, meant: str
) -> None:
    weapp.phone.screen.draw(PAGE)
    thing = make(weapp)
    with pytest.warns(UnknownOptionWarning) as warned:
        setattr(thing, slip, "red")
    told = f"{kind} has no property {slip!r}; did you mean {meant!r}?"
    assert [(str(each.message), each.filename) for each in warned] == [(told, __file__)]
    assert getattr(thing, slip) == "red"


@pytest.mark.parametrize(("kind", "make", "slip", "meant"), EACH)
def test_a_field_of_the_program_s_own_passes_in_silence(
    weapp: Any, kind: str, make: Callable[[Any], Any], slip: str, meant: str
) -> None:
    weapp.phone.screen.draw(PAGE)
    thing = make(weapp)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for value in (1, 2):
            thing.teaOfTheDay = thing.x = thing._mine = value
    assert (thing.teaOfTheDay, thing.x, thing._mine) == (2, 2, 2)


@needs_skia
def test_a_line_that_sets_it_again_is_told_once(weapp: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(globals(), "__warningregistry__", raising=False)
    context, other = _context(weapp), _context(weapp)
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("default")
        for each in (context, other, context):
            each.fillStlye = "red"
        other.fillStlye, line = "blue", sys._getframe().f_lineno
    assert [each.lineno - line for each in warned] == [-1, 0]


@needs_skia
def test_where_warnings_are_errors_a_slip_is_raised_and_nothing_set(weapp: Any) -> None:
    context = _context(weapp)
    with warnings.catch_warnings():
        warnings.simplefilter("error", UnknownOptionWarning)
        with pytest.raises(UnknownOptionWarning, match="did you mean 'fillStyle'"):
            context.fillStlye = "red"
    assert not hasattr(context, "fillStlye")


def test_a_script_of_a_worker_is_told_too(weapp: Any, tmp_path: Path) -> None:
    (tmp_path / "index.py").write_text("worker.onMesage = print", "utf-8")
    weapp.phone.files.set_package(tmp_path)
    with pytest.warns(UnknownOptionWarning, match="^worker has no property 'onMesage'; did you mean 'onMessage'"):
        _run_worker(weapp)


def _run_worker(t: Any) -> None:
    t.createWorker("index.js")
    t.phone.workers.settle()
