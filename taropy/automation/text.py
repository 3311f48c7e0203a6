"""Nodes as texts: their WXML, and what of them is to be read on the screen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from ..phone.wxml.tree import Place
from .elements import PAGE
from .selecting import attributes

#: Components whose text goes on in the line that it stands in.
INLINE = frozenset({"text", "span", "navigator-text", "label", "icon", "image", "a", "b", "i", "em", "strong"})

_BLANKS = re.compile(r"[ \t\r\n]+")


def inner_wxml(place: Place) -> str:
    """What stands in a node."""
    return escape(place.node.text, quote=False) + "".join(
        outer_wxml(each) + escape(each.node.tail, quote=False) for each in place.inside
    )


def outer_wxml(place: Place) -> str:
    """A node and what stands in it."""
    tag = place.node.tag
    if tag == PAGE:
        return f"<{PAGE}>{inner_wxml(place)}</{PAGE}>"
    written = "".join(f' {name}="{escape(value)}"' for name, value in attributes(place.node))
    return f"<{tag}{written}>{inner_wxml(place)}</{tag}>"


def inner_text(place: Place) -> str:
    """The text of a node as it is seen: blanks count once, and each block begins a line."""
    lines: list[str] = [""]
    for piece in _pieces(place):
        if piece is None:
            lines += [""] if lines[-1] else []
        else:
            lines[-1] += piece
    return "\n".join(filter(None, (_BLANKS.sub(" ", line).strip(" ") for line in lines)))


def text_content(place: Place) -> str:
    """All text in a node, as it is written."""
    return place.node.text + "".join(text_content(each) + each.node.tail for each in place.inside)


def _pieces(place: Place) -> Iterator[str | None]:
    """The texts in a node in their order; None where a line ends."""
    yield place.node.text
    for each in place.inside:
        block = each.node.tag not in INLINE
        if block:
            yield None
        yield from _pieces(each)
        if block:
            yield None
        yield each.node.tail
