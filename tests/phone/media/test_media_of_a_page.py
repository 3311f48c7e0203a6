"""Pictures and videos on a web page: what its browser lets be picked, and what the page is told of it."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from drawn import picture
from filing import given
from natively import call
from PIL import Image
from servers import Answer, WebServer
from supporting import failure

import taropy
from taropy.phone import Phone, leave_open
from taropy.phone.media.library import SAMPLES


@pytest.fixture
def page() -> Iterator[Any]:
    with taropy.create("h5") as t:
        yield t


def drawn(url: str) -> Any:
    """The format and the size of the picture that is written in a `data:` URL."""
    head, _, text = url.partition(";base64,")
    with Image.open(BytesIO(base64.b64decode(text))) as image:
        assert head == f"data:image/{str(image.format).lower()}"
        return image.format, image.size


# --- picking -------------------------------------------------------------------------------------------------------


def test_a_picture_that_is_picked_comes_with_the_file_that_it_is(page: Any, tmp_path: Path) -> None:
    page.phone.media.pick(file := picture(tmp_path / "cat.png", (12, 34)))
    chosen = page.chooseImage(sourceType=["album"]).result()
    size = file.stat().st_size
    (told,) = chosen.tempFiles
    assert chosen.tempFilePaths == [told.path]
    assert told.path.startswith("blob:")
    assert (told.size, told.type) == (size, "image/png")
    assert told.originalFileObj == {"name": "cat.png", "size": size, "type": "image/png"}


def test_what_is_picked_comes_as_it_is_with_a_small_picture_of_it(page: Any, tmp_path: Path) -> None:
    page.phone.media.pick(file := picture(tmp_path / "wide.png", (3000, 1500)))
    chosen = page.chooseMedia(sourceType=["album"], sizeType=["compressed"]).result()
    (told,) = chosen.tempFiles
    assert (chosen.type, told.fileType, told.duration) == ("mix", "image", 0)
    assert (told.width, told.height, told.size) == (3000, 1500, file.stat().st_size)
    assert drawn(told.thumbTempFilePath) == ("JPEG", (256, 128))


def test_a_video_tells_seconds_bytes_and_its_first_picture(page: Any) -> None:
    chosen = page.chooseVideo(sourceType=["album"]).result()
    assert (chosen.width, chosen.height, chosen.duration) == (320, 240, 2)
    assert chosen.size == SAMPLES["video"].stat().st_size
    assert drawn(chosen.thumbTempFilePath) == ("JPEG", (256, 192))


@pytest.mark.parametrize(("kinds", "type"), [(["image"], "image"), (["video"], "video"), (["image", "video"], "mix")])
def test_the_type_is_what_could_have_been_picked(page: Any, kinds: list[str], type: str) -> None:
    assert page.chooseMedia(sourceType=["album"], mediaType=kinds).result().type == type


def test_a_browser_lets_more_be_picked_than_the_program_counts_on(page: Any, tmp_path: Path) -> None:
    page.phone.media.pick(*(picture(tmp_path / f"{each}.png") for each in range(3)))
    assert len(page.chooseImage(count=2, sourceType=["album"]).result().tempFilePaths) == 3
    page.phone.media.pick(*(picture(tmp_path / f"{each}.png") for each in range(2)))
    assert "cannot be picked" in failure(page.chooseImage(count=1, sourceType=["album"]))


def test_a_file_that_the_browser_cannot_show_is_left_out(page: Any, tmp_path: Path) -> None:
    (tmp_path / "broken.png").write_text("no picture")
    page.phone.media.pick(tmp_path / "broken.png", picture(tmp_path / "cat.png"))
    assert len(page.chooseImage(sourceType=["album"]).result().tempFiles) == 1


@pytest.mark.anyio
async def test_the_person_says_whether_to_take_a_picture_or_to_pick_one(tmp_path: Path) -> None:
    with Phone(ask=leave_open) as phone:
        async with taropy.create("h5", phone=phone) as page:
            phone.camera.show(picture(tmp_path / "seen.png", (12, 34)))
            taken = page.chooseMedia({})
            await asyncio.sleep(0.01)
            assert phone.screen.action_sheet is not None
            assert phone.screen.action_sheet.itemList == ["拍摄", "从相册选择"]
            phone.screen.answer_action_sheet(0)
            (file,) = (await taken).tempFiles
            assert (file.width, file.height) == (12, 34)
            phone.screen.cancel_action_sheet()
            with pytest.raises(taropy.TaroError, match=r"^chooseImage:fail cancel$"):
                await page.chooseImage({})


def test_unless_told_otherwise_the_person_picks_from_the_album(page: Any, tmp_path: Path) -> None:
    page.phone.media.add(picture(tmp_path / "newest.png"))
    (file,) = page.chooseImage({}).result().tempFiles
    assert file.originalFileObj["name"] == "newest.png"


def test_a_person_who_picks_nothing_cancels(page: Any) -> None:
    for name in ("chooseImage", "chooseMedia", "chooseVideo"):
        page.phone.media.cancel()
        assert failure(getattr(page, name)(sourceType=["album"])) == f"{name}:fail cancel"


# --- looking -------------------------------------------------------------------------------------------------------


def test_a_picture_is_drawn_anew_when_it_is_looked_at(page: Any, tmp_path: Path) -> None:
    path = given(page, picture(tmp_path / "a.jpg", (12, 34), orientation=6))
    info = page.getImageInfo(src=path).result()
    assert (info.width, info.height, info.orientation, info.type) == (34, 12, "up", "png")
    assert drawn(info.path) == ("PNG", (34, 12))
    again = page.getImageInfo(src=info.path).result()
    assert (again.width, again.height) == (34, 12)


def test_a_picture_of_the_pages_own_server_has_a_relative_address(page: Any, tmp_path: Path) -> None:
    content = picture(tmp_path / "a.png", (12, 34)).read_bytes()
    with WebServer(lambda _: Answer(content)) as server:
        page.phone.browser.origin = server.url("/").rstrip("/")
        info = page.getImageInfo(src="/a.png").result()
    assert (info.width, info.height) == (12, 34)


@pytest.mark.parametrize(
    "src", ["", "blob:http://localhost/none", "data:image/png;base64,AA==", "data:,text", "/a.png"]
)
def test_what_cannot_be_shown_fails_without_a_reason(page: Any, src: str) -> None:
    assert failure(page.getImageInfo(src=src)) == "getImageInfo:fail"


def test_a_video_is_told_of_in_bytes_by_the_browser(page: Any) -> None:
    src, size = given(page, SAMPLES["video"]), SAMPLES["video"].stat().st_size
    told = call(page.phone.native("h5"), "getVideoInfo", src=src)
    assert (told["type"], told["size"], told["bitrate"], told["fps"]) == ("video/mp4", size, size / 2, 30)


# --- showing and saving --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("options", [{}, {"urls": []}])
def test_a_preview_may_show_nothing(page: Any, options: dict[str, Any]) -> None:
    assert page.previewImage(options).result().errMsg == "previewImage:ok"
    assert page.phone.media.preview.urls == []


def test_what_a_page_saves_is_in_the_album_whoever_was_asked(page: Any, tmp_path: Path) -> None:
    page.phone.permissions.deny("scope.writePhotosAlbum")
    page.saveImageToPhotosAlbum(filePath=given(page, picture(tmp_path / "a.png"))).result()
    page.saveVideoToPhotosAlbum(filePath=given(page, SAMPLES["video"])).result()
    assert [path.suffix for path in page.phone.media.album] == [".mp4", ".png"]


@pytest.mark.parametrize("name", ["saveImageToPhotosAlbum", "saveVideoToPhotosAlbum"])
def test_a_page_never_hears_that_nothing_was_saved(page: Any, name: str) -> None:
    assert getattr(page, name)(filePath="nothing.png").result().errMsg == f"{name}:ok"
    assert page.phone.media.album == []
