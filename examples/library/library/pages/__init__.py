"""The pages; each declares itself on the app."""

from . import bag, book, books, damage, mine, sign_in

__all__ = ["bag", "book", "books", "damage", "mine", "sign_in"]
