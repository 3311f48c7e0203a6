"""The position as `@tarojs/taro-h5` 4.2.1 tells it: a browser's geolocation, unless the page is inside WeChat.

Facts: `dist/api/location` of that package. The words of failures are those of browsers on Chromium; which of them a
phone with its position switched off gives, is judgement.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.options import optional
from ..core.vendors import is_in_browser
from .coordinates import Position

if TYPE_CHECKING:
    from ..core.faces import Phone

#: The numbers of a browser's GeolocationPositionError, and its words.
DENIED, UNAVAILABLE = 1, 2
WORDS: Mapping[int, str] = {
    DENIED: "User denied Geolocation",
    UNAVAILABLE: "application does not have sufficient geolocation permissions.",
}


def asks_the_browser(phone: Phone, app: App) -> bool:
    """Whether it is a page that has no client around it, which would tell the position."""
    return is_in_browser(app) and not phone.browser.wechat


def check_type(options: Options) -> None:
    """A browser tells wgs84, and a program has to ask for it by name."""
    if optional(options, "type", "String", "").lower() != "wgs84":
        raise Fail("This coordinate system type is not temporarily supported")


def told(position: Position) -> Result:
    """What `getLocation` gives."""
    accuracies = {"horizontalAccuracy": position.accuracy, "verticalAccuracy": position.vertical_accuracy}
    return {**watched(position), **accuracies}


def told_by_wechat(position: Result) -> Result:
    """What `getLocation` of WeChat's JS-SDK gives (developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/JS-SDK)."""
    return {name: position[name] for name in ("latitude", "longitude", "speed", "accuracy")}


def watched(position: Position) -> Result:
    """What `onLocationChange` tells, which does not know the two accuracies."""
    return {
        "accuracy": position.accuracy,
        "altitude": position.altitude,
        "horizontalAccuracy": 0,
        "verticalAccuracy": 0,
        "latitude": position.latitude,
        "longitude": position.longitude,
        "speed": position.speed,
    }


def failed(code: int) -> Result:
    """What `onLocationChangeError` tells."""
    return {"errMsg": "Watch Position error", "err": {"code": code, "message": WORDS[code]}}
