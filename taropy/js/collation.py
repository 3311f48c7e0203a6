"""The order in which people expect texts, as far as it needs no language's tables."""

from __future__ import annotations

import unicodedata
from typing import Any


def collated(value: str) -> tuple[Any, ...]:
    """What sorts as people expect: by letters, then accents, then case."""
    parted = unicodedata.normalize("NFD", value)
    letters = [char for char in parted if not unicodedata.combining(char)]
    primary = [(_group(char), char.casefold()) for char in letters]
    accents = [unicodedata.combining(char) and ord(char) for char in parted]
    return primary, accents, [char.isupper() for char in letters]


def _group(char: str) -> int:
    """Which kind of characters comes first."""
    if char.isspace():
        return 0
    if char.isalpha():
        return 4
    if char.isdecimal():
        return 3
    return 2 if unicodedata.category(char).startswith("S") else 1
