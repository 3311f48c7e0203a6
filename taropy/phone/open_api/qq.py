"""QQ's menus for sharing: @tarojs/taro 4.2.1, types/api/share."""

from __future__ import annotations

from ..core.answers import Options
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
    given = options.get("showShareItems")
    if not isinstance(given, list | tuple):
        return options
    return {**options, "menus": list(dict.fromkeys(ITEMS.get(item, item) for item in given))}


SURFACE = Surface("qq", {"showShareMenu": Variant("showShareMenu", _menus)})
