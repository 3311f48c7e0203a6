"""`lib`: what the others are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...unported import NotPorted
from .ciphers import BlockCipher as BlockCipher
from .ciphers import Cipher as Cipher
from .hashing import Hasher as Hasher
from .params import CipherParams as CipherParams
from .serializing import PasswordBasedCipher as PasswordBasedCipher
from .serializing import SerializableCipher as SerializableCipher
from .words import WordArray as WordArray

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        if name in ("Base", "BlockCipherMode", "BufferedBlockAlgorithm", "StreamCipher"):
            raise NotPorted(f"lib.{name} of crypto-js")
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
