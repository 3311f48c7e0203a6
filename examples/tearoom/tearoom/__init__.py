"""A tea room: a mini program of three pages, and its backend."""

from . import pages
from .shop import app

__all__ = ["app", "pages"]
