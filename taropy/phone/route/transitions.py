"""Routes with an animation of the program's own: `wx.router`.

Facts: developers.weixin.qq.com/miniprogram/dev, "framework/runtime/skyline/custom-route". Only between pages that
Skyline renders, which `renderer` in the settings of the app or of the page says. Nothing is drawn here, so that an
animation has come to its end when its route has.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from ..core.answers import Options
from ..core.app import App
from ..core.functions import plain
from ..core.options import function, optional, string
from ..core.page import Page
from ..core.room import Manager
from ..core.running import Running

#: What an animation does, by WeChat's numbers, before it has begun and after it has ended.
DISMISSED, COMPLETED = 0, 3


@attrs.define(eq=False)
class SharedValue:
    """A value that the program and what is drawn share."""

    value: float


def _shared() -> SharedValue:
    return SharedValue(0)


@attrs.define(eq=False)
class RouteContext:
    """How a page comes in, and makes place for the next one, as the page's `config` has it; `didPop` leads back."""

    didPop: Callable[[], None] = attrs.field(repr=False)
    primaryAnimation: SharedValue = attrs.field(factory=_shared)
    primaryAnimationStatus: SharedValue = attrs.field(factory=_shared)
    secondaryAnimation: SharedValue = attrs.field(factory=_shared)
    secondaryAnimationStatus: SharedValue = attrs.field(factory=_shared)
    userGestureInProgress: SharedValue = attrs.field(factory=_shared)
    config: Any = None

    def startUserGesture(self) -> None:
        """The person's finger leads the animation from now on."""
        self.userGestureInProgress.value = 1

    def stopUserGesture(self) -> None:
        """The person has let go."""
        self.userGestureInProgress.value = 0


class Router(Manager):
    """`wx.router`: the route builders of an app, by the names that `navigateTo` takes as its `routeType`."""

    @plain
    def addRouteBuilder(self, app: App, routeType: Any = None, routeBuilder: Any = None) -> None:
        """Has `routeBuilder(routeContext, routeOptions)` say how pages come in that are opened by this type."""
        self._builders[string(routeType, "parameter.routeType")] = function(routeBuilder)

    @plain
    def removeRouteBuilder(self, app: App, routeType: Any = None) -> None:
        """Forgets the type; pages that are open stay as they are."""
        self._builders.pop(string(routeType, "parameter.routeType"), None)

    @plain
    def getRouteContext(self, app: App, instance: Any = None) -> RouteContext | None:
        """The context of the program's page; None of one that was not opened by a type of its own."""
        pages = self.phone.pages.stack(app)
        return next((page.transition for page in pages if page.program is instance), None)

    @property
    def _builders(self) -> dict[str, Callable[..., Any]]:
        return self.phone.pages.of(self.app).route_builders


def transition(app: App, running: Running, page: Page, options: Options, back: Callable[[], None]) -> Any:
    """How the page comes in that is opened on top of the others; nothing if by no animation of the program's own."""
    builder = running.route_builders.get(optional(options, "routeType", "String", ""))
    if builder is None or not all(_is_drawn_by_skyline(running, each) for each in (running.top, page)):
        return None
    context = RouteContext(back)
    context.config = builder(context, optional(options, "routeOptions", "Object", {}))
    return context


def settle(above: Page, below: Page, *, open: bool) -> None:
    """Has the animations ended, of a page that has been opened on another one, or is going."""
    value, status = (1, COMPLETED) if open else (0, DISMISSED)
    if above.transition is not None:
        above.transition.primaryAnimation.value = value
        above.transition.primaryAnimationStatus.value = status
    if below.transition is not None:
        below.transition.secondaryAnimation.value = value
        below.transition.secondaryAnimationStatus.value = status


def _is_drawn_by_skyline(running: Running, page: Page) -> bool:
    config: Mapping[str, Any] = {} if running.package is None else running.package.config
    return page.window.get("renderer", config.get("renderer")) == "skyline"
