"""Hashers, which take a message in pieces, and HMAC over them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, ClassVar, Protocol, Self

from ...conversions import truthy
from ...errors import TypeError
from ...missing import is_nullish
from ...obj import Obj
from ...object import Object
from ...unported import NotPorted
from .enc import Utf8
from .keccak import Keccak
from .words import WordArray, data_of, has_more_bits, words_like, words_of


class _State(Protocol):
    def update(self, data: bytes, /) -> None: ...
    def digest(self) -> bytes: ...
    def copy(self) -> _State: ...


class Hasher(Object):
    """`create()`, `update(message)` as often as one likes, and `finalize(message)`, which gives the hash.

    A message is a text, which counts as its bytes in UTF-8, or a `WordArray`. Once it is finalized it has to be
    `reset`; crypto-js goes on with what is left in it, and this raises `NotPorted`.
    """

    #: How many words a block has.
    blockSize: Any = 16
    _size: ClassVar[int]
    _state: _State

    def __init__(self, cfg: Any = None) -> None:
        self.cfg: Any = self._configured(cfg)
        self.reset()

    def _configured(self, cfg: Any) -> Obj:
        return Obj(cfg)

    @classmethod
    def create(cls, cfg: Any = None) -> Self:
        """One that has nothing yet."""
        return cls(cfg)

    @classmethod
    def init(cls, cfg: Any = None) -> Self:
        """As `create`: `new SHA256.init()`."""
        return cls(cfg)

    @classmethod
    def name(cls) -> str:
        """What `hashlib` calls it; "" for what that has not."""
        return cls.__name__.lower()

    def _new(self) -> _State:
        return hashlib.new(self.name(), usedforsecurity=False)

    def reset(self) -> None:
        """Begins anew."""
        self._state = self._new()
        self._count = 0
        self._has_more_bits = self._is_done = False

    def update(self, messageUpdate: Any = None) -> Self:
        """Adds a piece of the message, and returns the hasher. `TypeError` for nothing."""
        if self._is_done:
            raise NotPorted("a hasher of crypto-js that goes on after finalize, without reset")
        words = words_like(Utf8.parse(messageUpdate) if isinstance(messageUpdate, str) else messageUpdate)
        self._has_more_bits = self._count % 4 == 0 and has_more_bits(words)
        self._state.update(data_of(words))
        self._count += int(words.sigBytes)
        return self

    def finalize(self, messageUpdate: Any = None) -> WordArray:
        """The hash of all pieces, with this one as the last, if there is one."""
        if truthy(messageUpdate):
            self.update(messageUpdate)
        if self._is_done:
            raise NotPorted("a hasher of crypto-js that is finalized again, without reset")
        if self._has_more_bits:
            raise NotPorted(
                "the hash of a WordArray with bits beyond its sigBytes, which crypto-js mixes in: clamp() it"
            )
        self._is_done = True
        return self._hash(self._state.digest())

    def _hash(self, digest: bytes) -> WordArray:
        return WordArray(words_of(digest), len(digest))

    def clone(self) -> Self:
        """One that has the same pieces, and goes on by itself."""
        other = type(self)(self.cfg)
        vars(other).update(vars(self))
        other._state = self._state.copy()
        return other


class MD5(Hasher):
    """MD5."""


class SHA1(Hasher):
    """SHA-1."""


class SHA224(Hasher):
    """SHA-224."""


class SHA256(Hasher):
    """SHA-256."""


class SHA384(Hasher):
    """SHA-384. Where crypto-js has words that are larger than 32 bits, these are the lower 32."""

    blockSize = 32


class SHA512(Hasher):
    """SHA-512. Where crypto-js has words that are larger than 32 bits, these are the lower 32."""

    blockSize = 32


class RIPEMD160(Hasher):
    """RIPEMD-160; `NotPorted` with a Python whose OpenSSL has it not."""

    def _new(self) -> _State:
        try:
            return super()._new()
        except ValueError as error:
            raise NotPorted(f"RIPEMD160 of crypto-js with this Python: {error}") from error


class SHA3(Hasher):
    """What crypto-js calls SHA-3: Keccak as it was before the standard, of `outputLength` bits (512)."""

    blockSize: Any = 18

    @classmethod
    def name(cls) -> str:
        """None: hashlib has only what became of it."""
        return ""

    def _configured(self, cfg: Any) -> Obj:
        made = Obj({"outputLength": 512}, cfg)
        length = made.outputLength
        if not isinstance(length, int) or length % 32 or not 0 < length < 800:
            raise NotPorted(f"SHA3 of crypto-js with an outputLength of {length}")
        return made

    def _new(self) -> _State:
        made = Keccak(self.cfg.outputLength)
        self.blockSize = made.size // 4
        return made

    def _hash(self, digest: bytes) -> WordArray:
        return WordArray(words_of(digest), self.cfg.outputLength // 8)


class HMAC(Object):
    """A hash with a key: `HMAC.create(SHA256, key)`, then as a hasher."""

    def __init__(self, hasher: Any, key: Any) -> None:
        self._hasher = hasher.create()
        if isinstance(key, str):
            key = Utf8.parse(key)
        if is_nullish(key):
            raise TypeError("Cannot read properties of undefined (reading 'sigBytes')")
        if not isinstance(key, WordArray):
            raise TypeError("key.clamp is not a function")
        size = self._hasher.blockSize * 4
        if key.sigBytes > size:
            key = self._hasher.finalize(key)
        key.clamp()
        data = data_of(words_like(key), size)
        self._inner = WordArray(words_of(bytes(byte ^ 0x36 for byte in data)))
        self._outer = WordArray(words_of(bytes(byte ^ 0x5C for byte in data)))
        self.reset()

    @classmethod
    def create(cls, hasher: Any, key: Any) -> Self:
        """One over a hasher of `algo`. `TypeError` if the key is neither a text nor a `WordArray`."""
        return cls(hasher, key)

    def reset(self) -> None:
        """Begins anew."""
        self._hasher.reset()
        self._hasher.update(self._inner)

    def update(self, messageUpdate: Any = None) -> Self:
        """Adds a piece of the message."""
        self._hasher.update(messageUpdate)
        return self

    def finalize(self, messageUpdate: Any = None) -> WordArray:
        """The hash of all pieces, with this one as the last, if there is one."""
        inner = self._hasher.finalize(messageUpdate)
        self._hasher.reset()
        made: WordArray = self._hasher.finalize(self._outer.clone().concat(inner))
        return made


def hash_of(hasher: type[Hasher]) -> Callable[..., WordArray]:
    """`MD5(message, cfg)` and its kin."""

    def hash(message: Any = None, cfg: Any = None) -> WordArray:
        return hasher.create(cfg).finalize(message)

    hash.__name__ = hasher.__name__
    hash.__doc__ = f"The {hasher.__name__} of a text, as of its bytes in UTF-8, or of a `WordArray`."
    return hash


def hmac_of(hasher: type[Hasher]) -> Callable[..., WordArray]:
    """`HmacMD5(message, key)` and its kin."""

    def hmac(message: Any = None, key: Any = None) -> WordArray:
        return HMAC(hasher, key).finalize(message)

    hmac.__name__ = f"Hmac{hasher.__name__}"
    hmac.__doc__ = f"The HMAC of a message with a key, over {hasher.__name__}; each a text or a `WordArray`."
    return hmac
