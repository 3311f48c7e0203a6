"""The components of pages that have to do with moving pictures, as `video` and `camera`: found, read and heard."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ...loops import keep_under_way, loop_of_caller
from ..core.lost import lacks
from ..core.variant import nobody

if TYPE_CHECKING:
    from ..core.app import App
    from ..core.faces import Phone
    from ..core.page import Page

#: What WXML and JSX write before the name of an event, in small letters.
HANDLERS = ("bind", "bind:", "catch", "catch:", "on")


@attrs.frozen(eq=False)
class Component:
    """A component on a page. A page of which nobody has said what is on it has any that a program asks for: no `node`.

    `key` tells it from the others of the page: its id, or, if it has none, which of its kind it is.
    """

    app: App
    page: Page
    key: str
    node: Any = None

    def attribute(self, name: str, default: Any = None) -> Any:
        """An attribute, by its camelCase name."""
        value = None if self.node is None else self.node.properties.get(name)
        return default if value is None else value

    def flag(self, name: str, *, default: bool = False) -> bool:
        """An attribute that is on or off."""
        value = self.attribute(name, default)
        return value not in ("", "false") if isinstance(value, str) else bool(value)

    def number(self, name: str, default: float) -> float:
        """An attribute that is a number; the default for what is none."""
        try:
            return float(self.attribute(name, default))
        except (TypeError, ValueError):
            return default

    def hears(self, event: str) -> bool:
        """Whether a handler stands for the event."""
        return self._handler(event) is not None

    def tell(self, phone: Phone, event: str, detail: Mapping[str, Any]) -> None:
        """Calls the page's handler of the event. What it throws goes to the app's `onError`."""
        handler = self._handler(event)
        if handler is None:
            return
        target = {"id": self.node.id, "dataset": dict(self.node.dataset), "offsetLeft": 0, "offsetTop": 0}
        stamp = round((phone.clock.now() - self.page.began) * 1000)
        told = {"type": event, "timeStamp": stamp, "target": target, "currentTarget": target, "detail": dict(detail)}
        try:
            self.page.instance.call(handler, told)
        except Exception as error:
            phone.lifecycle.failed(self.app, error, f"{event} of {self.page.route}")

    def _handler(self, event: str) -> Any:
        """A function, or the name of one."""
        if self.node is None:
            return None
        names = {f"{before}{event}" for before in HANDLERS}
        given = (*self.node.written.items(), *self.node.properties.items())
        return next((value for name, value in given if name.lower() in names), None)


def components(phone: Phone, app: App, page: Page, tag: str) -> Iterator[tuple[Component, Any]]:
    """The components of this tag on the page, each with the custom component around it, None if it is the page's."""
    if page.nodes is None:
        return
    number = 0
    for place in phone.nodes.tree(page, app).places:
        if place.node.tag == tag:
            number += 1
            host = None if place.host is None else place.host.node
            yield Component(app, page, place.node.id or f"{tag}-{number}", place.node), host


def component(phone: Phone, app: App, page: Page, tag: str, key: str, scope: Any = None) -> Component | None:
    """The component with that id, of the page or of the custom component `scope`; None if there is none."""
    if page.nodes is None:
        return Component(app, page, key)
    # A custom component's node has a tree of its own; what is none, as the page, is the page itself.
    around = scope if hasattr(scope, "shadow") else getattr(scope, "node", None)
    found = (each for each, host in components(phone, app, page, tag) if each.key == key and host is around)
    return next(found, None)


def lacks_component(phone: Phone, app: App, page: Page, tag: str, key: str) -> str:
    """That the page has no component with that id, and which it has."""
    return lacks(page, tag, key, [each.key for each, _ in components(phone, app, page, tag)])


def first(phone: Phone, app: App, page: Page, tag: str) -> Component | None:
    """The first component of this tag on the page; None if there is none."""
    if page.nodes is None:
        return Component(app, page, f"{tag}-1")
    return next((each for each, _ in components(phone, app, page, tag)), None)


def once_shown(phone: Phone, app: App, look: Callable[[App], None]) -> None:
    """Calls `look` once the page that comes to the screen has said what is on it, as it does when it is loaded."""
    page = phone.pages.top(app)

    async def look_on() -> None:
        if phone.pages.top(app) is page:
            look(app)

    soon(phone, look_on)


def soon(phone: Phone, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Has the phone do something that takes its time, now that a function has been called which does not wait for it.

    Outside any loop that is done when the clock moves next, or the program waits for something; in a process without
    the runtime nobody does it.
    """
    loop, clock = loop_of_caller(), phone.clock
    if loop is None:
        return

    # A journey of the clock outside any loop runs those loops that have something due.
    due = clock.call_at(clock.now(), nobody, loop, limits=True)

    def begin() -> None:
        if phone.closed:
            due.cancel()
            return
        task = phone.spawn(work(), takes_time=True)
        task.add_done_callback(lambda _: due.cancel())
        keep_under_way(task)

    if asyncio._get_running_loop() is not None:
        begin()
    else:
        loop.call_soon_threadsafe(begin)
