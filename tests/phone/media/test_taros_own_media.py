"""Pictures and videos where Taro's own code is the native object: taro-rn 4.2.0, and harmony's two plugins."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from drawn import picture
from filing import given, real
from natively import call
from PIL import Image
from supporting import failure

import taropy
from taropy.phone import Phone, Preview, Question
from taropy.phone.media.library import SAMPLES

NATIVES = {"rn": "rn", "harmony": "harmony", "harmony-hybrid": "native"}
CHOOSING = ("chooseImage", "chooseMedia", "chooseVideo")


def kinds(t: Any) -> list[str]:
    return [question.kind for question in t.phone.person.asked if question.kind != "authorize"]


@pytest.mark.parametrize("name", CHOOSING)
@pytest.mark.parametrize(
    ("platform", "items"), [("rn", ["拍摄", "从手机相册选择"]), ("harmony-hybrid", ["拍摄", "从相册选择"])]
)
def test_a_sheet_asks_for_the_source_where_both_may_be(platform: str, items: list[str], name: str) -> None:
    with taropy.create(platform) as t:
        getattr(t, name)().result()
        assert kinds(t) == ["action sheet", "pick"]
        assert t.phone.person.asked[0].shown == {"itemList": items}
        assert len(t.phone.media.album) == 1  # the sample, since by default the person takes the album
        getattr(t, name)(sourceType=["camera", "album"]).result()
        assert kinds(t)[2:] == ["action sheet", "pick"]


@pytest.mark.parametrize("source", ["album", "camera"])
@pytest.mark.parametrize("platform", ["rn", "harmony-hybrid"])
def test_a_program_that_names_one_source_needs_no_sheet(platform: str, source: str) -> None:
    with taropy.create(platform) as t:
        t.chooseImage(sourceType=[source]).result()
        assert kinds(t) == ["pick"]


@pytest.mark.parametrize("platform", ["rn", "harmony-hybrid"])
def test_the_person_taps_the_camera_on_the_sheet(platform: str, tmp_path: Path) -> None:
    with taropy.create(platform) as t:
        t.phone.camera.seen = picture(tmp_path / "seen.png", (20, 30))
        t.phone.screen.answer_action_sheet(0)
        (path,) = t.chooseImage().result().tempFilePaths
        with Image.open(real(t, path)) as image:
            assert image.size == (20, 30)
        assert t.phone.media.album == []


@pytest.mark.parametrize(
    ("platform", "words", "own"),
    [("rn", "{name} fail", "{name}:fail"), ("harmony-hybrid", "{name}:fail fail cancel", "{name}:fail cancel")],
)
@pytest.mark.parametrize("name", CHOOSING)
def test_who_closes_the_sheet_chooses_nothing(platform: str, words: str, own: str, name: str) -> None:
    with taropy.create(platform) as t:
        t.phone.screen.cancel_action_sheet()
        told = call(t.phone.native(platform, NATIVES[platform]), name)
        assert told == {"errMsg": words.format(name=name)}
        t.phone.screen.cancel_action_sheet()
        assert failure(getattr(t, name)()) == own.format(name=name)
        assert "pick" not in kinds(t)


@pytest.mark.parametrize(
    ("name", "options", "scope"),
    [
        *((name, {"sourceType": ["album"]}, "scope.writePhotosAlbum") for name in CHOOSING),
        *((name, {"sourceType": ["camera"]}, "scope.camera") for name in CHOOSING),
        ("saveImageToPhotosAlbum", {"filePath": "file:///data/app/cache/a.png"}, "scope.writePhotosAlbum"),
        ("saveVideoToPhotosAlbum", {"filePath": "file:///data/app/cache/a.mp4"}, "scope.writePhotosAlbum"),
    ],
)
def test_on_react_native_pictures_and_camera_need_a_permission(name: str, options: Any, scope: str) -> None:
    with taropy.create("rn") as t:
        t.phone.person.script("authorize", allow=False)
        assert call(t.phone.native("rn", "rn"), name, **options) == {"errMsg": "Permissions denied!"}
        assert t.phone.person.asked[0].shown["scope"] == scope
        assert failure(getattr(t, name)(options)) == f"{name}:fail Permissions denied!"


@pytest.mark.parametrize("source", ["album", "camera"])
def test_on_react_native_the_system_is_who_denies(source: str) -> None:
    with taropy.create("rn") as t:
        t.phone.system.set_permission(source, "denied")
        assert failure(t.chooseImage(sourceType=[source])) == "chooseImage:fail Permissions denied!"


@pytest.mark.parametrize(
    ("device", "beginning", "end"),
    [("iPhone 15 Pro", "ph://", "/L0/001"), ("Pixel 8", "file:///storage/emulated/0/DCIM/", ".jpg")],
)
def test_on_react_native_who_saves_is_told_where_it_lies_in_the_album(device: str, beginning: str, end: str) -> None:
    with taropy.create("rn", phone=Phone(device=device)) as t:
        file = given(t, SAMPLES["image"])
        path = t.saveImageToPhotosAlbum(filePath=file).result().path
        assert (path.startswith(beginning), path.endswith(end)) == (True, True)
        again = t.saveImageToPhotosAlbum(filePath=file).result().path
        assert again != path  # another file of the album
        film = t.saveVideoToPhotosAlbum(filePath=given(t, SAMPLES["video"])).result().path
        assert film.startswith(beginning)
        assert len(t.phone.media.album) == 3


@pytest.mark.anyio
async def test_on_react_native_a_preview_has_succeeded_when_the_person_has_closed_it() -> None:
    looking = asyncio.Event()

    async def ask(question: Question) -> dict[str, Any]:
        assert question.kind == "preview"
        await looking.wait()
        return {}

    async with taropy.create("rn", ask=ask) as t:
        shown = t.previewImage(urls=["a", "b"], current="b")
        await asyncio.sleep(0)
        assert t.phone.media.preview == Preview(["a", "b"], 1)
        looking.set()
        assert (await shown).errMsg == "previewImage:ok"
        assert t.phone.media.preview is None


def test_harmony_looks_into_the_album_whatever_source_is_named() -> None:
    with taropy.create("harmony") as t:
        t.chooseImage(sourceType=["camera"]).result()
        assert len(t.phone.media.album) == 1


def test_harmony_gives_the_bare_list_of_what_was_chosen() -> None:
    with taropy.create("harmony") as t:
        (path,) = call(t.phone.native("harmony", "harmony"), "chooseMedia")
        assert real(t, path).read_bytes() == SAMPLES["image"].read_bytes()
        t.phone.media.cancel()
        assert failure(t.chooseMedia()) == "chooseMedia:fail cancel"


def test_harmony_leaves_out_of_a_preview_what_does_not_say_that_it_is_a_picture() -> None:
    sources = [{"url": "a.png"}, {"url": "b.png", "type": "image"}, {"url": "c.mp4", "type": "video"}]
    with taropy.create("harmony") as t:
        t.previewMedia(sources=[*sources, {"url": "d.png", "type": "image"}], current=1).result()
        assert t.phone.media.preview == Preview(["b.png", "d.png"], 1)
        assert "at least 1 item" in failure(t.previewMedia(sources=sources[:1]))
        assert "should be Array instead of String" in failure(t.previewMedia(sources="a"))


def test_a_preview_of_the_hybrid_may_have_nothing_to_show() -> None:
    with taropy.create("harmony-hybrid") as t:
        assert call(t.native, "previewMedia") == {"errMsg": "previewMedia:ok"}
        assert t.phone.media.preview == Preview([], 0)
        t.previewMedia(sources=[{"url": "a"}, {"url": "b", "type": "image"}], current=1).result()
        assert t.phone.media.preview == Preview(["a", "b"], 1)


@pytest.mark.parametrize(
    ("options", "size"),
    [
        ({"compressedWidth": 100, "compressedHeight": 100}, (200, 100)),
        ({"compressedWidth": 100}, (200, 100)),
        ({"compressedHeight": 50}, (100, 50)),
        ({"compressedWidth": 200, "compressedHeight": 10}, (200, 100)),
        ({"compressedWidth": 500, "compressedHeight": 300}, (500, 300)),
    ],
)
def test_harmonys_compressed_picture_keeps_its_name_and_covers_what_is_asked_for(
    tmp_path: Path, options: dict[str, int], size: tuple[int, int]
) -> None:
    with taropy.create("harmony") as t:
        src = given(t, picture(tmp_path / "a.png", (400, 200)))
        path = t.compressImage(src=src, **options).result().tempFilePath
        assert path == src.replace(".png", "_after_compress.png")
        with Image.open(real(t, path)) as image:
            assert (image.size, image.format) == (size, "PNG")
        again = t.compressImage(src=path, compressedWidth=10).result().tempFilePath
        assert again == path
        with Image.open(real(t, path)) as image:
            assert image.height == 10


@pytest.mark.parametrize("name", CHOOSING)
@pytest.mark.parametrize("platform", ["harmony", "harmony-hybrid"])
def test_callbacks_are_called_that_taros_own_code_forgets(platform: str, name: str) -> None:
    heard: list[str] = []
    with taropy.create(platform) as t:
        getattr(t, name)(
            success=lambda res: heard.append("success"), complete=lambda res: heard.append("complete")
        ).result()
    assert heard == ["success", "complete"]
