"""`members`: an enum as the object that TypeScript makes of it."""

from __future__ import annotations

from enum import Enum
from functools import cache

from .obj import Obj


@cache
def members(enum: type[Enum]) -> Obj:
    """The values of an enum's members by their names, and of numbers their names too: `members(Level)[1]` is "High".

    It is one object for each enum, as `Level` itself is in TypeScript, where it is listed, indexed or handed on. For a
    member that is named, Python's own `Level.High` means the same: it is a text or a number, equal to its value.
    """
    values = {name: member.value for name, member in enum.__members__.items()}
    return Obj(values, {str(value): name for name, value in values.items() if not isinstance(value, str)})
