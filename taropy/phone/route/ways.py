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
from .web import is_web

Way = Literal["navigateTo", "redirectTo", "reLaunch", "switchTab", "onPageNotFound"]

# HarmonyOS opens its page of tabs like any other.
OPENS_TABS: Mapping[str, bool] = {"harmony": True}

NOT_FOUND: Mapping[str, str] = {"tt": 'url "{url}" is not in app.json'}


def way_of(app: App, running: Running, function: Way, route: str, url: str) -> Way:
    """The way that `function` goes to the page `route`, which `url` means. Raises `Fail` if there is none."""
    if is_web(app):
        return _on_the_web(running, function, route)
    if not running.has(route):
        query = url.partition("?")[2]
        words = of_vendor(NOT_FOUND, app, 'page "{page}" is not found')
        raise Fail(words.format(url=url, page=f"{route}?{query}" if query else route))
    is_tab = running.is_tab(route)
    if function == "switchTab" and not (is_tab or running.package is None):
        raise Fail("can not switch to no-tabBar page")
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
