"""What happens on a page: events that bubble, and what components do by themselves when they are tapped.

Which events bubble, which handlers hear of them and in which order is as
developers.weixin.qq.com/miniprogram/dev/framework/view/wxml/event.html has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ..phone.core.page import Page
from ..phone.wxml.tree import Node, Place, Tree
from .elements import inner

if TYPE_CHECKING:
    from .faces import Element, Target

BUBBLING = frozenset({
    "touchstart", "touchmove", "touchcancel", "touchend", "tap", "longpress", "longtap", "transitionend",
    "animationstart", "animationiteration", "animationend", "touchforcechange",
})  # fmt: skip

#: What a handler's attribute begins with: whether it hears of the event on the way in, and whether it ends the way.
HANDLERS: tuple[tuple[str, bool, bool], ...] = (
    ("capture-bind:", True, False), ("capture-catch:", True, True),
    ("bind:", False, False), ("catch:", False, True), ("mut-bind:", False, False),
    ("bind", False, False), ("catch", False, True), ("on", False, False),
)  # fmt: skip

Fields = Mapping[str, Any]


class Happening:
    """One event at an element."""

    def __init__(self, target: Target, page: Page, place: Place, kind: str, detail: Any, touches: Fields) -> None:
        self._target = target
        self._page = page
        self._place = place
        self._kind = kind
        self._detail = detail
        self._touches = touches
        self._mutual = False

    def tell(self, *, bubbles: bool) -> None:
        """Tells the handlers of the element and, if it bubbles, of those around it."""
        way = [self._place, *self._place.outward()] if bubbles else [self._place]
        for place in reversed(way):
            if self._tell(place, capture=True):
                return
        for place in way:
            if self._tell(place, capture=False):
                return

    def _tell(self, place: Place, *, capture: bool) -> bool:
        """Tells a node's handler, if it has one that hears of it now; gives whether the event ends there."""
        for name, handler in _handlers(place.node):
            for begin, captures, ends in HANDLERS:
                if captures != capture or name != f"{begin}{self._kind}":
                    continue
                mutual = begin == "mut-bind:"
                if not (mutual and self._mutual):
                    self._call(handler, place)
                self._mutual = self._mutual or mutual
                if ends:
                    return True
                break
        return False

    def _call(self, handler: Any, place: Place) -> None:
        instance = self._page.instance
        if isinstance(handler, str) and not callable(getattr(instance.value, handler, None)):
            self._target.log("warn", f"{self._page.route} has no {handler!r} to handle {self._kind}")
            return
        try:
            instance.call(handler, self._event(place))
        except Exception as error:
            self._target.phone.lifecycle.failed(self._target.app, error, f"{self._kind} of {self._page.route}")

    def _event(self, place: Place) -> dict[str, Any]:
        clock = self._target.phone.clock
        return {
            "type": self._kind,
            "timeStamp": round((clock.now() - self._page.began) * 1000),
            "target": _told(self._place),
            "currentTarget": _told(place),
            "mark": self._place.marks,
            "detail": self._detail,
            **self._touches,
        }


def happen(
    target: Target, page: Page, place: Place, kind: str, detail: Any = None, touches: Fields | None = None
) -> None:
    """Has an event happen at an element."""
    event = Happening(target, page, place, kind, {} if detail is None else detail, touches or {})
    event.tell(bubbles=kind in BUBBLING)
    target.phone.nodes.look()


def touches_at(place: Place, page: Page) -> dict[str, Any]:
    """A touch in the middle of an element."""
    seen = place.seen(page.scroll_top)
    x, y = seen.left + seen.width / 2, seen.top + seen.height / 2
    touch = {"identifier": 0, "pageX": x, "pageY": y + page.scroll_top, "clientX": x, "clientY": y}
    return {"touches": [touch], "changedTouches": [touch]}


def _handlers(node: Node) -> Iterator[tuple[str, Any]]:
    """The handlers of a node by their attributes, in small letters: of its WXML, and those that Python gave it."""
    for name, value in (*node.written.items(), *node.properties.items()):
        yield name.lower(), value


def _told(place: Place) -> dict[str, Any]:
    rect = place.rect
    return {
        "id": place.node.id, "dataset": dict(place.node.dataset), "offsetLeft": rect.left, "offsetTop": rect.top,
    }  # fmt: skip


# --- what components do by themselves ----------------------------------------------------------------------------


def tap(target: Target, page: Page, element: Element, place: Place) -> None:
    """Taps an element: its touches, the tap, and what the component does then."""
    if element.flag("disabled"):
        return
    touch = touches_at(place, page)
    [finger] = touch["touches"]
    happen(target, page, place, "touchstart", None, touch)
    happen(target, page, place, "touchend", None, {**touch, "touches": []})
    happen(target, page, place, "tap", {"x": finger["pageX"], "y": finger["pageY"]}, touch)
    act = _ACTIONS.get(element.node.tag)
    tree = target.elements.tree(page)  # those who have heard of it may have changed the page
    now = target.elements.place_of(element, tree)
    if act is not None and now is not None:
        act(target, page, element, now, tree)


def _switch(target: Target, page: Page, element: Element, place: Place, tree: Tree) -> None:
    toggle(target, page, element, place)


def toggle(target: Target, page: Page, element: Element, place: Place) -> None:
    """A switch goes to its other side."""
    on = not element.flag("checked")
    element.set("checked", on)
    happen(target, page, place, "change", {"value": on})


def _check(target: Target, page: Page, element: Element, place: Place, tree: Tree) -> None:
    """A checkbox is ticked or not; its group tells which of it are."""
    element.set("checked", not element.flag("checked"))
    group = _group(place, "checkbox-group")
    if group is not None:
        happen(target, page, group, "change", {"value": _ticked(target, page, group, tree, "checkbox")})


def _choose(target: Target, page: Page, element: Element, place: Place, tree: Tree) -> None:
    """A radio is chosen, and no other of its group."""
    group = _group(place, "radio-group")
    for other, _ in [] if group is None else _components(target, page, group, tree, "radio"):
        other.set("checked", other is element)
    element.set("checked", True)
    if group is not None:
        happen(target, page, group, "change", {"value": element.value_of("value", "")})


def _press(target: Target, page: Page, element: Element, place: Place, tree: Tree) -> None:
    """A button sends or clears its form, or shares the page."""
    form = _group(place, "form")
    match element.value_of("formType"):
        case "submit" if form is not None:
            values = _form_values(target, page, form, tree)
            happen(target, page, form, "submit", {"value": values, "target": _told(place)})
        case "reset" if form is not None:
            for each in inner(form):
                target.elements.of(page, each, tree).set_.clear()
            happen(target, page, form, "reset")
    if element.value_of("openType") == "share":
        target.phone.spawn(_share(target, place))


async def _share(target: Target, place: Place) -> None:
    await target.phone.pages.share(target.app, by="button", target=_told(place))


def _navigate(target: Target, page: Page, element: Element, place: Place, tree: Tree) -> None:
    """A navigator opens its page."""
    way = _WAYS.get(str(element.value_of("openType", "navigate")))
    if way == "navigateBack":
        target.native.navigateBack({"delta": int(element.value_of("delta", 1))})
    elif way is not None:
        getattr(target.native, way)({"url": element.value_of("url")})


#: The functions that navigators call, by their open type.
_WAYS: Mapping[str, str] = {
    "navigate": "navigateTo", "redirect": "redirectTo",
    **{name: name for name in ("navigateTo", "redirectTo", "switchTab", "reLaunch", "navigateBack")},
}  # fmt: skip


def _group(place: Place, tag: str) -> Place | None:
    return next((each for each in place.outward() if each.node.tag == tag), None)


def _components(target: Target, page: Page, group: Place, tree: Tree, *tags: str) -> Iterator[tuple[Element, Place]]:
    for each in inner(group):
        if each.node.tag in tags:
            yield target.elements.of(page, each, tree), each


def _ticked(target: Target, page: Page, group: Place, tree: Tree, tag: str) -> list[Any]:
    return [
        each.value_of("value", "") for each, _ in _components(target, page, group, tree, tag) if each.flag("checked")
    ]


def _form_values(target: Target, page: Page, form: Place, tree: Tree) -> dict[str, Any]:
    """The values of a form's fields, by their names."""
    values: dict[str, Any] = {}
    for element, place in _components(target, page, form, tree, *_FIELDS):
        name = element.value_of("name")
        if name:
            values[str(name)] = _FIELDS[element.node.tag](target, page, element, place, tree)
    return values


_FIELDS: Mapping[str, Any] = {
    **dict.fromkeys(("input", "textarea"), lambda t, p, element, place, tree: element.value_of("value", "")),
    **dict.fromkeys(("slider", "picker"), lambda t, p, element, place, tree: element.value_of("value")),
    "switch": lambda t, p, element, place, tree: element.flag("checked"),
    "checkbox-group": lambda t, p, element, place, tree: _ticked(t, p, place, tree, "checkbox"),
    "radio-group": lambda t, p, element, place, tree: next(iter(_ticked(t, p, place, tree, "radio")), ""),
}

_ACTIONS: Mapping[str, Any] = {
    "switch": _switch,
    "checkbox": _check,
    "radio": _choose,
    "button": _press,
    "navigator": _navigate,
}
