"""Ciphers, which take data in pieces: AES, DES and TripleDES by `cryptography`, and RC4."""

from __future__ import annotations

import math
from typing import Any, Self

from ....extras import need
from ...access import get
from ...array import Array
from ...conversions import truthy
from ...errors import Error, TypeError
from ...missing import is_nullish
from ...obj import Obj
from ...object import Object
from ...unported import NotPorted
from .enc import Utf8
from .mode import CBC, CTR, Blocks, Mode
from .pad import Padding, Pkcs7
from .words import WordArray, data_of, words_like, words_of


class Cipher(Object):
    """`createEncryptor(key, cfg)` or `createDecryptor(key, cfg)`, then `process(data)` as often as one likes, and
    `finalize(data)`. Data are a text, which counts as its bytes in UTF-8, or a `WordArray`.
    """

    #: In words.
    keySize: Any = 4
    ivSize: Any = 4
    blockSize: Any = 4

    #: How many blocks are held back for the end.
    _kept = 0

    def __init__(self, key: Any, cfg: Any, *, encrypts: bool) -> None:
        self.cfg: Any = Obj(self._defaults(), cfg)
        self._encrypts = encrypts
        self._key = _key(key)
        self.reset()

    def _defaults(self) -> Obj:
        return Obj()

    @classmethod
    def createEncryptor(cls, key: Any, cfg: Any = None) -> Self:
        """One that encrypts. `TypeError` without a key."""
        return cls(key, cfg, encrypts=True)

    @classmethod
    def createDecryptor(cls, key: Any, cfg: Any = None) -> Self:
        """One that decrypts. `TypeError` without a key."""
        return cls(key, cfg, encrypts=False)

    def reset(self) -> None:
        """Begins anew."""
        self._data = WordArray()
        self._start()

    def _start(self) -> None:
        raise NotImplementedError

    def process(self, dataUpdate: Any = None) -> WordArray:
        """Takes a piece, and gives the blocks that are ready."""
        self._append(dataUpdate)
        size = self.blockSize * 4
        return self._taken(max(int(self._data.sigBytes // size) - self._kept, 0))

    def finalize(self, dataUpdate: Any = None) -> WordArray:
        """Takes the last piece, if there is one, and gives what is left."""
        if truthy(dataUpdate):
            self._append(dataUpdate)
        return self._rest()

    def _rest(self) -> WordArray:
        return self._taken(math.ceil(self._data.sigBytes / (self.blockSize * 4)))

    def _append(self, data: Any) -> None:
        self._data.concat(Utf8.parse(data) if isinstance(data, str) else data)

    def _taken(self, blocks: int) -> WordArray:
        """So many blocks, encrypted or decrypted; in a last one that is not full, fewer bytes count."""
        size = blocks * self.blockSize * 4
        made = words_of(self._transformed(data_of(self._data, size)))
        count = min(size, self._data.sigBytes)
        self._data = WordArray(Array(self._data.words[size // 4 :]), self._data.sigBytes - count)
        return WordArray(made, count)

    def _transformed(self, data: bytes) -> bytes:
        raise NotImplementedError


def _key(key: Any) -> WordArray:
    if is_nullish(key):
        raise TypeError("Cannot read properties of undefined (reading 'words')")
    return words_like(key)


class BlockCipher(Cipher):
    """A cipher of blocks, by a mode and a padding: CBC and Pkcs7, if nothing else is said."""

    _mode: Mode
    _padding: Padding

    def _defaults(self) -> Obj:
        return Obj(mode=CBC, padding=Pkcs7)

    def _start(self) -> None:
        mode, self._padding = self.cfg.mode, self.cfg.padding
        for given, kind in ((mode, type), (self._padding, Padding)):
            if is_nullish(given):
                raise TypeError("Cannot read properties of undefined")
            if not isinstance(given, kind):
                raise NotPorted("a mode or a padding of one's own in crypto-js")
        self._kept = 0 if self._encrypts else 1
        self._mode = mode(self._blocks(), self._iv(), encrypts=self._encrypts)

    def _iv(self) -> bytes | None:
        """The words of `iv`, with zeros for those that it has not; None for what has no words, such as a text."""
        words = get(self.cfg.iv, "words")
        if not isinstance(words, list):
            return None
        if self.cfg.mode is CTR and len(words) < self.blockSize:
            raise NotPorted("mode.CTR of crypto-js with an iv that is shorter than a block")
        return data_of(WordArray(words), self.blockSize * 4)

    def _blocks(self) -> Blocks:
        raise NotImplementedError

    def _rest(self) -> WordArray:
        if self._encrypts:
            self._padding.pad(self._data, self.blockSize)
            return super()._rest()
        made = super()._rest()
        self._padding.unpad(made)
        return made

    def _transformed(self, data: bytes) -> bytes:
        return self._mode.process(data)


class _Cryptography:
    """Blocks by the package `cryptography`, each by itself."""

    def __init__(self, home: str, name: str, key: bytes) -> None:
        ciphers = need("cryptography.hazmat.primitives.ciphers", extra="crypto", what=f"{name} of crypto-js")
        algorithm = getattr(need(home, extra="crypto", what=f"{name} of crypto-js"), name)(key)
        cipher = ciphers.Cipher(algorithm, ciphers.modes.ECB())
        self.size: int = algorithm.block_size // 8
        self.encrypt = cipher.encryptor().update
        self.decrypt = cipher.decryptor().update


class AES(BlockCipher):
    """AES with a key of 16, 24 or 32 bytes. crypto-js computes something with others as well; here they are
    `NotPorted`.
    """

    keySize = 8

    def _blocks(self) -> Blocks:
        if self._key.sigBytes not in (16, 24, 32):
            raise NotPorted(f"AES of crypto-js with a key of {self._key.sigBytes} bytes, which AES has not")
        return _Cryptography("cryptography.hazmat.primitives.ciphers.algorithms", "AES", data_of(self._key))


class TripleDES(BlockCipher):
    """TripleDES with a key of 2, 4, or 6 words and more; `Error` for others."""

    keySize = 6
    ivSize = 2
    blockSize = 2

    def _blocks(self) -> Blocks:
        count = len(self._key.words)
        if count not in (2, 4) and count < 6:
            raise Error("Invalid key length - 3DES requires the key length to be 64, 128, 192 or >192.")
        key = data_of(self._key, min(count, 6) * 4)
        return _Cryptography("cryptography.hazmat.decrepit.ciphers.algorithms", "TripleDES", (key * 3)[:24])


class DES(BlockCipher):
    """DES with the first two words of a key."""

    keySize = 2
    ivSize = 2
    blockSize = 2

    def _blocks(self) -> Blocks:
        key = data_of(self._key, 8)
        return _Cryptography("cryptography.hazmat.decrepit.ciphers.algorithms", "TripleDES", key * 3)


class RC4(Cipher):
    """RC4, which encrypts as it decrypts."""

    keySize = 8
    ivSize = 0
    blockSize = 1

    def _start(self) -> None:
        key = data_of(self._key) or b"\0"
        self._box, self._at, self._other = list(range(256)), 0, 0
        box, other = self._box, 0
        for at in range(256):
            other = (other + box[at] + key[at % len(key)]) % 256
            box[at], box[other] = box[other], box[at]

    def _transformed(self, data: bytes) -> bytes:
        return bytes(byte ^ self._next() for byte in data)

    def _next(self) -> int:
        box = self._box
        at = self._at = (self._at + 1) % 256
        other = self._other = (self._other + box[at]) % 256
        box[at], box[other] = box[other], box[at]
        return box[(box[at] + box[other]) % 256]


class RC4Drop(RC4):
    """RC4 without the first `drop` words (192) of what is mixed in."""

    def _defaults(self) -> Obj:
        return Obj(drop=192)

    def _start(self) -> None:
        super()._start()
        for _ in range(max(math.ceil(self.cfg.drop), 0) * 4):
            self._next()
