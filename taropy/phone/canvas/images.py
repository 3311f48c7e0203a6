"""Pictures that programs load to draw them, as `canvas.createImage()` gives them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core.answers import Fail
from ..core.app import App
from ..core.data_urls import DATA, of_data_url
from ..core.guarded import Keeping
from ..core.telling import LONGEST, quoted
from .limits import check_size, in_limits
from .telling import begin, tell

if TYPE_CHECKING:
    from ..core.faces import Phone

#: How many bytes the file of a picture may have.
MOST_BYTES = 64 * 1024 * 1024
NO_PICTURE = "the file is no picture, or a broken one"


class Image(Keeping):
    """A picture: `src` loads it, from a path of the program's, a URL, or a data URL; `onload` or `onerror` tells when.

    - `width`, `height`: in px, once it is loaded; 0 before.
    - `complete`: whether it has loaded, or cannot be.

    A program that is in no event loop has what is on the phone at once, and can't load from the network.
    """

    def __init__(self, phone: Phone, app: App) -> None:
        self._phone, self._app = phone, app
        self._src = ""
        self._picture: Any = None
        self.complete = True
        self.width = self.height = 0
        self.onload: Callable[..., Any] | None = None
        self.onerror: Callable[..., Any] | None = None
        self.referrerPolicy = ""

    def in_words(self) -> Iterator[str]:
        """Where it comes from, and how large it is."""
        yield quoted(self._src) if self._src else "no src"
        if self._picture is not None:
            yield f"{self.width} x {self.height}"
        elif self._src:
            yield "failed" if self.complete else "not loaded yet"

    @property
    def src(self) -> str:
        """Where it comes from."""
        return self._src

    @src.setter
    def src(self, src: Any) -> None:
        self._src, self._picture, self.complete = str(src), None, False
        self.width = self.height = 0
        begin(self._phone, self._load(self._src))

    def drawn_picture(self) -> Any:
        """What is drawn of it."""
        return self._picture

    @property
    def lack(self) -> str:
        """Why nothing is drawn of it, in words for the program's author."""
        if not self._src:
            return "the picture has no src"
        why = "can't be loaded" if self.complete else "is not loaded yet: draw it in its onload"
        return f"the picture {self._src[:LONGEST]!r} {why}"

    async def _load(self, src: str) -> None:
        try:
            picture = await loaded(self._phone, self._app, src)
        except Fail as failure:
            self._done(src, None, "onerror", failure.result("createImage"))
        else:
            self._done(src, picture, "onload", {"type": "load"})

    def _done(self, src: str, picture: Any, event: str, told: dict[str, Any]) -> None:
        if src != self._src:
            return  # the program has asked for another one meanwhile
        self._picture, self.complete = picture, True
        if picture is not None:
            self.width, self.height = picture.width(), picture.height()
        tell(self._phone, f"Image.{event}", getattr(self, event), {"type": event[2:], **told, "target": self})


async def loaded(phone: Phone, app: App, src: str) -> Any:
    """The picture, decoded; `Fail` says why there is none."""
    return decoded(await _data(phone, app, src))


def decoded(data: bytes) -> Any:
    """The picture in the file; `Fail` if there is none, or one that is too large."""
    from .library import skia

    picture = skia.Image.MakeFromEncoded(skia.Data.MakeWithCopy(data)) if data else None
    if picture is None:
        raise Fail(NO_PICTURE)
    with in_limits():
        check_size(picture.width(), picture.height())
    try:
        raster = picture.makeRasterImage()
    except (RuntimeError, ValueError) as error:
        raise Fail(NO_PICTURE) from error
    if raster is None:
        raise Fail(NO_PICTURE)
    return raster


async def _data(phone: Phone, app: App, src: str) -> bytes:
    if src.startswith(DATA):
        try:
            return of_data_url(src)[1]
        except ValueError as error:
            raise Fail(NO_PICTURE) from error
    if phone.files.in_network(app, src):
        reply = await phone.network.fetched(app, src)
        if not isinstance(reply.get("data"), bytes) or not 200 <= reply["statusCode"] < 300:
            raise Fail(f"download image fail. reason: {_reason(reply)}")
        return bytes(reply["data"])
    return read(phone.files.local(app, src))


def read(file: Path) -> bytes:
    """The bytes of a file of the phone."""
    try:
        if file.stat().st_size > MOST_BYTES:
            raise Fail(f"internal error: the file has more than {MOST_BYTES} bytes")
        return file.read_bytes()
    except OSError as error:
        raise Fail("file not found") from error


def _reason(reply: Any) -> str:
    return str(reply.get("errMsg", "")).partition(":fail ")[2] or f"status {reply.get('statusCode')}"
