"""The camera: photos, clips and frames of what lies before it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av
import pytest
from drawn import video
from filing import given, real
from PIL import Image
from supporting import asked, failure, supporting

import taropy
from taropy.phone.media.library import SAMPLES

Told = dict[str, Any]


def painted(path: Path, color: str, size: tuple[int, int] = (64, 48)) -> Path:
    Image.new("RGB", size, color).save(path)
    return path


def halves(path: Path) -> Path:
    """A picture that is red on the left and blue on the right, with a green middle."""
    image = Image.new("RGB", (100, 100), "blue")
    image.paste("red", (0, 0, 50, 100))
    image.paste("green", (40, 40, 60, 60))
    image.save(path)
    return path


def near(pixel: Any, wanted: tuple[int, int, int]) -> bool:
    """Whether it is that colour, but for what compressing does to it."""
    return all(abs(one - other) < 40 for one, other in zip(pixel, wanted, strict=False))


def opened(t: Any, path: str) -> Image.Image:
    with Image.open(real(t, path)) as image:
        image.load()
        return image


# --- photos --------------------------------------------------------------------------------------------------------


@supporting("CameraContext.takePhoto")
def test_a_photo_is_of_what_the_camera_sees(t: Any, tmp_path: Path) -> None:
    t.phone.camera.show(painted(tmp_path / "tea.png", "green"))
    photo = asked(t.createCameraContext("camera").takePhoto)
    image = opened(t, photo["tempImagePath"])
    assert image.size == (64, 48)
    assert near(image.convert("RGB").getpixel((10, 10)), (0, 128, 0))


@pytest.mark.parametrize(("device", "format"), [("iPhone 15 Pro", "PNG"), ("Pixel 8", "JPEG")])
def test_a_photo_is_a_png_on_ios_and_a_jpeg_on_android(device: str, format: str) -> None:
    with taropy.create("weapp", phone=taropy.Phone(device=device)) as t:
        photo = asked(t.createCameraContext().takePhoto)
        assert opened(t, photo["tempImagePath"]).format == format


def test_a_photo_of_low_quality_is_smaller() -> None:
    with taropy.create("weapp", phone=taropy.Phone(device="Pixel 8")) as t:
        camera = t.createCameraContext()
        sizes = [
            real(t, asked(camera.takePhoto, quality=quality)["tempImagePath"]).stat().st_size
            for quality in ("low", "normal", "high")
        ]
    assert sizes == sorted(set(sizes))


def test_a_quality_that_there_is_not_is_refused(weapp: Any) -> None:
    told = asked(weapp.createCameraContext().takePhoto, quality="best")
    assert "parameter.quality should be one of" in told["errMsg"]


def test_a_film_before_the_camera_goes_on_by_the_phone_s_clock(weapp: Any) -> None:
    weapp.phone.clock.stop()
    weapp.phone.camera.show(SAMPLES["video"])
    camera = weapp.createCameraContext()
    photos = []
    for seconds in (0, 1, 1):
        weapp.phone.clock.advance(seconds)
        photos.append(opened(weapp, asked(camera.takePhoto, quality="original")["tempImagePath"]).tobytes())
    assert photos[0] != photos[1]
    assert photos[0] == photos[2]  # it lasts two seconds, and has begun anew


def test_of_a_folder_each_photo_is_of_the_next_picture(weapp: Any, tmp_path: Path) -> None:
    for name, color in (("b.png", "blue"), ("a.png", "red")):
        painted(tmp_path / name, color)
    weapp.phone.camera.show(tmp_path)
    camera = weapp.createCameraContext()
    seen = [opened(weapp, asked(camera.takePhoto)["tempImagePath"]).convert("RGB").getpixel((5, 5)) for _ in range(3)]
    wanted = [(255, 0, 0), (0, 0, 255), (255, 0, 0)]
    assert all(near(pixel, color) for pixel, color in zip(seen, wanted, strict=True))


def test_a_folder_without_pictures_shows_nothing(weapp: Any, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="folder without pictures"):
        weapp.phone.camera.show(tmp_path)
    assert weapp.phone.camera.seen is None


def test_a_camera_of_the_computer_is_looked_through(weapp: Any) -> None:
    weapp.phone.camera.connect("color=c=red:s=64x48", "lavfi")  # which draws one
    image = opened(weapp, asked(weapp.createCameraContext().takePhoto)["tempImagePath"])
    assert image.size == (64, 48)
    assert near(image.getpixel((5, 5)), (255, 0, 0))
    chosen = weapp.chooseImage(sourceType=["camera"], sizeType=["original"]).result()
    assert opened(weapp, chosen.tempFilePaths[0]).size == (64, 48)


def test_a_camera_of_the_computer_that_is_not_there_gives_no_photo(weapp: Any) -> None:
    weapp.phone.camera.connect("/dev/no-camera", "v4l2")
    told = asked(weapp.createCameraContext().takePhoto)
    assert told["errMsg"] == "operateCamera:fail internal error: the camera gives no picture"
    with pytest.raises(ValueError, match="driver"):
        weapp.phone.camera.connect("0", "webcam")


@pytest.mark.parametrize("lie", [b"", b"no picture"])
def test_a_file_that_lies_gives_no_photo(weapp: Any, tmp_path: Path, lie: bytes) -> None:
    for kind, name in (("image", "lie.png"), ("video", "lie.mp4")):
        (tmp_path / name).write_bytes(SAMPLES[kind].read_bytes())
        weapp.phone.camera.show(tmp_path / name)
        (tmp_path / name).write_bytes(lie)
        told = asked(weapp.createCameraContext().takePhoto)
        assert told["errMsg"] == "operateCamera:fail internal error: the camera gives no picture"


def test_a_camera_that_comes_nearer_sees_the_middle(weapp: Any, tmp_path: Path) -> None:
    weapp.phone.camera.show(halves(tmp_path / "halves.png"))
    camera = weapp.createCameraContext()
    assert asked(camera.setZoom, zoom=5.04)["zoom"] == 5
    image = opened(weapp, asked(camera.takePhoto)["tempImagePath"])
    assert image.size == (100, 100)
    assert near(image.getpixel((20, 50)), (0, 128, 0))


@pytest.mark.parametrize(("asked_for", "there"), [(0.2, 1), (99, 4)])
def test_a_zoom_that_there_is_not_is_the_nearest_that_there_is(weapp: Any, asked_for: float, there: float) -> None:
    weapp.phone.camera.max_zoom = 4
    assert asked(weapp.createCameraContext().setZoom, zoom=asked_for)["zoom"] == there


@pytest.mark.parametrize(("position", "left"), [("front", (0, 0, 255)), ("back", (255, 0, 0))])
def test_the_front_camera_turns_a_picture_round_as_a_mirror_does(
    weapp: Any, tmp_path: Path, position: str, left: tuple[int, int, int]
) -> None:
    weapp.phone.camera.show(halves(tmp_path / "halves.png"))
    weapp.phone.screen.draw(f'<camera device-position="{position}"/>')
    camera = weapp.createCameraContext()
    photo = asked(camera.takePhoto)
    assert near(opened(weapp, photo["tempImagePath"]).getpixel((10, 10)), left)
    photo = asked(camera.takePhoto, selfieMirror=False)
    assert near(opened(weapp, photo["tempImagePath"]).getpixel((10, 10)), (255, 0, 0))


# --- who may -------------------------------------------------------------------------------------------------------


@supporting("CameraContext.takePhoto")
def test_a_person_who_denies_the_camera_is_not_photographed(t: Any) -> None:
    t.phone.permissions.deny("scope.camera")
    told = asked(t.createCameraContext("camera").takePhoto)
    assert "tempImagePath" not in told
    if t.platform.name == "alipay":
        assert told["error"] == 2002
    else:
        assert "den" in told["errMsg"]


def test_a_device_that_denies_the_camera_takes_no_photo(weapp: Any) -> None:
    weapp.phone.system.set_permission("camera", "denied")
    told = asked(weapp.createCameraContext().takePhoto)
    assert told["errMsg"] == "operateCamera:fail system permission denied"


def test_a_camera_says_when_it_is_ready_and_when_it_may_not(weapp: Any) -> None:
    heard: list[tuple[str, Any]] = []
    app = taropy.App(pages=["pages/a/a", "pages/b/b"])

    def page() -> Any:
        class Page:
            wxml = '<camera bindinitdone="hear" binderror="hear" bindstop="hear"/>'

            def hear(self, event: Any) -> None:
                heard.append((event.type, event.detail))

        return Page

    app.page("pages/a/a")(page())
    app.page("pages/b/b")(page())
    assert weapp.phone.camera.max_zoom == 10
    app.launch(weapp)
    weapp.phone.clock.advance(0)
    assert heard == [("initdone", {"maxZoom": 10})]
    weapp.phone.permissions.deny("scope.camera")
    weapp.navigateTo(url="/pages/b/b").result()
    weapp.phone.clock.advance(0)
    assert heard[-1][0] == "error"
    weapp.phone.background()
    assert heard[-1][0] == "stop"


def test_a_page_without_a_camera_takes_no_photos(weapp: Any) -> None:
    weapp.phone.screen.draw("<view/>")
    told = asked(weapp.createCameraContext().takePhoto)
    assert told["errMsg"] == "operateCamera:fail the page has no camera component"
    with taropy.create("rn") as t:
        t.phone.screen.draw("<view/>")
        assert t.createCameraContext() is None


# --- clips ---------------------------------------------------------------------------------------------------------


@supporting("CameraContext.startRecord")
def test_a_clip_is_as_long_as_was_recorded_and_shows_what_was_seen(t: Any, tmp_path: Path) -> None:
    t.phone.clock.stop()
    t.phone.camera.show(painted(tmp_path / "tea.png", "green"))
    camera = t.createCameraContext("camera")
    asked(camera.startRecord)
    assert t.phone.camera.recording
    t.phone.clock.advance(3)
    clip = asked(camera.stopRecord)
    assert not t.phone.camera.recording
    with av.open(str(real(t, clip["tempVideoPath"]))) as container:
        assert container.duration / 1_000_000 == pytest.approx(3, abs=0.1)
        first = next(container.decode(video=0)).to_image()
    assert first.size == (64, 48)
    assert near(first.getpixel((5, 5)), (0, 128, 0))
    assert near(opened(t, clip["tempThumbPath"]).getpixel((5, 5)), (0, 128, 0))


def test_alipay_tells_more_of_a_clip_that_ends_by_itself_and_calls_a_camera_ready(tmp_path: Path) -> None:
    with taropy.create("alipay") as t:
        t.phone.clock.stop()
        t.phone.camera.show(painted(tmp_path / "tea.png", "green"))
        heard: list[Any] = []
        app = taropy.App(pages=["pages/a/a"])

        @app.page("pages/a/a")
        class Page:
            wxml = '<camera id="c" onReady="hear"/>'

            def hear(self, event: Any) -> None:
                heard.append(event.detail.maxZoom)

        app.launch(t)
        clips: list[Told] = []
        camera = t.createCameraContext("c")
        asked(camera.startRecord, timeout=2, timeoutCallback=clips.append)
        t.phone.clock.advance(3)
        assert heard == [10]
        assert (clips[0]["width"], clips[0]["height"], clips[0]["duration"]) == (64, 48, 2)


def test_a_clip_of_a_film_goes_on_with_it(weapp: Any) -> None:
    weapp.phone.clock.stop()
    weapp.phone.camera.show(SAMPLES["video"])
    camera = weapp.createCameraContext()
    asked(camera.startRecord)
    weapp.phone.clock.advance(1)
    clip = asked(camera.stopRecord, compressed=True)
    with av.open(str(real(weapp, clip["tempVideoPath"]))) as container:
        frames = [frame.to_image().tobytes() for frame in container.decode(video=0)]
    assert len(frames) >= 10
    assert frames[0] != frames[-1]


def test_a_film_that_ends_while_it_is_recorded_begins_anew(weapp: Any) -> None:
    weapp.phone.clock.stop()
    weapp.phone.camera.show(SAMPLES["video"])
    camera = weapp.createCameraContext()
    weapp.phone.clock.advance(1.5)
    asked(camera.startRecord)
    weapp.phone.clock.advance(2)
    clip = asked(camera.stopRecord)
    with av.open(str(real(weapp, clip["tempVideoPath"]))) as container:
        frames = [frame.to_image() for frame in container.decode(video=0)]
    assert len(frames) == 30
    with av.open(str(SAMPLES["video"])) as container:
        first = next(container.decode(video=0)).to_image()
    assert all(near(frames[8].getpixel(at), first.getpixel(at)) for at in ((20, 20), (160, 120), (300, 200)))


def test_a_clip_of_a_camera_of_the_computer_has_what_that_sees(weapp: Any) -> None:
    weapp.phone.clock.stop()
    weapp.phone.camera.connect("testsrc=s=64x48", "lavfi")
    camera = weapp.createCameraContext()
    asked(camera.startRecord)
    weapp.phone.clock.advance(1)
    clip = asked(camera.stopRecord)
    info = weapp.getVideoInfo(src=clip["tempVideoPath"]).result()
    assert (info.width, info.height, info.duration) == (64, 48, pytest.approx(1, abs=0.1))


@pytest.mark.parametrize(("options", "seconds"), [({}, 30), ({"timeout": 2}, 2)])
def test_a_clip_ends_by_itself_when_its_time_is_up(weapp: Any, options: Told, seconds: float, tmp_path: Path) -> None:
    weapp.phone.clock.stop()
    weapp.phone.camera.show(painted(tmp_path / "tea.png", "green"))
    clips: list[Told] = []
    camera = weapp.createCameraContext()
    asked(camera.startRecord, timeoutCallback=clips.append, **options)
    weapp.phone.clock.advance(seconds - 1)
    assert clips == []
    weapp.phone.clock.advance(2)
    assert len(clips) == 1
    with av.open(str(real(weapp, clips[0]["tempVideoPath"]))) as container:
        assert container.duration / 1_000_000 == pytest.approx(seconds, abs=0.3)
    assert asked(camera.stopRecord)["errMsg"] == "operateCamera:fail:is not recording"


def test_a_clip_ends_when_its_page_is_hidden(weapp: Any, tmp_path: Path) -> None:
    weapp.phone.clock.stop()
    weapp.phone.camera.show(painted(tmp_path / "tea.png", "green"))
    clips: list[Told] = []
    asked(weapp.createCameraContext().startRecord, timeoutCallback=clips.append)
    weapp.phone.clock.advance(1)
    weapp.phone.background()
    weapp.phone.clock.advance(0)
    assert len(clips) == 1


def test_clips_that_cannot_be_are_refused_in_the_platform_s_words(weapp: Any) -> None:
    weapp.phone.clock.stop()
    camera = weapp.createCameraContext()
    assert asked(camera.stopRecord)["errMsg"] == "operateCamera:fail:is not recording"
    asked(camera.startRecord)
    assert asked(camera.startRecord)["errMsg"] == "operateCamera:fail:is recording"
    assert asked(camera.stopRecord)["errMsg"] == "operateCamera:fail:stop error"  # no time has passed
    with taropy.create("alipay") as t:
        camera = t.createCameraContext("camera")
        asked(camera.startRecord)
        assert asked(camera.startRecord)["error"] == 7


# --- frames --------------------------------------------------------------------------------------------------------


@supporting("CameraContext.onCameraFrame", "CameraFrameListener.start")
def test_a_program_looks_through_the_camera_from_start_to_stop(t: Any, tmp_path: Path) -> None:
    t.phone.clock.stop()
    t.phone.camera.frame_rate = 4
    t.phone.camera.show(painted(tmp_path / "tea.png", "red"))
    t.phone.screen.draw('<camera id="camera" frame-size="small"/>')
    frames: list[Any] = []
    listener = t.createCameraContext("camera").onCameraFrame(frames.append)
    t.phone.clock.advance(1)
    assert frames == []
    asked(listener.start)
    t.phone.clock.advance(1)
    assert len(frames) == 4
    assert (frames[0].width, frames[0].height, len(frames[0].data)) == (288, 352, 288 * 352 * 4)
    assert bytes(frames[0].data[:4]) == b"\xff\x00\x00\xff"
    asked(listener.stop)
    t.phone.clock.advance(1)
    assert len(frames) == 4


@pytest.mark.parametrize("rate", [0, -1, "often", float("nan"), float("inf")])
def test_frames_do_not_come_less_than_never(weapp: Any, rate: Any) -> None:
    with pytest.raises(ValueError, match="a number of times a second, above 0, and not"):
        weapp.phone.camera.frame_rate = rate


def test_frames_end_with_the_page(weapp: Any) -> None:
    weapp.phone.clock.stop()
    weapp.phone.camera.frame_rate = 4
    frames: list[Any] = []
    asked(weapp.createCameraContext().onCameraFrame(frames.append).start)
    weapp.navigateTo(url="/pages/other").result()
    weapp.phone.clock.advance(1)
    assert frames == []


def test_a_program_that_may_not_gets_no_frames(weapp: Any) -> None:
    weapp.phone.permissions.deny("scope.camera")
    listener = weapp.createCameraContext().onCameraFrame(lambda frame: None)
    assert asked(listener.start)["errMsg"] == "start:fail auth deny"


# --- the phone -----------------------------------------------------------------------------------------------------


def test_a_snapshot_has_what_the_camera_sees(weapp: Any, tmp_path: Path) -> None:
    weapp.phone.clock.stop()
    seen = video(tmp_path / "film.mp4")
    weapp.phone.camera.show(seen)
    weapp.phone.clock.advance(1)
    then = weapp.phone.snapshot()
    weapp.phone.camera.show(None)
    weapp.phone.clock.advance(5)
    weapp.phone.restore(then)
    assert (weapp.phone.camera.seen, weapp.phone.camera.elapsed) == (seen, 1)
    assert repr(weapp.phone.camera) == "<Camera sees film.mp4>"


def test_a_photo_is_a_file_of_the_program_s(weapp: Any) -> None:
    photo = asked(weapp.createCameraContext().takePhoto)["tempImagePath"]
    saved = weapp.getImageInfo(src=photo).result()
    assert saved.path == photo
    assert failure(weapp.getImageInfo(src=given(weapp, Path(__file__)))) == "getImageInfo:fail invalid"
