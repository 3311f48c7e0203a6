"""Pictures of the computer, opened by Pillow as phones open theirs."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ...extras import need

if TYPE_CHECKING:
    from PIL.Image import Image

# Those that phones know, and no others: Pillow reads some by other programs.
FORMATS = ("JPEG", "PNG", "GIF", "TIFF", "WEBP", "BMP")
# What iPhones take pictures in, which Pillow needs a plugin for; of it JPEGs are made.
HEIC = frozenset({".heic", ".heif"})


class NotAPicture(Exception):
    """The file is no picture, or a broken one."""


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Image]:
    """The picture, open; what goes wrong with it, now or when its pixels are read, is `NotAPicture`."""
    pillow = need("PIL.Image", extra="media")
    # A warning only where the program makes errors of warnings; a picture of so many pixels fits no phone's memory.
    bombs = (pillow.DecompressionBombError, pillow.DecompressionBombWarning)
    try:
        with pillow.open(path, formats=_formats(path)) as image:
            yield image
    except (OSError, ValueError, SyntaxError, EOFError, *bombs) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # the computer's own trouble, such as a full disk
        raise NotAPicture(str(error)) from error


def _formats(path: Path) -> tuple[str, ...]:
    if path.suffix.lower() not in HEIC:
        return FORMATS
    need("pillow_heif", extra="media").register_heif_opener()
    return ("HEIF",)
