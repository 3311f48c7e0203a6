"""The older way to draw: calls are collected, and `draw` has them take effect."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from canvases import BLUE, NOTHING, OLD, RED, shown
from filing import given
from PIL import Image
from skia_needed import needs_skia
from supporting import has, supporting

import taropy
from taropy.phone import LostCallWarning

pytestmark = needs_skia


def pixel(t: Any, x: int, y: int) -> Any:
    """The colour of a pixel of the page's canvas, whatever the device's density."""
    picture = shown(t)
    return picture.getpixel((x * picture.width // 100, y * picture.height // 50))


@pytest.fixture
def old(weapp: Any) -> Any:
    """The context of the page's older canvas."""
    weapp.phone.screen.draw(OLD)
    return weapp.createCanvasContext("old")


@supporting("createCanvasContext", "CanvasContext.draw")
def test_what_is_collected_is_drawn(t: Any) -> None:
    t.phone.screen.draw(OLD)
    context = t.createCanvasContext("old")
    context.setFillStyle("red")
    context.fillRect(0, 0, 10, 10)
    gradient = context.createLinearGradient(0, 0, 100, 0)
    gradient.addColorStop(0, "blue")
    gradient.addColorStop(1, "blue")
    context.fillStyle = gradient
    context.beginPath()
    context.arc(50, 25, 10, 0, 7)
    context.fill()
    told: list[str] = []
    context.draw(False, lambda: told.append("drawn"))
    taropy.run(taropy.settled())
    assert told == ["drawn"]
    assert [pixel(t, *place) for place in ((5, 5), (50, 25), (90, 5))] == [RED, BLUE, NOTHING]


def test_harmony_draws_at_once() -> None:
    assert not has("harmony", "CanvasContext.draw")
    with taropy.create("harmony") as t:
        t.phone.screen.draw(OLD)
        context = t.createCanvasContext("old")
        context.setFillStyle("red")
        context.fillRect(0, 0, 10, 10)
        assert pixel(t, 5, 5) == RED


def test_who_saves_before_it_is_drawn_saves_nothing() -> None:
    async def main(t: Any) -> list[int]:
        context = t.createCanvasContext("old")
        context.fillRect(0, 0, 100, 50)
        area = {"canvasId": "old", "x": 1, "y": 1, "width": 1, "height": 1}
        drawn = taropy.Promise(lambda resolve, reject: context.draw(False, lambda: resolve(None)))
        early = await t.canvasGetImageData(area)
        await drawn
        late = await t.canvasGetImageData(area)
        return [early.data[3], late.data[3]]

    with taropy.create("weapp") as t:
        t.phone.screen.draw(OLD)
        assert taropy.run(main(t)) == [0, 255]


def test_what_is_there_stays_only_if_it_is_reserved(weapp: Any, old: Any) -> None:
    old.fillRect(0, 0, 10, 10)
    old.draw()
    old.fillRect(20, 0, 10, 10)
    old.draw(True)
    assert (pixel(weapp, 5, 5)[3], pixel(weapp, 25, 5)[3]) == (255, 255)
    old.draw()
    assert shown(weapp).getbbox() is None


def test_the_setters_set_what_the_properties_do(old: Any) -> None:
    old.setLineWidth(7)
    old.setGlobalAlpha(0.5)
    old.setLineCap("round")
    old.setLineJoin("bevel")
    old.setMiterLimit(3)
    old.setTextAlign("center")
    old.setTextBaseline("normal")
    old.setShadow(1, 2, 3, "red")
    old.setFontSize(24)
    told = (old.lineWidth, old.globalAlpha, old.lineCap, old.lineJoin, old.miterLimit, old.textAlign, old.textBaseline)
    assert told == (7, 0.5, "round", "bevel", 3, "center", "alphabetic")
    assert (old.shadowOffsetX, old.shadowOffsetY, old.shadowBlur, old.shadowColor) == (1, 2, 3, "#ff0000")
    assert old.font == "24px sans-serif"


def test_a_text_is_measured_before_anything_is_drawn(old: Any) -> None:
    old.setFontSize(20)
    wide = old.measureText("tea").width
    old.setFontSize(40)
    assert old.measureText("tea").width == pytest.approx(2 * wide)


def test_pictures_are_drawn_by_their_paths(weapp: Any, old: Any, tmp_path: Path) -> None:
    Image.new("RGB", (10, 10), "red").save(tmp_path / "red.png")
    path = given(weapp, tmp_path / "red.png")
    old.drawImage(path, 0, 0, 20, 20)
    old.setFillStyle(old.createPattern(path, "repeat"))
    old.fillRect(50, 0, 50, 50)
    old.draw()
    assert [pixel(weapp, *place) for place in ((10, 10), (75, 40), (30, 10))] == [RED, RED, NOTHING]


def test_a_picture_that_is_not_there_draws_nothing(weapp: Any, old: Any) -> None:
    old.drawImage("nowhere.png", 0, 0)
    line = sys._getframe().f_lineno - 1
    old.setFillStyle("red")
    old.fillRect(0, 0, 10, 10)
    with pytest.warns(
        LostCallWarning, match="the picture 'nowhere.png' is not drawn: no such file or directory"
    ) as warned:
        old.draw()
    assert [(each.filename, each.lineno) for each in warned] == [(__file__, line)]
    assert pixel(weapp, 5, 5) == RED


def test_a_picture_of_the_network_has_to_be_downloaded_before(weapp: Any, old: Any) -> None:
    old.drawImage("https://tea.example.com/a.png", 0, 0)
    with pytest.warns(LostCallWarning, match="has to be downloaded before, by Taro.getImageInfo"):
        old.draw()


#: What is on a page, and what is told of a canvas `boared` there.
LACKS = [
    ("<view/>", "the page pages/index/index has no canvas 'boared'; there is none"),
    ('<canvas canvas-id="tea"/>', "the page pages/index/index has no canvas 'boared'; there is 'tea'"),
    ('<canvas canvas-id="board"/>', "the page pages/index/index has no canvas 'boared'; did you mean 'board'?"),
    (
        '<canvas id="boared" type="2d"/>',
        "the page pages/index/index has no canvas-id 'boared', but a canvas with that id: it is drawn on by its node,"
        " as a query gives it",
    ),
    (
        None,
        "the page pages/index/index has no canvas 'boared', as nobody has said what is on it: draw it, as"
        " phone.screen.draw does",
    ),
]


@pytest.mark.parametrize(("wxml", "words"), LACKS)
def test_a_canvas_that_is_not_there_is_drawn_on_in_vain_and_the_test_is_told(
    weapp: Any, wxml: str | None, words: str
) -> None:
    if wxml is not None:
        weapp.phone.screen.draw(wxml)
    told: list[str] = []
    context = weapp.createCanvasContext("boared")
    context.fillRect(0, 0, 10, 10)
    with pytest.warns(LostCallWarning) as warned:
        context.draw(False, lambda: told.append("drawn"))
    assert [(str(each.message), each.filename, each.lineno) for each in warned] == [
        (f"CanvasContext.draw draws nothing: {words}", __file__, sys._getframe().f_lineno - 2)
    ]
    assert told == ["drawn"]


def test_in_an_event_loop_it_is_told_once_at_the_line_that_draws(weapp: Any) -> None:
    async def program() -> None:
        context = weapp.createCanvasContext("nowhere")
        for _ in range(3):
            context.fillRect(0, 0, 10, 10)
            context.draw()
            await taropy.settled()

    with pytest.warns(LostCallWarning) as warned:
        taropy.run(program)
    assert [each.lineno - program.__code__.co_firstlineno for each in warned] == [4]


def test_harmony_tells_of_each_call_that_would_draw_at_once() -> None:
    with taropy.create("harmony") as t:
        t.phone.screen.draw("<view/>")
        context = t.createCanvasContext("nowhere")
        with pytest.warns(LostCallWarning, match="CanvasContext.fillRect draws nothing: .* has no canvas 'nowhere'"):
            context.fillRect(0, 0, 10, 10)


def test_an_older_canvas_has_as_many_pixels_as_the_device(weapp: Any, old: Any) -> None:
    assert shown(weapp).size == (300, 150)
    with taropy.create("h5") as t:
        t.phone.screen.draw(OLD)
        assert shown(t).size == (100, 50)


def test_the_name_of_a_canvas_is_a_text(weapp: Any) -> None:
    with pytest.raises(Exception, match="should be String"):
        weapp.phone.native("weapp").createCanvasContext(7)
