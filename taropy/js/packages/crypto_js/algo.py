"""`algo`: what takes its data in pieces, and what other members are told to use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...unported import NotPorted
from .ciphers import AES as AES
from .ciphers import DES as DES
from .ciphers import RC4 as RC4
from .ciphers import RC4Drop as RC4Drop
from .ciphers import TripleDES as TripleDES
from .derivation import PBKDF2 as PBKDF2
from .derivation import EvpKDF as EvpKDF
from .hashing import HMAC as HMAC
from .hashing import MD5 as MD5
from .hashing import RIPEMD160 as RIPEMD160
from .hashing import SHA1 as SHA1
from .hashing import SHA3 as SHA3
from .hashing import SHA224 as SHA224
from .hashing import SHA256 as SHA256
from .hashing import SHA384 as SHA384
from .hashing import SHA512 as SHA512

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        if name in ("Blowfish", "Rabbit", "RabbitLegacy"):
            raise NotPorted(f"algo.{name} of crypto-js")
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
