"""Which way a url is gone: as the function says that was called, unless the platform has it otherwise, or refuses it.

Words of the refusals: WeChat's, as its programs compare them; Douyin's for an unknown page from
developer.open-douyin.com, "api/navigation/tt-re-launch". What Taro's router for the web does: `createRouter` of
`@tarojs/router`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from ..core.answers import Fail
from ..core.app import App
from ..core.running import Running
from ..core.vendors import of_vendor

Way = Literal["navigateTo", "redirectTo", "reLaunch", "switchTab", "onPageNotFound"]

#: Where Taro's router for the web goes the ways.
WEB: Mapping[str, bool] = {"h5": True, "harmony-hybrid": True}

# HarmonyOS opens its page of tabs like any other; Alipay does as well, and leaves the tab bar out ("路由 FAQ").
OPENS_TABS: Mapping[str, bool] = {"harmony": True, "my": True}

# Alipay's words stand on the pages of the four functions: github.com/AlipayDocs/open-docs.
NOT_FOUND: Mapping[str, str] = {
    "tt": 'url "{url}" is not in app.json',
    "my": "{url} resolved to {route} is not found",
}
NO_TAB: Mapping[str, str] = {"my": "{url} resolved to {route} is not tab, which is not valid"}


def way_of(app: App, running: Running, function: Way, route: str, url: str) -> Way:
    """The way that `function` goes to the page `route`, which `url` means. Raises `Fail` if there is none."""
    if of_vendor(WEB, app, False):
        return _on_the_web(running, function, route)
    if not running.has(route):
        query = url.partition("?")[2]
        words = of_vendor(NOT_FOUND, app, 'page "{page}" is not found')
        raise Fail(words.format(url=url, route=route, page=f"{route}?{query}" if query else route))
    is_tab = running.is_tab(route)
    if function == "switchTab" and not (is_tab or running.package is None):
        raise Fail(of_vendor(NO_TAB, app, "can not switch to no-tabBar page").format(url=url, route=route))
    if function in ("navigateTo", "redirectTo") and is_tab and not of_vendor(OPENS_TABS, app, False):
        raise Fail(f"can not {function} a tabbar page")
    return function


def _on_the_web(running: Running, function: Way, route: str) -> Way:
    """Where the url leads decides: a tab is switched to, nothing else is, and nothing is refused."""
    if not running.has(route):
        return "onPageNotFound"
    if running.package is None or function == "reLaunch":
        return function
    if running.is_tab(route):
        return "switchTab"
    return "redirectTo" if function == "switchTab" else function
