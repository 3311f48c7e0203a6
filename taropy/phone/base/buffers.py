"""Bytes that programs turn into text and back, and bytes in memory that a URL stands for.

Facts: developers.weixin.qq.com/miniprogram/dev/api, "base/wx.base64ToArrayBuffer", "base/wx.arrayBufferToBase64" and
"storage/wx.createBufferURL". How a buffer's URL looks is not told; that it begins with `wxbuffer://` is judgement.
"""

from __future__ import annotations

import base64
import binascii
import secrets
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ..core.answers import Fail
from ..core.app import App
from ..core.functions import plain
from ..core.options import Buffers, js_type, string, wrong_type
from ..core.room import Room
from ..core.vendors import of_vendor
from . import web

if TYPE_CHECKING:
    from ..core.faces import Phone


def _encoded(buffer: bytes) -> str:
    return base64.b64encode(buffer).decode()


def _decoded(text: str) -> bytes:
    """The bytes. As with `atob`, white space is nothing and the padding may be missing."""
    digits = "".join(text.split())
    if len(digits) % 4:
        digits += "=" * (4 - len(digits) % 4)
    try:
        return base64.b64decode(digits, validate=True)
    except (binascii.Error, ValueError):
        raise Fail("The string to be decoded is not correctly encoded.") from None


ENCODERS: Mapping[str, Callable[[bytes], str]] = dict.fromkeys(("h5", "harmony-hybrid"), web.text_of)
DECODERS: Mapping[str, Callable[[str], bytes]] = dict.fromkeys(("h5", "harmony-hybrid"), web.bytes_of)


class ArrayBuffers(Room, name="buffers"):
    """The bytes that URLs of each app stand for, as long as the phone lives or until they are revoked."""

    STATE = ("_kept",)

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._kept: dict[str, dict[str, bytes]] = {}

    def of(self, app: App) -> dict[str, bytes]:
        """The bytes that the app keeps in memory, by URL."""
        return self._kept.setdefault(app.key, {})

    @plain
    def arrayBufferToBase64(self, app: App, buffer: Any = None) -> str:
        """The bytes as base64; on h5 the empty text, as `@tarojs/taro-h5` 4.2.1 gives it."""
        return of_vendor(ENCODERS, app, _encoded)(_bytes(buffer))

    @plain
    def base64ToArrayBuffer(self, app: App, text: Any = None) -> bytes:
        """The bytes of a base64 text. What is none fails; on h5 only what has the wrong length does."""
        return of_vendor(DECODERS, app, _decoded)(string(text))

    @plain
    def createBufferURL(self, app: App, buffer: Any = None) -> str:
        """A URL for a copy of the bytes, which is held in memory until `revokeBufferURL`."""
        url = f"wxbuffer://{secrets.token_hex(16)}"
        self.of(app)[url] = _bytes(buffer)
        return url

    @plain
    def revokeBufferURL(self, app: App, url: Any = None) -> None:
        """Lets go of the bytes; a URL that stands for none is none's concern."""
        self.of(app).pop(string(url), None)


def _bytes(buffer: Any) -> bytes:
    if js_type(buffer) != "ArrayBuffer":
        raise wrong_type("parameter", "ArrayBuffer", buffer)
    assert isinstance(buffer, Buffers)
    return bytes(buffer)
