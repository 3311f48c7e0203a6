"""What a program is warned of that draws on a canvas."""

from __future__ import annotations


class MissingFontWarning(UserWarning):
    """No font has a character that a program draws, or a font that it has loaded can't be read.

    The character is drawn as the empty box of the font, or not at all; the font's texts are in another.
    """
