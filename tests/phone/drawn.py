"""Pictures, videos and codes for tests, as files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av
import pillow_heif
import zxingcpp
from PIL import Image


def picture(path: Path, size: tuple[int, int] = (40, 30), *, orientation: int = 1, **saving: Any) -> Path:
    """A picture whose format is what its name ends with; `orientation` as Exif has it."""
    if path.suffix == ".heic":
        pillow_heif.register_heif_opener()
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.effect_noise(size, 60).convert("RGB").save(path, exif=exif, **saving)
    return path


def video(
    path: Path,
    size: tuple[int, int] = (320, 240),
    *,
    codec: str = "libx264",
    turned: int = 0,
    sound: str | None = None,
    layout: str = "stereo",
    title: str = "",
    **saving: str,
) -> Path:
    """Five frames of noise in a second, `turned` to the right by so many degrees; `sound` is silence in that codec."""
    with av.open(str(path), "w", options=saving) as container:
        container.metadata.update({"title": title} if title else {})
        stream: Any = container.add_stream(codec, rate=5, options={"preset": "ultrafast"})
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        stream.bit_rate = 4_000_000
        stream.set_display_rotation(-turned)
        heard: Any = container.add_stream(sound, rate=48_000, layout=layout) if sound else None
        for _ in range(5):
            noise = Image.effect_noise((80, 60), 60).resize(size).convert("RGB")
            container.mux(stream.encode(av.VideoFrame.from_image(noise)))
        for _ in range(50 if heard else 0):
            silence = av.AudioFrame(format="s16", layout=layout, samples=960)
            silence.rate = 48_000
            for plane in silence.planes:
                plane.update(bytes(plane.buffer_size))
            container.mux(heard.encode(silence))
        for each in filter(None, (stream, heard)):
            container.mux(each.encode(None))
    return path


def code(path: Path, content: str | bytes, kind: str = "QRCode", **drawing: str) -> Path:
    """A picture of a code, of a kind by zxing's name; with `eci` the code names that character set and is in it."""
    barcode = zxingcpp.create_barcode(content, getattr(zxingcpp.BarcodeFormat, kind), **drawing)
    Image.fromarray(barcode.to_image(scale=4)).save(path)
    return path
