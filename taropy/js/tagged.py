"""`parts`: what a tag is called with first, as in `tag(parts("Hello ", "!"), name)`."""

from __future__ import annotations

from collections.abc import Sequence

from .array import Array
from .object import freeze


def parts(*texts: str, raw: Sequence[str] | None = None) -> Array[str]:
    """The texts of a template between its values, with a field `raw`: the same as they are written.

    They are the same where nothing in them is escaped. Both can't be changed.
    """
    found = Array(texts)
    found.raw = freeze(Array(texts if raw is None else raw))  # type: ignore[attr-defined]
    return freeze(found)
