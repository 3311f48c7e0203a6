"""How wide texts are that the phone shows, as its limits count them."""

from __future__ import annotations


def text_width(text: str) -> int:
    """The room that `text` takes: one for a Latin letter, two for a Chinese one."""
    return sum(2 if "\u0391" <= letter <= "\uffe5" else 1 for letter in text)
