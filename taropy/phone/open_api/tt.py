"""Users, permissions, addresses and messages in Douyin's own form: @douyin-microapp/typings 1.3.1."""

from __future__ import annotations

from ..core.answers import Options, Result
from ..core.failing import without_numbers
from ..core.variant import Surface, Variant, by_default, only_told

_ADDRESS = only_told("userName", "provinceName", "cityName", "countyName", "detailInfo", "telNumber")

#: Douyin's numbers of why nobody is asked are below this; what else fails has WeChat's, which aren't Douyin's.
WECHATS = 10_000


def _own_numbers(failure: Result) -> Result:
    return failure if failure.get("errCode", 0) < WECHATS else without_numbers(failure)


def _menus(options: Options) -> Options:
    """`share` is the button for friends here; `record`, for sharing what was recorded, is none that pages hear of."""
    given = options.get("menus")
    if not isinstance(given, list | tuple):
        return options
    return {**options, "menus": ["shareAppMessage" if item == "share" else item for item in given]}


SURFACE = Surface(
    "tt",
    {
        "chooseAddress": Variant("chooseAddress", result=_ADDRESS, failure=without_numbers),
        # Sealed data are for who asks for them.
        "getUserInfo": Variant("getUserInfo", by_default(withCredentials=False), failure=without_numbers),
        "getUserProfile": Variant("getUserProfile", failure=without_numbers),
        "authorize": Variant("authorize", failure=without_numbers),
        "requestSubscribeMessage": Variant("requestSubscribeMessage", failure=_own_numbers),
        "showShareMenu": Variant("showShareMenu", _menus, failure=without_numbers),
        "hideShareMenu": Variant("hideShareMenu", _menus, failure=without_numbers),
        "login": Variant("login", failure=without_numbers),
        "checkSession": Variant("checkSession", failure=without_numbers),
    },
)
