"""Dialogs, toasts, bars and scrolling in Baidu's own form: github.com/swan-team/swan-docs, api/show."""

from __future__ import annotations

from ..core.swan import ANY, FAILED, NO_TAB_BAR, WRONG, numbered, wrong
from ..core.variant import Surface, by_default

_BLUE = "#3c76ff"
_WRONG_ON_IOS = (wrong(), {ANY: FAILED})
_TABS = ({**wrong(), NO_TAB_BAR: FAILED}, {ANY: FAILED})
_ICONS = ({**_TABS[0], "icon is too large": 1002}, _TABS[1])
_BAR = ({NO_TAB_BAR: FAILED}, {ANY: FAILED})

SURFACE = Surface(
    "swan",
    {
        "showToast": numbered("showToast", wrong(), wrong(), by_default(duration=2000)),
        "showLoading": numbered("showLoading", wrong(), {**wrong(), ANY: FAILED}),
        "showModal": numbered("showModal", wrong(), {}, by_default(confirmColor=_BLUE)),
        "showActionSheet": numbered("showActionSheet", {}, wrong(), by_default(itemColor=_BLUE)),
        "setNavigationBarTitle": numbered("setNavigationBarTitle", *_WRONG_ON_IOS),
        "setNavigationBarColor": numbered("setNavigationBarColor", *_WRONG_ON_IOS),
        "setBackgroundColor": numbered("setBackgroundColor", wrong(), {**wrong(), ANY: FAILED}),
        "setBackgroundTextStyle": numbered("setBackgroundTextStyle", wrong(), {**wrong(), ANY: FAILED}),
        "pageScrollTo": numbered("pageScrollTo", wrong(WRONG), {**wrong(), ANY: FAILED}),
        **{
            name: numbered(name, *_TABS)
            for name in ("setTabBarBadge", "removeTabBarBadge", "showTabBarRedDot", "hideTabBarRedDot")
        },
        "setTabBarItem": numbered("setTabBarItem", *_ICONS),
        **{name: numbered(name, *_BAR) for name in ("setTabBarStyle", "showTabBar", "hideTabBar")},
    },
)
