"""Pages with canvases, and what is to be seen on them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image

import taropy

RED, BLUE, NOTHING = (255, 0, 0, 255), (0, 0, 255, 255), (0, 0, 0, 0)
#: An older canvas, which programs know by its name.
OLD = '<canvas id="old" canvas-id="old" style="width: 100px; height: 50px"/>'


def node(t: Any, wxml: str = '<canvas type="2d" id="board"/>', selector: str = "#board") -> Any:
    """The canvas of a page that is drawn, as a query gives it."""
    t.phone.screen.draw(wxml)
    return asked(t, selector)["node"]


def asked(t: Any, selector: str) -> Any:
    """What a query tells of a node."""
    query = t.createSelectorQuery()
    query.select(selector).fields({"node": True, "size": True})
    return taropy.Promise(lambda resolve, reject: query.exec(resolve)).result()[0]


def shown(t: Any, name: str | None = None) -> Image.Image:
    """What a canvas of the page shows."""
    return opened(t.phone.canvases.picture(name))


def opened(data: bytes) -> Image.Image:
    """The picture in a file, with transparency."""
    return Image.open(BytesIO(data)).convert("RGBA")


def near(color: Any, wanted: tuple[int, int, int]) -> bool:
    """Whether a pixel has nearly that colour, as in a JPEG."""
    return all(abs(one - other) < 16 for one, other in zip(color, wanted, strict=False))
