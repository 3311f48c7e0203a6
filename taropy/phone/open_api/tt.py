"""Users, permissions and addresses in Douyin's own form: @douyin-microapp/typings 1.3.1."""

from __future__ import annotations

from ..core.failing import without_numbers
from ..core.variant import Surface, Variant, by_default, only_told

_ADDRESS = only_told("userName", "provinceName", "cityName", "countyName", "detailInfo", "telNumber")

SURFACE = Surface(
    "tt",
    {
        "chooseAddress": Variant("chooseAddress", result=_ADDRESS, failure=without_numbers),
        # Sealed data are for who asks for them.
        "getUserInfo": Variant("getUserInfo", by_default(withCredentials=False), failure=without_numbers),
        "getUserProfile": Variant("getUserProfile", failure=without_numbers),
        "authorize": Variant("authorize", failure=without_numbers),
        "login": Variant("login", failure=without_numbers),
        "checkSession": Variant("checkSession", failure=without_numbers),
    },
)
