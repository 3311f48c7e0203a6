"""The elements that clients know: which node of a page each is, also when the page has drawn itself anew since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from typing import TYPE_CHECKING, Any

import attrs

from ..phone.core.page import Page
from ..phone.wxml.rect import Rect
from ..phone.wxml.tree import Node, Place, Tree
from .commands import Params, Refused

if TYPE_CHECKING:
    from .faces import Target

#: A place in a tree: which of the outermost nodes, which of those in it, and so on.
Path = tuple[int, ...]

#: What clients call the node around all of a page's.
PAGE = "page"


@attrs.define(eq=False)
class Element:
    """An element of a page.

    `set_` are the properties that a person or a client has set, each with what was drawn then.
    """

    id: str
    page: Page
    path: Path
    node: Node
    set_: dict[str, tuple[Any, Any]] = attrs.field(factory=dict)

    def value_of(self, name: str, default: Any = None) -> Any:
        """A property as it is now: as drawn, or as it was set since; what draws it with another value has the say."""
        drawn = self.node.properties.get(name)
        if name in self.set_:
            value, before = self.set_[name]
            if before == drawn:
                return value
            del self.set_[name]
        return default if drawn is None else drawn

    def set(self, name: str, value: Any) -> None:
        """Sets a property, as a person does who types into an input."""
        self.set_[name] = value, self.node.properties.get(name)

    def flag(self, name: str) -> bool:
        """A property that is on or off."""
        value = self.value_of(name, False)
        return value not in ("", "false") if isinstance(value, str) else bool(value)


class Elements:
    """The elements of the open pages, by their ids."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._numbers = count(1)
        self._known: dict[str, Element] = {}
        self._by_node: dict[int, Element] = {}
        self._by_path: dict[tuple[int, Path], Element] = {}

    def clear(self) -> None:
        """Forgets all."""
        self._known.clear()
        self._by_node.clear()
        self._by_path.clear()

    def forget_closed(self) -> None:
        """Forgets those of pages that are closed."""
        pages = self._target.running.open_pages
        kept = [element for element in self._known.values() if element.page in pages]
        if len(kept) < len(self._known):
            self.clear()
            for element in kept:
                self._keep(element)

    def tree(self, page: Page) -> Tree:
        """The nodes of a page as they are now."""
        return self._target.phone.nodes.tree(page, self._target.app)

    def whole(self, page: Page, tree: Tree) -> Place:
        """The node around all of a page's, which is in no tree."""
        roots = list(outermost(tree))
        whole = Place(Node(PAGE, children=[each.node for each in roots]), None, None)
        whole.inside.extend(roots)
        width = max((each.rect.right for each in tree.places), default=0)
        whole.rect = Rect(0, 0, width, tree.height)
        return whole

    def of(self, page: Page, place: Place, tree: Tree) -> Element:
        """The element at a place: the one that is known, or a new one."""
        if place.node.tag == PAGE and place.parent is None:
            return self._at(page, (), place.node, tree)
        known = self._by_node.get(id(place.node))
        if known is not None:
            return known
        return self._at(page, path_of(place, tree), place.node, tree)

    def _at(self, page: Page, path: Path, node: Node, tree: Tree) -> Element:
        known = self._by_path.get((page.id, path))
        if known is not None and known.node.tag == node.tag and tree.place_of(known.node) is None:
            self._adopt(known, node)
            return known
        element = Element(f"{page.id}-{next(self._numbers)}", page, path, node)
        self._keep(element)
        return element

    def find(self, page: Page, params: Params) -> tuple[Element, Place, Tree]:
        """The element that a request is about, and where it is now. Refused if it is gone."""
        element = self._known.get(str(params.get("elementId")))
        if element is None or element.page is not page:
            raise Refused("no such element")
        tree = self.tree(page)
        place = self.place_of(element, tree)
        if place is None:
            raise Refused("no such element")
        return element, place, tree

    def place_of(self, element: Element, tree: Tree) -> Place | None:
        """Where an element is now: where its node is, or, drawn anew, the node in its place."""
        if element.path == ():
            return self.whole(element.page, tree)
        place = tree.place_of(element.node)
        if place is not None:
            return place
        found = at_path(element.path, tree)
        if found is None or found.node.tag != element.node.tag:
            return None
        self._adopt(element, found.node)
        return found

    def _adopt(self, element: Element, node: Node) -> None:
        """The page has drawn itself anew, and this is the element's node now."""
        if self._by_node.get(id(element.node)) is element:
            del self._by_node[id(element.node)]
        if node.scroll == (0, 0):
            node.scroll = element.node.scroll
        element.node = node
        self._by_node[id(node)] = element

    def _keep(self, element: Element) -> None:
        self._known[element.id] = element
        self._by_path[element.page.id, element.path] = element
        self._by_node[id(element.node)] = element

    def told(self, page: Page, places: Iterable[Place], tree: Tree) -> list[dict[str, Any]]:
        """What clients are told of elements that they have asked for."""
        return [_told(self.of(page, place, tree)) for place in places]


def _told(element: Element) -> dict[str, Any]:
    node = element.node
    told: dict[str, Any] = {"elementId": element.id, "tagName": node.tag}
    if node.shadow:
        told["nodeId"] = element.id
    if node.tag == "video":
        told["videoId"] = node.id
    return told


def outermost(tree: Tree) -> Iterator[Place]:
    """The nodes of a page that are in no other."""
    return (place for place in tree.places if place.parent is None and place.host is None)


def path_of(place: Place, tree: Tree) -> Path:
    """The way to a place from the outermost nodes."""
    way = [place, *place.outward()]
    among: list[Iterable[Place]] = [*(outer.inside for outer in way[1:]), outermost(tree)]
    path = [
        next(index for index, each in enumerate(places) if each is one) for one, places in zip(way, among, strict=True)
    ]
    return tuple(reversed(path))


def at_path(path: Path, tree: Tree) -> Place | None:
    """The place that the way leads to, if there is one."""
    inside = list(outermost(tree))
    place = None
    for index in path:
        if index >= len(inside):
            return None
        place = inside[index]
        inside = place.inside
    return place


def inner(place: Place) -> Iterator[Place]:
    """The nodes in this one, in the order of the page; a custom component's own tree is not among them."""
    for each in place.inside:
        if each.host is place:
            continue
        yield each
        yield from inner(each)


def own(place: Place) -> Iterator[Place]:
    """The nodes of a custom component's own tree."""
    for each in place.inside:
        if each.host is place:
            yield each
            yield from inner(each)
