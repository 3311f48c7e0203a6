"""What hosts fail with before a program begins."""

from __future__ import annotations


class PageError(RuntimeError):
    """A page cannot be had: the port is taken, there is no browser, it does not come; the text says what to do."""
