"""What the page of a web app runs in: facts that no program chooses, and that decide what works there.

Facts: the Fetch standard on origins; `processOpenApi` of `@tarojs/taro-h5` 4.2.1 on WeChat's JS-SDK.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from ..core.room import Room

if TYPE_CHECKING:
    from ..core.faces import Phone


class Browser(Room, name="browser"):
    """The browser in which the pages of web apps (h5, harmony-hybrid) are shown.

    - `origin`: where the page comes from, `"https://shop.example.com"`. Relative urls lead there; other origins are
      foreign: they answer only with the CORS headers that browsers ask for, and get no cookies unless the program says
      so, of other sites none at all. The page's files are its own: `blob:https://shop.example.com/…`. None, the
      default, is a page behind a proxy: each server that it asks passes for its own. It has no place that a relative
      url could lead to.
    - `wechat`: whether it is WeChat's, whose JS-SDK the page has configured. In another, which is the default,
      `scanCode`, `openLocation` and `chooseLocation` fail, as Taro has it.
    """

    STATE = ("_origin", "wechat")

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._origin: str | None = None
        self.wechat = False

    @property
    def origin(self) -> str | None:
        """Where the page comes from."""
        return self._origin

    @origin.setter
    def origin(self, origin: str | None) -> None:
        if origin is not None:
            parts = urlsplit(origin)
            if parts.scheme not in ("http", "https") or not parts.netloc or parts.path.strip("/") or parts.query:
                raise ValueError(f'an origin is like "https://shop.example.com", not {origin!r}')
            origin = f"{parts.scheme}://{parts.netloc.lower()}"
        self._origin = origin

    def resolved(self, url: str) -> str:
        """The url as the page means it: a relative one leads to its origin, if it has one."""
        return url if self._origin is None else urljoin(f"{self._origin}/", url)
