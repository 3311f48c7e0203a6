"""`Element.*`: an element of a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..phone.core.page import Page
from ..phone.wxml.names import camel
from ..phone.wxml.tree import Place, Tree
from .commands import Params, Refused, command, fields, items, text
from .elements import inner, own
from .functions import called, content_size, scrolled
from .happening import happen, tap, touches_at
from .selecting import attributes, by_css, style_text
from .text import inner_text, inner_wxml, outer_wxml, text_content
from .values import at, plain, put

if TYPE_CHECKING:
    from .faces import Element, Target

#: What each component has beside its own properties.
COMMON = ("id", "class", "style", "hidden", "dataset")


def _found(target: Target, params: Params) -> tuple[Page, Element, Place, Tree]:
    page = target.page(params)
    return page, *target.elements.find(page, params)


# --- elements in it ----------------------------------------------------------------------------------------------


def _selected(target: Target, params: Params) -> list[dict[str, Any]]:
    page, _, place, tree = _found(target, params)
    # A custom component is asked for what is in its own tree.
    places, host = (own(place), place) if place.node.shadow else (inner(place), place.host)
    return target.elements.told(page, by_css(text(params, "selector"), places, host, tree), tree)


@command("Element.getElement")
def get_element(target: Target, params: Params) -> Any:
    """The first element in it that matches."""
    found = _selected(target, params)
    if not found:
        raise Refused("no such element")
    return found[0]


@command("Element.getElements")
def get_elements(target: Target, params: Params) -> Any:
    """All elements in it that match."""
    return {"elements": _selected(target, params)}


# --- what it is --------------------------------------------------------------------------------------------------


@command("Element.getOffset")
def get_offset(target: Target, params: Params) -> Any:
    """Where it is on the page, in px."""
    _, _, place, _ = _found(target, params)
    seen = place.seen(0)
    return {"left": seen.left, "top": seen.top}


@command("Element.getAttributes")
def get_attributes(target: Target, params: Params) -> Any:
    """Its attributes as its WXML has them, as texts."""
    _, element, _, _ = _found(target, params)
    known = dict(attributes(element.node))
    return {"attributes": [known.get(str(name)) for name in items(params, "names")]}


@command("Element.getProperties")
def get_properties(target: Target, params: Params) -> Any:
    """The component's properties, as they are now; `__propPublic` asks which there are."""
    _, element, _, _ = _found(target, params)
    return {"properties": [_property(element, str(name)) for name in items(params, "names")]}


def _property(element: Element, name: str) -> Any:
    node = element.node
    if name == "__propPublic":
        return dict.fromkeys(
            (*COMMON, *_declared(node.tag), *_USUAL.get(node.tag, ()), *node.properties, *element.set_), True
        )
    if name in ("_translateX", "_translateY"):
        return element.value_of(name[-1].lower(), 0)
    match name:
        case "id":
            return node.id
        case "class":
            return node.class_
        case "dataset":
            return plain(node.dataset)
        case "style":
            return style_text(node)
    value = element.value_of(name)
    if value is None and name in _USUAL.get(node.tag, {}):
        return _USUAL[node.tag][name]
    return element.flag(name) if name in ("checked", "disabled") and value is not None else plain(value)


#: What properties are that nobody has set.
_USUAL: Mapping[str, Mapping[str, Any]] = {
    "input": {"value": ""},
    "textarea": {"value": ""},
    "switch": {"checked": False},
    "checkbox": {"checked": False},
    "radio": {"checked": False},
    "slider": {"value": 0, "min": 0, "max": 100},
    "swiper": {"current": 0},
}


def _declared(tag: str) -> list[str]:
    """The properties that Taro declares for a component; handlers of events are none."""
    from ..port.components import attributes_of

    names = attributes_of("".join(word.capitalize() for word in tag.split("-")))
    return [name for name in names if not name.startswith("on")]


@command("Element.getDOMProperties")
def get_dom_properties(target: Target, params: Params) -> Any:
    """What a browser would tell of it; null for what the phone does not know."""
    _, element, place, _ = _found(target, params)
    width, height = content_size(place)
    node, rect, seen = element.node, place.rect, place.seen(0)
    known = {
        "innerText": inner_text(place), "textContent": text_content(place),
        "innerHTML": inner_wxml(place), "outerHTML": outer_wxml(place),
        "id": node.id, "className": node.class_, "tagName": f"WX-{node.tag.upper()}",
        "offsetWidth": rect.width, "offsetHeight": rect.height, "offsetLeft": seen.left, "offsetTop": seen.top,
        "clientWidth": rect.width, "clientHeight": rect.height, "scrollWidth": width, "scrollHeight": height,
        "scrollLeft": node.scroll[0], "scrollTop": node.scroll[1],
        "value": element.value_of("value"),
    }  # fmt: skip
    return {"properties": [known.get(str(name)) for name in items(params, "names")]}


@command("Element.getStyles")
def get_styles(target: Target, params: Params) -> Any:
    """Its styles as far as they are known: what it says itself, and the size that the layout gives it."""
    _, _, place, _ = _found(target, params)
    return {"styles": [place.style(str(name)) or "" for name in items(params, "names")]}


@command("Element.getWXML")
def get_wxml(target: Target, params: Params) -> Any:
    """Its WXML: of what is `inner`, or with itself."""
    _, _, place, _ = _found(target, params)
    return {"wxml": inner_wxml(place) if params.get("type") == "inner" else outer_wxml(place)}


# --- what is done to it ------------------------------------------------------------------------------------------


@command("Element.tap")
def tap_element(target: Target, params: Params) -> Any:
    """Taps it."""
    page, element, place, _ = _found(target, params)
    tap(target, page, element, place)


@command("Element.triggerEvent")
def trigger_event(target: Target, params: Params) -> Any:
    """Has an event happen at it; what a form's field has changed to, it is."""
    page, element, place, _ = _found(target, params)
    kind, detail = text(params, "type"), params.get("detail")
    if kind in ("change", "input") and isinstance(detail, dict) and "value" in detail:
        element.set("value", detail["value"])
    happen(target, page, place, kind, detail)


@command("Element.dispatchEvent")
def dispatch_event(target: Target, params: Params) -> Any:
    """The same with touches, at an element in it if there is a selector; a `scroll` scrolls a scroll-view."""
    page, element, place, tree = _found(target, params)
    if params.get("$"):
        places = by_css(text(params, "$"), inner(place), place.host, tree)
        if not places:
            raise Refused("no such element")
        place = places[0]
        element = target.elements.of(page, place, tree)
    kind = text(params, "eventName")
    told = {**params, **fields(params, "eventData")}
    scroll = told.get("scrollDetail")
    if kind == "scroll" and element.node.tag == "scroll-view" and isinstance(scroll, dict):
        left, top = (float(scroll.get(name) or 0) for name in ("scrollLeft", "scrollTop"))
        scrolled(target, page, element, place, left, top)
        return
    happen(target, page, place, kind, told.get("detail"), _touches(told, place, page, kind))


def _touch(kind: str) -> None:
    @command(f"Element.{kind}")
    def touch(target: Target, params: Params) -> Any:
        page, element, place, _ = _found(target, params)
        happen(target, page, place, kind, None, _touches(params, place, page, kind))
        if kind == "touchstart":
            target.pressed = (element.id, target.phone.clock.now())
        elif kind == "touchend":
            _let_go(target, page, element, place)


def _let_go(target: Target, page: Page, element: Element, place: Place) -> None:
    """A finger that has stayed for a third of a second has pressed long; a shorter touch is no tap of its own."""
    pressed, target.pressed = target.pressed, None
    if pressed is not None and pressed[0] == element.id and target.phone.clock.now() - pressed[1] >= LONG_PRESS:
        for kind in ("longpress", "longtap"):
            happen(target, page, place, kind, None, touches_at(place, page))


#: How long a finger stays for a long press, in seconds: 350 ms, of which a client's timer may miss some.
LONG_PRESS = 0.34

for _kind in ("touchstart", "touchmove", "touchend", "touchcancel"):
    _touch(_kind)


def _touches(params: Params, place: Place, page: Page, kind: str) -> dict[str, Any]:
    """The touches of a request; where it has none, one in the middle of the element, which has gone at a `touchend`."""
    usual = touches_at(place, page)
    changed = params.get("changedTouches") or params.get("changeTouches") or usual["changedTouches"]
    given = params.get("touches")
    if given is None:
        given = [] if kind in ("touchend", "touchcancel") else usual["touches"]
    return {"touches": given, "changedTouches": changed}


@command("Element.callFunction")
def call_function(target: Target, params: Params) -> Any:
    """Types, scrolls, slides, …: see `functions`."""
    page, element, place, _ = _found(target, params)
    return {"result": called(target, page, element, place, text(params, "functionName"), items(params, "args"))}


@command("Element.callContextMethod")
def call_context_method(target: Target, params: Params) -> Any:
    """Calls a method of a video's context."""
    _, element, _, _ = _found(target, params)
    context = target.native.createVideoContext(str(params.get("videoId") or element.node.id))
    method = text(params, "method")
    function = None if method.startswith("_") else getattr(context, method, None)
    if not callable(function):
        raise Refused(f"a video's context has no {method}")
    return {"result": plain(function(*items(params, "args")))}


# --- custom components -------------------------------------------------------------------------------------------


@command("Element.getData")
def get_data(target: Target, params: Params) -> Any:
    """The data of a custom component: its properties."""
    _, element, _, _ = _found(target, params)
    data = {name: element.value_of(name) for name in (*element.node.properties, *element.set_)}
    path = params.get("path")
    return {"data": plain(at(data, path) if isinstance(path, str) and path else data)}


@command("Element.setData")
def set_data(target: Target, params: Params) -> Any:
    """Sets data of a custom component, by their paths."""
    _, element, _, _ = _found(target, params)
    for path, value in fields(params, "data").items():
        name = path.partition(".")[0].partition("[")[0]
        data = {name: plain(element.value_of(name))}
        put(data, path, value)
        element.set(camel(name), data[name])
    target.phone.nodes.look()


@command("Element.callMethod")
async def call_method(target: Target, params: Params) -> Any:
    """Calls a method of a custom component: of the object that is its node's `node`."""
    _, element, _, _ = _found(target, params)
    method = text(params, "method")
    function = None if method.startswith("_") else getattr(element.node.node, method, None)
    if not callable(function):
        raise Refused(f"{element.node.tag}.{method} not exists")
    result: Any = function(*items(params, "args"))
    return {"result": plain(await result if hasattr(result, "__await__") else result)}
