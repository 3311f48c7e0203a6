"""`kdf`: how a passphrase becomes a key and an iv."""

from __future__ import annotations

from typing import Any, Final

from ...array import Array
from ...missing import is_nullish
from ...obj import Obj
from .derivation import EvpKDF
from .hashing import MD5
from .params import CipherParams
from .words import WordArray


class OpenSSLDerivation:
    """As `openssl enc -md md5` does it: by EVP_BytesToKey with a salt of 8 bytes."""

    def execute(self, password: Any, keySize: Any, ivSize: Any, salt: Any = None, hasher: Any = None) -> CipherParams:
        """`key`, `iv` and `salt`, which is random if none is given; the sizes are in words."""
        salt = WordArray.random(8) if is_nullish(salt) else salt
        options = Obj(keySize=keySize + ivSize, hasher=MD5 if is_nullish(hasher) else hasher)
        key = EvpKDF(options).compute(password, salt)
        iv = WordArray(Array(key.words[keySize:]), ivSize * 4)
        key.sigBytes = keySize * 4
        return CipherParams({"key": key, "iv": iv, "salt": salt})


OpenSSL: Final = OpenSSLDerivation()
