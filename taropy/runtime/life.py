"""The methods of a page's or an app's class that hear of its life, by the names of mini programs and of components."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

#: The methods of a class that hear of an event, in their order. Taro mounts a component before it tells of the load.
METHODS: Mapping[str, tuple[str, ...]] = {
    "onLoad": ("componentWillMount", "componentDidMount", "onLoad"),
    "onShow": ("componentDidShow", "onShow"),
    "onHide": ("componentDidHide", "onHide"),
    "onUnload": ("onUnload", "componentWillUnmount"),
    "onPageNotFound": ("onPageNotFound", "componentDidNotFound"),
    **{
        name: (name,)
        for name in (
            "onReady", "onPullDownRefresh", "onReachBottom", "onPageScroll", "onResize", "onTabItemTap",
            "onShareAppMessage", "onShareTimeline", "onAddToFavorites", "onSaveExitState", "onTitleClick",
            "onOptionMenuClick", "onPopMenuClick", "onKeyboardHeight", "onPullIntercept",
            "onLaunch", "onError", "onUnhandledRejection", "onThemeChange",
        )
    },
}  # fmt: skip


def methods_of(owner: Any) -> Iterator[tuple[str, Callable[..., Any]]]:
    """The methods of an object that are named after events, each with its event."""
    for event, names in METHODS.items():
        for name in names:
            method = getattr(owner, name, None)
            if callable(method):
                yield event, method
