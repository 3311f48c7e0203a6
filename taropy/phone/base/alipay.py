"""Other programs in Alipay's own form: github.com/AlipayDocs/open-docs, `my.navigateToMiniProgram`."""

from __future__ import annotations

import re

from ..core.answers import Fail, Options
from ..core.variant import Surface, Variant

# Every program of Alipay's has an id of this form; with another one the way there fails.
_APPID = re.compile(r"\d{16}")
_FAILED = 31


def _other(options: Options) -> Options:
    appid = options.get("appId")
    if isinstance(appid, str) and not _APPID.fullmatch(appid):
        raise Fail("跳转失败", error=_FAILED)
    return options


SURFACE = Surface("my", {"navigateToMiniProgram": Variant("navigateToMiniProgram", _other)})
