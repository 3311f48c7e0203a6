"""Reads what a vendor's client has encrypted for the app's backend."""

from __future__ import annotations

import base64
import json
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

BLOCK_BITS = 128


def decrypted(encrypted_data: str, iv: str, session_key: str, appid: str) -> dict[str, Any]:
    """The open data in `encryptedData`, AES-128-CBC with the session key, as WeChat, QQ and Douyin have it.

    Raises `ValueError` if it was encrypted with another key, for another app, or is nothing of the kind.
    """
    decryptor = Cipher(algorithms.AES(_bytes(session_key)), modes.CBC(_bytes(iv))).decryptor()
    padded = decryptor.update(_bytes(encrypted_data)) + decryptor.finalize()
    unpadder = PKCS7(BLOCK_BITS).unpadder()
    data = json.loads(unpadder.update(padded) + unpadder.finalize())
    if not isinstance(data, dict) or data.get("watermark", {}).get("appid") != appid:
        raise ValueError("the data are not for this app")
    return data


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
