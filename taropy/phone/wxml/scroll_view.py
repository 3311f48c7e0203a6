"""`ScrollViewContext`: a scroll-view that programs move.

developers.weixin.qq.com/miniprogram/dev/api/ui/scroll/ScrollViewContext.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..core.answers import Fail
from ..core.app import App
from ..core.functions import plain
from ..core.options import optional
from ..core.room import Manager
from .tree import Node

if TYPE_CHECKING:
    from ..core.faces import Phone
    from .face import Nodes


class ScrollViewContext(Manager):
    """A scroll-view that is `enhanced`. Its switches are kept, and change nothing here."""

    def __init__(self, nodes: Nodes, phone: Phone, app: App, node: Node) -> None:
        super().__init__(phone, app)
        self._nodes = nodes
        self._node = node
        self.scrollEnabled = True
        self.bounces = True
        self.showScrollbar = True
        self.pagingEnabled = False
        self.fastDeceleration = False
        self.decelerationDisabled = False

    @plain
    def scrollTo(self, app: App, options: Any = None) -> None:
        """Scrolls to `left` and `top`, in px; what is not given stays. It is there at once."""
        given: Mapping[str, Any] = options if isinstance(options, Mapping) else {}
        left, top = self._node.scroll
        left, top = optional(given, "left", "Number", left), optional(given, "top", "Number", top)
        self._nodes.scroll(self._node, left, top)

    @plain
    def scrollIntoView(self, app: App, selector: Any = None) -> None:
        """Scrolls down to the first node in it that matches."""
        if not isinstance(selector, str):
            raise Fail("parameter error: parameter.selector should be String")
        self._nodes.scroll_into_view(self._node, selector, app)
