"""Keys out of passwords: PBKDF2, and EvpKDF, which is OpenSSL's EVP_BytesToKey."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator
from itertools import count
from typing import Any, Self

from ...obj import Obj
from ...object import Object
from .enc import Utf8
from .hashing import HMAC, MD5, SHA256
from .words import WordArray, data_of, words_like, words_of


class _Derivation(Object):
    """A derivation with its options: `keySize` in words, `hasher`, `iterations`."""

    def __init__(self, cfg: Any = None) -> None:
        self.cfg: Any = Obj(self._defaults(), cfg)

    def _defaults(self) -> Obj:
        raise NotImplementedError

    @classmethod
    def create(cls, cfg: Any = None) -> Self:
        """One with these options."""
        return cls(cfg)

    def _key(self, blocks: Iterator[bytes]) -> WordArray:
        """As many blocks as the key needs; the last one whole, though only `keySize` words count."""
        size, data = self.cfg.keySize * 4, b""
        while len(data) < size:
            data += next(blocks)
        return WordArray(words_of(data), size)


class PBKDF2(_Derivation):
    """PBKDF2, by SHA-256 and 250,000 iterations for 4 words, if nothing else is said."""

    def _defaults(self) -> Obj:
        return Obj(keySize=4, hasher=SHA256, iterations=250_000)

    def compute(self, password: Any, salt: Any) -> WordArray:
        """The key of a password and a salt; each a text or a `WordArray`."""
        hasher = self.cfg.hasher
        hmac = HMAC(hasher, password)
        iterations = max(math.ceil(self.cfg.iterations), 1)
        if hasher.name():
            secret = data_of(words_like(Utf8.parse(password) if isinstance(password, str) else password))
            salted = data_of(words_like(Utf8.parse(salt) if isinstance(salt, str) else salt))
            size = hasher.create().finalize().sigBytes
            blocks = math.ceil(self.cfg.keySize * 4 / size)
            made = hashlib.pbkdf2_hmac(hasher.name(), secret, salted, iterations, max(blocks, 1) * size)
            return self._key(iter([made]))
        return self._key(self._blocks(hmac, salt, iterations))

    def _blocks(self, hmac: HMAC, salt: Any, iterations: int) -> Iterator[bytes]:
        for index in count(1):
            last = hmac.update(salt).finalize(WordArray(words_of(index.to_bytes(4))))
            hmac.reset()
            block = int.from_bytes(data_of(last))
            for _ in range(iterations - 1):
                last = hmac.finalize(last)
                hmac.reset()
                block ^= int.from_bytes(data_of(last))
            yield block.to_bytes(int(last.sigBytes))


class EvpKDF(_Derivation):
    """EVP_BytesToKey, by MD5 and one iteration for 4 words, if nothing else is said."""

    def _defaults(self) -> Obj:
        return Obj(keySize=4, hasher=MD5, iterations=1)

    def compute(self, password: Any, salt: Any = None) -> WordArray:
        """The key of a password and a salt; each a text or a `WordArray`."""
        return self._key(self._blocks(password, salt))

    def _blocks(self, password: Any, salt: Any) -> Iterator[bytes]:
        hasher, block = self.cfg.hasher.create(), None
        while True:
            if block is not None:
                hasher.update(block)
            block = hasher.update(password).finalize(salt)
            hasher.reset()
            for _ in range(1, math.ceil(self.cfg.iterations)):
                block = hasher.finalize(block)
                hasher.reset()
            yield data_of(block)
