"""redux-thunk: functions are dispatched as actions are, and called with the store's `dispatch` and `getState`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..callbacks import called_with
from ..conversions import typeof

Middleware = Callable[[Any], Callable[[Callable[..., Any]], Callable[[Any], Any]]]


def withExtraArgument(extra: Any = None) -> Middleware:
    """The middleware; a function that is dispatched is called with `extra` as its third argument."""

    def middleware(api: Any) -> Callable[[Callable[..., Any]], Callable[[Any], Any]]:
        def wrap(following: Callable[..., Any]) -> Callable[[Any], Any]:
            def dispatch(action: Any = None) -> Any:
                if typeof(action) == "function":
                    return called_with(action, (api.dispatch, api.getState, extra))
                return following(action)

            return dispatch

        return wrap

    return middleware


class Thunk:
    """What redux-thunk exports: the middleware, which has `withExtraArgument`."""

    def __init__(self) -> None:
        self._middleware = withExtraArgument()

    def __call__(self, api: Any) -> Callable[[Callable[..., Any]], Callable[[Any], Any]]:
        return self._middleware(api)

    def withExtraArgument(self, extra: Any = None) -> Middleware:
        """See `withExtraArgument`."""
        return withExtraArgument(extra)


thunk: Thunk = Thunk()
