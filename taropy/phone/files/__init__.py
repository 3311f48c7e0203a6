"""The files of each app: the room `phone.files`, and the `FileSystemManager` that programs work with."""

from __future__ import annotations

from .room import Document, Files
from .space import Limits

__all__ = ["Document", "Files", "Limits"]
