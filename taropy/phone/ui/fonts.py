"""Fonts that programs load from the net.

Facts: developers.weixin.qq.com/miniprogram/dev/api/ui/font/wx.loadFontFace.html; Alipay, which knows no WOFF2,
opendocs.alipay.com/mini/api/ggawf0. The web view under the page loads the font, so failures are worded as Chromium
words them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

import attrs

from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.data_urls import DATA, of_data_url
from ..core.functions import answered
from ..core.options import optional, required
from ..core.room import Room
from ..core.vendors import of_vendor

if TYPE_CHECKING:
    from ..core.faces import Phone

SOURCE = re.compile(r"""\s*url\(\s*(["']?)(.+?)\1\s*\)\s*(format\([^)]*\)\s*)?""", re.DOTALL)

#: How the data of a font begin: TrueType, OpenType, a collection, WOFF and WOFF2.
BEGINNINGS = (b"\0\1\0\0", b"true", b"OTTO", b"ttcf", b"wOFF", b"wOF2")
KNOWN: Mapping[str, tuple[bytes, ...]] = {"my": BEGINNINGS[:-1]}

NETWORK_ERROR = "A network error occurred."


@attrs.frozen
class Font:
    """A font that is there to be used. `everywhere` is true if it is not for the page alone that loaded it."""

    family: str
    source: str
    everywhere: bool
    desc: Mapping[str, str]
    data: bytes = attrs.field(repr=False)


class Fonts(Room, name="fonts"):
    """The fonts that each app has loaded, by family."""

    STATE = ("_loaded",)

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._loaded: dict[str, dict[str, Font]] = {}

    def of(self, app: App) -> dict[str, Font]:
        """The app's fonts, by family."""
        return self._loaded.setdefault(app.key, {})

    @answered
    async def loadFontFace(self, app: App, options: Options) -> Result:
        """Loads the font `family` from `source`, `url("https://…")` or a data URL. `status`: `loaded` or `error`."""
        family, source = required(options, "family", "String"), required(options, "source", "String")
        everywhere = optional(options, "global", "Boolean", False)
        desc = optional(options, "desc", "Object", {})
        found = SOURCE.fullmatch(source)
        if found is None:
            raise Fail(f"The source provided ('{source}') could not be parsed as a value list.", status="error")
        data = await self._data(app, found[2])
        if not data.startswith(of_vendor(KNOWN, app, BEGINNINGS)):
            raise Fail(NETWORK_ERROR, status="error")
        self.of(app)[family] = Font(family, source, everywhere, dict(desc), data)
        return {"status": "loaded"}

    async def _data(self, app: App, url: str) -> bytes:
        if url.startswith(DATA):
            try:
                return of_data_url(url)[1]
            except ValueError as error:
                raise Fail(NETWORK_ERROR, status="error") from error
        reply = await self.phone.network.fetched(app, url)
        if not isinstance(reply.get("data"), bytes) or not 200 <= reply["statusCode"] < 300:
            raise Fail(NETWORK_ERROR, status="error")
        return bytes(reply["data"])
