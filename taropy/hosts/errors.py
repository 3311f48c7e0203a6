"""What hosts fail with before a program begins."""

from __future__ import annotations


class HostError(RuntimeError):
    """A host cannot be had here; the text says why."""


class PageError(HostError):
    """A page cannot be had: the port is taken, there is no browser, it does not come; the text says what to do."""
