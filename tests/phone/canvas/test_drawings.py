"""What the phone draws, beside what Chromium has drawn: `python -m tools.canvas` records that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from drawings import Easel, difference, drawings, recorded
from skia_needed import needs_skia

import taropy

pytestmark = needs_skia

#: How many percent of a drawing's pixels may be visibly different.
BOUND = 2.0
#: Those that are further apart, with their own bounds and the reasons.
EXCEPTIONS = {
    # Chromium draws letters from a store of small pictures, whose edges are darker; the phone draws their outlines.
    "outlined text": 6.0,
    "text with a gradient and a shadow": 8.0,
}


@pytest.fixture(scope="module")
def easel() -> Iterator[Easel]:
    with taropy.create("weapp") as taro:
        yield Easel(taro)


@pytest.mark.parametrize("name", drawings())
def test_it_looks_as_in_chromium(easel: Easel, name: str) -> None:
    assert difference(easel.draw(drawings()[name]), recorded()[name]) <= EXCEPTIONS.get(name, BOUND)


def test_at_least_150_drawings_are_compared_and_few_are_excepted() -> None:
    assert len(drawings()) - len(EXCEPTIONS) >= 150
    assert EXCEPTIONS.keys() <= drawings().keys()
    assert len(EXCEPTIONS) <= 2


def test_another_drawing_is_told_apart(easel: Easel) -> None:
    drawn = {name: easel.draw(text) for name, text in drawings().items()}
    assert difference(drawn["circle"], recorded()["rectangle"]) > 10
    assert difference(drawn["shadow"], recorded()["blurred shadow"]) > BOUND


def test_the_recording_is_small() -> None:
    assert (Path(__file__).parent / "chromium.png").stat().st_size < 400_000
