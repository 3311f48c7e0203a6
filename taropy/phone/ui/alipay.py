"""Dialogs, toasts, bars and scrolling in Alipay's own form: opendocs.alipay.com/mini/api."""

from __future__ import annotations

from collections.abc import Mapping

from ..core.alipay import failing, succeeded
from ..core.answers import Options, Result
from ..core.options import required
from ..core.variant import Surface, Variant, called

_ICONS: Mapping[str, str] = {"success": "success", "fail": "error", "exception": "error"}


def _confirm(options: Options) -> Options:
    buttons = {"confirmText": options.get("confirmButtonText"), "cancelText": options.get("cancelButtonText")}
    return {**options, **buttons}


def _alert(options: Options) -> Options:
    return {**options, "showCancel": False, "confirmText": options.get("buttonText")}


def _toast(options: Options) -> Options:
    icon = _ICONS.get(str(options.get("type")), "none")
    return {"duration": 3000, **options, "title": options.get("content") or "", "icon": icon}


def _loading(options: Options) -> Options:
    return {"mask": True, **options, "title": options.get("content") or ""}


def _sheet(options: Options) -> Options:
    return {**options, "itemList": options["items"]} if "items" in options else options


def _scroll(options: Options) -> Options:
    """Alipay's pages are at once where they are to be, unless `duration` says otherwise."""
    return {**options, "duration": 0} if options.get("duration") is None else options


def _sheet_result(result: Result) -> Result:
    return succeeded(called(tapIndex="index")(result))


def _style(options: Options) -> Options:
    """Alipay wants all four of them."""
    for name in ("color", "selectedColor", "backgroundColor", "borderStyle"):
        required(options, name, "String")
    return options


TAB_BAR_FUNCTIONS = (
    "setTabBarBadge", "removeTabBarBadge", "showTabBarRedDot", "hideTabBarRedDot", "setTabBarItem", "setTabBarStyle",
    "showTabBar", "hideTabBar",
)  # fmt: skip

# The codes are those of each function's page: github.com/AlipayDocs/open-docs, help.aliyun.com/document_detail/67557.
_TAB_BAR = failing({"custom Tabbar": 1, "not TabBar page": 11}, default=2)

SURFACE = Surface(
    "my",
    {
        "confirm": Variant("showModal", _confirm, called(confirm="confirm")),
        "alert": Variant("showModal", _alert, called(confirm="success")),
        "showToast": Variant("showToast", _toast),
        "showLoading": Variant("showLoading", _loading),
        "showActionSheet": Variant("showActionSheet", _sheet, _sheet_result),
        "setBackgroundColor": Variant("setBackgroundColor", result=succeeded),
        "startPullDownRefresh": Variant("startPullDownRefresh", result=succeeded),
        "getMenuButtonBoundingClientRect": Variant(
            "getMenuButtonBoundingClientRect", arguments=lambda *_: (), result=succeeded
        ),
        "hideBackHome": Variant("hideHomeButton"),
        "pageScrollTo": Variant("pageScrollTo", _scroll, failure=failing({}, default=1)),
        "loadFontFace": Variant("loadFontFace", failure=failing({"parameter error": 2}, default=10)),
        **{name: Variant(name, failure=_TAB_BAR) for name in TAB_BAR_FUNCTIONS},
        "setTabBarStyle": Variant("setTabBarStyle", _style, failure=_TAB_BAR),
    },
    lacks=frozenset({"setNavigationBarTitle", "setNavigationBarColor"}),
)
