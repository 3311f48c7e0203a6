"""Taro's hooks: `useLoad`, `useDidShow`, …, which a page's or the app's function calls while it is set up.

What each stands for: the events of `@tarojs/plugin-framework-react` and of `@tarojs/runtime`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from .current import Handler, Owner, Setup
from .errors import TaroError

if TYPE_CHECKING:
    from .faces import Runtime

#: What a hook says that is called anywhere else.
OUTSIDE = "a hook is called while the function of a page (@app.page) or of the app (@app.entry) runs, and not later"

BOTH: tuple[Owner, ...] = ("page", "app")
PAGE: tuple[Owner, ...] = ("page",)
APP: tuple[Owner, ...] = ("app",)

#: Hook to the event that it listens to, and to whose event that is.
HOOKS: Mapping[str, tuple[str, tuple[Owner, ...]]] = {
    "useAddToFavorites": ("onAddToFavorites", PAGE),
    "useDidHide": ("onHide", BOTH),
    "useDidShow": ("onShow", BOTH),
    "useError": ("onError", APP),
    "useKeyboardHeight": ("onKeyboardHeight", PAGE),
    "useLaunch": ("onLaunch", APP),
    "useLoad": ("onLoad", PAGE),
    "useOptionMenuClick": ("onOptionMenuClick", PAGE),
    "usePageNotFound": ("onPageNotFound", APP),
    "usePageScroll": ("onPageScroll", PAGE),
    "usePullDownRefresh": ("onPullDownRefresh", PAGE),
    "usePullIntercept": ("onPullIntercept", PAGE),
    "useReachBottom": ("onReachBottom", PAGE),
    "useReady": ("onReady", PAGE),
    "useResize": ("onResize", PAGE),
    "useSaveExitState": ("onSaveExitState", PAGE),
    "useShareAppMessage": ("onShareAppMessage", PAGE),
    "useShareTimeline": ("onShareTimeline", PAGE),
    "useTabItemTap": ("onTabItemTap", PAGE),
    "useTitleClick": ("onTitleClick", PAGE),
    "useUnhandledRejection": ("onUnhandledRejection", APP),
    "useUnload": ("onUnload", PAGE),
}


@contextmanager
def setting_up(runtime: Runtime, setup: Setup) -> Iterator[None]:
    """Lets hooks be called, which then belong to `setup`."""
    before, runtime.setup = runtime.setup, setup
    try:
        yield
    finally:
        runtime.setup = before


def make_hook(name: str) -> Callable[[Runtime], Callable[[Handler], None]]:
    """The hook of this name, for a runtime."""
    event, owners = HOOKS[name]

    def make(runtime: Runtime) -> Callable[[Handler], None]:
        def hook(callback: Handler) -> None:
            if not callable(callback):
                raise runtime.parameter_error(name, "parameter.callback should be Function")
            _setup(runtime, name, owners).handlers.add(event, callback)

        hook.__name__ = hook.__qualname__ = name
        return hook

    return make


def make_use_router(runtime: Runtime) -> Callable[..., Any]:
    """`Taro.useRouter`: the router of the page that is being set up; a `dynamic` one is at any time that in front."""

    def useRouter(dynamic: bool = False) -> Any:
        own = None if dynamic is True else _setup(runtime, "useRouter", BOTH).router
        return runtime.current.router if own is None else own

    return useRouter


def _setup(runtime: Runtime, name: str, owners: tuple[Owner, ...]) -> Setup:
    """What is being set up, to which the hook belongs; an error that says where else it would."""
    setup = runtime.setup
    if setup is None:
        raise _misplaced(runtime, name, OUTSIDE)
    if setup.owner not in owners:
        other = "app's function (@app.entry)" if owners == APP else "function of a page (@app.page)"
        raise _misplaced(runtime, name, f"it belongs in the {other}, and this is {setup.where}")
    return setup


def _misplaced(runtime: Runtime, name: str, why: str) -> TaroError:
    return TaroError(f"{name}:fail {why}", api=name, platform=runtime.platform.name)
