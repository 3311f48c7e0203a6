"""`Page.*`: a page that is open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..models.record import record
from ..phone.core.page import Page
from ..phone.wxml.tree import Place, Tree
from .commands import Params, Refused, command, fields, items, text
from .data import data_of, set_data
from .elements import PAGE
from .selecting import by_css, by_xpath
from .values import at, plain

if TYPE_CHECKING:
    from .faces import Target


# --- elements ----------------------------------------------------------------------------------------------------


def _by_css(target: Target, params: Params) -> tuple[Page, Tree, list[Place]]:
    page = target.page(params)
    tree = target.elements.tree(page)
    selector = text(params, "selector").strip()
    if selector == PAGE:
        return page, tree, [target.elements.whole(page, tree)]
    return page, tree, by_css(selector, tree.places, None, tree)


def _by_xpath(target: Target, params: Params) -> tuple[Page, Tree, list[Place]]:
    page = target.page(params)
    tree = target.elements.tree(page)
    return page, tree, by_xpath(text(params, "selector"), tree)


def _first(target: Target, found: tuple[Page, Tree, list[Place]]) -> Any:
    page, tree, places = found
    if not places:
        raise Refused("no such element")
    return target.elements.told(page, places[:1], tree)[0]


def _all(target: Target, found: tuple[Page, Tree, list[Place]]) -> Any:
    page, tree, places = found
    return {"elements": target.elements.told(page, places, tree)}


@command("Page.getElement")
def get_element(target: Target, params: Params) -> Any:
    """The first element that a selector matches."""
    return _first(target, _by_css(target, params))


@command("Page.getElements")
def get_elements(target: Target, params: Params) -> Any:
    """All elements that a selector matches."""
    return _all(target, _by_css(target, params))


@command("Page.getElementByXpath")
def get_element_by_xpath(target: Target, params: Params) -> Any:
    """The first element that an XPath finds."""
    return _first(target, _by_xpath(target, params))


@command("Page.getElementsByXpath")
def get_elements_by_xpath(target: Target, params: Params) -> Any:
    """All elements that an XPath finds."""
    return _all(target, _by_xpath(target, params))


# --- data and methods --------------------------------------------------------------------------------------------


@command("Page.getData")
def get_data(target: Target, params: Params) -> Any:
    """The page's data, or what stands in them at a path."""
    data = data_of(target.page(params))
    path = params.get("path")
    return {"data": plain(at(data, path) if isinstance(path, str) and path else data)}


@command("Page.setData")
def put_data(target: Target, params: Params) -> Any:
    """Sets data by their paths; observers of the page's nodes look anew."""
    set_data(target.page(params), record(fields(params, "data")))
    target.phone.nodes.look()


@command("Page.callMethod")
async def call_method(target: Target, params: Params) -> Any:
    """Calls a method of the page's object, or its handlers of the event of that name; gives what they give."""
    page, method, arguments = target.page(params), text(params, "method"), items(params, "args")
    result = run_method(page, method, arguments)
    return {"result": plain(await result if hasattr(result, "__await__") else result)}


def run_method(page: Page, method: str, arguments: list[Any]) -> Any:
    """What a method of a page gives, which may be awaited."""
    function = None if method.startswith("_") else getattr(page.program, method, None)
    if callable(function):
        from ..signatures import fitting

        return fitting(function)(*map(record, arguments))
    if page.instance.handles(method):
        return page.instance.handle(method, *arguments)
    raise Refused(f"page.{method} not exists")


# --- its window --------------------------------------------------------------------------------------------------


@command("Page.getWindowProperties")
def get_window_properties(target: Target, params: Params) -> Any:
    """What a browser's `window` would tell, by paths; null for what the phone does not know."""
    known = window_of(target, target.page(params))
    return {"properties": [at(known, str(name)) for name in items(params, "names")]}


def window_of(target: Target, page: Page) -> Mapping[str, Any]:
    """The `window` of a page, as far as the phone knows it."""
    app = target.app
    window = target.phone.nodes.window(app)
    height = target.phone.window.page_height(app)
    tree = target.elements.tree(page)
    scrolled = {
        "scrollTop": page.scroll_top, "scrollLeft": 0, "clientWidth": window.width, "clientHeight": height,
        "scrollWidth": window.width, "scrollHeight": max(page.height or tree.height, height),
    }  # fmt: skip
    return {
        "innerWidth": window.width, "innerHeight": height, "scrollX": 0, "scrollY": page.scroll_top,
        "pageXOffset": 0, "pageYOffset": page.scroll_top,
        "devicePixelRatio": target.phone.system.device.pixel_ratio,
        "document": {"documentElement": scrolled, "body": {**scrolled, "scrollTop": 0}, "title": _title(page)},
        "location": {"href": page.path},
        "__wxConfigWindow__": plain(page.window),
    }  # fmt: skip


def _title(page: Page) -> str:
    return str(page.window.get("navigationBarTitleText", ""))


@command("Page.callFunction")
def call_function(target: Target, params: Params) -> Any:
    """Runs a function beside the page; it finds `window` and `document`, and no elements in them."""
    window = window_of(target, target.page(params))
    return target.world.evaluate(text(params, "functionDeclaration"), items(params, "args"), window=window)
