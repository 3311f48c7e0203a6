"""HTML from values: what is no markup yet is escaped, so that a text of a program's is only ever a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape as _escaped
from typing import Any

# HTML elements without an end tag; all that taropy writes.
_VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})
# What HTML has no characters for, not even as references, and what turns the direction of all that follows.
_UNSHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]")


class Html(str):
    """A text that is HTML, and goes into other HTML as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


def escape(value: object) -> Html:
    """The value's text as HTML; what is HTML already stays. Control characters are shown as Python writes them."""
    if isinstance(value, Html):
        return value
    return Html(_escaped(_UNSHOWN.sub(_written_out, str(value))))


def _written_out(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode()


def element(tag: str, *children: object, **attributes: Any) -> Html:
    """`element("a", "Home", href="/", class_="tab")`, with everything escaped that is not `Html`.

    In an attribute's name an underscore is a hyphen, and one at the end is dropped. True makes an attribute without a
    value, None and False none at all.
    """
    written = "".join(_attribute(name, value) for name, value in attributes.items())
    if tag in _VOID:
        return Html(f"<{tag}{written}>")
    return Html(f"<{tag}{written}>{joined(children)}</{tag}>")


def joined(parts: Iterable[object], between: str = "") -> Html:
    """The parts one after another; None is left out."""
    return Html(escape(between).join(escape(part) for part in parts if part is not None))


def _attribute(name: str, value: Any) -> str:
    if value is None or value is False:
        return ""
    name = name.removesuffix("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(value)}"'
