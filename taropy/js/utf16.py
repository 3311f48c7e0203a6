"""Text as JavaScript counts it, in UTF-16 units.

Python's text has one character where JavaScript has a pair of surrogates. What counts, cuts or looks at single units
works on `units(text)`, in which each unit is a character of its own; `joined` gives Python's form back.
"""

from __future__ import annotations

import re

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def has_astral(text: str) -> bool:
    """Whether a character of it is two units."""
    return not text.isascii() and _ASTRAL.search(text) is not None


def units(text: str) -> str:
    """The text with a character for each unit."""
    return _ASTRAL.sub(_parted, text) if has_astral(text) else text


def joined(text: str) -> str:
    """The text with a character for each pair of surrogates; a lone one stays."""
    return text if text.isascii() else _PAIR.sub(_paired, text)


def usv(value: str) -> str:
    """The text with U+FFFD for every lone surrogate, so that it can be encoded."""
    if value.isascii():
        return value
    return joined(value).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _parted(found: re.Match[str]) -> str:
    high, low = divmod(ord(found[0]) - 0x10000, 0x400)
    return chr(0xD800 + high) + chr(0xDC00 + low)


def _paired(found: re.Match[str]) -> str:
    high, low = map(ord, found[0])
    return chr(0x10000 + ((high - 0xD800) << 10) + low - 0xDC00)
