"""The phone's pictures and videos: the room `phone.media`, over a folder of real files."""

from __future__ import annotations

from .room import Media, Preview

__all__ = ["Media", "Preview"]
