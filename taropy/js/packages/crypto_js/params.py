"""`CipherParams`: what an encryption gives, and a decryption takes."""

from __future__ import annotations

from typing import Any, Self

from ...access import get
from ...errors import TypeError
from ...missing import is_nullish
from ...obj import Obj
from ...object import Object


class CipherParams(Object):
    """`ciphertext`, and as far as they are known `key`, `iv`, `salt`, `algorithm`, `mode`, `padding`, `blockSize` and
    `formatter`.
    """

    ciphertext: Any
    key: Any
    iv: Any
    salt: Any

    def __init__(self, cipherParams: Any = None) -> None:
        self.mixIn(cipherParams)

    @classmethod
    def create(cls, cipherParams: Any = None) -> Self:
        """One with these fields."""
        return cls(cipherParams)

    def mixIn(self, properties: Any) -> None:
        """Sets these fields."""
        given = Obj() if is_nullish(properties) else properties
        for name in Object.keys(given):
            setattr(self, name, get(given, name))

    def toString(self, formatter: Any = None) -> str:
        """As a formatter of `format` writes it; that which it was made with, if none is given."""
        chosen = self.formatter if is_nullish(formatter) else formatter
        if is_nullish(chosen):
            raise TypeError("Cannot read properties of undefined (reading 'stringify')")
        written: str = chosen.stringify(self)
        return written
