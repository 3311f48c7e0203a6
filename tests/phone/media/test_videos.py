"""Videos: their first pictures, smaller ones, and the editor."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import av
import pytest
from drawn import picture, video
from filing import files_of_at_most, given, real
from natively import call, called
from PIL import Image
from supporting import failure, supporting

from taropy.phone import Phone
from taropy.phone.media.library import SAMPLES

# --- the first picture ---------------------------------------------------------------------------------------------


@supporting("chooseVideo", "chooseMedia", without=["h5"])
def test_a_video_comes_with_its_first_picture(t: Any) -> None:
    chosen = [t.chooseMedia(mediaType=["video"]).result().tempFiles[0], t.chooseVideo({}).result()]
    if t.getEnv() == "TT":
        assert not any(file.get("thumbTempFilePath") for file in chosen)
        return
    if t.getEnv() in ("RN", "HARMONY", "HARMONYHYBRID"):
        assert not chosen.pop().get("thumbTempFilePath")
    if t.getEnv() == "RN":
        assert chosen.pop().thumbTempFilePath == ""
    if t.getEnv() == "HARMONY":
        assert not chosen.pop().get("thumbTempFilePath")
    for file in chosen:
        with Image.open(real(t, file.thumbTempFilePath)) as image:
            assert (image.format, image.size) == ("JPEG", (320, 240))


@pytest.mark.parametrize(
    ("turned", "size", "orientation"),
    [(0, (320, 240), "up"), (90, (240, 320), "right"), (180, (320, 240), "down"), (270, (240, 320), "left")],
)
def test_the_first_picture_is_upright(
    weapp: Any, tmp_path: Path, turned: int, size: tuple[int, int], orientation: str
) -> None:
    weapp.phone.media.add(video(tmp_path / "a.mp4", turned=turned))
    for compressed in (False, True):
        file = weapp.chooseVideo(compressed=compressed).result()
        with Image.open(real(weapp, file.thumbTempFilePath)) as image:
            assert image.size == size
        assert weapp.getVideoInfo(src=file.tempFilePath).result().orientation == orientation


# --- smaller ones --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "codec", "sound"),
    [
        ("a.mp4", "libx264", "aac"),
        ("a.mov", "libx264", None),
        ("a.webm", "libvpx", "libopus"),
        ("a.avi", "mpeg4", "pcm_s16le"),
    ],
)
def test_a_picked_video_is_recompressed_unless_it_is_to_be_the_original(
    weapp: Any, tmp_path: Path, name: str, codec: str, sound: str | None
) -> None:
    large = video(tmp_path / name, (1040, 520), codec=codec, sound=sound)
    weapp.phone.media.add(large)
    original, small = weapp.chooseVideo(compressed=False).result(), weapp.chooseVideo({}).result()
    assert real(weapp, original.tempFilePath).read_bytes() == large.read_bytes()
    assert (small.width, small.height) == (960, 480)
    assert small.duration == pytest.approx(original.duration, abs=0.2)
    assert small.size == real(weapp, small.tempFilePath).stat().st_size < original.size
    assert weapp.getVideoInfo(src=small.tempFilePath).result().type == "mp4"


@pytest.mark.parametrize("layout", ["mono", "stereo"])
def test_a_smaller_video_keeps_its_sound(weapp: Any, tmp_path: Path, layout: str) -> None:
    weapp.phone.media.add(video(tmp_path / "a.mp4", (1040, 520), sound="aac", layout=layout))
    with av.open(str(real(weapp, weapp.chooseVideo({}).result().tempFilePath))) as small:
        assert [(sound.codec_context.name, sound.layout.name) for sound in small.streams.audio] == [("aac", layout)]


def test_media_are_compressed_where_that_alone_is_asked_for(weapp: Any, tmp_path: Path) -> None:
    weapp.phone.media.add(video(tmp_path / "a.mp4", (1040, 520)))
    widths = [
        weapp.chooseMedia(mediaType=["video"], sizeType=sizes).result().tempFiles[0].width
        for sizes in (["original"], ["compressed"], ["original", "compressed"])
    ]
    assert widths == [1040, 960, 1040]


def test_a_video_that_would_only_grow_stays(weapp: Any, tmp_path: Path) -> None:
    weapp.phone.media.add(SAMPLES["video"])
    once = real(weapp, weapp.chooseVideo({}).result().tempFilePath)
    weapp.phone.media.pick(once)
    twice = real(weapp, weapp.chooseVideo({}).result().tempFilePath)
    assert twice.stat().st_size <= once.stat().st_size


@pytest.mark.parametrize(
    ("options", "size", "fps"),
    [
        ({"quality": "low"}, (480, 240), 5),
        ({"quality": "medium"}, (960, 480), 5),
        ({"resolution": 0.25}, (260, 130), 5),
        ({"bitrate": 300, "fps": 2, "resolution": 0.5}, (520, 260), 2),
        ({"quality": "low", "bitrate": 1, "fps": 1, "resolution": 0.01}, (480, 240), 5),
    ],
)
def test_a_video_gets_smaller_as_the_program_says(
    weapp: Any, tmp_path: Path, options: dict[str, Any], size: tuple[int, int], fps: int
) -> None:
    path = given(weapp, video(tmp_path / "a.mp4", (1040, 520), sound="aac"))
    before, small = real(weapp, path).stat().st_size, weapp.compressVideo(src=path, **options).result()
    info = weapp.getVideoInfo(src=small.tempFilePath).result()
    assert ((info.width, info.height), info.fps) == (size, pytest.approx(fps, rel=0.1))
    assert info.duration == pytest.approx(1, abs=0.2)
    assert small.size == pytest.approx(info.size)
    assert info.size < before / 1024


def test_a_video_that_does_not_tell_its_length_gets_one(weapp: Any, tmp_path: Path) -> None:
    path = given(weapp, video(tmp_path / "recorded.webm", codec="libvpx", live="1"))
    assert weapp.getVideoInfo(src=path).result().duration == 0
    small = weapp.compressVideo(src=path, resolution=0.5).result().tempFilePath
    info = weapp.getVideoInfo(src=small).result()
    assert (info.width, info.height, info.duration) == (160, 120, pytest.approx(1, abs=0.2))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"quality": "best"}, "parameter.quality should be one of low, medium, high"),
        ({"bitrate": 0}, "parameter.bitrate should be greater than 0"),
        ({"fps": float("nan")}, "parameter.fps should be greater than 0"),
        ({"resolution": 1.5}, "parameter.resolution should be greater than 0 and at most 1"),
        ({"resolution": "1"}, "parameter.resolution should be Number instead of String"),
    ],
)
def test_sizes_that_there_are_not(options: dict[str, Any], words: str) -> None:
    answer = call(Phone().native("weapp"), "compressVideo", src="wxfile://tmp_a.mp4", **options)
    assert answer["errMsg"] == f"compressVideo:fail parameter error: {words}"


@pytest.mark.parametrize("name", ["getVideoInfo", "compressVideo"])
def test_no_phone_plays_a_video_of_more_pixels_than_67_million(weapp: Any, tmp_path: Path, name: str) -> None:
    with av.open(str(tmp_path / "a.avi"), "w") as container:
        stream: Any = container.add_stream("mjpeg", rate=1)
        stream.width, stream.height, stream.pix_fmt = 8208, 8208, "yuvj420p"
        container.mux(stream.encode(av.VideoFrame(8208, 8208, "yuvj420p")))
        container.mux(stream.encode(None))
    failed = failure(getattr(weapp, name)(src=given(weapp, tmp_path / "a.avi"), quality="low"))
    assert failed == f"{name}:fail invalid video"


@pytest.mark.parametrize("encoding", ["gbk", "latin-1"])
def test_a_video_whose_tags_are_in_another_encoding_is_one(weapp: Any, tmp_path: Path, encoding: str) -> None:
    made = video(tmp_path / "a.mp4", title="XXXX")
    made.write_bytes(made.read_bytes().replace(b"XXXX", {"gbk": "茶茶", "latin-1": "thé "}[encoding].encode(encoding)))
    told = weapp.getVideoInfo(src=given(weapp, made)).result()
    assert (told.width, told.height) == (320, 240)


def test_one_video_is_compressed_at_a_time(tmp_path: Path) -> None:
    phone = Phone()
    wx = phone.native("weapp")
    src = phone.files.import_file(phone.app("weapp"), video(tmp_path / "a.mp4"))

    async def main() -> list[str]:
        both = await asyncio.gather(*(called(wx, "compressVideo", src=src, quality="low") for _ in "ab"))
        again = await called(wx, "compressVideo", src=src, quality="low")
        return [answer["errMsg"] for answer in (*both, again)]

    assert asyncio.run(main()) == ["compressVideo:ok", "compressVideo:fail:is compressing now", "compressVideo:ok"]


def test_a_video_whose_name_is_none_gets_one_in_the_album(weapp: Any, tmp_path: Path) -> None:
    path = given(weapp, video(tmp_path / "a.mov").rename(tmp_path / "clip"))
    weapp.saveVideoToPhotosAlbum(filePath=path).result()
    assert [file.suffix for file in weapp.phone.media.album] == [".mp4"]


# --- what is no video ----------------------------------------------------------------------------------------------


def test_only_videos_are_read_and_nothing_is_left_of_others(weapp: Any, tmp_path: Path) -> None:
    secret = video(tmp_path / "secret.mp4")
    playlist = f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{secret}\n#EXT-X-ENDLIST\n".encode()
    for content in (b"", b"not a video", playlist, picture(tmp_path / "a.jpg").read_bytes(), secret.read_bytes()[:400]):
        (tmp_path / "b.mp4").write_bytes(content)
        path = given(weapp, tmp_path / "b.mp4")
        there = sorted(real(weapp, path).parent.iterdir())
        for promise in (
            weapp.getVideoInfo(src=path),
            weapp.compressVideo(src=path, quality="low"),
            weapp.openVideoEditor(filePath=path),
        ):
            assert failure(promise).endswith(":fail invalid video")
        assert sorted(real(weapp, path).parent.iterdir()) == there


# --- the editor ----------------------------------------------------------------------------------------------------


@supporting("openVideoEditor")
def test_the_person_may_edit_a_video_or_leave_it(t: Any, tmp_path: Path) -> None:
    path = given(t, SAMPLES["video"])
    same = t.openVideoEditor(filePath=path).result()
    assert (same.duration, same.size) == (2000, SAMPLES["video"].stat().st_size)
    t.phone.media.pick(video(tmp_path / "cut.mp4", (640, 480)))
    cut = t.openVideoEditor(filePath=path).result()
    assert cut.duration == 1000
    with Image.open(real(t, cut.tempThumbPath)) as image:
        assert image.size == (640, 480)
    t.phone.media.cancel()
    assert failure(t.openVideoEditor(filePath=path)) == "openVideoEditor:fail cancel"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files")
def test_a_disk_that_is_full_is_told_in_the_platforms_words(weapp: Any) -> None:
    weapp.phone.clock.stop()
    weapp.phone.screen.draw("<camera/>")
    film = given(weapp, SAMPLES["video"])
    told: list[Any] = []
    hears = {"success": told.append, "fail": told.append}
    container = weapp.createMediaContainer()
    container.extractDataSource(source=film, success=lambda found: container.addTrack(found.tracks[0]))
    camera = weapp.createCameraContext()
    camera.startRecord()
    weapp.phone.clock.advance(2)
    with files_of_at_most(100):
        camera.stopRecord(hears)
        container.export(hears)
        told.append(weapp.compressVideo(src=film, quality="low").catch(lambda error: error).result())
    full = "fail the maximum size of the file storage limit is exceeded"
    assert [each.errMsg for each in told] == [f"operateCamera:{full}", f"export:{full}", f"compressVideo:{full}"]
