"""Open data: what a vendor tells an app about a user, signed and encrypted with the session key.

`signature` is the SHA-1 of the text followed by the session key. The encryption is AES-CBC with PKCS#7 padding, its
key the session key out of base64, so that its length says which AES: 128 for WeChat, QQ and Douyin, 192 for Baidu.
Baidu wraps the text first: 16 random bytes, its length in four, the text, the app's key; and pads to 32 bytes.
(developers.weixin.qq.com: signature and decryption of open data; smartprogram.baidu.com: decryption of open data)
"""

from __future__ import annotations

import base64
import secrets
import struct
from collections.abc import Mapping
from typing import Any

from ..core.app import App
from ..core.crypto import aes_cbc_encrypt, sha1_hex
from ..core.javascript import json_of
from ..core.vendors import of_vendor

Fields = Mapping[str, Any]


def as_text(fields: Fields) -> str:
    """The fields as the vendors write them, which is what is signed and encrypted."""
    return json_of(fields)


def signed(text: str, session_key: str) -> str:
    """The `signature` that goes with a text."""
    return sha1_hex(text + session_key)


def signed_in_base64(text: str, session_key: str) -> str:
    """The same as some of QQ's functions give it (q.qq.com/wiki, "port_guild")."""
    return _base64(bytes.fromhex(signed(text, session_key)))


def with_watermark(app: App, fields: Fields, now: float) -> dict[str, Any]:
    """The fields, and for which app they are from when."""
    return {**fields, "watermark": {"timestamp": int(now), "appid": app.appid}}


def sealed(app: App, fields: Fields, session_key: str, now: float) -> dict[str, str]:
    """The fields and their watermark encrypted, under the names that the vendor gives to data and initial vector."""
    plain = as_text(with_watermark(app, fields, now)).encode()
    return of_vendor(_SEALS, app, _seal)(app, plain, base64.b64decode(session_key))


def _seal(_app: App, plain: bytes, key: bytes) -> dict[str, str]:
    iv = secrets.token_bytes(16)
    return {"encryptedData": _base64(aes_cbc_encrypt(plain, key, iv)), "iv": _base64(iv)}


def _seal_of_baidu(app: App, plain: bytes, key: bytes) -> dict[str, str]:
    iv = secrets.token_bytes(16)
    wrapped = secrets.token_bytes(16) + struct.pack(">I", len(plain)) + plain + app.appid.encode()
    return {"data": _base64(aes_cbc_encrypt(wrapped, key, iv, block=32)), "iv": _base64(iv)}


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


_SEALS = {"swan": _seal_of_baidu}
