"""Whatever a program or a test gets from the phone shows itself in a line that says its state."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from skia_needed import needs_skia

import taropy
from taropy.phone import Characteristic, Peripheral, Phone
from taropy.phone.core.surface import ROOMS

PAGE = """
<canvas id="old" canvas-id="old"/><video id="film" src="a.mp4"/><camera/><map id="shops"/><live-player id="tv"/>
<live-pusher/><audio id="song" src="a.mp3"/>
"""
BARE = re.compile(r" object at |0x[0-9a-f]{6,}|\n")


@pytest.fixture
def t(weapp: Any) -> Any:
    weapp.phone.screen.draw(PAGE)
    return weapp


def _web(t: Any) -> Any:
    return t.createWebAudioContext()


def _canvas(t: Any) -> Any:
    return t.createOffscreenCanvas(type="2d", width=30, height=20)


def _gradient(t: Any) -> Any:
    gradient = _canvas(t).getContext("2d").createLinearGradient(0, 0, 1, 1)
    gradient.addColorStop(0, "red")
    return gradient


def _collecting(t: Any) -> Any:
    context = t.createCanvasContext("old")
    context.fillRect(0, 0, 1, 1)
    return context


def _db(t: Any) -> Any:
    t.cloud.init(env="tea")
    t.phone.cloud.collection("teas")
    return t.cloud.database()


#: What is shown of what programs have.
SHOWN: list[tuple[Callable[[Any], Any], str]] = [
    (lambda t: t.createInnerAudioContext(), "<InnerAudioContext on weapp, no src, paused>"),
    (lambda t: t.getBackgroundAudioManager(), "<BackgroundAudioManager on weapp, no src, paused>"),
    (lambda t: t.createAudioContext("song"), "<AudioContext on weapp, 'song', no src, paused>"),
    (lambda t: t.getRecorderManager(), "<RecorderManager on weapp, idle>"),
    (lambda t: t.createMediaAudioPlayer(), "<MediaAudioPlayer on weapp, stopped, 0 sources>"),
    (lambda t: t.createVideoContext("film"), "<VideoContext on weapp, 'film', paused>"),
    (lambda t: t.createVideoContext("none"), "<VideoContext on weapp, 'none', not on the page>"),
    (lambda t: t.createVideoDecoder(), "<VideoDecoder on weapp, stopped>"),
    (lambda t: t.createMediaContainer(), "<MediaContainer on weapp, 0 tracks>"),
    (lambda t: t.createCameraContext(), "<CameraContext on weapp, idle>"),
    (lambda t: t.createCameraContext().onCameraFrame(print), "<CameraFrameListener on weapp, stopped>"),
    (lambda t: t.createLivePlayerContext("tv"), "<LivePlayerContext on weapp, 'tv'>"),
    (lambda t: t.createLivePusherContext(), "<LivePusherContext on weapp, no pusher>"),
    (lambda t: t.createMapContext("shops"), "<MapContext on weapp, 'shops'>"),
    (lambda t: t.createAnimation().rotate(5).step(), "<Animation on weapp, 1 step>"),
    (lambda t: t.getNFCAdapter(), "<NFCAdapter on weapp, no tag>"),
    (lambda t: t.createInterstitialAd(adUnitId="unit-1"), "<InterstitialAd on weapp, 'unit-1', not loaded>"),
    (_web, "<WebAudioContext on weapp, running>"),
    (lambda t: _web(t).createBuffer(2, 100, 8000), "<AudioBuffer on weapp, 2 x 100 at 8000 Hz>"),
    (lambda t: _web(t).createGain(), "<GainNode>"),
    (lambda t: _web(t).createOscillator(), "<OscillatorNode not started>"),
    (lambda t: _web(t).createGain().gain, "<AudioParam 1>"),
    (lambda t: _web(t).createPeriodicWave([0.0, 1.0], [0.0, 1.0]), "<PeriodicWave 1 part>"),
    (lambda t: _web(t).listener, "<AudioListener>"),
    (_db, "<DB.Database on weapp, 'tea'>"),
    (lambda t: _db(t).command, "<Command>"),
    (lambda t: _db(t).collection("teas"), "<DB.Collection on weapp, 'teas'>"),
    (lambda t: _db(t).collection("teas").where({"a": 1}), "<DB.Collection on weapp, 'teas', some of it>"),
    (lambda t: _db(t).collection("teas").doc("1"), "<DB.Document on weapp, 'teas', '1'>"),
    (lambda t: t.phone.cloud.collection("teas"), "<ServerCollection 'teas'>"),
    (lambda t: t.phone.cloud.collection("teas").doc("1"), "<ServerDocument '1'>"),
    (lambda t: t.phone.cloud.database(), "<ServerDatabase 0 collections>"),
    (lambda t: t.phone.bluetooth.air, "<Air 0 devices>"),
    (lambda t: Characteristic("2A37", ["read", "notify"]), "<Characteristic 2A37, notify, read>"),
    (lambda t: Peripheral("Heart"), "<Peripheral 'Heart' at no place yet>"),
    (lambda t: t.phone.open_platform.payments, "<Payments 0 merchants, 0 orders>"),
]
DRAWN: list[tuple[Callable[[Any], Any], str]] = [
    (_canvas, "<OffscreenCanvas on weapp, 30 x 20>"),
    (lambda t: _canvas(t).getContext("2d"), "<CanvasRenderingContext2D on 30 x 20, fills #000000>"),
    (lambda t: _canvas(t).createImage(), "<Image no src>"),
    (lambda t: _canvas(t).getContext("2d").createImageData(2, 3), "<ImageData 2 x 3>"),
    (lambda t: _canvas(t).createPath2D(), "<Path2D empty>"),
    (lambda t: _canvas(t).getContext("2d").createPattern(_canvas(t), "repeat"), "<CanvasPattern of 30 x 20>"),
    (_gradient, "<CanvasGradient 1 stop>"),
    (_collecting, "<CanvasContext on weapp, 'old', 1 call to draw>"),
]


@pytest.mark.parametrize(("make", "shown"), SHOWN, ids=[shown for _, shown in SHOWN])
def test_it_says_its_state_in_a_line(t: Any, make: Callable[[Any], Any], shown: str) -> None:
    assert repr(make(t)) == shown


@needs_skia
@pytest.mark.parametrize(("make", "shown"), DRAWN, ids=[shown for _, shown in DRAWN])
def test_what_is_drawn_with_does_so_too(t: Any, make: Callable[[Any], Any], shown: str) -> None:
    assert repr(make(t)) == shown


@pytest.mark.parametrize("name", ROOMS)
def test_what_a_room_shows_to_tests_is_nothing_bare(name: str) -> None:
    with Phone() as phone, taropy.create("weapp", phone=phone):
        room = getattr(phone, name)
        public = [each for each in {**vars(type(room)), **vars(room)} if not each.startswith("_") and each != "phone"]
        bare = {}
        for each in public:
            try:
                shown = repr(getattr(room, each))
            except (LookupError, NotImplementedError):  # of what is not there yet
                continue
            if BARE.search(shown) and not callable(getattr(room, each)):
                bare[each] = shown
    assert bare == {}


def test_an_object_of_another_host_s_that_says_nothing_is_shown_by_its_kind() -> None:
    class Native:
        def createInnerAudioContext(self) -> object:
            return object()

    with taropy.create("weapp", native=Native()) as t:
        assert repr(t.createInnerAudioContext()) == "<InnerAudioContext on weapp>"
