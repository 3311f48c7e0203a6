"""The room of the nodes: queries and observers over the pages of the phone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ..native import NO_OPTIONS, App, Fail, Room, plain
from ..vendors import of_vendor
from . import selectors
from .observers import IntersectionObserver, MediaQueryObserver
from .query import Request, SelectorQuery, told_of, viewport
from .rect import Rect
from .tree import Node, Place, Tree
from .wxml import parse

if TYPE_CHECKING:
    from ..pages import Page
    from ..phone import Phone

Observer = IntersectionObserver | MediaQueryObserver

# Where selectors are the browser's, and know tags.
WEB_SELECTORS: Mapping[str, bool] = {"h5": True, "harmony-hybrid": True}


class Nodes(Room):
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
        """An observer of nodes of the page on the screen, or of the component's own. Alipay takes the options alone."""
        if options is None and isinstance(component, Mapping):
            component, options = None, component
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

    def tree(self, page: Page) -> Tree:
        """The nodes of the page, each at its place."""
        return Tree(_nodes_of(page), self.phone.system.size[0])

    def height(self, app: App) -> float | None:
        """How high the page on the screen is; None if nobody has said what is on it."""
        page = self.phone.pages.top(app)
        if page.height is None and page.nodes is not None:
            return self.tree(page).height
        return page.height

    def find(self, page: Page, selector: str, scope: Any, app: App) -> list[Place]:
        """The nodes that match, in the order of the page: of the page, or of the component `scope`'s own tree."""
        tree = self.tree(page)
        component = scope if isinstance(scope, Node) else getattr(scope, "node", None)
        host = tree.place_of(component) if isinstance(component, Node) else None
        return list(_parsed(selector, app).select(tree.places, host))

    def answer(self, page: Page, request: Request, app: App) -> Any:
        """The result of one question of a query."""
        if request.selector is None:
            return viewport(request.fields, self.window(app).size(), page.scroll_top)
        found = self.find(page, request.selector, request.scope, app)
        told = [told_of(place, request.fields, page.scroll_top, self, app) for place in found]
        if request.single:
            return told[0] if told else None
        return told

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
            observer.look()

    def _is_alive(self, observer: Observer) -> bool:
        running = self.phone.pages.of(observer.app)
        return observer.page in (*running.stack, *running.tabs.values())


def _nodes_of(page: Page) -> Iterable[Node]:
    """The nodes of the page: a `Node`, a list of them, or WXML, which is parsed once unless it is made anew."""
    nodes = page.nodes
    if isinstance(nodes, str):
        nodes = parse(nodes)
        if page.render is None:
            page.nodes = nodes
    if nodes is None:
        return ()
    return nodes if isinstance(nodes, Iterable) else (nodes,)


def _parsed(selector: str, app: App) -> selectors.Selector:
    web = of_vendor(WEB_SELECTORS, app, False)
    parsed = selectors.parse(selector, tags=web)
    if web and parsed.wrong:
        raise Fail(f"'{parsed.wrong[0]}' is not a valid selector")
    return parsed
