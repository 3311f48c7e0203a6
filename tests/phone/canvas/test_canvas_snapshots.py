"""A phone that goes back has on its canvases what was drawn then, and its programs draw on as they would have."""

from __future__ import annotations

from typing import Any

import pytest
from canvases import BLUE, NOTHING, OLD, RED, node, shown
from skia_needed import needs_skia

pytestmark = needs_skia


@pytest.fixture
def canvas(weapp: Any) -> Any:
    """A newer canvas of a page."""
    return node(weapp)


def test_a_canvas_shows_again_what_it_showed_however_often(weapp: Any, canvas: Any) -> None:
    context = canvas.getContext("2d")
    context.fillStyle = "red"
    context.fillRect(0, 0, 10, 10)
    taken = weapp.phone.snapshot()
    for _ in range(2):
        context.fillStyle = "blue"
        context.fillRect(0, 0, 300, 150)
        assert shown(weapp).getpixel((5, 5)) == BLUE
        weapp.phone.restore(taken)
        assert [shown(weapp).getpixel(place) for place in ((5, 5), (50, 50))] == [RED, NOTHING]


def test_a_snapshot_is_not_drawn_on(weapp: Any, canvas: Any) -> None:
    context = canvas.getContext("2d")
    taken = weapp.phone.snapshot()
    context.fillRect(0, 0, 300, 150)
    context.globalAlpha = 0.5
    context.save()
    weapp.phone.restore(taken)
    assert shown(weapp).getbbox() is None
    assert (context.globalAlpha, context.fillStyle) == (1, "#000000")


def test_a_program_draws_on_with_what_it_had_set(weapp: Any, canvas: Any) -> None:
    context = canvas.getContext("2d")
    context.fillStyle = "red"
    context.translate(100, 0)
    context.save()
    context.fillStyle = "blue"
    context.translate(100, 0)
    context.rect(0, 0, 10, 10)
    taken = weapp.phone.snapshot()
    context.reset()
    weapp.phone.restore(taken)

    context.fill()
    context.restore()
    context.fillRect(0, 0, 10, 10)
    context.restore()  # which nothing was saved for
    pixels = [shown(weapp).getpixel((x, 5)) for x in (5, 105, 205)]
    assert pixels == [NOTHING, RED, BLUE]


def test_what_was_cut_off_stays_so_and_ends_with_its_state(weapp: Any, canvas: Any) -> None:
    context = canvas.getContext("2d")
    context.fillStyle = "red"
    context.save()
    context.translate(10, 0)
    context.beginPath()
    context.rect(0, 0, 10, 10)
    context.clip()
    context.setTransform(1, 0, 0, 1, 0, 0)
    taken = weapp.phone.snapshot()
    context.restore()
    weapp.phone.restore(taken)

    context.fillRect(0, 0, 300, 150)
    assert [shown(weapp).getpixel((x, 5)) for x in (5, 15, 25)] == [NOTHING, RED, NOTHING]
    context.restore()
    context.fillRect(0, 0, 300, 150)
    assert shown(weapp).getpixel((25, 5)) == RED


def test_its_size_comes_back_too(weapp: Any, canvas: Any) -> None:
    canvas.width = 20
    canvas.getContext("2d").fillRect(0, 0, 300, 150)
    taken = weapp.phone.snapshot()
    canvas.width = 40
    weapp.phone.restore(taken)
    assert (canvas.width, shown(weapp).size) == (20, (20, 150))
    assert shown(weapp).getpixel((19, 149)) == (0, 0, 0, 255)


def test_an_older_canvas_keeps_its_pixels_and_not_what_is_only_collected(weapp: Any) -> None:
    weapp.phone.screen.draw(OLD)
    context = weapp.createCanvasContext("old")
    context.setFillStyle("red")
    context.fillRect(0, 0, 100, 50)
    context.draw()
    taken = weapp.phone.snapshot()
    context.setFillStyle("blue")
    context.fillRect(0, 0, 100, 50)
    context.draw()
    context.setFillStyle("blue")
    context.fillRect(0, 0, 100, 50)
    weapp.phone.restore(taken)
    assert shown(weapp).getpixel((5, 5)) == RED
    context.draw(True)  # what was collected before is the program's own
    assert shown(weapp).getpixel((5, 5)) == BLUE


def test_a_canvas_that_was_made_since_is_empty(weapp: Any) -> None:
    taken = weapp.phone.snapshot()
    canvas = node(weapp)
    canvas.getContext("2d").fillRect(0, 0, 300, 150)
    weapp.phone.restore(taken)
    assert canvas.getContext("2d").getImageData(0, 0, 1, 1).data == b"\0\0\0\0"


def test_canvases_that_nobody_has_drawn_on_cost_a_snapshot_nothing(weapp: Any, canvas: Any) -> None:
    taken = weapp.phone.snapshot()
    canvas.getContext("2d").fillRect(0, 0, 10, 10)
    weapp.phone.restore(taken)
    assert shown(weapp).getbbox() is None
