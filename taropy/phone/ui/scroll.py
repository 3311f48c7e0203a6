"""Moving pages: pull-down refresh, and scrolling to a place.

Facts: developers.weixin.qq.com/miniprogram/dev/api/ui/pull-down-refresh and ".../ui/scroll/wx.pageScrollTo.html". As in
Taro's implementations, a scroll has succeeded when it has come to its end. What a web page does: `pageScrollTo` of
`@tarojs/taro-h5` 4.2.1, and how a browser tells of it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..core.answers import Fail, Options
from ..core.app import App
from ..core.functions import answered
from ..core.lost import tell_lost
from ..core.options import optional, required
from ..core.room import Room
from ..core.vendors import is_web, of_vendor

if TYPE_CHECKING:
    from ..core.page import Page

DEFAULT_DURATION = 300

# React Native only notes that the page refreshes, and goes to a height at once: runtime-rn 4.2.0, `page.ts`.
REFRESHES_UNTOLD: Mapping[str, bool] = {"rn": True}
HEIGHTS_ONLY: Mapping[str, bool] = {"rn": True}
# On the web a selector counts before a height, one that matches nothing is the top, and the page is told of a scroll
# when the browser draws, after the scroll has succeeded, and only if it has moved.
#: How many turns of the loop a browser's page goes on before it is drawn.
UNTIL_DRAWN = 3
#: What a call fails with that says nowhere to go: plugin-platform-harmony-ets 4.2.0.
NOWHERE: Mapping[str, str] = {"harmony": 'scrollTop" 或 "selector" 需要其之一'}


class Scrolling(Room, name="scrolling"):
    """The functions by which programs move their pages; where a page is, the page itself knows."""

    @answered
    def startPullDownRefresh(self, app: App, options: Options) -> None:
        """Pulls the page down as a person would; it refreshes until `stopPullDownRefresh`.

        A program may do so on a page that a person cannot pull (`enablePullDownRefresh`): that one is not told.
        """
        if of_vendor(REFRESHES_UNTOLD, app, False) or not self.phone.pages.pull_down(app):
            self.phone.pages.top(app).refreshing = True

    @answered
    def stopPullDownRefresh(self, app: App, options: Options) -> None:
        """Ends the refresh. That there is none is no failure."""
        self.phone.pages.top(app).refreshing = False

    @answered
    async def pageScrollTo(self, app: App, options: Options) -> None:
        """Scrolls to `scrollTop` px, or so that the first node that matches `selector` is `offsetTop` px above the top.

        `duration` is in ms, by the phone's clock; `scrollTop` counts if both are given. Fails for a node that is not
        there, which phones leave open. React Native knows heights only, goes there at once, and by default to the top.
        On the web the selector counts, a node that is not there is the top, and the page hears of it afterwards.
        """
        if of_vendor(HEIGHTS_ONLY, app, False):
            options = {"scrollTop": options.get("scrollTop") or 0, "duration": 0}
        duration = optional(options, "duration", "Number", DEFAULT_DURATION)
        page = self.phone.pages.top(app)
        to = self._goal(app, options)
        if duration > 0:
            await self.phone.clock.sleep(duration / 1000)
        if self.phone.pages.top(app) is not page:
            return
        if not is_web(app):
            self.phone.pages.scrolled(app, to)
        elif page.scroll_top != to:
            page.scroll_top = to
            self.phone.spawn(self._drawn(app, page))

    def _goal(self, app: App, options: Options) -> float:
        """Where the page goes: not above its beginning, nor below its end if that is known."""
        selector = optional(options, "selector", "String", "")
        if selector and (options.get("scrollTop") is None or is_web(app)):
            goal: float = self._top_of(app, selector) + optional(options, "offsetTop", "Number", 0)
        else:
            words = of_vendor(NOWHERE, app, "")
            if words and options.get("scrollTop") is None:
                raise Fail(words)
            goal = required(options, "scrollTop", "Number")
        height = self.phone.nodes.height(app)
        end = goal if height is None else max(height - self.phone.window.page_height(app), 0)
        return max(min(goal, end), 0)

    def _top_of(self, app: App, selector: str) -> float:
        page = self.phone.pages.top(app)
        found = self.phone.nodes.find(page, selector, None, app)
        if not found and is_web(app):
            tell_lost(page, f"pageScrollTo goes to the top: no node matches the selector {selector!r}")
            return 0
        if not found:
            raise Fail(f'no node matches the selector "{selector}"')
        top: float = found[0].rect.top
        return top

    async def _drawn(self, app: App, page: Page) -> None:
        """Tells a web page, if it is still the one on the screen, how far it is scrolled when it is drawn anew."""
        for _ in range(UNTIL_DRAWN):
            await asyncio.sleep(0)
        if self.phone.pages.top(app) is page:
            self.phone.pages.scrolled(app, page.scroll_top)
