"""The town library: a mini program of three tabs, in which people find books, reserve them and see what they have."""

from . import pages
from .config import app

__all__ = ["app", "pages"]
