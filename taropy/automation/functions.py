"""What clients do to components by `Element.callFunction`: typing, scrolling, sliding, switching."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ..phone.core.page import Page
from ..phone.wxml.tree import Place
from .commands import Refused
from .happening import happen, toggle

if TYPE_CHECKING:
    from .faces import Element, Target

#: Does a function's work, with the arguments of the client's call.
Function = Callable[["Target", Page, "Element", Place, list[Any]], Any]


def called(target: Target, page: Page, element: Element, place: Place, name: str, arguments: list[Any]) -> Any:
    """Calls the function `name`, of the component that its first word says."""
    function = FUNCTIONS.get(name)
    if function is None:
        raise Refused(f"there is no function {name!r} for elements")
    tag = name.partition(".")[0]
    if element.node.tag != tag:
        raise Refused(f"{name} is for a {tag}, and not for a {element.node.tag}")
    return function(target, page, element, place, arguments)


def _type(target: Target, page: Page, element: Element, place: Place, arguments: list[Any]) -> None:
    """Types a text into it: `input`, then `confirm` if the second argument says so, then `blur`."""
    if element.flag("disabled"):
        return
    text = "" if not arguments or arguments[0] is None else str(arguments[0])
    longest = element.value_of("maxlength", 140)
    limit = int(longest) if str(longest).lstrip("-").isdigit() else 140
    text = text if limit < 0 else text[:limit]
    element.set("value", text)
    detail = {"value": text, "cursor": len(text)}
    happen(target, page, place, "input", detail)
    if len(arguments) > 1 and arguments[1]:
        happen(target, page, place, "confirm", {"value": text})
    happen(target, page, place, "blur", detail)


def _scroll_to(target: Target, page: Page, element: Element, place: Place, arguments: list[Any]) -> None:
    left, top = _two_numbers(arguments)
    scrolled(target, page, element, place, left, top)


def scrolled(target: Target, page: Page, element: Element, place: Place, left: float, top: float) -> None:
    """Scrolls a scroll-view there, which hears of it."""
    before = element.node.scroll
    target.phone.nodes.scroll(element.node, left, top)
    left, top = element.node.scroll
    width, height = content_size(place)
    happen(target, page, place, "scroll", {
        "scrollLeft": left, "scrollTop": top, "scrollWidth": width, "scrollHeight": height,
        "deltaX": before[0] - left, "deltaY": before[1] - top,
    })  # fmt: skip


def content_size(place: Place) -> tuple[float, float]:
    """How wide and high a node's content is, at least as itself."""
    inside = [each.rect for each in place.inside]
    width = max((rect.right for rect in inside), default=0) - place.rect.left
    height = max((rect.bottom for rect in inside), default=0) - place.rect.top
    return max(width, place.rect.width), max(height, place.rect.height)


def _swipe_to(target: Target, page: Page, element: Element, place: Place, arguments: list[Any]) -> None:
    items = sum(each.node.tag == "swiper-item" for each in place.inside)
    index = int(_number(arguments[0] if arguments else 0))
    if items and not 0 <= index < items:
        raise Refused(f"the swiper has the items 0 to {items - 1}, and not {index}")
    element.set("current", index)
    told = {"current": index, "currentItemId": "", "source": "touch"}
    happen(target, page, place, "change", told)
    happen(target, page, place, "animationfinish", told)


def _move_to(target: Target, page: Page, element: Element, place: Place, arguments: list[Any]) -> None:
    x, y = _two_numbers(arguments)
    element.set("x", x)
    element.set("y", y)
    happen(target, page, place, "change", {"x": x, "y": y, "source": "touch"})


def _slide_to(target: Target, page: Page, element: Element, place: Place, arguments: list[Any]) -> None:
    value = _number(arguments[0] if arguments else 0)
    least, most = (_number(element.value_of(name, usual)) for name, usual in (("min", 0), ("max", 100)))
    value = min(max(value, least), most)
    element.set("value", value)
    happen(target, page, place, "change", {"value": value})


def _two_numbers(arguments: list[Any]) -> list[float]:
    return [*(_number(each) for each in arguments[:2]), 0, 0][:2]


def _number(value: Any) -> float:
    try:
        number = float(value or 0)
    except (TypeError, ValueError):
        raise Refused(f"{value!r} is no number") from None
    return int(number) if number.is_integer() else number


FUNCTIONS: Mapping[str, Function] = {
    "input.input": _type,
    "textarea.input": _type,
    "scroll-view.scrollTo": _scroll_to,
    "scroll-view.scrollLeft": lambda t, p, element, place, a: element.node.scroll[0],
    "scroll-view.scrollTop": lambda t, p, element, place, a: element.node.scroll[1],
    "scroll-view.scrollWidth": lambda t, p, element, place, a: content_size(place)[0],
    "scroll-view.scrollHeight": lambda t, p, element, place, a: content_size(place)[1],
    "swiper.swipeTo": _swipe_to,
    "movable-view.moveTo": _move_to,
    "switch.tap": lambda t, p, element, place, a: toggle(t, p, element, place),
    "slider.slideTo": _slide_to,
}
