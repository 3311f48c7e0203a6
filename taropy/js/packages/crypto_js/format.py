"""`format`: how what an encryption gives is written. Each has `stringify(cipherParams)` and `parse(text)`."""

from __future__ import annotations

from typing import Any, Final

from ...array import Array
from . import enc
from .params import CipherParams
from .words import WordArray, data_of

_SALTED: Final = b"Salted__"


class OpenSSLFormat:
    """Base64, as `openssl enc -base64` writes it: with a salt, `Salted__` and the salt stand first."""

    def stringify(self, cipherParams: Any) -> str:
        """The text."""
        salt, ciphertext = cipherParams["salt"], cipherParams["ciphertext"]
        if salt is None:
            return enc.Base64.stringify(ciphertext)
        return enc.Base64.stringify(WordArray(_SALTED).concat(salt).concat(ciphertext))

    def parse(self, openSSLStr: Any) -> CipherParams:
        """The ciphertext, and the salt if there is one."""
        ciphertext, salt = enc.Base64.parse(openSSLStr), None
        if data_of(ciphertext, 8) == _SALTED:
            salt = WordArray(Array(ciphertext.words[2:4]))
            ciphertext = WordArray(Array(ciphertext.words[4:]), ciphertext.sigBytes - 16)
        return CipherParams({"ciphertext": ciphertext, "salt": salt})


class HexFormat:
    """Hexadecimal digits, without a salt."""

    def stringify(self, cipherParams: Any) -> str:
        """The digits of the ciphertext."""
        return enc.Hex.stringify(cipherParams["ciphertext"])

    def parse(self, input: Any) -> CipherParams:
        """The ciphertext."""
        return CipherParams({"ciphertext": enc.Hex.parse(input)})


OpenSSL: Final = OpenSSLFormat()
Hex: Final = HexFormat()
