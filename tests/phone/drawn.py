"""Pictures and codes for tests, as files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import zxingcpp
from PIL import Image


def picture(path: Path, size: tuple[int, int] = (40, 30), *, orientation: int = 1, **saving: Any) -> Path:
    """A picture whose format is what its name ends with; `orientation` as Exif has it."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.effect_noise(size, 60).convert("RGB").save(path, exif=exif, **saving)
    return path


def code(path: Path, content: str, kind: str = "QRCode") -> Path:
    """A picture of a code, of a kind by zxing's name."""
    barcode = zxingcpp.create_barcode(content, getattr(zxingcpp.BarcodeFormat, kind))
    Image.fromarray(barcode.to_image(scale=4)).save(path)
    return path
