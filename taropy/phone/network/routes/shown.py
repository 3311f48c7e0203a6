"""How bodies are shown in a line: texts as they begin, forms by their fields, bytes by their size and type."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from ....masking import MASK, is_secret, masked_text
from .forms import MULTIPART, parts_of
from .messages import Part

# How much of a text is shown.
SHOWN = 200
# What stands in no text that a server means to be read.
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")


def shown_body(headers: Mapping[str, str], body: bytes, text: str, write: Callable[[str], str] = str) -> str:
    """The body in a line, with a mask for each secret; `text` is what it reads as, which is written as `write` does."""
    type = headers.get("content-type", "")
    kind = type.partition(";")[0].strip().lower()
    if kind == MULTIPART:
        fields = [shown_part(name, part) for name, part in parts_of(type, body)]
        return cut(f"form({', '.join(fields)})") if fields else shown_bytes(body, kind)
    if "content-encoding" in headers or CONTROL.search(text):
        return shown_bytes(body, kind)
    return cut(masked_text(write(text)))


def shown_part(name: str, part: Part) -> str:
    """A field of a form, or a file."""
    if part.filename is not None:
        type = "" if part.content_type is None else f"{part.content_type}, "
        return f"{name}=<file {part.filename!r}, {type}{size_of(part.content)}>"
    return f"{name}={MASK if is_secret(name) and part.content else masked_text(repr(part.text))}"


def shown_bytes(body: bytes, kind: str = "") -> str:
    """What is no text."""
    return f"<{size_of(body)}{f' of {kind}' if kind else ''}>"


def size_of(content: bytes) -> str:
    """`1,234 bytes`."""
    return f"{len(content):,} byte{'' if len(content) == 1 else 's'}"


def cut(text: str, most: int = SHOWN) -> str:
    """The beginning of a text that is long."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
