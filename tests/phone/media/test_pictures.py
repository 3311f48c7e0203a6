"""Single pictures: what they are, shown, made smaller, cut and edited."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from drawn import picture
from filing import given, real
from natively import call
from PIL import Image
from servers import Answer, Received, WebServer, unused_port
from supporting import failure, supporting

from taropy.phone import Phone, Preview
from taropy.phone.media.library import SAMPLES


def seen(t: Any, path: str) -> tuple[str | None, tuple[int, int]]:
    """The format and size of the picture at the program's path."""
    with Image.open(real(t, path)) as image:
        return image.format, image.size


# --- getImageInfo --------------------------------------------------------------------------------------------------


@supporting("getImageInfo", without=["h5"])
def test_a_picture_is_told_of(t: Any, tmp_path: Path) -> None:
    path = given(t, picture(tmp_path / "a.png", (12, 34)))
    info = t.getImageInfo(src=path).result()
    kind = {"rn": "", "harmony": "unknown"}.get(t.platform.name, "png")  # which neither looks for
    assert (info.width, info.height, info.type, info.orientation, info.path) == (12, 34, kind, "up", path)


@pytest.mark.parametrize(
    ("exif", "orientation"),
    [
        (1, "up"),
        (2, "up-mirrored"),
        (3, "down"),
        (4, "down-mirrored"),
        (5, "left-mirrored"),
        (6, "right"),
        (7, "right-mirrored"),
        (8, "left"),
    ],
)
def test_exif_tells_how_the_camera_was_held(weapp: Any, tmp_path: Path, exif: int, orientation: str) -> None:
    path = given(weapp, picture(tmp_path / "a.jpg", (12, 34), orientation=exif))
    info = weapp.getImageInfo(src=path).result()
    assert (info.orientation, info.width, info.height) == (orientation, 12, 34)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.jpg", "jpeg"), ("a.gif", "gif"), ("a.tif", "tiff"), ("a.bmp", "unknown"), ("a.webp", "unknown")],
)
def test_formats_have_the_names_that_phones_know(weapp: Any, tmp_path: Path, name: str, kind: str) -> None:
    assert weapp.getImageInfo(src=given(weapp, picture(tmp_path / name))).result().type == kind


def test_an_iphones_picture_becomes_a_jpeg_when_it_is_compressed(weapp: Any, tmp_path: Path) -> None:
    weapp.phone.media.add(picture(tmp_path / "a.heic", (2000, 100)))
    original = weapp.chooseImage({}).result().tempFilePaths[0]
    info = weapp.getImageInfo(src=original).result()
    assert (Path(original).suffix, info.width, info.height, info.orientation) == (".heic", 2000, 100, "up")
    for small in (
        weapp.chooseMedia(sizeType=["compressed"]).result().tempFiles[0].tempFilePath,
        weapp.compressImage(src=original, compressedWidth=1440).result().tempFilePath,
    ):
        assert (Path(small).suffix, seen(weapp, small)) == (".jpg", ("JPEG", (1440, 72)))


def test_a_picture_in_the_package_is_told_of(weapp: Any, tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    picture(tmp_path / "images" / "logo.png", (5, 6))
    weapp.phone.files.set_package(tmp_path)
    info = weapp.getImageInfo(src="images/logo.png").result()
    assert (info.width, info.path) == (5, "images/logo.png")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"text",
        b"\x89PNG\r\n\x1a\n",
        b"GIF89a",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        SAMPLES["video"].read_bytes(),
    ],
)
def test_what_is_no_picture_is_invalid(weapp: Any, tmp_path: Path, content: bytes) -> None:
    broken = tmp_path / "a.png"
    broken.write_bytes(content)
    assert failure(weapp.getImageInfo(src=given(weapp, broken))) == "getImageInfo:fail invalid"


@pytest.mark.parametrize(
    ("name", "option", "reason"),
    [
        ("getImageInfo", "src", "invalid"),
        ("compressImage", "src", "invalid"),
        ("saveImageToPhotosAlbum", "filePath", "invalid file type"),
        ("getVideoInfo", "src", "invalid video"),
        ("compressVideo", "src", "invalid video"),
        ("saveVideoToPhotosAlbum", "filePath", "invalid file type"),
    ],
)
def test_a_folder_is_neither_picture_nor_video(native: Any, name: str, option: str, reason: str) -> None:
    assert call(native, name, **{option: "wxfile://usr"})["errMsg"] == f"{name}:fail {reason}"


@pytest.mark.parametrize("side", [10_000, 60_000])
def test_a_picture_too_large_for_any_memory_is_invalid(weapp: Any, tmp_path: Path, side: int) -> None:
    content = bytearray(picture(tmp_path / "a.png").read_bytes())
    head = b"IHDR" + side.to_bytes(4, "big") * 2 + bytes(content[24:29])
    content[12:33] = head + zlib.crc32(head).to_bytes(4, "big")
    (tmp_path / "a.png").write_bytes(content)
    path = given(weapp, tmp_path / "a.png")
    for promise in (weapp.getImageInfo(src=path), weapp.compressImage(src=path)):
        assert failure(promise).endswith(":fail invalid")


@pytest.mark.parametrize("src", ["wxfile://tmp_none.png", "none.png", "/etc/passwd", "", "data:image/png;base64,AA=="])
def test_what_is_not_there_is_not_found(weapp: Any, src: str) -> None:
    assert failure(weapp.getImageInfo(src=src)) == "getImageInfo:fail file not found"


@supporting("getImageInfo", without=["h5"])
def test_a_picture_from_the_network_is_loaded_first(t: Any, tmp_path: Path) -> None:
    content = picture(tmp_path / "a.png", (12, 34)).read_bytes()
    with WebServer(lambda request: Answer(content)) as server:
        info = t.getImageInfo(src=server.url("/a.png?size=1")).result()
    assert (info.width, info.height) == (12, 34)
    if t.platform.name == "harmony":
        assert info.path.endswith("/a.png?size=1")  # the one that was asked for
    else:
        assert seen(t, info.path) == ("PNG", (12, 34))


def test_a_picture_that_has_moved_is_loaded_from_where_it_is(weapp: Any, tmp_path: Path) -> None:
    content = picture(tmp_path / "a.jpg", (12, 34), orientation=6).read_bytes()

    def respond(request: Received) -> Answer:
        return Answer(content) if request.path == "/new" else Answer(status=302, headers=[("Location", "/new")])

    with WebServer(respond) as server:
        info = weapp.getImageInfo(src=server.url("/old")).result()
    assert (info.width, info.height, info.orientation, info.type) == (12, 34, "right", "jpeg")


def test_a_picture_that_cannot_be_loaded_is_told(weapp: Any) -> None:
    def respond(request: Received) -> Answer:
        return Answer(b"<html>", status=404) if request.path == "/none" else Answer(b"<html>")

    with WebServer(respond) as server:
        assert failure(weapp.getImageInfo(src=server.url("/none"))) == (
            "getImageInfo:fail download image fail. reason: status 404"
        )
        assert failure(weapp.getImageInfo(src=server.url("/page"))) == "getImageInfo:fail invalid"
    nobody = f"http://127.0.0.1:{unused_port()}/a.png"
    assert failure(weapp.getImageInfo(src=nobody)).startswith("getImageInfo:fail download image fail. reason: ")
    weapp.phone.network.domains = ["https://example.com"]
    assert "download image fail. reason: url not in domain list" in failure(weapp.getImageInfo(src=nobody))


# --- getVideoInfo --------------------------------------------------------------------------------------------------


@supporting("getVideoInfo")
def test_a_video_is_told_of(t: Any) -> None:
    info = t.getVideoInfo(src=given(t, SAMPLES["video"])).result()
    seconds = info.duration / 1000 if t.getEnv() == "ALIPAY" else info.duration
    assert (info.width, info.height, seconds) == (320, 240, 2)
    assert info.fps == (30 if t.platform.name in ("h5", "harmony-hybrid") else 25)
    assert (info.type, info.orientation) == ("mp4", "up")
    assert info.size == pytest.approx(SAMPLES["video"].stat().st_size / 1024)
    assert info.bitrate == pytest.approx(25, abs=1)


def test_what_is_no_video_is_invalid(weapp: Any, tmp_path: Path) -> None:
    assert failure(weapp.getVideoInfo(src=given(weapp, picture(tmp_path / "a.png")))).endswith("fail invalid video")
    assert "no such file" in failure(weapp.getVideoInfo(src="wxfile://tmp_none.mp4"))


# --- compressing, cutting, editing ---------------------------------------------------------------------------------


@supporting("compressImage")
def test_a_picture_gets_smaller_by_its_quality(t: Any, tmp_path: Path) -> None:
    path = given(t, picture(tmp_path / "a.jpg", (400, 300), quality=95))
    sizes = []
    for quality in (0, 50, 100):
        small = t.compressImage(src=path, quality=quality).result().tempFilePath
        assert seen(t, small) == ("JPEG", (400, 300))
        sizes.append(real(t, small).stat().st_size)
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[2] / 4


@pytest.mark.parametrize(
    ("options", "size"),
    [
        ({}, (400, 300)),
        ({"compressedWidth": 200}, (200, 150)),
        ({"compressedHeight": 100}, (133, 100)),
        ({"compressedHeight": 100, "compressedWidth": 100}, (100, 100)),
        ({"compressedWidth": 1}, (1, 1)),
    ],
)
@pytest.mark.parametrize(("name", "form"), [("a.jpg", "JPEG"), ("a.png", "PNG")])
def test_a_picture_gets_smaller_by_pixels(
    weapp: Any, tmp_path: Path, options: dict[str, int], size: tuple[int, int], name: str, form: str
) -> None:
    path = given(weapp, picture(tmp_path / name, (400, 300)))
    assert seen(weapp, weapp.compressImage(src=path, **options).result().tempFilePath) == (form, size)


@pytest.mark.parametrize("name", ["a.gif", "a.webp", "a.png"])
@pytest.mark.parametrize("options", [{}, {"compressedWidth": 20}])
def test_what_moves_goes_on_moving(weapp: Any, tmp_path: Path, name: str, options: dict[str, int]) -> None:
    frames = [Image.new("RGB", (40, 30), color) for color in ("red", "green", "blue")]
    frames[0].save(tmp_path / name, save_all=True, append_images=frames[1:], duration=[100, 200, 300])
    small = weapp.compressImage(src=given(weapp, tmp_path / name), **options).result().tempFilePath
    with Image.open(real(weapp, small)) as image:
        assert (image.width, getattr(image, "n_frames", 1)) == (options.get("compressedWidth", 40), 3)
        durations = []
        for index in range(3):
            image.seek(index)
            image.load()
            durations.append(image.info["duration"])
        assert durations == [100, 200, 300]


def moving(path: Path, size: tuple[int, int], frames: int) -> Path:
    """A picture of so many frames, each in a colour of its own; a small file, however large they are."""
    shown = [Image.new("RGB", size, (number * 4, 255 * (number % 2), 0)) for number in range(frames)]
    shown[0].save(path, save_all=True, append_images=shown[1:], duration=100)
    return path


def blinking(path: Path, frames: int) -> Path:
    """A GIF of so many frames of one pixel each."""
    head = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    pixel = b"," + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    path.write_bytes(head + pixel * frames + b";")
    return path


@pytest.mark.parametrize(
    ("name", "options"), [("a.gif", {}), ("a.webp", {"compressedWidth": 20}), ("a.png", {"compressedWidth": 20})]
)
def test_what_moves_may_have_fifty_million_pixels_in_all(
    weapp: Any, tmp_path: Path, name: str, options: dict[str, int]
) -> None:
    path = given(weapp, moving(tmp_path / name, (1000, 1000), 51))
    assert failure(weapp.compressImage(src=path, **options)) == "compressImage:fail invalid"
    assert weapp.getImageInfo(src=path).result().width == 1000


def test_many_small_frames_count_as_well(weapp: Any, tmp_path: Path) -> None:
    assert weapp.compressImage(src=given(weapp, blinking(tmp_path / "a.gif", 12_000))).result()
    many = given(weapp, blinking(tmp_path / "b.gif", 13_000))
    assert failure(weapp.compressImage(src=many)) == "compressImage:fail invalid"


def test_frames_count_as_large_as_they_are_to_become(weapp: Any, tmp_path: Path) -> None:
    path = given(weapp, moving(tmp_path / "a.gif", (100, 100), 3))
    assert failure(weapp.compressImage(src=path, compressedWidth=5000)) == "compressImage:fail invalid"


@pytest.mark.parametrize("name", ["a.gif", "a.webp", "a.png"])
def test_what_moves_and_keeps_its_size_keeps_its_colours(weapp: Any, tmp_path: Path, name: str) -> None:
    path = moving(tmp_path / name, (30, 20), 5)
    small = weapp.compressImage(src=given(weapp, path)).result().tempFilePath
    assert real(weapp, small).read_bytes() == path.read_bytes()


def test_a_picture_is_not_drawn_out_beyond_measure(weapp: Any, tmp_path: Path) -> None:
    path = given(weapp, picture(tmp_path / "a.png", (1, 2000)))
    assert failure(weapp.compressImage(src=path, compressedWidth=8192)) == "compressImage:fail invalid"


def test_a_picked_picture_that_moves_is_bounded_too(weapp: Any, tmp_path: Path) -> None:
    weapp.phone.media.pick(moving(tmp_path / "a.webp", (1000, 1000), 51))
    choosing = weapp.chooseImage(count=1, sizeType=["compressed"])
    assert failure(choosing) == "chooseImage:fail invalid"


def test_a_smaller_picture_is_still_turned_as_it_was(weapp: Any, tmp_path: Path) -> None:
    path = given(weapp, picture(tmp_path / "a.jpg", orientation=6))
    small = weapp.compressImage(src=path, quality=10).result().tempFilePath
    assert weapp.getImageInfo(src=small).result().orientation == "right"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"quality": -1}, "parameter.quality should be between 0 and 100"),
        ({"quality": 101}, "parameter.quality should be between 0 and 100"),
        ({"quality": float("nan")}, "parameter.quality should be between 0 and 100"),
        ({"compressedWidth": -5}, "parameter.compressedWidth should be between 0 and 8192"),
        ({"compressedHeight": 1e9}, "parameter.compressedHeight should be between 0 and 8192"),
    ],
)
def test_sizes_that_there_are_not(weapp: Any, tmp_path: Path, options: dict[str, float], words: str) -> None:
    path = given(weapp, picture(tmp_path / "a.jpg"))
    assert failure(weapp.compressImage(src=path, **options)) == f"compressImage:fail parameter error: {words}"


def test_a_picture_whose_end_is_missing_cannot_be_made_smaller(weapp: Any, tmp_path: Path) -> None:
    whole = picture(tmp_path / "a.jpg", (400, 300)).read_bytes()
    (tmp_path / "half.jpg").write_bytes(whole[: len(whole) // 2])
    path = given(weapp, tmp_path / "half.jpg")
    assert weapp.getImageInfo(src=path).result().width == 400
    assert failure(weapp.compressImage(src=path)) == "compressImage:fail invalid"


def test_alipay_compresses_several_by_level(tmp_path: Path) -> None:
    phone = Phone()
    my = phone.native("alipay", "my")
    app = phone.app("alipay", "my")
    paths = [phone.files.import_file(app, picture(tmp_path / name, (300, 200))) for name in ("a.jpg", "b.jpg")]
    sizes = []
    for level in ({"compressLevel": 0}, {"compressLevel": 2}, {}):
        answer = call(my, "compressImage", apFilePaths=paths, **level)
        assert len(answer["apFilePaths"]) == 2
        sizes.append(sum(phone.files.local(app, path).stat().st_size for path in answer["apFilePaths"]))
    assert sizes[0] < sizes[1] == sizes[2]


@pytest.mark.parametrize("level", [-1, 5])
def test_alipay_compresses_by_level_0_to_4(level: int, tmp_path: Path) -> None:
    phone = Phone()
    path = phone.files.import_file(phone.app("alipay", "my"), picture(tmp_path / "a.jpg"))
    answer = call(phone.native("alipay", "my"), "compressImage", apFilePaths=[path], compressLevel=level)
    expected = "compressImage:fail parameter error: parameter.compressLevel should be between 0 and 4"
    assert answer["errMsg"] == expected


@pytest.mark.parametrize(
    ("scale", "size"), [("1:1", (300, 300)), ("16:9", (400, 225)), ("9:16", (169, 300)), ("4:3", (400, 300))]
)
def test_the_middle_is_cut_out(weapp: Any, tmp_path: Path, scale: str, size: tuple[int, int]) -> None:
    path = given(weapp, picture(tmp_path / "a.png", (400, 300)))
    assert seen(weapp, weapp.cropImage(src=path, cropScale=scale).result().tempFilePath) == ("PNG", size)


def test_what_is_cut_out_is_upright(weapp: Any, tmp_path: Path) -> None:
    path = given(weapp, picture(tmp_path / "a.jpg", (400, 300), orientation=6))
    cut = weapp.cropImage(src=path, cropScale="9:16").result().tempFilePath
    assert seen(weapp, cut) == ("JPEG", (225, 400))
    assert weapp.getImageInfo(src=cut).result().orientation == "up"


def test_a_ratio_that_there_is_not() -> None:
    answer = call(Phone().native("weapp"), "cropImage", src="a.png", cropScale="2:1")
    assert "parameter.cropScale should be one of 1:1, 3:4" in answer["errMsg"]


def test_the_person_may_edit_a_picture_or_leave_it(weapp: Any, tmp_path: Path) -> None:
    path = given(weapp, picture(tmp_path / "a.png", (40, 30)))
    assert seen(weapp, weapp.editImage(src=path).result().tempFilePath) == ("PNG", (40, 30))
    weapp.phone.media.pick(picture(tmp_path / "edited.jpg", (7, 7)))
    assert seen(weapp, weapp.editImage(src=path).result().tempFilePath) == ("JPEG", (7, 7))
    for name, options in (("editImage", {}), ("cropImage", {"cropScale": "1:1"})):
        weapp.phone.media.cancel()
        assert failure(getattr(weapp, name)(src=path, **options)) == f"{name}:fail cancel"
        assert weapp.phone.person.asked[-1].shown["function"] == name


# --- showing -------------------------------------------------------------------------------------------------------


@supporting("previewImage", without=("rn",))
def test_pictures_fill_the_screen(t: Any) -> None:
    urls = ["https://example.com/1.png", "https://example.com/2.png"]
    assert t.previewImage(urls=urls, current=urls[1]).result().errMsg == "previewImage:ok"
    assert t.phone.media.preview == Preview(urls, 1)
    t.phone.media.close_preview()
    assert t.phone.media.preview is None


@pytest.mark.parametrize(("current", "index"), [(1, 1), ("b", 1), (9, 0), ("none", 0), (None, 0), (-1, 0), (0.5, 0)])
def test_the_first_is_in_front_unless_another_is_named(current: Any, index: int) -> None:
    phone = Phone()
    call(phone.native("weapp"), "previewImage", urls=["a", "b"], current=current)
    assert phone.media.preview == Preview(["a", "b"], index)


@supporting("previewMedia", without=("harmony",))
def test_pictures_and_videos_fill_the_screen(t: Any) -> None:
    t.previewMedia(sources=[{"url": "a.png"}, {"url": "b.mp4", "type": "video"}], current=1).result()
    assert t.phone.media.preview == Preview(["a.png", "b.mp4"], 1)


@pytest.mark.parametrize(
    ("name", "options", "words"),
    [
        ("previewImage", {}, "parameter.urls should be Array instead of Undefined"),
        ("previewImage", {"urls": []}, "parameter.urls should have at least 1 item"),
        ("previewImage", {"urls": ["a", 5]}, "parameter.urls[1] should be String instead of Number"),
        ("previewMedia", {"sources": []}, "parameter.sources should have at least 1 item"),
        ("previewMedia", {"sources": ["a"]}, "parameter.sources[0] should be Object instead of String"),
        ("previewMedia", {"sources": [{}]}, "parameter.sources[0].url should be String instead of Null"),
    ],
)
def test_what_cannot_be_shown_is_told(name: str, options: dict[str, Any], words: str) -> None:
    phone = Phone()
    assert call(phone.native("weapp"), name, **options)["errMsg"] == f"{name}:fail parameter error: {words}"
    assert phone.media.preview is None
