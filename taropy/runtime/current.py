"""What runs now: the app and the page in front, and the function of one of them while it is set up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal, Protocol

import attrs

Owner = Literal["page", "app"]
Handler = Callable[..., Any]


@attrs.define(slots=False)
class Current:
    """`Taro.Current`: the app and the page that are in front. Without a started app there is none.

    What it has can be read as `current["page"]`, too.
    """

    app: Any = None
    router: Any = None
    page: Any = None
    preloadData: Any = None

    def __getitem__(self, name: str) -> Any:
        return vars(self)[name]

    def __iter__(self) -> Iterator[str]:
        """The names of what it has; of data for the next page only if there are some."""
        return (name for name, field in vars(self).items() if name != "preloadData" or field is not None)


class Handlers(Protocol):
    """Where hooks put what they were given."""

    def add(self, event: str, handler: Handler) -> None: ...


@attrs.frozen
class Setup:
    """A page's function, or the app's, while it runs; `where` is how messages call it.

    `router` is that of a page whose function runs again, while another one may be in front.
    """

    owner: Owner
    where: str
    handlers: Handlers
    router: Any = None
