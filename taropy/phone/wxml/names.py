"""Names of attributes and styles, as WXML and CSS write them and as programs do."""

from __future__ import annotations

import re


def camel(name: str) -> str:
    """`scroll-top` as programs call it: `scrollTop`."""
    first, *rest = name.split("-")
    return first + "".join(word.capitalize() for word in rest)


def kebab(name: str) -> str:
    """`scrollTop` as WXML and CSS write it: `scroll-top`."""
    return re.sub("[A-Z]", lambda letter: f"-{letter[0].lower()}", name)


def is_handler(name: str) -> bool:
    """Whether the attribute names a handler of an event: `bindtap`, `bind:tap`, `catchtap`, `capture-bind:tap`."""
    return name.startswith(("bind", "catch", "capture-", "mut-bind"))
