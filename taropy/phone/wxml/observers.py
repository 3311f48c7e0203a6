"""`IntersectionObserver` and `MediaQueryObserver`: who is told when nodes come into view, and when the window changes.

Facts: developers.weixin.qq.com/miniprogram/dev/api/wxml/IntersectionObserver.html and the guide
".../framework/view/resizable.html"; what counts as crossing a threshold is as Taro's implementation for h5 has it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from typing import TYPE_CHECKING, Any

import attrs

from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.functions import plain
from ..core.listening import call
from ..core.lost import tell_lost
from ..core.options import function, number, optional, string, wrong_type
from ..core.room import Manager
from ..core.vendors import is_web, of_vendor
from .rect import NOWHERE, Rect
from .tree import Place, Tree

if TYPE_CHECKING:
    from ..core.faces import Phone
    from ..core.page import Page
    from .face import Nodes

Margins = Mapping[str, float]
Told = Callable[[Result], Any]

#: Whose observers see but whether a node is in the window, and how much of it: plugin-platform-harmony-ets 4.2.0,
#: `wxml/IntersectionObserver.ts`. They tell rectangles of nothing, and at once that a node is not there.
BLIND: Mapping[str, bool] = {"harmony": True}
NO_NODE = "IntersectionObserver.observe:fail cannot find the node for selector."
NOTHING = Rect(0, 0, 0, 0)

SIDES = ("left", "right", "top", "bottom")


@attrs.frozen
class Reference:
    """What targets are seen against: the node that a selector means, or the window; grown by margins."""

    selector: str | None
    margins: Margins


class IntersectionObserver(Manager):
    """Tells how much of the targets is within the references: at the start, and whenever a threshold is crossed.

    - `thresholds`: the ratios that matter, `[0]` unless given; `initialRatio`: the ratio that the first look is
      compared with, 0 unless given; `observeAll`: all nodes that match, instead of the first.

    On the web (`TaroH5IntersectionObserver` of `@tarojs/taro-h5` 4.2.1) the last reference counts, and one that is not
    there is the window; a call too much changes nothing. What is told is a browser's own: not which node it is.
    """

    def __init__(self, nodes: Nodes, phone: Phone, app: App, scope: Any, options: Options) -> None:
        super().__init__(phone, app)
        self._nodes = nodes
        self.page: Page = phone.pages.top(app)
        self._is_web = is_web(app)
        self._scope = scope
        self._thresholds = _thresholds(options)
        self._initial: float = optional(options, "initialRatio", "Number", 0)
        self._all: bool = optional(options, "observeAll", "Boolean", False)
        self._references: list[Reference] = []
        self._target: str | None = None
        self._callback: Told | None = None
        # By the order of the targets: a page may make its nodes anew each time.
        self._ratios: dict[int, float] = {}

    @plain
    def relativeTo(self, app: App, selector: Any = None, margins: Any = None) -> IntersectionObserver:
        """Looks at the part of the targets that is within the first node that matches; of several, within all."""
        if of_vendor(BLIND, app, False):
            return self
        string(selector, "parameter.selector")
        self._nodes.parsed(selector, app)
        return self._refer(Reference(selector, _margins(margins)))

    @plain
    def relativeToViewport(self, app: App, margins: Any = None) -> IntersectionObserver:
        """Looks at the part of the targets that is in the window."""
        if of_vendor(BLIND, app, False):
            return self
        return self._refer(Reference(None, _margins(margins)))

    @plain
    def observe(self, app: App, targetSelector: Any = None, callback: Any = None) -> None:
        """Begins. An observer does it once; without a reference there is nothing to observe."""
        if self._callback is not None:
            if self._is_web:
                return
            raise Fail('"observe" call can be only called once in IntersectionObserver')
        string(targetSelector, "parameter.targetSelector")
        function(callback, "parameter.callback")
        self._nodes.parsed(targetSelector, app)
        if of_vendor(BLIND, app, False):
            self._references = [Reference(None, _margins(None))]
            if not self._nodes.select(self._nodes.tree(self.page, app), targetSelector, None, app):
                call("IntersectionObserver.observe", callback, {"errMsg": NO_NODE})
                return
        if self._references:
            self._target, self._callback = targetSelector, callback
            self._nodes.watch(self)
            self._tell_lack(targetSelector)

    @plain
    def disconnect(self, app: App) -> None:
        """Ends."""
        self._nodes.unwatch(self)

    def _tell_lack(self, selector: str) -> None:
        """Tells of a target that a page, of which somebody has said what is on it, does not have."""
        if self.page.nodes is None:
            return
        tree = self._nodes.tree(self.page, self.app)
        if not self._nodes.select(tree, selector, self._scope, self.app):
            tell_lost(
                self.page, f"IntersectionObserver sees nothing: no node of {self.page.route} matches {selector!r}"
            )

    def look(self) -> None:
        """Looks again, and tells what has crossed a threshold."""
        assert self._target is not None
        tree = self._nodes.tree(self.page, self.app)
        reference = self._reference(tree)
        found = self._nodes.select(tree, self._target, self._scope, self.app)
        for index, place in enumerate(found if self._all else found[:1]):
            self._compare(index, place, reference)

    def _refer(self, reference: Reference) -> IntersectionObserver:
        if self._callback is not None:
            if self._is_web:
                return self
            raise Fail('Relative nodes cannot be added after "observe" call in IntersectionObserver')
        self._references = [reference] if self._is_web else [*self._references, reference]
        return self

    def _reference(self, tree: Tree) -> Rect:
        """What all references have in common. One that is not on the page leaves nothing."""
        return reduce(Rect.common, (self._rect_of(tree, each).grown(each.margins) for each in self._references))

    def _rect_of(self, tree: Tree, reference: Reference) -> Rect:
        if reference.selector is None:
            return self._nodes.window(self.app)
        found = self._nodes.select(tree, reference.selector, self._scope, self.app)
        if not found:
            return self._nodes.window(self.app) if self._is_web else NOWHERE
        return found[0].seen(self.page.scroll_top)

    def _compare(self, index: int, place: Place, reference: Rect) -> None:
        rect = place.seen(self.page.scroll_top)
        common = rect.common(reference)
        if self._is_web:  # where a page scrolls within itself, so that margins show no more of it
            window = self._nodes.window(self.app)
            common = common.common(Rect(0, 0, window.width, self.phone.window.page_height(self.app)))
        ratio = common.area / rect.area if rect.area else 0.0
        before = self._ratios.get(index, self._initial)
        self._ratios[index] = ratio
        if ratio != before and any(min(before, ratio) <= each <= max(before, ratio) for each in self._thresholds):
            assert self._callback is not None
            call("IntersectionObserver.observe", self._callback, self._entry(place, rect, common, reference, ratio))

    def _entry(self, place: Place, rect: Rect, common: Rect, reference: Rect, ratio: float) -> Result:
        if of_vendor(BLIND, self.app, False):
            rect = common = reference = NOTHING
        seen = {
            "time": int(self.phone.clock.now() * 1000),
            "boundingClientRect": {**rect.edges(), **rect.size()},
            "intersectionRatio": ratio,
            "intersectionRect": {**common.edges(), **common.size()},
        }
        if self._is_web:
            return {**seen, "relativeRect": {**reference.edges(), **reference.size()}}
        return {
            "id": place.node.id,
            "dataset": {**place.node.dataset},
            **seen,
            "relativeRect": reference.edges(),
        }


LIMITS: Mapping[str, Callable[[float, float], bool]] = {
    "minWidth": lambda actual, limit: actual >= limit,
    "maxWidth": lambda actual, limit: actual <= limit,
    "width": lambda actual, limit: actual == limit,
    "minHeight": lambda actual, limit: actual >= limit,
    "maxHeight": lambda actual, limit: actual <= limit,
    "height": lambda actual, limit: actual == limit,
}


class MediaQueryObserver(Manager):
    """Tells whether the window is as described: at once, and whenever that has changed."""

    def __init__(self, nodes: Nodes, phone: Phone, app: App) -> None:
        super().__init__(phone, app)
        self._nodes = nodes
        self.page: Page = phone.pages.top(app)
        self._described: Options = {}
        self._callback: Told | None = None
        self._matched: bool | None = None

    @plain
    def observe(self, app: App, descriptor: Any = None, callback: Any = None) -> None:
        """Begins, in place of what was observed before. All that is described has to hold."""
        if not isinstance(descriptor, Mapping):
            raise wrong_type("parameter.descriptor", "Object", descriptor)
        function(callback, "parameter.callback")
        self._described = _described(descriptor)
        self._callback, self._matched = callback, None
        self._nodes.watch(self)

    @plain
    def disconnect(self, app: App) -> None:
        """Ends."""
        self._nodes.unwatch(self)

    def look(self) -> None:
        """Looks again, and tells if the answer has changed."""
        matches = self._matches()
        if matches is not self._matched:
            self._matched = matches
            assert self._callback is not None
            call("MediaQueryObserver.observe", self._callback, {"matches": matches})

    def _matches(self) -> bool:
        window, orientation = self._nodes.window(self.app), self.phone.window.orientation(self.app)
        return self._described.get("orientation", orientation) == orientation and all(
            LIMITS[name](window.width if name.lower().endswith("width") else window.height, limit)
            for name, limit in self._described.items()
            if name != "orientation"
        )


def _described(descriptor: Options) -> Options:
    """What of the description is given, checked."""
    numbers = {name: optional(descriptor, name, "Number", None) for name in LIMITS}
    orientation = optional(descriptor, "orientation", "String", None)
    return {name: value for name, value in {**numbers, "orientation": orientation}.items() if value is not None}


def _thresholds(options: Options) -> list[float]:
    given = optional(options, "thresholds", "Array", [0])
    return [number(each, f"parameter.thresholds[{index}]") for index, each in enumerate(given)]


def _margins(margins: Any) -> Margins:
    given: Options = margins if isinstance(margins, Mapping) else {}
    return {side: optional(given, side, "Number", 0) for side in SIDES}
