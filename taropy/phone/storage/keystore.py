"""The phone's key store: what is stored with `encrypt` is sealed with a key that no program gets to see.

AES-128, as WeChat says of its own (developers.weixin.qq.com/miniprogram/dev/api/storage/wx.setStorage.html), here in
GCM, so that what was changed, or put under another key or into another app, does not open. A phone with a folder keeps
the key in its `keystore.json`: what else is in the folder tells nothing without that file. Needs the extra `crypto`.
"""

from __future__ import annotations

import base64
import secrets
from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs

from ...extras import need
from ...masking import hidden
from ..core.answers import Fail, extras_told
from ..core.saved import Saved

if TYPE_CHECKING:
    from ..core.faces import Phone

NONCE = 12
KEY_BITS = 128


@attrs.frozen
class Kept:
    """The key, in hexadecimal digits."""

    key: str = attrs.field(repr=hidden, validator=attrs.validators.matches_re(f"[0-9a-f]{{{KEY_BITS // 4}}}"))


class Keystore:
    """Seals and opens texts of one phone."""

    def __init__(self, phone: Phone) -> None:
        self._saved = Saved(phone, "keystore.json", Kept)

    def seal(self, text: str, place: str) -> str:
        """`text` for nobody else to read, as base64; it opens only at the same `place`."""
        nonce = secrets.token_bytes(NONCE)
        return base64.b64encode(nonce + self._cipher.encrypt(nonce, text.encode(), place.encode())).decode()

    def open(self, sealed: str, place: str) -> str:
        """The text that was sealed. Raises `Fail` if it was not sealed here, or for another place."""
        data, cipher = base64.b64decode(sealed), self._cipher
        try:
            text: bytes = cipher.decrypt(data[:NONCE], data[NONCE:], place.encode())
        except _crypto("cryptography.exceptions").InvalidTag:
            raise Fail("decrypt fail") from None
        return text.decode()

    @cached_property
    def _cipher(self) -> Any:
        return _crypto("cryptography.hazmat.primitives.ciphers.aead").AESGCM(self._key())

    def _key(self) -> bytes:
        kept = self._saved.load(None) or self._saved.keep_first(Kept(secrets.token_hex(KEY_BITS // 8)))
        return bytes.fromhex(kept.key)


def _crypto(module: str) -> Any:
    with extras_told():
        return need(module, extra="crypto")
