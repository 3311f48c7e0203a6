"""The room of the nodes: queries and observers over the pages of the phone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..core.answers import NO_OPTIONS, Fail, Result
from ..core.app import App
from ..core.functions import plain
from ..core.options import js_type
from ..core.room import Room
from ..core.vendors import is_web, of_vendor
from . import selectors
from .observers import IntersectionObserver, MediaQueryObserver
from .query import Request, SelectorQuery, told_of, viewport
from .rect import Rect
from .tree import Node, Place, Tree
from .wxml import parse

if TYPE_CHECKING:
    from ..core.faces import Phone
    from ..core.page import Page

Observer = IntersectionObserver | MediaQueryObserver

# Where they are lists of ids and classes, and measures in physical pixels: plugin-platform-harmony-ets 4.2.0,
# `wxml/selectorQuery.ts`.
LISTS: Mapping[str, bool] = {"harmony": True}
PHYSICAL: Mapping[str, bool] = {"harmony": True}
MEASURES = frozenset({"left", "right", "top", "bottom", "width", "height", "scrollLeft", "scrollTop"})


class Nodes(Room, name="nodes"):
    """What programs learn of the nodes of their pages."""

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._watching: list[Observer] = []
        phone.system.changes.on("orientation", self.look)
        phone.pages.changes.on("scroll", self.look)

    # --- native functions ---------------------------------------------------------------------------------------

    @plain
    def createSelectorQuery(self, app: App) -> SelectorQuery:
        """A query over the page on the screen."""
        return SelectorQuery(self, self.phone, app)

    @plain
    def createIntersectionObserver(self, app: App, component: Any = None, options: Any = None) -> IntersectionObserver:
        """An observer of nodes of the page on the screen, or of the component's own."""
        given = options if isinstance(options, Mapping) else NO_OPTIONS
        return IntersectionObserver(self, self.phone, app, component, given)

    @plain
    def createMediaQueryObserver(self, app: App) -> MediaQueryObserver:
        """An observer of the window."""
        return MediaQueryObserver(self, self.phone, app)

    # --- the trees ----------------------------------------------------------------------------------------------

    def window(self, app: App) -> Rect:
        """The window of a page, seen from its own corner."""
        told = self.phone.system.window(app)
        return Rect(0, 0, told["windowWidth"], told["windowHeight"])

    def draw(self, app: App, nodes: Any) -> None:
        """Puts nodes on the page on the screen, whose height is theirs then. It stays as it is if they are wrong."""
        page = self.phone.pages.top(app)
        made = _made_of(nodes) or ()
        self._laid_out(made, page, app)  # which fails for what is no node
        page.nodes, page.height = made, None
        self.look()

    def tree(self, page: Page, app: App) -> Tree:
        """The nodes of the page, each at its place."""
        return self._laid_out(_nodes_of(page) or (), page, app)

    def _laid_out(self, nodes: Iterable[Node], page: Page, app: App) -> Tree:
        return Tree(nodes, self.phone.system.size(self.phone.window.orientation(app, page))[0])

    def height(self, app: App) -> float | None:
        """How high the page on the screen is; None if nobody has said what is on it."""
        page = self.phone.pages.top(app)
        nodes = _nodes_of(page) if page.height is None else None
        return page.height if nodes is None else self._laid_out(nodes, page, app).height

    def find(self, page: Page, selector: str, scope: Any, app: App) -> list[Place]:
        """The nodes that match, in the order of the page: of the page, or of the component `scope`'s own tree."""
        return self.select(self.tree(page, app), selector, scope, app)

    def tagged(self, page: Page, tag: str, scope: Any, app: App) -> list[Place]:
        """The nodes of a tag: of the page, or of the component `scope`'s own tree."""
        tree = self.tree(page, app)
        host = self._host(tree, scope)
        return [place for place in tree.places if place.node.tag == tag and place.host is host]

    def select(self, tree: Tree, selector: str, scope: Any, app: App) -> list[Place]:
        """The same in a page's tree."""
        return list(self.parsed(selector, app).select(tree.places, self._host(tree, scope)))

    def _host(self, tree: Tree, scope: Any) -> Place | None:
        component = scope if isinstance(scope, Node) else getattr(scope, "node", None)
        return tree.place_of(component) if isinstance(component, Node) else None

    def parsed(self, selector: str, app: App) -> selectors.Selector | selectors.Listed:
        """The selector that is written so. Fails for what is none where that is an error."""
        if of_vendor(LISTS, app, False):
            return selectors.listed(selector)
        web = is_web(app)
        parsed = selectors.parse(selector, tags=web)
        if web and parsed.wrong:
            raise Fail(f"'{parsed.wrong[0]}' is not a valid selector, or none that this phone knows")
        return parsed

    def answers(self, page: Page, requests: Iterable[Request], app: App) -> list[Any]:
        """The results of a query's questions, which are all about the same moment."""
        tree = self.tree(page, app)
        return [self._answer(page, tree, request, app) for request in requests]

    def _answer(self, page: Page, tree: Tree, request: Request, app: App) -> Any:
        if request.selector is None:
            size = {**self.window(app).size(), "height": self.phone.window.page_height(app)}
            return self._measured(viewport(request.fields, size, page), app)
        found = self.select(tree, request.selector, request.scope, app)
        told = [self._measured(told_of(place, request.fields, page, self, app), app) for place in found]
        if request.single:
            return told[0] if told else None
        return told

    def _measured(self, told: Result | None, app: App) -> Result | None:
        """What is told of a node, in the platform's own pixels."""
        if told is None or not of_vendor(PHYSICAL, app, False):
            return told
        ratio = self.phone.system.device.pixel_ratio
        return told | {name: told[name] * ratio for name in MEASURES & told.keys() if js_type(told[name]) == "Number"}

    # --- scrolling ----------------------------------------------------------------------------------------------

    def scroll(self, node: Node, left: float, top: float) -> None:
        """Scrolls a scroll-view, as a finger does; not beyond its beginning."""
        node.scroll = (max(left, 0), max(top, 0))
        self.look()

    def scroll_into_view(self, node: Node, selector: str, app: App) -> None:
        """Scrolls a scroll-view of the page on the screen down to the first node in it that matches."""
        page = self.phone.pages.top(app)
        for place in self.find(page, selector, None, app):
            around = next((each for each in place.outward() if each.node is node), None)
            if around is not None:
                self.scroll(node, node.scroll[0], place.rect.top - around.rect.top)
                return

    # --- observers ----------------------------------------------------------------------------------------------

    def watch(self, observer: Observer) -> None:
        """Lets the observer look now, and whenever something has moved."""
        self.unwatch(observer)
        self._watching.append(observer)
        observer.look()

    def unwatch(self, observer: Observer) -> None:
        """Lets the observer look no more."""
        self._watching = [each for each in self._watching if each is not observer]

    def look(self, *_: object) -> None:
        """Lets all observers look, because something has moved. Those of pages that are gone end."""
        self._watching = [each for each in self._watching if self._is_alive(each)]
        for observer in tuple(self._watching):
            if observer in self._watching:  # or another one's callback has ended it
                observer.look()

    def _is_alive(self, observer: Observer) -> bool:
        return observer.page in self.phone.pages.of(observer.app).open_pages


def _nodes_of(page: Page) -> Sequence[Node] | None:
    """The nodes of the page, None if nobody has said what is on it. WXML is parsed once, unless it is made anew."""
    given = page.nodes
    nodes = _made_of(given)
    if isinstance(given, str) and page.render is None:
        page.nodes = nodes
    return nodes


def _made_of(nodes: Any) -> Sequence[Node] | None:
    """The nodes that are given as one, as several, or as WXML text."""
    if isinstance(nodes, str):
        return parse(nodes)
    if nodes is None or isinstance(nodes, Sequence):
        return nodes
    return tuple(nodes) if isinstance(nodes, Iterable) else (nodes,)
