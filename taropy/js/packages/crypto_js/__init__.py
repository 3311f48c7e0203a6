"""crypto-js 4: hashes, HMAC, keys out of passwords, encodings, and ciphers.

Hashes are hashlib's. AES, DES and TripleDES are those of the package `cryptography`, which the extra `crypto` brings
and nothing else here needs: `MissingExtra` says so when one is used. Where crypto-js takes what it can't mean, and
gives something, this raises `NotPorted`: for a number as a message, or a key of 5 bytes for AES.
"""

from __future__ import annotations

from typing import Any, Final

from . import algo as algo
from . import enc as enc
from . import format as format
from . import kdf as kdf
from . import lib as lib
from . import mode as mode
from . import pad as pad
from .hashing import hash_of, hmac_of
from .serializing import Helper
from .words import WordArray

MD5: Final = hash_of(algo.MD5)
SHA1: Final = hash_of(algo.SHA1)
SHA224: Final = hash_of(algo.SHA224)
SHA256: Final = hash_of(algo.SHA256)
SHA384: Final = hash_of(algo.SHA384)
SHA512: Final = hash_of(algo.SHA512)
SHA3: Final = hash_of(algo.SHA3)
RIPEMD160: Final = hash_of(algo.RIPEMD160)

HmacMD5: Final = hmac_of(algo.MD5)
HmacSHA1: Final = hmac_of(algo.SHA1)
HmacSHA224: Final = hmac_of(algo.SHA224)
HmacSHA256: Final = hmac_of(algo.SHA256)
HmacSHA384: Final = hmac_of(algo.SHA384)
HmacSHA512: Final = hmac_of(algo.SHA512)
HmacSHA3: Final = hmac_of(algo.SHA3)
HmacRIPEMD160: Final = hmac_of(algo.RIPEMD160)

AES: Final = Helper(algo.AES)
DES: Final = Helper(algo.DES)
TripleDES: Final = Helper(algo.TripleDES)
RC4: Final = Helper(algo.RC4)
RC4Drop: Final = Helper(algo.RC4Drop)


def PBKDF2(password: Any, salt: Any, cfg: Any = None) -> WordArray:
    """A key of a password and a salt. Options: `keySize` in words (4), `hasher` (SHA256), `iterations` (250,000)."""
    return algo.PBKDF2(cfg).compute(password, salt)


def EvpKDF(password: Any, salt: Any = None, cfg: Any = None) -> WordArray:
    """The same by EVP_BytesToKey. Options: `keySize` in words (4), `hasher` (MD5), `iterations` (1)."""
    return algo.EvpKDF(cfg).compute(password, salt)
