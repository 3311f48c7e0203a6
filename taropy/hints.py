"""What a message about an unknown name says beside it."""

from __future__ import annotations

from collections.abc import Collection


def close_to(name: str, names: Collection[str]) -> str:
    """A hint at the nearest of the names, for error messages; nothing if none is near."""
    from difflib import get_close_matches

    close = get_close_matches(name, names, n=1)
    return f"; did you mean {close[0]!r}?" if close else ""
