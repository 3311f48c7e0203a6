"""The poster, tested as its author would: by what is in the album."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from skia_needed import needs_skia

import taropy
from taropy import Phone, Taro

pytestmark = [pytest.mark.anyio, needs_skia]

EXAMPLE = Path(__file__).parents[2] / "examples" / "poster"


@pytest.fixture(params=["weapp", "alipay"])
def phone(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Phone]:
    """A phone with a red photo in its album, on which the process's Taro runs."""
    Image.new("RGB", (300, 200), "red").save(tmp_path / "red.png")
    with Phone() as phone:
        phone.media.add(tmp_path / "red.png")
        taropy.use(request.param, phone=phone)
        yield phone
        taropy.use("weapp").close()
        taropy.use("weapp")


async def saved(phone: Phone, title: str = "AAA", words: str = "word " * 30) -> str | None:
    """What `save` of the page tells."""
    spec = importlib.util.spec_from_file_location("poster_of_the_test", EXAMPLE / "poster.py")
    assert spec is not None
    assert spec.loader is not None
    program: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(program)
    await program.app.launch()
    picked = await Taro.chooseImage(count=1)
    page: Any = phone.pages.current.program
    path: str | None = await page.save(title, words, picked.tempFilePaths[0])
    return path


async def test_the_poster_is_in_the_album_with_the_photo_in_its_frame(phone: Phone) -> None:
    assert await saved(phone) is not None
    assert phone.screen.toast is not None
    assert phone.screen.toast.title == "Saved"
    with Image.open(phone.media.album[0]) as poster:
        photo, paper = poster.convert("RGB").getpixel((300, 260)), poster.convert("RGB").getpixel((5, 5))
        assert (poster.format, poster.size) == ("JPEG", (600, 800))
    assert isinstance(photo, tuple)
    assert isinstance(paper, tuple)
    assert photo[0] > 240 > 20 > photo[1]
    assert min(paper) > 180


async def test_who_does_not_let_it_save_is_told(phone: Phone) -> None:
    phone.permissions.deny("scope.writePhotosAlbum")
    assert await saved(phone) is None
    assert phone.screen.toast is not None
    assert phone.screen.toast.title == "Not saved"
    assert len(phone.media.album) == 1


def test_taropy_run_draws_it_on_the_web(tmp_path: Path) -> None:
    root = EXAMPLE.parents[1]
    done = subprocess.run(
        [sys.executable, "-m", "taropy", "run", "-p", "h5", str(EXAMPLE / "app.py"), "--", str(tmp_path / "a.jpg")],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, [root, root / "plugins"]))},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("of 600 x 800\n")
    with Image.open(tmp_path / "a.jpg") as poster:
        assert poster.size == (600, 800)
