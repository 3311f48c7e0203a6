"""Canvases that are drawn on at once: those of pages, which queries give, and those that are on none."""

from __future__ import annotations

import asyncio
import base64
import sys
import warnings
from io import BytesIO
from typing import Any

import pytest
from canvases import BLUE, NOTHING, RED, asked, node, opened, shown
from drawings import FONT, HERE
from fontTools import ttLib
from skia_needed import needs_skia
from supporting import supporting

import taropy
from taropy.extras import MissingExtra
from taropy.phone import MissingFontWarning

pytestmark = needs_skia


def test_a_page_s_canvas_is_drawn_on_and_seen(weapp: Any) -> None:
    canvas = node(weapp)
    assert (canvas.width, canvas.height) == (300, 150)
    context = canvas.getContext("2d")
    assert (context.canvas, canvas.getContext("2d")) == (canvas, context)
    context.fillStyle = "red"
    context.fillRect(10, 10, 20, 20)
    picture = shown(weapp)
    assert (picture.size, picture.getpixel((15, 15)), picture.getpixel((5, 5))) == ((300, 150), RED, NOTHING)


def test_who_sets_the_size_empties_the_canvas_and_its_context_begins_anew(weapp: Any) -> None:
    canvas = node(weapp)
    context = canvas.getContext("2d")
    context.fillStyle = "red"
    context.translate(5, 5)
    context.fillRect(0, 0, 20, 20)
    canvas.width = 40
    assert (canvas.width, canvas.height, context.fillStyle) == (40, 150, "#000000")
    context.fillRect(0, 0, 2, 2)
    assert shown(weapp).getpixel((1, 1)) == (0, 0, 0, 255)
    assert shown(weapp).getpixel((10, 10)) == NOTHING


def test_it_is_the_same_canvas_when_the_page_is_rendered_anew() -> None:
    app = taropy.App(pages=["pages/index/index"])
    app.page("pages/index/index")(lambda: '<canvas type="2d" id="board"/>')
    with taropy.create("weapp") as t:
        app.launch(t).result()
        first = asked(t, "#board")["node"]
        first.getContext("2d").fillRect(0, 0, 10, 10)
        assert asked(t, "#board")["node"] is first
        assert shown(t).getpixel((5, 5)) == (0, 0, 0, 255)


def test_an_older_canvas_has_no_node_and_of_a_web_page_every_canvas_is_one(weapp: Any) -> None:
    wxml = '<canvas canvas-id="old" id="board"/>'
    assert node(weapp, wxml) is None
    with taropy.create("h5") as h5:
        assert node(h5, wxml).getContext("2d") is not None


@pytest.mark.parametrize("kind", ["webgl", "webgl2", "experimental-webgl"])
def test_webgl_is_refused_in_one_line(weapp: Any, kind: str) -> None:
    words = "getContext:fail WebGL is not there: this phone draws canvases in 2d only"
    with pytest.raises(Exception, match=f"^{words}$"):
        node(weapp).getContext(kind)
    with pytest.raises(taropy.TaroError, match=f"^{words}$"):
        weapp.createOffscreenCanvas(type="webgl").getContext("webgl")


def test_a_context_is_of_the_canvas_own_type(weapp: Any) -> None:
    assert weapp.createOffscreenCanvas().getContext("2d") is None  # it is for webgl unless the program says 2d
    assert node(weapp).getContext("bitmap") is None


@supporting("createOffscreenCanvas")
def test_a_canvas_that_is_on_no_page_is_drawn_on_another(t: Any) -> None:
    small = t.createOffscreenCanvas(type="2d", width=20, height=10)
    assert (small.width, small.height) == (20, 10)
    pen = small.getContext("2d")
    pen.fillStyle = "blue"
    pen.fillRect(0, 0, 20, 10)
    context = t.createOffscreenCanvas(type="2d", width=60, height=60).getContext("2d")
    context.drawImage(small, 5, 5)
    assert list(context.getImageData(24, 14, 2, 2).data) == [*BLUE, *NOTHING * 3]


def test_what_is_no_value_changes_nothing(weapp: Any) -> None:
    context = node(weapp).getContext("2d")
    context.lineWidth, context.globalAlpha, context.lineCap = 3, 0.5, "round"
    context.fillStyle, context.font, context.filter = "rgba(0, 128, 255, 0.5)", "italic bold 12px Shapes", "blur(2px)"
    for name, value in (
        ("lineWidth", 0), ("lineWidth", float("nan")), ("globalAlpha", 2), ("lineCap", "pointed"),
        ("fillStyle", "no color"), ("fillStyle", None), ("font", "large"), ("filter", "blur(2em)"),
        ("shadowBlur", -1), ("textAlign", "above"), ("lineWidth", "wide"), ("filter", None), ("filter", ["blur(1px)"]),
    ):  # fmt: skip
        setattr(context, name, value)
    told = (context.lineWidth, context.globalAlpha, context.lineCap, context.fillStyle, context.font, context.filter)
    assert told == (3, 0.5, "round", "rgba(0, 128, 255, 0.5)", "italic bold 12px Shapes", "blur(2px)")
    assert (context.shadowBlur, context.textAlign) == (0, "start")


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda context: context.arc(0, 0, -1, 0, 1), "IndexSizeError"),
        (lambda context: context.createRadialGradient(0, 0, -1, 0, 0, 1), "IndexSizeError"),
        (lambda context: context.createLinearGradient(0, 0, 1, 1).addColorStop(2, "red"), "IndexSizeError"),
        (lambda context: context.createLinearGradient(0, 0, 1, 1).addColorStop(0, "no color"), "SyntaxError"),
        (lambda context: context.getImageData(0, 0, 0, 1), "IndexSizeError"),
        (lambda context: context.getImageData(0, 0, 100_000, 100_000), "more than a canvas may have"),
        (lambda context: context.createPattern(context.canvas, "sometimes"), "SyntaxError"),
        (lambda context: context.roundRect(0, 0, 1, 1, [1, 2, 3, 4, 5]), "RangeError"),
    ],
)
def test_what_browsers_throw_is_an_error(weapp: Any, call: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call(node(weapp).getContext("2d"))


@pytest.mark.parametrize("call", [
    lambda context: context.drawImage("picture.png", 0, 0),
    lambda context: context.drawImage(context.canvas, 0),
    lambda context: context.fill("outside"),
    lambda context: context.clip({}),
    lambda context: context.putImageData([0, 0, 0, 0], 0, 0),
])  # fmt: skip
def test_what_has_the_wrong_type_is_an_error(weapp: Any, call: Any) -> None:
    with pytest.raises(TypeError):
        call(node(weapp).getContext("2d"))


def test_numbers_that_are_not_finite_draw_nothing(weapp: Any) -> None:
    context = node(weapp).getContext("2d")
    for wrong in (float("nan"), float("inf")):
        context.fillRect(0, 0, wrong, 10)
        context.beginPath()
        context.moveTo(wrong, 0)
        context.arc(10, wrong, 5, 0, 7)
        context.translate(wrong, 0)
        context.fillText("A", wrong, 10)
        context.fill()
        context.stroke()
    assert shown(weapp).getbbox() is None


def test_states_are_restored_as_often_as_they_were_saved_and_no_more(weapp: Any) -> None:
    context = node(weapp).getContext("2d")
    context.lineWidth = 2
    context.save()
    context.lineWidth = 5
    context.setLineDash([1, 2, 3])
    assert context.getLineDash() == [1, 2, 3, 1, 2, 3]
    context.restore()
    context.restore()
    assert (context.lineWidth, context.getLineDash()) == (2, [])


def test_a_canvas_has_a_url_in_the_format_that_is_asked_for(weapp: Any) -> None:
    canvas = node(weapp)
    canvas.getContext("2d").fillRect(0, 0, 300, 10)
    kinds = {kind: canvas.toDataURL(kind).partition(";")[0] for kind in ("image/png", "image/jpeg", "image/tiff")}
    assert [*kinds.values()] == ["data:image/png", "data:image/jpeg", "data:image/png"]
    picture = opened(base64.b64decode(canvas.toDataURL("image/jpeg", 0.5).partition(",")[2]))
    assert (picture.size, picture.getpixel((100, 100))) == ((300, 150), (0, 0, 0, 255))  # what was transparent is black
    assert canvas.toDataURL("image/jpeg", 0.1) != canvas.toDataURL("image/jpeg", 1)
    assert canvas.toDataURL("image/jpeg", 7) == canvas.toDataURL("image/jpeg")
    canvas.width = 0
    assert canvas.toDataURL() == "data:,"


def test_pixels_are_numbers_from_0_to_255(weapp: Any) -> None:
    data = node(weapp).createImageData(2, 1).data
    data[0], data[1], data[2], data[3] = 300, -1, 127.6, "255"
    assert (list(data[:4]), data.length) == ([255, 0, 128, 255], 8)


def test_text_is_in_a_font_that_the_program_has_loaded(weapp: Any) -> None:
    weapp.loadFontFace(family="Shapes", source=f'url("{FONT}")').result()
    context = node(weapp).getContext("2d")
    context.font = "40px Shapes"
    size = context.measureText("A茶")
    assert (size.width, size.actualBoundingBoxAscent, size.actualBoundingBoxDescent) == pytest.approx((64, 32, 4))
    context.fillText("A茶", 10, 60)
    assert shown(weapp).getbbox() == (10, 28, 70, 64)


@pytest.mark.parametrize("packing", ["woff", "woff2"])
def test_a_font_may_be_packed_for_the_web(weapp: Any, packing: str) -> None:
    packed = ttLib.TTFont(HERE / "shapes.ttf")
    packed.flavor, written = packing, BytesIO()
    packed.save(written)
    url = f"data:font/{packing};base64,{base64.b64encode(written.getvalue()).decode()}"
    weapp.loadFontFace(family="Packed", source=f"url({url})").result()
    context = node(weapp).getContext("2d")
    context.font = "40px Packed"
    assert context.measureText("A茶").width == pytest.approx(64)


@pytest.mark.parametrize("data", [b"wOF2" + bytes(60), b"wOFF a font", b"\0\1\0\0", b"wOF2" + b"\xff" * 60])
def test_of_a_font_that_can_t_be_read_the_program_is_warned(weapp: Any, data: bytes) -> None:
    weapp.loadFontFace(family="Broken", source=f"url(data:font/ttf;base64,{base64.b64encode(data).decode()})").result()
    context = node(weapp).getContext("2d")
    context.font = "40px Broken"
    with pytest.warns(MissingFontWarning, match="the font 'Broken', which the program has loaded, can't be read"):
        context.measureText(" ")


@pytest.mark.parametrize("package", ["brotli", "fontTools.ttLib.woff2"])
def test_without_what_unpacks_a_font_the_program_is_told_what_to_install(
    weapp: Any, monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    weapp.loadFontFace(family="Packed", source="url(data:font/woff2;base64,d09GMg==)").result()
    context = node(weapp).getContext("2d")
    context.font = "40px Packed"
    with pytest.raises(MissingExtra, match=r"a font in WOFF2 needs the package \w+: pip install 'taropy\[canvas\]'"):
        context.measureText("A")


def test_of_a_character_that_no_font_has_the_program_is_warned_once(weapp: Any) -> None:
    context = node(weapp).getContext("2d")
    with pytest.warns(MissingFontWarning, match="loadFontFace"):
        context.fillText("\U0010fffd", 10, 10)
    with warnings.catch_warnings(action="error"):
        context.measureText("\U0010fffd \t")


@pytest.mark.anyio
async def test_frames_come_by_the_phone_s_clock() -> None:
    async with taropy.create("weapp") as t:
        t.phone.clock.stop()
        t.phone.screen.draw('<canvas type="2d" id="board"/>')
        query = t.createSelectorQuery()
        query.select("#board").node()
        [told] = await taropy.Promise(lambda resolve, reject: query.exec(resolve))
        canvas, drawn = told["node"], []

        def step(now: float) -> None:
            drawn.append(now)
            canvas.requestAnimationFrame(step)

        canvas.requestAnimationFrame(step)
        canvas.cancelAnimationFrame(canvas.requestAnimationFrame(lambda: drawn.append("cancelled")))
        await asyncio.sleep(0)
        assert drawn == []
        await t.phone.clock.advance(1)
        assert 59 <= len(drawn) <= 61
        assert "cancelled" not in drawn
        assert drawn[1] - drawn[0] == pytest.approx(1000 / 60, abs=0.01)


def test_a_frame_that_would_never_come_is_said_to_need_an_event_loop(weapp: Any) -> None:
    with pytest.raises(RuntimeError, match=r"ask for one in a page's handler, or by taropy\.run"):
        node(weapp).requestAnimationFrame(lambda: None)


def test_a_picture_of_the_page_is_of_the_one_canvas_that_is_named(weapp: Any) -> None:
    weapp.phone.screen.draw('<canvas type="2d" id="a"/><canvas canvas-id="b" style="width: 10px; height: 10px"/>')
    assert shown(weapp, "a").size == (300, 150)
    for name, many in ((None, 2), ("c", 0)):
        with pytest.raises(LookupError, match=f"has {many} canvases"):
            weapp.phone.canvases.picture(name)


def test_no_canvas_has_more_pixels_than_a_phone_s_memory(weapp: Any) -> None:
    with pytest.raises(taropy.TaroError, match="100000 x 100 pixels are more than a canvas may have"):
        weapp.createOffscreenCanvas(type="2d", width=100_000, height=100)
    canvas = node(weapp)
    with pytest.raises(ValueError, match="more than a canvas may have"):
        canvas.width = 1_000_000
    assert canvas.width == 300
