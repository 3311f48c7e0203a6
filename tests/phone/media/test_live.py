"""Live streams: played on a page, and sent from there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from filing import real
from PIL import Image
from supporting import asked, supporting

import taropy
from taropy.phone.media.library import SAMPLES

URL = "rtmp://live.example.com/tea"


def size(t: Any, path: str) -> tuple[int, int]:
    with Image.open(real(t, path)) as image:
        return image.size


def streaming(t: Any) -> Any:
    """The controls of a page's player, at whose address something is sent."""
    t.phone.live.stream(URL, SAMPLES["video"])
    t.phone.screen.draw(f'<live-player id="live" src="{URL}"/>')
    return t.createLivePlayerContext("live")


@pytest.fixture
def page(weapp: Any) -> list[tuple[str, Any]]:
    """What a page with a player and a pusher has heard."""
    heard: list[tuple[str, Any]] = []
    app = taropy.App(pages=["pages/live/live"])

    @app.page("pages/live/live")
    class Page:
        wxml = (
            f'<live-player id="live" src="{URL}" bindstatechange="hear" bindfullscreenchange="hear"/>'
            '<live-pusher url="rtmp://push.example.com/tea" device-position="back" bindstatechange="hear"/>'
        )

        def hear(self, event: Any) -> None:
            heard.append((event.type, event.detail))

    weapp.phone.clock.stop()
    weapp.phone.live.stream(URL, SAMPLES["video"])
    app.launch(weapp)
    return heard


# --- playing -------------------------------------------------------------------------------------------------------


@supporting("createLivePlayerContext")
def test_a_stream_plays_and_stops(t: Any) -> None:
    live = streaming(t)
    asked(live.play)
    [player] = t.phone.live.players
    assert (player.id, player.state, player.codes) == ("live", "playing", [2001, 2002, 2003, 2004])
    asked(live.mute)
    assert player.muted
    asked(live.requestFullScreen, direction=90)
    assert (player.fullscreen, player.direction) == (True, 90)
    asked(live.exitFullScreen)
    asked(live.stop)
    assert (player.fullscreen, player.state) == (False, "stopped")


@supporting("LivePlayerContext.pause")
def test_a_stream_is_paused_and_goes_on(t: Any) -> None:
    live = streaming(t)
    asked(live.pause)
    [player] = t.phone.live.players
    assert player.state == "stopped"
    asked(live.play)
    asked(live.pause)
    assert player.state == "paused"
    asked(live.resume)
    assert player.state == "playing"


def test_a_page_hears_how_its_stream_is(weapp: Any, page: list[tuple[str, Any]]) -> None:
    live = weapp.createLivePlayerContext("live")
    asked(live.play)
    assert [detail.code for _, detail in page] == [2001, 2002, 2003, 2004]
    asked(live.requestFullScreen, direction=-90)
    assert page[-1] == ("fullscreenchange", {"fullScreen": True, "direction": -90})


@pytest.mark.parametrize("offline", [False, True])
def test_where_nobody_sends_the_page_is_told(weapp: Any, page: list[tuple[str, Any]], offline: bool) -> None:
    if offline:
        weapp.phone.network.type = "none"
    else:
        weapp.phone.live.streams.clear()
    asked(weapp.createLivePlayerContext("live").play)
    assert page == [("statechange", {"code": -2301})]
    assert weapp.phone.live.players[0].state == "failed"


@supporting("LivePlayerContext.snapshot")
def test_a_snapshot_is_of_what_is_to_be_seen_now(t: Any) -> None:
    t.phone.clock.stop()
    live = streaming(t)
    assert "nothing is played" in asked(live.snapshot)["errMsg"]
    asked(live.play)
    first = asked(live.snapshot)
    t.phone.clock.advance(1)
    second = asked(live.snapshot, quality="compressed")
    assert (first["width"], first["height"]) == size(t, first["tempImagePath"]) == (320, 240)
    assert real(t, first["tempImagePath"]).read_bytes() != real(t, second["tempImagePath"]).read_bytes()


def test_a_stream_goes_to_the_small_window(weapp: Any, page: list[tuple[str, Any]]) -> None:
    live = weapp.createLivePlayerContext("live")
    asked(live.requestPictureInPicture)
    assert weapp.phone.live.players[0].picture_in_picture
    asked(live.exitPictureInPicture)
    assert not weapp.phone.live.players[0].picture_in_picture


def test_what_is_not_there_is_refused(weapp: Any, page: list[tuple[str, Any]], tmp_path: Path) -> None:
    assert "no such live-player" in asked(weapp.createLivePlayerContext("nowhere").play).errMsg
    live = weapp.createLivePlayerContext("live")
    assert "parameter.direction" in asked(live.requestFullScreen, direction=45).errMsg
    (tmp_path / "notes.txt").write_text("no film")
    with pytest.raises(ValueError, match="streamed"):
        weapp.phone.live.stream(URL, tmp_path / "notes.txt")


# --- sending -------------------------------------------------------------------------------------------------------


def test_what_the_camera_sees_is_sent(weapp: Any, page: list[tuple[str, Any]]) -> None:
    live = weapp.createLivePusherContext()
    asked(live.startPreview)
    assert weapp.phone.live.pusher.state == "preview"
    asked(live.stopPreview)
    asked(live.start)
    pusher = weapp.phone.live.pusher
    assert (pusher.url, pusher.state, pusher.front) == ("rtmp://push.example.com/tea", "pushing", False)
    assert [detail.code for _, detail in page] == [1003, 1001, 1002]
    asked(live.pause)
    assert pusher.state == "paused"
    asked(live.resume)
    asked(live.sendMessage, msg="hello")
    asked(live.switchCamera)
    asked(live.toggleTorch)
    assert (pusher.state, pusher.messages, pusher.front, pusher.torch) == ("pushing", ["hello"], True, True)
    asked(live.stop)
    assert pusher.state == "stopped"
    assert "nothing is pushed" in asked(live.sendMessage, msg="late").errMsg


def test_music_is_mixed_in(weapp: Any, page: list[tuple[str, Any]]) -> None:
    live = weapp.createLivePusherContext()
    asked(live.playBGM, url="https://example.com/a.mp3")
    pusher = weapp.phone.live.pusher
    asked(live.pauseBGM)
    assert (pusher.music, pusher.music_state) == ("https://example.com/a.mp3", "paused")
    asked(live.resumeBGM)
    asked(live.setBGMVolume, volume=0.5)
    asked(live.setMICVolume, volume=0.25)
    assert (pusher.music_state, pusher.music_volume, pusher.microphone_volume) == ("playing", 0.5, 0.25)
    assert "parameter.volume" in asked(live.setMICVolume, volume=2).errMsg
    asked(live.stopBGM)
    assert (pusher.music, pusher.music_state) == (None, "stopped")


def test_a_picture_of_what_is_sent(weapp: Any, page: list[tuple[str, Any]], tmp_path: Path) -> None:
    Image.new("RGB", (64, 48), "green").save(tmp_path / "tea.png")
    weapp.phone.camera.show(tmp_path / "tea.png")
    live = weapp.createLivePusherContext()
    assert "the camera is not open" in asked(live.snapshot).errMsg
    asked(live.start)
    told = asked(live.snapshot)
    assert size(weapp, told.tempImagePath) == (64, 48)


@pytest.mark.parametrize("scope", ["scope.camera", "scope.record"])
def test_sending_needs_the_person_s_permission(weapp: Any, page: list[tuple[str, Any]], scope: str) -> None:
    weapp.phone.permissions.deny(scope)
    assert asked(weapp.createLivePusherContext().start).errMsg == "start:fail auth deny"
    assert page == [("statechange", {"code": -1301})]


def test_sending_needs_a_network(weapp: Any, page: list[tuple[str, Any]]) -> None:
    weapp.phone.network.type = "none"
    assert "can't be reached" in asked(weapp.createLivePusherContext().start).errMsg
    assert page == [("statechange", {"code": -1307})]


def test_a_page_without_a_pusher_sends_nothing(weapp: Any) -> None:
    weapp.phone.screen.draw("<view/>")
    assert "no live-pusher" in asked(weapp.createLivePusherContext().start).errMsg


def test_a_snapshot_of_the_phone_has_its_streams(weapp: Any, page: list[tuple[str, Any]]) -> None:
    live = weapp.createLivePlayerContext("live")
    asked(live.play)
    then = weapp.phone.snapshot()
    asked(live.stop)
    weapp.phone.restore(then)
    assert weapp.phone.live.players[0].state == "playing"


@pytest.mark.parametrize(
    ("method", "reason"),
    [
        ("startCasting", "no device found"),
        ("switchCasting", "not casting"),
        ("reconnectCasting", "not casting"),
        ("exitCasting", "not casting"),
    ],
)
def test_no_screen_is_near_that_a_stream_could_be_cast_to(weapp: Any, method: str, reason: str) -> None:
    weapp.phone.screen.draw(f'<live-player id="live" src="{URL}"/>')
    call = getattr(weapp.createLivePlayerContext("live"), method)()
    with pytest.raises(taropy.TaroError) as caught:
        call.result()
    assert caught.value.errMsg == f"{method}:fail {reason}"
