"""What is made of a canvas: files, and pixels that are read and put."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from canvases import BLUE, NOTHING, OLD, RED, near, node, opened, shown
from filing import real
from skia_needed import needs_skia
from supporting import failure, supporting

import taropy
from taropy.phone import LostCallWarning

pytestmark = needs_skia

#: The platforms of mini programs whose pictures have the device's density, and those whose have the canvas'.
DENSE, PLAIN = ("weapp", "swan", "qq", "jd"), ("alipay", "tt")


@pytest.fixture(params=[*DENSE, *PLAIN])
def mini(request: pytest.FixtureRequest) -> Any:
    """A mini program whose page has an older canvas, the left half of which is red."""
    with taropy.create(request.param) as t:
        t.phone.screen.draw(OLD)
        red(t)
        yield t


def red(t: Any) -> None:
    context = t.createCanvasContext("old")
    context.setFillStyle("red")
    context.fillRect(0, 0, 50, 50)
    context.draw()


def test_a_canvas_is_saved_as_a_picture_in_the_size_that_the_platform_gives_it(mini: Any) -> None:
    saved = mini.canvasToTempFilePath(canvasId="old").result()
    density = 3 if mini.platform.name in DENSE else 1
    data = real(mini, saved.tempFilePath).read_bytes()
    picture = opened(data)
    assert (picture.size, data[:4]) == ((100 * density, 50 * density), b"\x89PNG")
    assert (picture.getpixel((10, 10)), picture.getpixel((99 * density, 10))) == (RED, NOTHING)
    assert mini.getImageInfo(src=saved.tempFilePath).result().width == 100 * density


def test_a_part_is_saved_in_the_size_and_the_kind_that_are_asked_for(mini: Any) -> None:
    part = {"x": 40, "y": 10, "width": 20, "height": 20, "destWidth": 40, "destHeight": 10, "fileType": "jpg"}
    saved = mini.canvasToTempFilePath({"canvasId": "old", "quality": 0.9, **part}).result()
    data = real(mini, saved.tempFilePath).read_bytes()
    picture = opened(data)
    assert saved.tempFilePath.endswith(".jpg") or mini.platform.name == "alipay"
    assert (picture.size, data[:2]) == ((40, 10), b"\xff\xd8")
    red, black = picture.getpixel((5, 5)), picture.getpixel((35, 5))
    assert near(red, (255, 0, 0))
    assert near(black, (0, 0, 0))


@pytest.mark.parametrize(
    "options",
    [
        {"canvasId": "other"}, {}, {"canvasId": "old", "width": 0}, {"canvasId": "old", "height": -1},
        {"canvasId": "old", "x": 200}, {"canvasId": "old", "destWidth": 0},
    ],
)  # fmt: skip
def test_where_nothing_is_to_be_saved_the_canvas_is_empty(mini: Any, options: dict[str, Any]) -> None:
    assert failure(mini.canvasToTempFilePath(options)) == "canvasToTempFilePath:fail canvas is empty"


@pytest.mark.parametrize("name", ["x", "width", "destHeight"])
@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_numbers_have_to_be_finite(weapp: Any, name: str, number: float) -> None:
    weapp.phone.screen.draw(OLD)
    words = f"canvasToTempFilePath:fail parameter error: parameter.{name} should be a finite number"
    assert failure(weapp.canvasToTempFilePath({"canvasId": "old", name: number})) == words


def test_a_picture_that_no_memory_holds_is_not_made(weapp: Any) -> None:
    weapp.phone.screen.draw(OLD)
    words = "canvasToTempFilePath:fail internal error: 90000 x 90000 pixels are more than a canvas may have"
    assert failure(weapp.canvasToTempFilePath(canvasId="old", destWidth=90_000, destHeight=90_000)) == words


def test_a_newer_canvas_is_given_itself(weapp: Any) -> None:
    canvas = node(weapp)
    canvas.getContext("2d").fillRect(0, 0, 300, 150)
    saved = weapp.canvasToTempFilePath(canvas=canvas, destWidth=30, destHeight=15).result()
    assert opened(real(weapp, saved.tempFilePath).read_bytes()).getpixel((10, 10)) == (0, 0, 0, 255)
    small = weapp.createOffscreenCanvas(type="2d", width=4, height=4)
    saved = weapp.canvasToTempFilePath(canvas=small, destWidth=4, destHeight=4).result()
    assert opened(real(weapp, saved.tempFilePath).read_bytes()).size == (4, 4)


def test_a_component_s_canvas_is_found_by_the_component_alone(weapp: Any) -> None:
    component = taropy.phone.Node("my-chart")
    component.shadow = [
        taropy.phone.Node("canvas", properties={"canvasId": "own"}, style={"width": "10px", "height": "10px"})
    ]
    weapp.phone.screen.draw([component])
    assert "canvas is empty" in failure(weapp.canvasToTempFilePath(canvasId="own"))
    assert weapp.canvasToTempFilePath({"canvasId": "own"}, component).result().tempFilePath


def test_alipay_s_canvases_save_themselves() -> None:
    with taropy.create("alipay") as t:
        t.phone.screen.draw(OLD)
        red(t)
        my = t.phone.native("alipay")
        told: list[Any] = []
        taropy.run(_saved_by(my.createCanvasContext("old"), told))
        assert opened(real(t, told[0]["apFilePath"]).read_bytes()).size == (100, 50)


async def _saved_by(context: Any, told: list[Any]) -> None:
    context.toTempFilePath({"success": told.append})
    await taropy.settled()


@pytest.mark.parametrize("t", ["h5", "harmony-hybrid"], indirect=True)
def test_on_the_web_the_file_is_a_url(t: Any) -> None:
    t.phone.screen.draw(OLD)
    red(t)
    wanted = {} if t.platform.name == "h5" else {"width": 100, "height": 50, "destWidth": 100, "destHeight": 50}
    url = t.canvasToTempFilePath({"canvasId": "old", "fileType": "jpg", **wanted}).result().tempFilePath
    assert url.startswith("data:image/jpeg;base64,")
    picture = opened(base64.b64decode(url.partition(",")[2]))
    ground = (0, 0, 0) if t.platform.name == "h5" else (255, 255, 255)
    assert (picture.size, picture.getpixel((90, 10))) == ((100, 50), (*ground, 255))


def test_of_a_canvas_that_is_not_there_h5_tells_nothing_and_harmony_hybrid_says_so() -> None:
    with taropy.create("h5") as t:
        with pytest.warns(LostCallWarning, match="canvasToTempFilePath saves nothing: the page .* has no canvas 'no'"):
            told = t.canvasToTempFilePath(canvasId="no").result()
        assert told.get("tempFilePath") is None
        with pytest.warns(LostCallWarning, match="canvasGetImageData reads nothing"):
            t.canvasGetImageData(canvasId="no", x=0, y=0, width=1, height=1).result()
    with taropy.create("harmony-hybrid") as t:
        assert "Can't find canvas with id no" in failure(t.canvasToTempFilePath(canvasId="no"))


@supporting("canvasGetImageData", "canvasPutImageData")
def test_pixels_are_read_and_put(t: Any) -> None:
    t.phone.screen.draw(OLD)
    red(t)
    area = {"canvasId": "old", "x": 48, "y": 0, "width": 4, "height": 2}
    read = t.canvasGetImageData(area).result()
    assert (read.width, read.height, list(read.data)) == (4, 2, [*RED, *RED, *NOTHING, *NOTHING] * 2)
    if t.platform.name in ("h5", "harmony-hybrid"):
        assert "not of type 'ImageData'" in failure(t.canvasPutImageData({**area, "data": read.data}))
        return
    t.canvasPutImageData({**area, "x": 10, "data": bytes([*BLUE] * 8)}).result()
    t.canvasPutImageData({**area, "x": 14, "width": 1, "height": 1, "data": [0, 0, 300, 255]}).result()
    read = t.canvasGetImageData({**area, "x": 10, "width": 6, "height": 1}).result()
    assert list(read.data) == [*BLUE * 5, *RED]


@pytest.mark.parametrize("t", ["h5", "harmony-hybrid"], indirect=True)
def test_on_the_web_pixels_are_put_as_a_context_gives_them(t: Any) -> None:
    context = node(t, OLD, "#old").getContext("2d")
    context.fillStyle = "blue"
    context.fillRect(0, 0, 10, 10)
    pixels = context.getImageData(0, 0, 2, 2)
    area = {"canvasId": "old", "x": 50, "y": 0, "width": 2, "height": 2, "data": pixels}
    t.canvasPutImageData(area).result()
    assert shown(t).getpixel((51, 1)) == BLUE
    assert "reading 'getContext'" in failure(t.canvasPutImageData({**area, "canvasId": "no"}))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"data": bytes(3)}, "parameter.data should have 4 * width * height bytes"),
        ({"width": 0}, "should be positive"),
        ({"canvasId": "other"}, "fail canvas is empty"),
    ],
)
def test_pixels_that_do_not_fit_are_refused(weapp: Any, options: dict[str, Any], words: str) -> None:
    weapp.phone.screen.draw(OLD)
    area = {"canvasId": "old", "x": 0, "y": 0, "width": 1, "height": 1, "data": bytes(4), **options}
    assert words in failure(weapp.canvasPutImageData(area))


def test_baidu_takes_any_number_of_bytes() -> None:
    with taropy.create("swan") as t:
        t.phone.screen.draw(OLD)
        area = {"canvasId": "old", "x": 0, "y": 0, "width": 2, "height": 1}
        t.canvasPutImageData({**area, "data": bytes([*BLUE])}).result()
        assert list(t.canvasGetImageData(area).result().data) == [*BLUE, *NOTHING]


def test_a_fault_can_be_scripted(weapp: Any) -> None:
    weapp.phone.screen.draw(OLD)
    weapp.phone.faults.fail("canvasToTempFilePath", "create bitmap failed")
    assert failure(weapp.canvasToTempFilePath(canvasId="old")) == "canvasToTempFilePath:fail create bitmap failed"
    assert shown(weapp).size == (300, 150)
