"""VisionKit's OCR: text that is really read, with the extra `ocr`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from looking import Heard
from PIL import Image, ImageDraw, ImageFont

import taropy

LINES = ["Oolong 18.50", "Table 7"]


def menu() -> Image.Image:
    """A card with two lines."""
    picture = Image.new("RGB", (320, 120), "white")
    draw, font = ImageDraw.Draw(picture), ImageFont.load_default(28)
    for at, line in enumerate(LINES):
        draw.text((20, 10 + 60 * at), line, fill="black", font=font)
    return picture


def given(picture: Image.Image) -> dict[str, Any]:
    return {"frameBuffer": picture.convert("RGBA").tobytes(), "width": picture.width, "height": picture.height}


def test_the_text_in_a_picture_is_read(weapp: Any) -> None:
    pytest.importorskip("rapidocr", reason="the extra ocr is not installed")
    heard = Heard(weapp, track={"OCR": {"mode": 2}})
    heard.session.runOCR(given(menu()))
    assert [anchor.text for anchor in heard.anchors("updateAnchors")] == LINES
    heard.session.runOCR(given(Image.new("RGB", (64, 64), "white")))
    assert heard.events[1:] == ["removeAnchors"]


def test_text_before_the_camera_is_read_beside_the_program(weapp: Any, tmp_path: Path) -> None:
    pytest.importorskip("rapidocr", reason="the extra ocr is not installed")
    menu().save(tmp_path / "menu.png")
    weapp.phone.camera.show(tmp_path / "menu.png")

    async def main() -> list[Any]:
        heard = Heard(weapp, track={"OCR": {"mode": 1}})
        await taropy.settled()
        heard.frame()
        early = heard.events
        heard.frame()  # which is not read, as long as the other one is
        await taropy.settled()
        return [early, heard.events, [anchor.text for anchor in heard.anchors("addAnchors")]]

    assert taropy.run(main) == [[], ["addAnchors"], LINES]


def test_without_the_extra_it_is_said_what_to_install(weapp: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    single, live = (Heard(weapp, track={"OCR": {"mode": mode}}) for mode in (2, 1))
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    for call in (lambda: single.session.runOCR(given(menu())), live.frame):
        with pytest.raises(taropy.TaroError, match=r"pip install 'taropy\[ocr\]'"):
            call()
