"""The app of the cases in Python: three pages that tell what happens to them, as those of tools/browser/app do."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import taropy

if TYPE_CHECKING:
    from h5_player import Json, Player

LIFE = {
    "load": "useLoad",
    "show": "useDidShow",
    "ready": "useReady",
    "hide": "useDidHide",
    "unload": "useUnload",
    "scroll": "usePageScroll",
    "reach bottom": "useReachBottom",
    "pull down": "usePullDownRefresh",
    "resize": "useResize",
    "tab item tap": "useTabItemTap",
}
APP_LIFE = {
    "launch": "useLaunch",
    "show": "useDidShow",
    "hide": "useDidHide",
    "error": "useError",
    "page not found": "usePageNotFound",
}


def launched(taro: Any, told: Json, player: Player) -> taropy.Promise[Any]:
    """Launches the app where the case opens it."""
    settings = dict(told["app"])
    configs = settings.pop("pageConfigs", {})
    app = taropy.App(settings)
    app.entry(lambda: _live(taro, player, "app", APP_LIFE))
    for route in settings["pages"]:
        app.page(route, configs.get(route, {}))(_page(taro, player, route.split("/")[1]))
    return app.launch(taro, path=told.get("at", "").removeprefix("#").removeprefix("/") or None)


def _page(taro: Any, player: Player, name: str) -> Callable[[], str | None]:
    def page() -> str | None:
        _live(taro, player, name, LIFE)
        player.rendered(name)
        content: str | None = player.told.get("pages", {}).get(name, {}).get("content")
        return content

    return page


def _live(taro: Any, player: Player, name: str, life: dict[str, str]) -> None:
    for moment, hook in life.items():
        getattr(taro, hook)(partial(player.lived, name, moment))
