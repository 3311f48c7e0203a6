"""The phone's clipboard: one text, which all apps share.

Facts: developers.weixin.qq.com/miniprogram/dev/api/device/clipboard; Alipay's form of it is in `variants`; Douyin's
permission: developer.open-douyin.com, "AuthSetting".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import attrs

from ..core.answers import Options, Result
from ..core.app import App
from ..core.functions import answered
from ..core.options import required
from ..core.room import Room
from ..core.saved import Saved
from ..core.vendors import of_vendor

if TYPE_CHECKING:
    from ..core.faces import Phone

# WeChat confirms that something was copied, and so does Taro's own code for the web and for phones. Douyin's words,
# also of what was read, are those of the pages of `tt.setClipboardData` and `tt.getClipboardData`.
COPIED = "内容已复制"
SAYS_COPIED: Mapping[str, str] = {"tt": "已设置剪切板内容", **dict.fromkeys(("my", "swan", "jd"), "")}
SAYS_READ: Mapping[str, str] = {"tt": "已读取剪切板内容"}
# On phones Taro's own code tells what was copied: taro-rn 4.2.0 and plugin-platform-harmony-ets 4.2.0.
TELLS: Mapping[str, bool] = {"rn": True, "harmony": True}
# Douyin asks for this one, and Alipay before a program reads (github.com/AlipayDocs/open-docs, `my.getClipboard`); the
# others let every program read and write.
WRITING: Mapping[str, str] = {"tt": "scope.clipboard"}
READING: Mapping[str, str] = {**WRITING, "my": "scope.clipboard"}

# Where a program sees but what it has copied itself, which it keeps beside the device's clipboard: taro-h5 4.2.1,
# `device/clipboard.js`.
OWN_ALONE: Mapping[str, bool] = {"harmony-hybrid": True}


# What is copied where nothing is given: taro-h5 4.2.1, `api/device/clipboard.js`.
UNSET: Mapping[str, Options] = {"h5": {"data": ""}, "harmony-hybrid": {"data": ""}}


@attrs.frozen
class Copied:
    """What is on the clipboard."""

    text: str = ""


class Clipboard(Room, name="clipboard"):
    """What was copied last, in whatever app; a test may read and set `text`."""

    STATE = ("text", "_own")
    FILE = "clipboard.json"

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._saved = Saved(phone, self.FILE, Copied)
        self._own: dict[str, str] = {}
        self._text = self._saved.load(Copied()).text

    @property
    def text(self) -> str:
        """The text on the clipboard, empty if there is none."""
        return self._text

    @text.setter
    def text(self, text: str) -> None:
        if not isinstance(text, str):
            raise TypeError(f"what is on the clipboard is text, not {text!r}")
        self._saved.keep(Copied(text))
        self._text = text

    @answered
    async def setClipboardData(self, app: App, options: Options) -> Result:
        """Copies `data`, which has to be a string; WeChat and Douyin show a toast that says so, for 1.5 seconds.

        On h5 it may be missing, and is the empty text then.
        """
        text = required({**of_vendor(UNSET, app, {}), **options}, "data", "String")
        await self.phone.permissions.need(app, of_vendor(WRITING, app, None))
        self.text = self._own[app.key] = text
        self._say(app, of_vendor(SAYS_COPIED, app, COPIED))
        return {"data": text} if of_vendor(TELLS, app, False) else {}

    @answered
    async def getClipboardData(self, app: App, options: Options) -> Result:
        """The text that was copied last, as `data`: on HarmonyOS's hybrid apps, by the program itself.

        Douyin shows a toast that says so, for 1.5 seconds.
        """
        await self.phone.permissions.need(app, of_vendor(READING, app, None))
        self._say(app, of_vendor(SAYS_READ, app, ""))
        return {"data": self._own.get(app.key, "") if of_vendor(OWN_ALONE, app, False) else self.text}

    def _say(self, app: App, words: str) -> None:
        if words:
            self.phone.screen.showToast(app, {"title": words, "icon": "none", "duration": 1500})
