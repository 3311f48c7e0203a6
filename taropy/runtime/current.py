"""What runs now: the app and the page in front, and the function of one of them while it is set up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, Protocol

import attrs

Owner = Literal["page", "app"]
Handler = Callable[..., Any]


@attrs.define(slots=False)
class Current:
    """`Taro.Current`: the app and the page that are in front. Without a started app there is none."""

    app: Any = None
    router: Any = None
    page: Any = None
    preloadData: Any = None


class Handlers(Protocol):
    """Where hooks put what they were given."""

    def add(self, event: str, handler: Handler) -> None: ...


@attrs.frozen
class Setup:
    """A page's function, or the app's, while it runs; `where` is how messages call it."""

    owner: Owner
    where: str
    handlers: Handlers
