"""The pages of the vendor's own app that programs open: a channel, a sticker, a chat with customer service.

Facts: developers.weixin.qq.com/miniprogram/dev/api/open-api (channels, service-chat, sticker, redpackage);
smartprogram.baidu.com/docs/develop/api/open/swan-openBdboxWebview. What is on these pages is the vendor's, and the
phone has nothing of it; it tells which were opened.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ...models.record import record
from ..core.answers import CALLBACKS, Fail, NativeFunction, Options
from ..core.app import App
from ..core.functions import answered, only
from ..core.options import optional, required
from ..core.remembered import Remembered
from ..core.room import Room
from ..core.telling import count

if TYPE_CHECKING:
    from ..core.faces import Phone


@attrs.frozen
class Visit:
    """A page of the vendor's that was opened: by which function of a program, and with which options."""

    function: str
    options: Mapping[str, Any]
    app_key: str
    at: float


def visiting(vendor: str, function: str, tells: str, *needs: str, **may: str) -> NativeFunction:
    """The native function that opens a page: it needs these texts, and may have options of these types.

    `tells` is its docstring.
    """

    @answered
    @only(vendor)
    def visit(self: Visits, app: App, options: Options) -> None:
        for name in needs:
            if not required(options, name, "String"):
                raise Fail(f"parameter error: parameter.{name} should not be empty")
        for name, kind in may.items():
            optional(options, name, kind, None)
        self.go(app, function, options)

    visit.__doc__ = tells
    visit.__name__ = function
    return visit


class Visits(Room, name="visits"):
    """What programs have opened of the vendor's own pages.

    Whether an app is hidden meanwhile is not documented; here it isn't.

    - `opened`: the visits, oldest first, the last thousand of them; see `Visit`.
    """

    STATE = ("opened",)

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self.opened: Remembered[Visit] = Remembered()

    def in_words(self) -> Iterator[str]:
        """How many there were."""
        yield from [count(len(self.opened), "visits")] if self.opened else []

    def go(self, app: App, function: str, options: Options) -> None:
        """Opens the page that `function` is for; fails without a network, in words that are judgement."""
        if not self.phone.network.online:
            raise Fail("network error")
        given = {name: value for name, value in options.items() if name not in CALLBACKS}
        self.opened.append(Visit(function, record(given), app.key, self.phone.clock.now()))

    openChannelsActivity = visiting(
        "wx", "openChannelsActivity", "Opens a video of a channel.", "finderUserName", "feedId"
    )
    openChannelsEvent = visiting("wx", "openChannelsEvent", "Opens an event of one.", "finderUserName", "eventId")
    openChannelsUserProfile = visiting("wx", "openChannelsUserProfile", "Opens the channel.", "finderUserName")
    openChannelsLive = visiting(
        "wx", "openChannelsLive", "Opens a live stream.", "finderUserName", feedId="String", nonceId="String"
    )
    openSingleStickerView = visiting("wx", "openSingleStickerView", "Opens a sticker.", "url")
    openStickerIPView = visiting("wx", "openStickerIPView", "Opens the stickers of one character.", "url")
    openStickerSetView = visiting("wx", "openStickerSetView", "Opens a set of stickers.", "url")
    showRedPackage = visiting("wx", "showRedPackage", "Opens the page of a cover for red packets.", "url")
    openBdboxWebview = visiting(
        "swan",
        "openBdboxWebview",
        "Opens a page of Baidu's app by the parts of its address.",
        module="String",
        action="String",
        path="String",
        authority="String",
        parameters="Object",
    )

    @answered
    @only("wx")
    def openCustomerServiceChat(self, app: App, options: Options) -> None:
        """Opens the chat with a company's customer service, `extInfo.url`, maybe with a card of the app."""
        if not required(required(options, "extInfo", "Object"), "url", "String"):
            raise Fail("parameter error: parameter.extInfo.url should not be empty")
        required(options, "corpId", "String")
        optional(options, "showMessageCard", "Boolean", None)
        self.go(app, "openCustomerServiceChat", options)
