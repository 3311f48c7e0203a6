"""`SelectorQuery` and `NodesRef`: what a program asks of the nodes of a page.

Results are as developers.weixin.qq.com/miniprogram/dev/api/wxml says; what it leaves open is as Taro's own
implementation for h5 has it, which follows WeChat's: the edges of the viewport are all 0, and a node that is not there
is None.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ..core.answers import Fail
from ..core.app import App
from ..core.functions import plain
from ..core.listening import call
from ..core.options import js_type, wrong_type
from ..core.room import Manager
from ..core.vendors import is_web, of_vendor
from .scroll_view import ScrollViewContext
from .tree import Node, Place

if TYPE_CHECKING:
    from ..core.faces import Phone
    from ..core.page import Page
    from .face import Nodes

Callback = Callable[[Any], Any] | None
Fields = Mapping[str, Any]

RECT_FIELDS: Fields = {"id": True, "dataset": True, "rect": True, "size": True}
SCROLL_FIELDS: Fields = {"id": True, "dataset": True, "scrollOffset": True}
NODE_FIELDS: Fields = {"node": True}
CONTEXT_FIELDS: Fields = {"context": True}
REF_FIELDS: Fields = {"ref": True}

# Alipay tells where a node is, and not which, and of the viewport how large it is: opendocs.alipay.com/mini/api/na4yun.
RECTS: Mapping[str, Fields] = {"my": {"rect": True, "size": True, "origin": True}}
VIEWPORT_RECTS: Mapping[str, Fields] = {"my": {"size": True}}
SCROLLS: Mapping[str, Fields] = {"my": {"scrollOffset": True}}

# Alipay's queries know no components, and those of plugin-platform-harmony-ets 4.2.0 warn that they do not yet.
KNOWS_COMPONENTS: Mapping[str, bool] = {"my": False, "harmony": False}

#: What queries tell nothing of, though it is asked for: `wxml/selectorQuery.ts` there.
UNTOLD: Mapping[str, frozenset[str]] = {"harmony": frozenset({"dataset", "mark", "context", "ref"})}


@attrs.frozen
class Request:
    """One question of a query. `selector` None is the viewport; `single` asks for the first node only."""

    selector: str | None
    single: bool
    scope: Any
    fields: Fields
    callback: Callback


class SelectorQuery(Manager):
    """A list of questions about the page that was on the screen when the query was made."""

    def __init__(self, nodes: Nodes, phone: Phone, app: App) -> None:
        super().__init__(phone, app)
        self._nodes = nodes
        self._page: Page = phone.pages.top(app)
        self._scope: Any = None
        self._requests: list[Request] = []

    @plain
    def in_(self, app: App, component: Any = None) -> SelectorQuery:
        """Looks into the component's own tree from here on: a `Node`, or an object whose `node` is one.

        Anything else, as a page, is the page. Alipay has no such method; Taro's adapter gives it one that does nothing.
        """
        if of_vendor(KNOWS_COMPONENTS, app, True):
            self._scope = component
        return self

    @plain
    def select(self, app: App, selector: Any = None) -> NodesRef:
        """The first node that matches."""
        return NodesRef(self, _text(selector), single=True)

    @plain
    def selectAll(self, app: App, selector: Any = None) -> NodesRef:
        """All nodes that match, in the order of the page."""
        return NodesRef(self, _text(selector), single=False)

    @plain
    def selectViewport(self, app: App) -> NodesRef:
        """The window of the page."""
        return NodesRef(self, None, single=True)

    @plain
    def exec(self, app: App, callback: Callback = None) -> SelectorQuery | None:
        """Answers: each question's own callback, then `callback` with all results in one list.

        A query keeps its questions, and may be executed again. On the web it gives itself.
        """
        results = self._nodes.answers(self._page, self._requests, app)
        asked = [request.callback for request in self._requests]
        for each, told in zip((*asked, callback), (*results, results), strict=True):
            if each is not None:
                call("SelectorQuery.exec", each, told)
        return self if is_web(app) else None

    def push(self, selector: str | None, single: bool, fields: Fields, callback: Callback) -> SelectorQuery:
        """Takes one more question; of no node, but of the viewport, if the selector is None."""
        untold = of_vendor(UNTOLD, self.app, frozenset())
        if untold:
            fields = {name: asked for name, asked in fields.items() if name not in untold}
        self._requests.append(Request(selector, single, self._scope, fields, callback))
        return self


class NodesRef(Manager):
    """The nodes that a selector means, of which a query may ask several things."""

    def __init__(self, query: SelectorQuery, selector: str | None, *, single: bool) -> None:
        super().__init__(query.phone, query.app)
        self._query = query
        self._selector = selector
        self._single = single

    @plain
    def boundingClientRect(self, app: App, callback: Callback = None) -> SelectorQuery:
        """Id, dataset, edges and size, in px in the window."""
        rects = VIEWPORT_RECTS if self._selector is None else RECTS
        return self._push(of_vendor(rects, app, RECT_FIELDS), callback)

    @plain
    def scrollOffset(self, app: App, callback: Callback = None) -> SelectorQuery:
        """Id, dataset, `scrollLeft` and `scrollTop`, of a scroll-view or the viewport."""
        return self._push(of_vendor(SCROLLS, app, SCROLL_FIELDS), callback)

    @plain
    def fields(self, app: App, fields: Any = None, callback: Callback = None) -> SelectorQuery:
        """What `fields` names: id, dataset, mark, rect, size, scrollOffset, node, context, ref, properties, …"""
        if not isinstance(fields, Mapping):
            raise wrong_type("parameter.fields", "Object", fields)
        for name in ("properties", "computedStyle"):
            if fields.get(name) is not None and js_type(fields[name]) != "Array":
                raise wrong_type(f"parameter.fields.{name}", "Array", fields[name])
        return self._push(fields, callback)

    @plain
    def node(self, app: App, callback: Callback = None) -> SelectorQuery:
        """The node itself as programs may use it: a canvas, or the context of a scroll-view that is `enhanced`."""
        return self._push(NODE_FIELDS, callback)

    @plain
    def context(self, app: App, callback: Callback = None) -> SelectorQuery:
        """The context of a video, a map, …"""
        return self._push(CONTEXT_FIELDS, callback)

    @plain
    def ref(self, app: App, callback: Callback = None) -> SelectorQuery:
        """A reference to the node, as worklet animations take it."""
        return self._push(REF_FIELDS, callback)

    def _push(self, fields: Fields, callback: Callback) -> SelectorQuery:
        if callback is not None and not callable(callback):
            raise Fail("parameter error: parameter.callback should be Function")
        return self._query.push(self._selector, self._single, fields, callback)


def _text(selector: Any) -> str:
    """The selector; what is no text selects nothing, as on phones."""
    return selector if isinstance(selector, str) else ""


# --- answers -----------------------------------------------------------------------------------------------------


def viewport(fields: Fields, size: Mapping[str, float], page: Page) -> dict[str, Any]:
    """What is told of the viewport; on the web it is the page that scrolls in it, whose id is its path."""
    told: dict[str, Any] = {}
    if fields.get("id"):
        told["id"] = page.told_path if page.web else ""
    if fields.get("dataset"):
        told["dataset"] = {}
    if fields.get("rect"):
        told |= dict.fromkeys(("left", "right", "top", "bottom"), 0)
    if fields.get("size"):
        told |= size
    if fields.get("scrollOffset"):
        told |= {"scrollLeft": 0, "scrollTop": page.scroll_top}
    return told


def told_of(place: Place, fields: Fields, page: Page, nodes: Nodes, app: App) -> dict[str, Any] | None:
    """What is told of a node.

    On the web (`filter` of `@tarojs/taro-h5` 4.2.1) an element's attributes are its properties, it has no marks, and
    nothing is told of one whose context is asked for and that has none.
    """
    node, rect = place.node, place.seen(page.scroll_top)
    web = is_web(app)
    if web:
        if fields.get("context") and not fields.get("node"):
            return None if node.context is None else {"context": node.context}
        # Who asks for the node is told nothing else.
        fields = NODE_FIELDS if fields.get("node") else {**fields, "mark": False}
    told: dict[str, Any] = {
        name: value
        for name, value in (("id", node.id), ("dataset", {**node.dataset}), ("mark", place.marks), ("ref", node))
        if fields.get(name)
    }
    if fields.get("rect"):
        told |= rect.edges()
    if fields.get("size"):
        told |= rect.size()
    if fields.get("origin"):
        told |= {"x": rect.left, "y": rect.top}
    if fields.get("scrollOffset"):
        told |= {"scrollLeft": node.scroll[0], "scrollTop": node.scroll[1]}
    if fields.get("node"):
        told |= {"node": _instance(place, page, nodes, app), "nodeCanvasType": _canvas_type(place)}
    if fields.get("context"):
        told["context"] = node.context
    names = fields.get("properties") or ()
    if web:
        told |= {name: text for name in names if (text := _attribute(node, name))}
    else:
        told |= {name: node.properties[name] for name in names if name in node.properties}
    told |= {name: style for name in fields.get("computedStyle") or () if (style := place.style(str(name))) is not None}
    return told


def _attribute(node: Node, name: str) -> Any:
    """The attribute of a browser's element, as text; nothing if it is empty or not there."""
    style = " ".join(f"{css}: {value};" for css, value in node.style.items())
    known = {"id": node.id, "class": node.class_, "style": style, **node.properties, **node.written}
    return known.get(name) or known.get(name.lower())


def _instance(place: Place, page: Page, nodes: Nodes, app: App) -> Any:
    """The node as programs may use it; on the web each is an element, as which the phone's own node stands here.

    Of a canvas without a `type`, which is an older one, there is none but on the web.
    """
    node = place.node
    if node.tag == "canvas":
        has_one = node.node is None and (_canvas_type(place) or is_web(app))
        return nodes.phone.canvases.of(app, page, place) if has_one else node.node
    if node.node is None and node.tag == "scroll-view" and node.properties.get("enhanced") not in (None, False):
        node.node = ScrollViewContext(nodes, nodes.phone, app, node)
    is_element = node.node is None and is_web(app)
    return node if is_element else node.node


def _canvas_type(place: Place) -> str:
    return str(place.node.properties.get("type", "")) if place.node.tag == "canvas" else ""
