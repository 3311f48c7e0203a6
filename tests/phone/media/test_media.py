"""Pictures and videos: picked from the album, and saved in it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any
from unittest.mock import ANY

import pytest
from drawn import picture
from filing import real
from natively import call
from PIL import Image
from servers import Answer, WebServer
from supporting import failure, refused, supporting

import taropy
from taropy.phone import Phone, Question
from taropy.phone.media.library import SAMPLES


@pytest.fixture
def weapp(tmp_path: Path) -> Any:
    """WeChat over an album with three pictures, of which `c.png` is the newest, and a video that is older."""
    with taropy.create("weapp") as t:
        t.phone.media.add(SAMPLES["video"])
        for name in ("a.jpg", "b.gif", "c.png"):
            t.phone.media.add(picture(tmp_path / name))
        yield t


def names(t: Any) -> list[str]:
    return [path.name for path in t.phone.media.album]


# --- picking pictures ----------------------------------------------------------------------------------------------


@supporting("chooseImage")
def test_a_newcomers_album_has_a_picture(t: Any) -> None:
    res = t.chooseImage({}).result()
    assert res.errMsg == "chooseImage:ok"
    assert [file.path for file in res.tempFiles] == res.tempFilePaths
    assert res.tempFiles[0].size == SAMPLES["image"].stat().st_size
    assert names(t) == ["sample.jpg"]


@supporting("chooseImage")
def test_the_person_picks_what_they_want_or_nothing(t: Any, tmp_path: Path) -> None:
    red, blue = picture(tmp_path / "red.jpg", (10, 20)), picture(tmp_path / "blue.png", (30, 40))
    t.phone.media.add(red)
    t.phone.media.pick(blue, "red.jpg")
    paths = t.chooseImage(count=2).result().tempFilePaths
    sizes = [t.getImageInfo(src=path).result() for path in paths]
    assert [(size.width, size.height) for size in sizes] == [(30, 40), (10, 20)]
    t.phone.media.cancel()
    if t.platform.name == "harmony":
        assert t.chooseImage({}).result() == {"errMsg": "chooseImage:ok", "tempFilePaths": [], "tempFiles": []}
    else:
        assert failure(t.chooseImage({})) == "chooseImage:fail cancel"


def test_who_is_asked_sees_what_may_be_picked(tmp_path: Path) -> None:
    file = picture(tmp_path / "asked.png", (3, 4))

    def ask(question: Question) -> dict[str, Any]:
        assert question.shown == {"function": "chooseMedia", "kinds": ["image"], "count": 2}
        return {"paths": [str(file)]}

    with taropy.create("weapp", ask=ask) as t:
        assert t.chooseMedia(count=2, mediaType=["image"]).result().tempFiles[0].width == 3


def test_by_default_the_newest_are_picked(weapp: Any) -> None:
    paths = weapp.chooseImage(count=2).result().tempFilePaths
    assert [Path(path).suffix for path in paths] == [".png", ".gif"]
    assert len(weapp.chooseImage({}).result().tempFilePaths) == 3


@pytest.mark.parametrize(("asked", "picked"), [(1, 1), (9, 9), (100, 9), (2.9, 2)])
def test_no_more_than_nine_can_be_picked(tmp_path: Path, asked: float, picked: int) -> None:
    with taropy.create("weapp") as t:
        t.phone.media.add(*[picture(tmp_path / "a.png")] * 12)
        assert len(t.chooseImage(count=asked).result().tempFilePaths) == picked


def test_alipay_lets_one_be_picked_and_names_its_paths_twice(tmp_path: Path) -> None:
    phone = Phone()
    phone.media.add(*[picture(tmp_path / "a.png")] * 2)
    answer = call(phone.native("alipay", "my"), "chooseImage")
    assert len(answer["apFilePaths"]) == 1
    assert answer["apFilePaths"] == answer["tempFilePaths"]
    phone.media.cancel()
    assert call(phone.native("alipay", "my"), "chooseImage")["error"] == 11


@pytest.mark.parametrize("count", [0, -3, float("nan")])
def test_a_count_below_one_is_wrong(weapp: Any, count: float) -> None:
    assert failure(weapp.chooseImage(count=count)).endswith("parameter.count should be greater than 0")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"count": "2"}, "parameter.count should be Number instead of String"),
        ({"sizeType": "original"}, "parameter.sizeType should be Array instead of String"),
        ({"sizeType": ["tiny"]}, "parameter.sizeType[0] should be one of original, compressed"),
        (
            {"sourceType": ["album", "drawer"]},
            "parameter.sourceType[1] should be one of album, camera, user, environment",
        ),
    ],
)
def test_wrong_options_open_no_album(options: dict[str, Any], words: str) -> None:
    phone = Phone()
    assert (
        call(phone.native("weapp"), "chooseImage", **options)["errMsg"] == f"chooseImage:fail parameter error: {words}"
    )
    assert phone.person.asked == []


def test_compressed_pictures_are_smaller(tmp_path: Path) -> None:
    large = picture(tmp_path / "large.jpg", (2000, 1000), quality=95)
    with taropy.create("weapp") as t:
        t.phone.media.add(large)
        original = t.chooseImage(sizeType=["original"]).result().tempFiles[0]
        compressed = t.chooseImage(sizeType=["compressed"]).result().tempFiles[0]
        assert real(t, original.path).read_bytes() == large.read_bytes()
        with Image.open(real(t, compressed.path)) as image:
            assert image.size == (1440, 720)
        assert compressed.size < original.size / 2
        t.phone.media.pick("large.jpg", original=False)
        assert t.chooseImage({}).result().tempFiles[0].size == compressed.size


def test_compressing_leaves_gifs_and_what_would_only_grow(weapp: Any, tmp_path: Path) -> None:
    tiny = tmp_path / "tiny.jpg"
    Image.new("L", (8, 8)).save(tiny, optimize=True)
    for original in (tiny, picture(tmp_path / "large.gif", (1500, 100))):
        weapp.phone.media.pick(original)
        path = weapp.chooseImage(sizeType=["compressed"]).result().tempFilePaths[0]
        assert (Path(path).suffix, real(weapp, path).read_bytes()) == (original.suffix, original.read_bytes())


def test_the_camera_takes_what_lies_before_it(weapp: Any, tmp_path: Path) -> None:
    weapp.phone.camera.show(picture(tmp_path / "view.png", (12, 34)))
    res = weapp.chooseImage(sourceType=["camera"], count=5).result()
    info = weapp.getImageInfo(src=res.tempFilePaths[0]).result()
    assert (len(res.tempFilePaths), info.width, info.height) == (1, 12, 34)
    weapp.phone.camera.show(None)
    assert weapp.chooseImage(sourceType=["camera"]).result().tempFiles[0].size == SAMPLES["image"].stat().st_size


def test_the_camera_sees_only_pictures_and_videos(weapp: Any, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"notes\.txt has no name of a picture or a video"):
        weapp.phone.camera.show(tmp_path / "notes.txt")
    assert weapp.phone.camera.seen is None


def test_the_camera_takes_a_video_where_that_lies_before_it(weapp: Any) -> None:
    weapp.phone.camera.show(SAMPLES["video"])
    taken = weapp.chooseMedia(sourceType=["camera"]).result()
    assert (taken.type, taken.tempFiles[0].duration) == ("video", 2)
    assert weapp.chooseMedia(sourceType=["camera"], mediaType=["image"]).result().type == "image"


@pytest.mark.parametrize(
    ("files", "count", "words"),
    [(["a.jpg", "c.png"], 1, "at most 1"), (["sample.mp4"], 1, "each image")],
)
def test_a_script_cannot_pick_what_a_person_could_not(weapp: Any, files: list[str], count: int, words: str) -> None:
    weapp.phone.media.pick(*files)
    assert words in failure(weapp.chooseImage(count=count))


def test_a_file_that_is_not_there_cannot_be_picked() -> None:
    with pytest.raises(FileNotFoundError, match=r"there is no file nowhere\.jpg"):
        Phone().media.pick("nowhere.jpg")


def test_douyin_asks_before_a_program_gets_at_the_album() -> None:
    with taropy.create("tt") as t:
        t.phone.permissions.deny("scope.album")
        assert failure(t.chooseImage({})) == "chooseImage:fail auth deny"
        assert t.chooseImage(sourceType=["camera"]).result().errMsg == "chooseImage:ok"
        assert [question.shown["scope"] for question in t.phone.person.asked if question.kind == "authorize"] == [
            "scope.camera"
        ]


# --- picking pictures and videos -----------------------------------------------------------------------------------


@supporting("chooseMedia")
def test_pictures_come_with_their_size(t: Any, tmp_path: Path) -> None:
    t.phone.media.add(picture(tmp_path / "a.png", (12, 34)))
    res = t.chooseMedia(mediaType=["image"]).result()
    (file,) = res.tempFiles
    if t.platform.name == "harmony":  # it gives the bare list of the files
        assert file == {"tempFilePath": ANY, "fileType": "image"}
        return
    assert (res.type, file.fileType, file.width, file.height) == ("image", "image", 12, 34)


@supporting("chooseMedia", "chooseVideo")
def test_videos_come_with_their_size_and_length(t: Any) -> None:
    if t.platform.name == "harmony":
        assert t.chooseVideo(compressed=False).result() == {"errMsg": "chooseVideo:ok", "tempFilePath": ANY}
        return
    picked = [t.chooseMedia(mediaType=["video"]).result().tempFiles[0], t.chooseVideo(compressed=False).result()]
    assert [(file.width, file.height, file.duration) for file in picked] == [(320, 240, 2)] * 2
    # Douyin's app on iOS compresses it all the same.
    for file in picked[:1] if t.getEnv() == "TT" else picked:
        assert file.size == SAMPLES["video"].stat().st_size


@supporting("chooseVideo")
def test_the_person_may_pick_no_video(t: Any) -> None:
    t.phone.media.cancel()
    assert failure(t.chooseVideo({})) == "chooseVideo:fail cancel"


def test_a_mix_is_only_picked_where_it_may_be(weapp: Any) -> None:
    weapp.phone.media.pick("a.jpg", "sample.mp4")
    assert "not both may be" in failure(weapp.chooseMedia({}))
    weapp.phone.media.pick("a.jpg", "sample.mp4")
    res = weapp.chooseMedia(mediaType=["mix"]).result()
    assert (res.type, [file.fileType for file in res.tempFiles]) == ("mix", ["image", "video"])


def test_up_to_twenty_can_be_picked(tmp_path: Path) -> None:
    with taropy.create("weapp") as t:
        t.phone.media.add(*[picture(tmp_path / "a.png")] * 22)
        assert len(t.chooseMedia({}).result().tempFiles) == 9
        assert len(t.chooseMedia(count=50).result().tempFiles) == 20


def test_what_only_looks_like_a_video_is_told(weapp: Any, tmp_path: Path) -> None:
    fake = tmp_path / "fake.mp4"
    fake.write_bytes(b"not a video" * 50)
    weapp.phone.media.pick(fake)
    assert failure(weapp.chooseVideo({})) == "chooseVideo:fail invalid video"


# --- saving --------------------------------------------------------------------------------------------------------


@supporting("saveImageToPhotosAlbum", "chooseImage")
def test_a_picture_is_saved_in_the_album(t: Any) -> None:
    path = t.chooseImage({}).result().tempFilePaths[0]
    assert t.saveImageToPhotosAlbum(filePath=path).result().errMsg == "saveImageToPhotosAlbum:ok"
    newest, sample = t.phone.media.album
    assert (newest.read_bytes(), sample.name) == (sample.read_bytes(), "sample.jpg")


@supporting("saveVideoToPhotosAlbum", "chooseVideo")
def test_a_video_is_saved_in_the_album(t: Any) -> None:
    path = t.chooseVideo({}).result().tempFilePath
    t.saveVideoToPhotosAlbum(filePath=path).result()
    assert [file.suffix for file in t.phone.media.album] == [".mp4", ".mp4"]


def test_react_native_wants_to_know_with_which_picture_a_preview_begins() -> None:
    with taropy.create("rn") as t:
        assert failure(t.previewImage(urls=["a", "b"])) == 'previewImage:fail "current" or "urls" is invalid'
        t.previewImage(urls=["a", "b"], current="b").result()
        assert t.phone.person.asked[-1].shown == {"urls": ["a", "b"], "current": 1}


@supporting("saveImageToPhotosAlbum", "chooseImage", without=["h5"])
def test_a_refusal_to_save_is_remembered(t: Any) -> None:
    path = t.chooseImage(sourceType=["camera"]).result().tempFilePaths[0]
    t.phone.permissions.deny("scope.writePhotosAlbum")
    for _ in range(2):
        assert failure(t.saveImageToPhotosAlbum(filePath=path)) == refused(t, "saveImageToPhotosAlbum")
    assert names(t) == []


@supporting("saveImageToPhotosAlbum", "chooseImage", without=["h5", "rn"])
def test_the_device_denies_the_camera_and_the_album(t: Any) -> None:
    path = t.chooseImage(sourceType=["camera"]).result().tempFilePaths[0]
    t.phone.system.set_permission("album", "denied")
    assert failure(t.saveImageToPhotosAlbum(filePath=path)) == "saveImageToPhotosAlbum:fail system deny"
    album = "album permission denied" if t.getEnv() == "SWAN" else "system permission denied"
    assert failure(t.chooseImage(sourceType=["album"])) == f"chooseImage:fail {album}"
    t.phone.system.set_permission("camera", "denied")
    assert failure(t.chooseImage(sourceType=["camera"])) == "chooseImage:fail system permission denied"
    assert names(t) == []


def test_what_is_no_picture_is_not_saved(weapp: Any) -> None:
    video = weapp.chooseVideo({}).result().tempFilePath
    image = weapp.chooseImage({}).result().tempFilePaths[0]
    before = names(weapp)
    assert failure(weapp.saveImageToPhotosAlbum(filePath=video)) == "saveImageToPhotosAlbum:fail invalid file type"
    assert failure(weapp.saveVideoToPhotosAlbum(filePath=image)) == "saveVideoToPhotosAlbum:fail invalid file type"
    assert "no such file" in failure(weapp.saveImageToPhotosAlbum(filePath="wxfile://tmp_none.jpg"))
    assert names(weapp) == before


@pytest.mark.parametrize("platform", ["alipay", "h5"])
def test_some_platforms_save_from_the_network(platform: str, tmp_path: Path) -> None:
    content = picture(tmp_path / "a.png").read_bytes()
    with taropy.create(platform) as t, WebServer(lambda _: Answer(content)) as server:
        t.saveImageToPhotosAlbum(filePath=server.url("/picture")).result()
        (saved,) = t.phone.media.album
        assert (saved.suffix, saved.read_bytes()) == (".png", content)


def test_alipay_has_a_number_for_each_reason_not_to_save(tmp_path: Path) -> None:
    phone = Phone()
    my = phone.native("alipay", "my")
    (tmp_path / "a.png").write_text("no picture")
    path = phone.files.import_file(phone.app("alipay", "my"), tmp_path / "a.png")
    assert call(my, "saveImageToPhotosAlbum")["error"] == 2
    assert call(my, "saveImageToPhotosAlbum", filePath=path)["error"] == 17
    phone.system.set_permission("album", "denied")
    assert call(my, "saveImageToPhotosAlbum", filePath=path)["error"] == 15
    phone.permissions.deny("scope.writePhotosAlbum")
    assert call(my, "saveImageToPhotosAlbum", filePath=path)["error"] == 15


@pytest.mark.parametrize(
    ("module", "kind", "extra"),
    [("PIL.Image", "image", "media"), ("PIL.Image", "video", "video"), ("av", "video", "video")],
)
def test_without_an_extra_the_error_names_it(
    module: str, kind: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    answer = call(Phone().native("weapp"), "chooseMedia", mediaType=[kind])
    package = module.partition(".")[0]
    assert answer["errMsg"] == f"chooseMedia:fail this needs the package {package}: pip install 'taropy[{extra}]'"


@pytest.mark.parametrize("path", ["/etc/passwd", "wxfile://usr/../../x.jpg", "http://127.0.0.1/a.png", "file:///etc/x"])
def test_nothing_outside_of_the_apps_files_is_saved(weapp: Any, path: str) -> None:
    assert failure(weapp.saveImageToPhotosAlbum(filePath=path)).startswith("saveImageToPhotosAlbum:fail ")
    assert len(names(weapp)) == 4


# --- the album itself ----------------------------------------------------------------------------------------------


def test_a_folder_of_ones_own_can_be_the_album(tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    picture(photos / "mine.png")
    (photos / "notes.txt").write_text("no picture")
    with taropy.create("weapp") as t:
        t.phone.media.folder = photos
        path = t.chooseImage({}).result().tempFilePaths[0]
        assert real(t, path).read_bytes() == (photos / "mine.png").read_bytes()
        assert names(t) == ["mine.png"]


def test_only_pictures_and_videos_can_be_added(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no picture")
    media = Phone().media
    with pytest.raises(ValueError, match=r"notes\.txt has no name of a picture or a video"):
        media.add(tmp_path / "notes.txt")
    with pytest.raises(FileNotFoundError):
        media.add(tmp_path / "none.jpg")
    assert media.album == []


@pytest.mark.parametrize("name", ["folder", "message_folder"])
def test_a_folder_that_is_not_there_is_a_mistake_that_is_named(name: str, tmp_path: Path) -> None:
    media = Phone().media
    before = getattr(media, name)
    (tmp_path / "file.jpg").write_text("no folder")
    for wrong in ("photso", "file.jpg"):
        with pytest.raises(NotADirectoryError, match=rf"there is no folder .*{wrong}"):
            setattr(media, name, tmp_path / wrong)
    assert getattr(media, name) == before
    assert not (tmp_path / "photso").exists()


def test_the_phones_own_folder_can_be_named_again(tmp_path: Path) -> None:
    with Phone() as phone:
        own = phone.media.folder
        phone.media.folder = tmp_path
        phone.media.folder = own
        phone.media.add(SAMPLES["image"])
        assert [path.name for path in own.iterdir()] == ["sample.jpg"]


def test_nothing_is_put_into_an_empty_folder_of_ones_own(tmp_path: Path) -> None:
    with taropy.create("weapp") as t:
        t.phone.media.folder = tmp_path
        assert failure(t.chooseImage({})) == "chooseImage:fail cancel"
        assert list(tmp_path.iterdir()) == []


def test_the_programs_copy_is_its_own(weapp: Any) -> None:
    path = weapp.chooseImage(count=1).result().tempFilePaths[0]
    real(weapp, path).write_bytes(b"changed")
    assert weapp.phone.media.album[0].read_bytes() != b"changed"


def test_a_phone_with_a_folder_keeps_its_album(tmp_path: Path) -> None:
    with Phone(tmp_path / "phone") as phone:
        phone.media.add(picture(tmp_path / "kept.png"))
    with Phone(tmp_path / "phone") as phone:
        assert [path.name for path in phone.media.album] == ["kept.png"]


def test_a_snapshot_brings_the_album_back_but_no_folder_of_ones_own(weapp: Any, tmp_path: Path) -> None:
    media = weapp.phone.media
    state = media.snapshot()
    media.add(picture(tmp_path / "later.png"))
    own = tmp_path / "own"
    own.mkdir()
    media.folder = own
    media.add(tmp_path / "later.png")
    outside = media.snapshot()
    media.add(tmp_path / "c.png")
    media.restore(outside)
    assert sorted(path.name for path in own.iterdir()) == ["c.png", "later.png"]
    media.restore(state)
    assert sorted(names(weapp)) == ["a.jpg", "b.gif", "c.png", "sample.mp4"]
