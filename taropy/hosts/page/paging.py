"""The pages of a launched app, and what a person does on them."""

from __future__ import annotations

from .apps import Apps
from .browser import Browser
from .opening import OpenPages
from .part import Part, tap

#: The page on the screen.
PAGE = "[...document.querySelectorAll('.taro_page')].filter(page => !page.classList.contains('taro_page_shade')).pop()"
TO_BOTTOM = f"""() => {{
  const page = {PAGE}
  const before = page.scrollTop
  page.scrollTo(0, page.scrollHeight)
  if (page.scrollTop === before) page.dispatchEvent(new Event('scroll'))
}}"""
#: A finger that pulls the page down.
PULL: tuple[tuple[str, list[dict[str, int]]], ...] = (
    ("touchStart", [{"x": 100, "y": 100}]),
    *(("touchMove", [{"x": 100, "y": 100 + 30 * step}]) for step in range(1, 8)),
    ("touchEnd", []),
)


class Pages(Part, OpenPages):
    """The pages of the app that the program has launched, and what a person does on them.

    As on a phone the app hears of that: at once outside an event loop, and in one when `taropy.settled()` is awaited.
    """

    def __init__(self, browser: Browser, apps: Apps) -> None:
        Part.__init__(self, browser)
        OpenPages.__init__(self, apps)

    def press_back(self) -> None:
        """Goes back, as the browser's button does."""
        self._evaluate("() => void setTimeout(() => history.back())")
        self._apps.follow(leads=True)

    def tap_tab(self, index: int) -> None:
        """Taps an item of the tab bar, counted from 0."""
        self._browser.catch_up()
        self._browser.run(tap(self._browser.page.locator("taro-tabbar .weui-tabbar__item").nth(index)))
        self._apps.follow()

    def scroll(self, top: float) -> None:
        """Scrolls the page, so that `top` px of it are above the screen."""
        self._evaluate(f"top => {PAGE}.scrollTo(0, top)", top)
        self._apps.follow()

    def scroll_to_bottom(self) -> None:
        """Scrolls the page to its end, which `onReachBottom` is told of. One that fits into the window is there."""
        self._evaluate(TO_BOTTOM)
        self._apps.follow()

    def pull_down(self) -> bool:
        """Pulls the page down to refresh it; gives whether it lets itself be refreshed (`enablePullDownRefresh`)."""
        is_pulled = bool(self._evaluate(f"() => {PAGE}.querySelector('taro-pull-to-refresh-core') !== null"))
        if is_pulled:
            self._browser.run(self._pull())
            self._apps.follow()
        return is_pulled

    async def _pull(self) -> None:
        """Playwright has a tap for touch screens, and no more; the browser itself is asked."""
        session = await self._browser.context.new_cdp_session(self._browser.page)
        for kind, points in PULL:
            await session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        await session.detach()
