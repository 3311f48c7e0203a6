"""Pictures that are loaded to be drawn: from the phone, from the net, and some that are meant ill."""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from canvases import RED, near, node, shown
from PIL import Image
from servers import Answer, Received, WebServer
from skia_needed import needs_skia

import taropy
from taropy.phone import LostCallWarning

pytestmark = needs_skia


def picture(format: str = "PNG", size: tuple[int, int] = (20, 10)) -> bytes:
    """A red picture."""
    written = BytesIO()
    Image.new("RGB", size, "red").save(written, format)
    return written.getvalue()


def head(width: int, height: int) -> bytes:
    """A PNG that says to be so large, and has no pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    says = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", says) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.fixture(scope="module")
def server() -> Iterator[WebServer]:
    def respond(request: Received) -> Answer:
        return Answer(picture(), status=404 if request.path == "/missing" else 200)

    with WebServer(respond) as server:
        yield server


@pytest.fixture
def canvas(weapp: Any) -> Any:
    return node(weapp)


def stored(t: Any, data: bytes, name: str = "a.png") -> str:
    """The program's path of a file."""
    path = f"{t.env.USER_DATA_PATH}/{name}"
    t.getFileSystemManager().writeFileSync(path, data)
    return path


def load(canvas: Any, src: str) -> tuple[Any, list[str]]:
    """The image, and what its handlers were told."""
    image, told = canvas.createImage(), []
    image.onload = lambda: told.append("loaded")
    image.onerror = lambda event: told.append(event["errMsg"])
    image.src = src
    return image, told


@pytest.mark.parametrize("format", ["PNG", "JPEG", "WEBP", "GIF", "BMP"])
def test_a_picture_of_the_phone_is_loaded_and_drawn(weapp: Any, canvas: Any, format: str) -> None:
    image, told = load(canvas, stored(weapp, picture(format)))
    assert (told, image.width, image.height, image.complete) == (["loaded"], 20, 10, True)
    canvas.getContext("2d").drawImage(image, 5, 5)
    assert near(shown(weapp).getpixel((10, 8)), (255, 0, 0))


def test_a_picture_may_be_in_its_url(weapp: Any, canvas: Any) -> None:
    image, told = load(canvas, f"data:image/png;base64,{base64.b64encode(picture()).decode()}")
    assert (told, image.width) == (["loaded"], 20)


def test_what_is_not_loaded_draws_nothing(weapp: Any, canvas: Any) -> None:
    context = canvas.getContext("2d")
    with pytest.warns(LostCallWarning, match="drawImage draws nothing: the picture has no src"):
        context.drawImage(canvas.createImage(), 0, 0)
    with pytest.warns(LostCallWarning, match="createPattern gives nothing: the picture has no src"):
        assert context.createPattern(canvas.createImage(), "repeat") is None
    assert shown(weapp).getbbox() is None


def test_a_picture_of_the_net_is_loaded_by_a_program_that_runs(server: WebServer) -> None:
    async def main(t: Any) -> list[Any]:
        canvas = t.createOffscreenCanvas(type="2d")
        image = canvas.createImage()
        loaded = taropy.Promise(lambda resolve, reject: setattr(image, "onload", lambda: resolve("loaded")))
        image.src = server.url("/picture")
        missing = canvas.createImage()
        failed = taropy.Promise(lambda resolve, reject: setattr(missing, "onerror", resolve))
        missing.src = server.url("/missing")
        return [await loaded, image.width, (await failed)["errMsg"]]

    with taropy.create("weapp") as t:
        told = taropy.run(main(t))
        assert told == ["loaded", 20, "createImage:fail download image fail. reason: status 404"]


def test_outside_a_loop_the_net_is_refused_in_words(server: WebServer, canvas: Any) -> None:
    with pytest.raises(RuntimeError, match="in an event loop"):
        load(canvas, server.url("/picture"))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "createImage:fail the file is no picture, or a broken one"),
        (b"no picture", "createImage:fail the file is no picture, or a broken one"),
        (picture()[:20], "createImage:fail the file is no picture, or a broken one"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "createImage:fail the file is no picture, or a broken one"),
        (head(30_000, 30_000), "createImage:fail internal error: 30000 x 30000 pixels are more than a canvas may have"),
    ],
    ids=["nothing", "text", "cut off", "SVG", "too large"],
)
def test_what_can_t_be_drawn_is_an_error_in_words(weapp: Any, canvas: Any, data: bytes, words: str) -> None:
    image, told = load(canvas, stored(weapp, data))
    assert (told, image.width, image.complete) == ([words], 0, True)
    with pytest.warns(LostCallWarning, match="drawImage draws nothing: the picture '.*' can't be loaded"):
        canvas.getContext("2d").drawImage(image, 0, 0)
    assert shown(weapp).getbbox() is None


def test_a_picture_that_still_comes_is_drawn_in_vain(weapp: Any) -> None:
    async def program() -> None:
        canvas = weapp.createOffscreenCanvas(type="2d")
        image = canvas.createImage()
        image.src = stored(weapp, picture())
        canvas.getContext("2d").drawImage(image, 0, 0)
        await taropy.settled()

    with pytest.warns(LostCallWarning, match="is not loaded yet: draw it in its onload") as warned:
        taropy.run(program)
    assert [each.lineno - program.__code__.co_firstlineno for each in warned] == [4]


def test_a_canvas_without_pixels_is_drawn_in_vain(weapp: Any, canvas: Any) -> None:
    empty = weapp.createOffscreenCanvas(type="2d", width=0, height=0)
    with pytest.warns(LostCallWarning, match="the canvas has no pixels"):
        canvas.getContext("2d").drawImage(empty, 0, 0)


@pytest.mark.parametrize(
    "src",
    [
        "nowhere.png", "../../etc/passwd", "wxfile://usr/../../x.png", "data:image/png;base64,***",
        "data:image/png;base64,茶",
    ],
)  # fmt: skip
def test_what_is_not_the_program_s_is_an_error(canvas: Any, src: str) -> None:
    _, [told] = load(canvas, src)
    assert told.startswith("createImage:fail ")


def test_a_file_that_is_too_large_is_not_read(weapp: Any, canvas: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from taropy.phone.canvas import images

    path = stored(weapp, picture())
    monkeypatch.setattr(images, "MOST_BYTES", 10)
    _, told = load(canvas, path)
    assert told == ["createImage:fail internal error: the file has more than 10 bytes"]


def test_the_picture_that_was_asked_for_last_is_the_one(weapp: Any, canvas: Any) -> None:
    image, told = load(canvas, stored(weapp, picture()))
    image.src = stored(weapp, picture(size=(7, 7)), "b.png")
    assert (told, image.width) == (["loaded", "loaded"], 7)
    canvas.getContext("2d").drawImage(image, 0, 0)
    assert shown(weapp).getpixel((3, 3)) == RED


def test_a_photo_is_drawn_upright(weapp: Any, canvas: Any, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (20, 10), "red").save(tmp_path / "photo.jpg", exif=exif)
    image, _ = load(canvas, stored(weapp, (tmp_path / "photo.jpg").read_bytes()))
    assert (image.width, image.height) == (10, 20)
