"""Pictures in Douyin's own form: @douyin-microapp/typings 1.3.1."""

from __future__ import annotations

from ..core.variant import Surface, Variant, without_numbers

SURFACE = Surface(
    "tt",
    {
        name: Variant(name, failure=without_numbers)
        for name in ("compressImage", "saveImageToPhotosAlbum", "saveVideoToPhotosAlbum")
    },
)
