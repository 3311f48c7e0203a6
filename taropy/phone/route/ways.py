"""Which way a url is gone: as the function says that was called, unless the platform has it otherwise, or refuses it.

Words of the refusals: WeChat's, as its programs compare them; Douyin's for an unknown page from
developer.open-douyin.com, "api/navigation/tt-re-launch". What Taro's router for the web does: `createRouter` of
`@tarojs/router`; for React Native: `rootNavigation.ts` of router-rn 4.2.0, which asks React Navigation and says that it
went well; for HarmonyOS: `route/index.ts` of plugin-platform-harmony-ets 4.2.0, over `router.pushUrl` and
`router.replaceUrl`, whose numbers and words these are (OpenHarmony's reference, "Router Error Codes").
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from ..core.answers import Fail
from ..core.app import App
from ..core.running import Running
from ..core.vendors import is_web, of_vendor

Way = Literal["navigateTo", "redirectTo", "reLaunch", "switchTab", "onPageNotFound", "stay alone"]

#: Where the system's own router is asked, which opens the page of tabs like any other.
HARMONY: Mapping[str, bool] = {"harmony": True}

# Alipay opens a page of tabs like any other, and leaves the tab bar out ("路由 FAQ").
OPENS_TABS: Mapping[str, bool] = {"my": True}

# Alipay's words stand on the pages of the four functions: github.com/AlipayDocs/open-docs.
NOT_FOUND: Mapping[str, str] = {
    "tt": 'url "{url}" is not in app.json',
    "my": "{url} resolved to {route} is not found",
}
NO_TAB: Mapping[str, str] = {"my": "{url} resolved to {route} is not tab, which is not valid"}

#: Where nobody is told that a url leads nowhere, but for the app's onPageNotFound.
NAVIGATOR: Mapping[str, bool] = {"rn": True}

#: HarmonyOS's failures for a page that is not there.
URI_ERRORS: Mapping[str, tuple[int, str]] = {
    "navigateTo": (100002, "Uri error. The URI of the page to redirect is incorrect or does not exist."),
    "redirectTo": (200002, "Uri error. The URI of the page to be used for replacement is incorrect or does not exist."),
}


def way_of(app: App, running: Running, function: Way, route: str, url: str) -> Way:
    """The way that `function` goes to the page `route`, which `url` means. Raises `Fail` if there is none."""
    if is_web(app):
        return _on_the_web(running, function, route)
    if of_vendor(NAVIGATOR, app, False):
        return _by_the_navigator(running, function, route)
    if of_vendor(HARMONY, app, False):
        return _on_harmony(running, function, route)
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


def _by_the_navigator(running: Running, function: Way, route: str) -> Way:
    """React Navigation has its tabs beside its stack: a tab cannot be put on it, and a page is opened from the tabs."""
    if not running.has(route):
        return "onPageNotFound"
    if running.package is None or function == "reLaunch":
        return function
    if function != "switchTab":
        return "onPageNotFound" if running.is_tab(route) else function
    if running.is_tab(route):
        return "switchTab"
    return "navigateTo" if running.is_tab(running.stack[0].route) else "onPageNotFound"


def _on_harmony(running: Running, function: Way, route: str) -> Way:
    """The system's router knows pages only. `reLaunch` does not ask how it went, and then leaves one page."""
    if function == "switchTab" and not (running.package is None or running.is_tab(route)):
        raise Fail
    if running.has(route):
        return function
    if function == "reLaunch":
        return "stay alone"
    code, words = URI_ERRORS[function]
    raise Fail(words, code=code)
