"""Text in pictures, read by RapidOCR (the extra `ocr`), whose models of PP-OCR come with it."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from ....extras import need

if TYPE_CHECKING:
    from PIL.Image import Image

EXTRA = "ocr"
#: The longer edge of what is searched for text, in pixels. Judgement.
EDGE = 960
#: No text has so few pixels.
LEAST = 4
SETTINGS: Mapping[str, Any] = {
    "Global.log_level": "critical",
    "Global.use_cls": False,  # whether a line stands on its head
    "Det.limit_type": "max",
    "Det.limit_side_len": EDGE,
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}
#: It reads one picture at a time.
_one = threading.Lock()


def need_reader() -> Any:
    """The package that reads; `MissingExtra` if nothing here can."""
    need("onnxruntime", extra=EXTRA)
    return need("rapidocr", extra=EXTRA)


def read(picture: Image) -> list[str]:
    """The lines of text in the picture, from the top to the bottom."""
    if min(picture.size) * min(1, EDGE / max(picture.size)) < LEAST:
        return []  # which RapidOCR can't make small enough
    numpy = need("numpy", extra=EXTRA)
    with _one:
        told = _reader()(numpy.asarray(picture.convert("RGB"))[:, :, ::-1])
    return list(told.txts or ())


@cache
def _reader() -> Any:
    return need_reader().RapidOCR(params=dict(SETTINGS))
