"""QQ's menus for sharing: @tarojs/taro 4.2.1, types/api/share."""

from __future__ import annotations

from ..core.answers import Fail, Options
from ..core.options import optional
from ..core.variant import Surface, Variant

#: Which of WeChat's two buttons each of QQ's four is beside.
ITEMS = {
    "qq": "shareAppMessage",
    "wechatFriends": "shareAppMessage",
    "qzone": "shareTimeline",
    "wechatMoment": "shareTimeline",
}


def _menus(options: Options) -> Options:
    """`showShareItems` names the buttons here."""
    given = optional(options, "showShareItems", "Array", None)
    if given is None:
        return options
    for index, item in enumerate(given):
        if not (isinstance(item, str) and item in ITEMS):
            raise Fail(f"parameter error: parameter.showShareItems[{index}] should be one of {', '.join(ITEMS)}")
    return {**options, "menus": list(dict.fromkeys(ITEMS[item] for item in given))}


SURFACE = Surface("qq", {"showShareMenu": Variant("showShareMenu", _menus)})
