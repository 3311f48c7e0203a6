"""Videos that play on a page: what programs do with them, and what their pages hear."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import pytest
from drawn import video
from filing import given
from PIL import Image
from supporting import supporting

import taropy
from taropy.phone import LostCallWarning, Node
from taropy.phone.media.library import SAMPLES
from taropy.testing import expect_unhandled

EVENTS = (
    "play", "pause", "ended", "timeupdate", "error", "loadedmetadata", "fullscreenchange", "seekcomplete",
    "enterpictureinpicture", "leavepictureinpicture",
)  # fmt: skip
NETWORK, NOT_SUPPORTED = "MEDIA_ERR_NETWORK", "MEDIA_ERR_SRC_NOT_SUPPORTED"


class Cinema:
    """An app whose first page shows a video of two seconds, and what that page has heard."""

    def __init__(
        self, t: Any, attributes: str = "", *, src: str | None = None, hears: tuple[str, ...] = EVENTS
    ) -> None:
        t.phone.clock.stop()
        self.heard: list[tuple[str, Any]] = []
        source = given(t, SAMPLES["video"]) if src is None else src
        handlers = " ".join(f'bind{event}="hear"' for event in EVENTS)
        app = taropy.App(pages=["pages/film/film", "pages/other/other"])
        cinema = self

        @app.page("pages/film/film")
        class Film:
            wxml = f'<view><video id="film" src="{source}" {attributes} {handlers}/></view>'

            def hear(self, event: Any) -> None:
                cinema.heard.append((event.type, event.detail))

        @app.page("pages/other/other")
        class Other:
            wxml = "<view/>"

        app.launch(t)
        self.video = t.createVideoContext("film")
        self.player = t.phone.video.player("film")

    @property
    def events(self) -> list[str]:
        return [event for event, _ in self.heard if event != "timeupdate"]

    def detail(self, event: str) -> Any:
        return next(detail for heard, detail in reversed(self.heard) if heard == event)


# --- playing -------------------------------------------------------------------------------------------------------


@supporting("createVideoContext")
def test_a_video_plays_to_its_end_by_the_phone_s_clock(t: Any) -> None:
    cinema = Cinema(t)
    cinema.video.play()
    t.phone.clock.advance(1.5)
    assert (cinema.player.playing, cinema.player.position) == (True, 1.5)
    t.phone.clock.advance(1)
    assert (cinema.player.playing, cinema.player.position, cinema.player.ended) == (False, 2, True)
    assert cinema.events == ["loadedmetadata", "play", "ended"]
    assert cinema.detail("loadedmetadata") == {"width": 320, "height": 240, "duration": 2}


@supporting("createVideoContext")
def test_a_video_that_was_paused_goes_on_where_it_was(t: Any) -> None:
    cinema = Cinema(t)
    cinema.video.play()
    t.phone.clock.advance(0.5)
    cinema.video.pause()
    t.phone.clock.advance(10)
    assert (cinema.player.playing, cinema.player.position) == (False, 0.5)
    cinema.video.play()
    t.phone.clock.advance(0.25)
    assert cinema.player.position == 0.75
    assert cinema.events == ["loadedmetadata", "play", "pause", "play"]


def test_a_page_hears_four_times_a_second_how_far_its_video_is(weapp: Any) -> None:
    cinema = Cinema(weapp)
    cinema.video.play()
    weapp.phone.clock.advance(0.8)
    times = [detail.currentTime for event, detail in cinema.heard if event == "timeupdate"]
    assert times == pytest.approx([0.25, 0.5, 0.75])


@supporting("VideoContext.stop")
def test_a_video_that_was_stopped_begins_at_its_start(t: Any) -> None:
    cinema = Cinema(t)
    cinema.video.play()
    t.phone.clock.advance(1)
    cinema.video.stop()
    assert (cinema.player.playing, cinema.player.position) == (False, 0)


@supporting("createVideoContext")
def test_a_video_that_has_ended_begins_anew(t: Any) -> None:
    cinema = Cinema(t)
    cinema.video.play()
    t.phone.clock.advance(5)
    cinema.video.play()
    t.phone.clock.advance(0.5)
    assert (cinema.player.position, cinema.player.ended) == (0.5, False)


@supporting("createVideoContext")
@pytest.mark.parametrize(("asked", "there"), [(1.5, 1.5), (99, 2), (-1, 0)])
def test_a_program_goes_to_a_place_within_the_video(t: Any, asked: float, there: float) -> None:
    cinema = Cinema(t)
    cinema.video.seek(asked)
    assert cinema.player.position == there


@pytest.mark.parametrize(("device", "told"), [("iPhone 15 Pro", 1.5), ("Pixel 8", 1500)])
def test_a_page_hears_of_the_place_in_seconds_or_on_android_milliseconds(device: str, told: float) -> None:
    with taropy.create("weapp", phone=taropy.Phone(device=device)) as t:
        cinema = Cinema(t)
        cinema.video.seek(1.5)
        assert cinema.detail("seekcomplete") == {"position": told}


@supporting("VideoContext.playbackRate")
def test_a_video_plays_twice_as_fast_and_no_other_rates_than_those_there_are(t: Any) -> None:
    cinema = Cinema(t)
    cinema.video.playbackRate(2)
    cinema.video.playbackRate(-1)
    assert cinema.player.rate == 2
    cinema.video.play()
    t.phone.clock.advance(0.5)
    assert cinema.player.position == 1
    t.phone.clock.advance(0.5)
    assert cinema.player.ended


@pytest.mark.parametrize(("platform", "rate"), [("weapp", 1), ("swan", 0.75), ("h5", 0.75), ("rn", 0.75)])
def test_a_rate_that_the_platform_s_players_do_not_know_changes_nothing(platform: str, rate: float) -> None:
    with taropy.create(platform) as t:
        cinema = Cinema(t)
        cinema.video.playbackRate(0.75)
        assert cinema.player.rate == rate


def test_a_video_that_loops_begins_anew_by_itself(weapp: Any) -> None:
    cinema = Cinema(weapp, "loop")
    cinema.video.play()
    weapp.phone.clock.advance(4.5)
    assert cinema.player.position == pytest.approx(0.5, abs=0.02)
    assert "ended" not in cinema.events


@pytest.mark.parametrize(("attributes", "position"), [("autoplay", 1), ("autoplay initial-time='0.5'", 1.5), ("", 0)])
def test_a_video_plays_by_itself_where_its_page_says_so(weapp: Any, attributes: str, position: float) -> None:
    cinema = Cinema(weapp, attributes)
    weapp.phone.clock.advance(1)
    assert cinema.player.position == position


def test_a_video_plays_by_itself_also_where_its_program_does_not_ask_for_it(weapp: Any) -> None:
    weapp.phone.clock.stop()
    source, heard = given(weapp, SAMPLES["video"]), []
    app = taropy.App(pages=["pages/a/a"])

    @app.page("pages/a/a")
    class Page:
        wxml = f'<video autoplay src="{source}" bindended="hear"/>'

        def hear(self, event: Any) -> None:
            heard.append(event.type)

    assert weapp.phone.video.players == []
    app.launch(weapp)
    weapp.phone.clock.advance(3)
    assert heard == ["ended"]


def test_what_is_to_be_seen_is_really_decoded(weapp: Any) -> None:
    cinema = Cinema(weapp)
    first = cinema.player.picture()
    cinema.video.seek(1.9)
    last = cinema.player.picture()
    assert first.size == last.size == (320, 240)
    assert first.tobytes() != last.tobytes()


def test_a_video_whose_times_begin_later_than_at_0_shows_each_frame_in_its_turn(weapp: Any, tmp_path: Path) -> None:
    with av.open(str(tmp_path / "late.mp4"), "w") as film:
        stream = film.add_stream("libx264", rate=1, options={"preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for number, color in enumerate(("red", "lime", "blue")):
            frame = av.VideoFrame.from_image(Image.new("RGB", (64, 48), color))
            frame.pts, frame.time_base = number + 5, Fraction(1)
            film.mux(stream.encode(frame))
        film.mux(stream.encode(None))
    cinema = Cinema(weapp, src=given(weapp, tmp_path / "late.mp4"))
    weapp.phone.camera.show(tmp_path / "late.mp4")
    for second in range(3):
        cinema.video.seek(second)
        for picture in (cinema.player.picture(), weapp.phone.camera.look()):
            pixel = picture.getpixel((5, 5))
            assert pixel.index(max(pixel)) == second
        weapp.phone.clock.advance(1)


def test_a_person_plays_and_pauses_too(weapp: Any) -> None:
    cinema = Cinema(weapp)
    cinema.player.play()
    weapp.phone.clock.advance(0.5)
    cinema.player.pause()
    assert cinema.events == ["loadedmetadata", "play", "pause"]


# --- full screen, small windows, comments --------------------------------------------------------------------------


@supporting("createVideoContext")
def test_a_video_fills_the_screen_and_comes_back(t: Any) -> None:
    cinema = Cinema(t)
    cinema.video.requestFullScreen({"direction": 90})
    assert (cinema.player.fullscreen, cinema.player.direction) == (True, 90)
    assert cinema.detail("fullscreenchange") == {"fullScreen": True, "direction": "horizontal"}
    cinema.video.exitFullScreen()
    assert not cinema.player.fullscreen
    assert cinema.events.count("fullscreenchange") == 2


@supporting("VideoContext.sendDanmu")
def test_comments_run_across_the_picture(t: Any) -> None:
    cinema = Cinema(t)
    cinema.video.seek(1)
    cinema.video.sendDanmu({"text": "tea!", "color": "#ff0000"})
    cinema.video.sendDanmu({"text": "more tea"})
    assert [(each.text, each.color, each.at) for each in cinema.player.danmu] == [
        ("tea!", "#ff0000", 1),
        ("more tea", "#ffffff", 1),
    ]


@pytest.mark.parametrize(("device", "shown"), [("iPhone 15 Pro", False), ("Pixel 8", True)])
def test_the_status_bar_is_hidden_in_full_screen_on_ios(device: str, shown: bool) -> None:
    with taropy.create("weapp", phone=taropy.Phone(device=device)) as t:
        cinema = Cinema(t)
        cinema.video.hideStatusBar()
        assert cinema.player.status_bar
        cinema.video.requestFullScreen({})
        cinema.video.hideStatusBar()
        assert cinema.player.status_bar is shown
        cinema.video.showStatusBar()
        assert cinema.player.status_bar


# --- pages that go, apps that are left -----------------------------------------------------------------------------


def test_a_video_pauses_where_another_page_covers_it(weapp: Any) -> None:
    cinema = Cinema(weapp)
    cinema.video.play()
    weapp.phone.clock.advance(0.5)
    weapp.navigateTo(url="/pages/other/other").result()
    weapp.phone.clock.advance(1)
    weapp.navigateBack().result()
    assert (cinema.player.playing, cinema.player.position) == (False, 0.5)


def test_a_video_goes_on_below_another_page_where_its_page_says_so(weapp: Any) -> None:
    cinema = Cinema(weapp, 'auto-pause-if-navigate="false"')
    cinema.video.play()
    weapp.navigateTo(url="/pages/other/other").result()
    assert cinema.player.playing


def test_a_video_goes_to_the_small_window_and_comes_back_with_its_page(weapp: Any) -> None:
    cinema = Cinema(weapp, 'picture-in-picture-mode="push"')
    cinema.video.play()
    weapp.navigateTo(url="/pages/other/other").result()
    assert (cinema.player.playing, cinema.player.picture_in_picture) == (True, True)
    assert weapp.phone.video.players == [cinema.player]
    weapp.navigateBack().result()
    assert not cinema.player.picture_in_picture
    assert cinema.events[-2:] == ["enterpictureinpicture", "leavepictureinpicture"]


def test_the_small_window_is_closed_from_any_page(weapp: Any) -> None:
    cinema = Cinema(weapp, 'picture-in-picture-mode="push"')
    cinema.video.play()
    weapp.navigateTo(url="/pages/other/other").result()
    told: list[str] = []
    cinema.video.exitPictureInPicture({"success": lambda result: told.append(result.errMsg)})
    assert (told, cinema.player.picture_in_picture) == (["exitPictureInPicture:ok"], False)


def test_a_video_ends_with_its_page(weapp: Any) -> None:
    cinema = Cinema(weapp)
    cinema.video.play()
    weapp.redirectTo(url="/pages/other/other").result()
    weapp.phone.clock.advance(5)
    assert weapp.phone.video.players == []
    assert "ended" not in cinema.events
    cinema.video.play()
    assert not cinema.player.playing


@pytest.mark.parametrize("background", [False, True])
def test_a_video_pauses_in_the_background_unless_it_may_go_on_there(weapp: Any, background: bool) -> None:
    cinema = Cinema(weapp)
    cinema.video.play()
    if background:
        cinema.video.requestBackgroundPlayback()
    weapp.phone.background()
    assert cinema.player.playing is background
    cinema.video.exitBackgroundPlayback()
    assert not cinema.player.background


# --- what there is not ---------------------------------------------------------------------------------------------


@supporting("createVideoContext")
def test_a_video_that_is_not_on_the_page_does_nothing(t: Any) -> None:
    Cinema(t)
    nowhere = t.createVideoContext("nowhere")
    if t.platform.name in ("h5", "harmony-hybrid", "rn"):
        assert nowhere is None
        return
    lacks = "VideoContext does nothing: .* has no video 'nowhere'; there is 'film'"
    with pytest.warns(LostCallWarning, match=lacks) as told:
        nowhere.play()
    assert [each.filename for each in told] == [__file__]
    assert [player.id for player in t.phone.video.players] == ["film"]
    with pytest.raises(LookupError, match="'film'"):
        t.phone.video.player("nowhere")


@supporting("createVideoContext")
def test_a_page_that_does_not_say_what_is_on_it_has_the_video_that_its_program_asks_for(t: Any) -> None:
    t.phone.clock.stop()
    context = t.createVideoContext("any")
    context.play()
    player = t.phone.video.player("any")
    assert (player.playing, player.duration) == (True, None)
    player.load(given(t, SAMPLES["video"]))
    player.play()
    t.phone.clock.advance(3)
    assert player.ended


def test_a_video_of_a_tree_of_nodes_has_functions_as_handlers_and_one_in_a_component_is_that_component_s(
    weapp: Any,
) -> None:
    heard: list[str] = []
    shown = {
        "src": given(weapp, SAMPLES["video"]),
        "onPlay": lambda event: heard.append(event["target"]["id"]),
        "onPause": lambda: heard.append("paused"),
    }
    own = Node("my-player", shadow=[Node("video", id="film", properties=shown)])
    weapp.phone.screen.draw([own])
    with pytest.warns(LostCallWarning, match="has no video 'film' there; one of that name is in another component"):
        weapp.createVideoContext("film").play()  # which the page itself does not have
    assert heard == []
    weapp.createVideoContext("film", own).play()
    weapp.createVideoContext("film", own).pause()
    assert heard == ["film", "paused"]


def test_of_a_video_that_has_gone_nothing_is_told(weapp: Any) -> None:
    weapp.phone.screen.draw('<video id="film"/>')
    context = weapp.createVideoContext("film")
    context.play()
    weapp.phone.screen.draw("<view/>")
    context.stop()


def test_a_video_in_the_network_is_fetched(weapp: Any) -> None:
    url = "https://films.example.com/tea.mp4"
    weapp.phone.network.route(url, body=SAMPLES["video"].read_bytes())
    cinema = Cinema(weapp, "autoplay", src=url)
    weapp.phone.clock.advance(1)
    assert (cinema.player.duration, cinema.player.error) == (2, None)
    assert cinema.events[:2] == ["loadedmetadata", "play"]


@pytest.mark.parametrize("offline", [False, True])
def test_a_video_that_does_not_come_from_the_network_is_an_error(weapp: Any, offline: bool) -> None:
    url = "https://films.example.com/tea.mp4"
    weapp.phone.network.route(url, status=404, optional=True)
    weapp.phone.network.type = "none" if offline else "wifi"
    cinema = Cinema(weapp, "autoplay", src=url)
    weapp.phone.clock.advance(1)
    assert cinema.heard == [("error", {"errMsg": NETWORK})]
    assert cinema.player.error == NETWORK


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


@pytest.mark.parametrize("how", ["cut off", "a lie", "empty", "gone"])
def test_a_file_that_is_no_video_is_an_error_of_its_page(weapp: Any, tmp_path: Path, how: str) -> None:
    film = video(tmp_path / "film.mp4")
    if how == "cut off":
        _cut(film)
    elif how == "a lie":
        film.write_text("#EXTM3U\nfile:///etc/passwd\n")
    elif how == "empty":
        film.write_bytes(b"")
    src = "wxfile://usr/gone.mp4" if how == "gone" else given(weapp, film)
    cinema = Cinema(weapp, "autoplay", src=src)
    assert cinema.heard == [("error", {"errMsg": NOT_SUPPORTED})]
    with pytest.raises(LookupError):
        cinema.player.picture()
    cinema.video.play()
    assert not cinema.player.playing


def test_what_a_handler_throws_goes_to_the_app(weapp: Any) -> None:
    app = taropy.App(pages=["pages/a/a"])
    source = given(weapp, SAMPLES["video"])

    @app.page("pages/a/a")
    class Page:
        wxml = f'<video id="v" src="{source}" bindplay="fail"/>'

        def fail(self) -> None:
            raise KeyError("a slip")

    app.launch(weapp)
    told: list[str] = []
    weapp.onError(told.append)
    with expect_unhandled(KeyError, match="a slip"):
        weapp.createVideoContext("v").play()
    assert len(told) == 1


# --- the phone -----------------------------------------------------------------------------------------------------


def test_a_snapshot_has_where_each_video_is(weapp: Any) -> None:
    cinema = Cinema(weapp)
    cinema.video.play()
    weapp.phone.clock.advance(0.5)
    then = weapp.phone.snapshot()
    weapp.phone.clock.advance(5)
    weapp.phone.restore(then)
    assert (weapp.phone.video.player().playing, weapp.phone.video.player().position) == (True, 0.5)
    weapp.phone.clock.advance(1)
    assert weapp.phone.video.player().position == 1.5


def test_the_room_and_its_players_say_how_they_are(weapp: Any) -> None:
    cinema = Cinema(weapp)
    cinema.video.play()
    weapp.phone.clock.advance(0.5)
    assert repr(weapp.phone.video) == "<Videos 1 player, 1 playing>"
    assert repr(cinema.player) == "<Player 'film', playing, at 0.5 s>"
    with pytest.raises(AttributeError):
        cinema.player.playbakRate = 2
