"""What the page of a web app runs in: facts that no program chooses, and that decide what works there.

Facts: the Fetch standard on origins; `processOpenApi` of `@tarojs/taro-h5` 4.2.1 on WeChat's JS-SDK.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ..core.answers import Fail
from ..core.app import App
from ..core.checked import FLAG, checked
from ..core.functions import only, plain
from ..core.room import Room
from ..core.vendors import of_vendor

if TYPE_CHECKING:
    from ..core.faces import Phone

#: The schemes that a page may have, and the port that each has by itself.
PORTS: Mapping[str, int] = {"http": 80, "https": 443}

# Where some functions are WeChat's alone.
NEED_WECHAT: Mapping[str, bool] = {"h5": True}


@checked(wechat=FLAG, webp=FLAG)
class Browser(Room, name="browser"):
    """The browser in which the pages of h5 are shown. Hybrid apps of HarmonyOS draw theirs in one, and ask the device.

    - `origin`: where the page comes from, `"https://shop.example.com"`. Relative urls lead there; other origins are
      foreign: they answer only with the CORS headers that browsers ask for, and get no cookies unless the program says
      so, of other sites none at all. The page's files are its own: `blob:https://shop.example.com/…`. None, the
      default, is a page behind a proxy: each server that it asks passes for its own. It has no place that a relative
      url could lead to.
    - `wechat`: whether it is WeChat's, whose JS-SDK the page has configured, and a key for its maps. In another, which
      is the default, `scanCode`, `openLocation` and `chooseLocation` fail, as Taro has it, and `getLocation` asks the
      browser.
    - `webp`: whether it draws pictures as WebP, which `canIUseWebp` asks: Chromium's do, the default, Safari does not.
    """

    STATE = ("_origin", "wechat", "webp")

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._origin: str | None = None
        self.wechat = False
        self.webp = True

    @property
    def origin(self) -> str | None:
        """Where the page comes from."""
        return self._origin

    @origin.setter
    def origin(self, origin: str | None) -> None:
        if origin is not None:
            origin = _origin(origin)
        self._origin = origin

    def need_wechat(self, app: App) -> None:
        """Fails for a page that is not inside WeChat, since only WeChat's JS-SDK can do what it asks for."""
        if not self.wechat and of_vendor(NEED_WECHAT, app, False):
            raise Fail("h5 端当前仅在微信公众号 JS-SDK 环境下支持此 API")

    @only("h5", "harmony-hybrid")
    @plain
    def canIUseWebp(self, app: App) -> bool:
        """Whether the browser draws pictures as WebP."""
        return self.webp


def _origin(text: str) -> str:
    """The origin as browsers write it, in lower case and without the port that its scheme has by itself."""
    wrong = f'an origin is like "https://shop.example.com", not {text!r}'
    if not isinstance(text, str):
        raise TypeError(wrong)
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise ValueError(wrong) from error
    host = parts.hostname or ""
    if parts.scheme not in PORTS or not host or any(map(str.isspace, host)):
        raise ValueError(wrong)
    if parts.username is not None or parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError(wrong)
    written = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{written}" + ("" if port in (None, PORTS[parts.scheme]) else f":{port}")
