"""What is compared of two requests' bodies: JSON and forms by what they say, and all without their secrets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final
from urllib.parse import parse_qsl

from ....masking import MASK
from ..http.outgoing import FORM
from ..routes.forms import form_of
from .masks import Masks, json_in
from .writing import MULTIPART, charset_of

#: A body of which a file says only that there was one.
ANY: Final[Any] = ("any",)


def canonical(type: str, body: bytes, masks: Masks) -> Any:
    """What is compared of a body."""
    if not body:
        return None
    kind = type.partition(";")[0].strip().lower()
    if kind == MULTIPART:
        try:
            parts = form_of(type, body).items()
        except (ValueError, LookupError):
            return ("bytes", body)
        return _form(
            masks, ((name, part.text if part.filename is None else f"@{part.filename}") for name, part in parts)
        )
    try:
        text = body.decode(charset_of(type))
    except (LookupError, ValueError):
        return ("bytes", body)
    if kind == FORM:
        return _form(masks, parse_qsl(text, keep_blank_values=True))
    value = json_in(text)
    return ("text", masks.text(text)) if value is None else ("json", masks.json(value))


def from_params(params: Iterable[Mapping[str, Any]], masks: Masks) -> Any:
    """What is compared of a form that a file has field by field. Of a file that was sent only the name counts."""
    return _form(masks, (
        (str(each.get("name", "")), f"@{each['fileName']}" if each.get("fileName") else str(each.get("value") or ""))
        for each in params
    ))  # fmt: skip


def same(kept: Any, asked: Any) -> bool:
    """Whether a request says what was recorded. A mask stands for any text."""
    if kept is ANY or kept == MASK:
        return True
    if isinstance(kept, Mapping):
        return (
            isinstance(asked, Mapping)
            and kept.keys() == asked.keys()
            and all(same(value, asked[name]) for name, value in kept.items())
        )
    if isinstance(kept, list | tuple):
        return (
            isinstance(asked, list | tuple)
            and len(kept) == len(asked)
            and all(same(one, other) for one, other in zip(kept, asked, strict=True))
        )
    return isinstance(kept, bool) == isinstance(asked, bool) and bool(kept == asked)


def _form(masks: Masks, pairs: Iterable[tuple[str, str]]) -> Any:
    return ("form", sorted(masks.pairs(pairs)))
