"""The pages of the tea room; each declares itself on the app."""

from . import mine, note, teas

__all__ = ["mine", "note", "teas"]
