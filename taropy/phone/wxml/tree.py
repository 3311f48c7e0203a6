"""The tree of a page: its nodes, and where each is to be seen.

The layout is a plain one, for a phone without a rendering engine. A node with a `rect` is there. Any other stands under
the one before it, as wide as its parent and as high as its children, unless its `style` says `width` or `height` in px
or rpx. Text takes no room, and other styles change nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from .names import kebab
from .rect import Rect

RPX_PER_SCREEN = 750
# How deep nodes may stand in each other, far beyond the 30 that WeChat's guide advises; what is walked through here and
# in `selectors` calls itself once for each.
DEEPEST = 256
TOO_DEEP = f"nodes are nested more than {DEEPEST} deep"

_LENGTH = re.compile(r"(-?\d+(?:\.\d+)?)(px|rpx)?", re.ASCII)


class WxmlError(ValueError):
    """The text is no WXML, or no static one, and the message has the line; or nodes are nested too deep."""


@attrs.define(eq=False)
class Node:
    """A node of a page.

    - `class_`: its classes, with blanks between them. `dataset`: its `data-*`. `mark`: its `mark:*`.
    - `rect`: left, top, width and height in px on the unscrolled page; None leaves that to the layout.
    - `scroll`: how far its content is scrolled, left and top, in px, if it is a `scroll-view`.
    - `properties`: the component's own, by their camelCase names: `{"scrollX": True}`.
    - `style`: by CSS names: `{"height": "100px"}`.
    - `node`, `context`: what `NodesRef.node` and `NodesRef.context` give, as a canvas, or a video's context.
    - `shadow`: of a custom component, its own tree, which selectors of the page look into with `>>>` only;
      `children` are then what stands in its slots.
    - `text`: what is written in it before its children; `tail`: what follows on it in the node around it.
    - `written`: its attributes as a WXML text has them, by their names there; empty of a node that no text made.
    """

    tag: str = "view"
    id: str = attrs.field(default="", kw_only=True)
    class_: str = attrs.field(default="", kw_only=True)
    dataset: dict[str, Any] = attrs.field(factory=dict, kw_only=True)
    mark: dict[str, Any] = attrs.field(factory=dict, kw_only=True)
    rect: tuple[float, float, float, float] | None = attrs.field(default=None, kw_only=True)
    scroll: tuple[float, float] = attrs.field(default=(0, 0), kw_only=True)
    properties: dict[str, Any] = attrs.field(factory=dict, kw_only=True)
    style: dict[str, str] = attrs.field(factory=dict, kw_only=True)
    node: Any = attrs.field(default=None, kw_only=True)
    context: Any = attrs.field(default=None, kw_only=True)
    children: list[Node] = attrs.field(factory=list, kw_only=True)
    shadow: list[Node] = attrs.field(factory=list, kw_only=True)
    text: str = attrs.field(default="", kw_only=True)
    tail: str = attrs.field(default="", kw_only=True)
    written: dict[str, str] = attrs.field(factory=dict, kw_only=True, repr=False)

    @property
    def classes(self) -> frozenset[str]:
        """Its classes, each by itself."""
        return frozenset(self.class_.split())


@attrs.define(eq=False)
class Place:
    """A node in the tree: what it is in, and where.

    - `parent`: the node around it in the same tree; `host`: the component in whose own tree it is, if it is in one.
    - `rect`: on the unscrolled page.
    """

    node: Node
    parent: Place | None
    host: Place | None
    inside: list[Place] = attrs.field(factory=list, init=False)
    rect: Rect = attrs.field(init=False)

    def outward(self) -> Iterator[Place]:
        """The nodes around it, the nearest first, hosts of components among them."""
        place = self.parent or self.host
        while place is not None:
            yield place
            place = place.parent or place.host

    @property
    def marks(self) -> dict[str, Any]:
        """Its marks and those of the nodes around it; the nearest counts, as in events."""
        marks: dict[str, Any] = {}
        for each in (*reversed(tuple(self.outward())), self):
            marks |= each.node.mark
        return marks

    def style(self, name: str) -> str | None:
        """The style as far as it is known: what the node says, and the size that the layout gave it."""
        css = kebab(name)
        if css in ("width", "height"):
            return f"{getattr(self.rect, css):g}px"
        return self.node.style.get(css)

    def seen(self, scroll_top: float) -> Rect:
        """Where it is to be seen, in the window of a page that is scrolled down by `scroll_top`."""
        around = [place.node.scroll for place in self.outward()]
        return self.rect.moved(-sum(left for left, _ in around), -scroll_top - sum(top for _, top in around))


class Tree:
    """The places of all nodes, in the order in which they are written, on a page of this width."""

    def __init__(self, nodes: Iterable[Node], width: float) -> None:
        self.places: list[Place] = []
        roots = [self._place(node, None, None, 1) for node in nodes]
        _stack(roots, 0, 0, width, width)

    @property
    def height(self) -> float:
        """How high the page is: where the lowest of its nodes ends."""
        return max((place.rect.bottom for place in self.places), default=0)

    def _place(self, node: Node, parent: Place | None, host: Place | None, depth: int) -> Place:
        if not isinstance(node, Node):
            raise TypeError(f"a page is made of Nodes, or is WXML text as a whole, and not of {node!r}")
        if depth > DEEPEST:
            raise WxmlError(TOO_DEEP)
        place = Place(node, parent, host)
        self.places.append(place)
        for each in node.shadow:
            place.inside.append(self._place(each, None, place, depth + 1))
        for each in node.children:
            place.inside.append(self._place(each, place, host, depth + 1))
        return place

    def place_of(self, node: Node) -> Place | None:
        """Where the node is; None if it is not on the page."""
        return next((place for place in self.places if place.node is node), None)


def _stack(places: Iterable[Place], left: float, top: float, width: float, screen: float) -> float:
    """Lays the places out, one under the other, and tells where the last of them ends; `screen` is how wide it is."""
    for place in places:
        if place.node.rect is not None:
            place.rect = Rect(*place.node.rect)
            _stack(place.inside, place.rect.left, place.rect.top, place.rect.width, screen)
            continue
        own_width, own_height = (length(place.node.style.get(name), screen) for name in ("width", "height"))
        inner = width if own_width is None else own_width
        content = _stack(place.inside, left, top, inner, screen) - top
        place.rect = Rect(left, top, inner, content if own_height is None else own_height)
        top = place.rect.bottom
    return top


def length(text: str | None, screen: float) -> float | None:
    """A CSS length in px, on a screen so wide; None if there is none, or it has a unit that is neither px nor rpx."""
    found = _LENGTH.fullmatch(text.strip()) if text else None
    if found is None:
        return None
    px = float(found[1]) * screen / RPX_PER_SCREEN if found[2] == "rpx" else float(found[1])
    return int(px) if px.is_integer() else px
