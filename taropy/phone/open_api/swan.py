"""Users, permissions, addresses and invoices in Baidu's own form: github.com/swan-team/swan-docs, api/open."""

from __future__ import annotations

from ..core.answers import Result
from ..core.swan import ANY, FAILED, failing, numbered, wrong
from ..core.variant import Surface, Variant, only_told

_ADDRESS = only_told(
    "userName", "postalCode", "provinceCode", "provinceName", "cityCode", "cityName", "countyCode", "countyName",
    "townCode", "townName", "detailInfo", "telNumber", "nationalCode",
)  # fmt: skip
_STRANGER = {"user not logged in": 10004}
_PROFILE = ("nickName", "avatarUrl", "gender")


def _user(result: Result) -> Result:
    """The sealed data are `data` and `iv`; the profile has neither a place nor a language."""
    told = only_told("userInfo", "data", "iv")(result)
    profile = told.get("userInfo", {})
    return {**told, "userInfo": {name: profile[name] for name in _PROFILE if name in profile}}


SURFACE = Surface(
    "swan",
    {
        # Taro's adapter for Baidu calls this one.
        "getLoginCode": numbered("login", {**wrong(), **_STRANGER}, {**_STRANGER, ANY: FAILED}),
        "checkSession": numbered("checkSession", {}, {ANY: FAILED}),
        "getUserInfo": Variant("getUserInfo", result=_user, failure=failing({})),
        "authorize": numbered("authorize", wrong(), {ANY: FAILED}),
        "chooseAddress": Variant("chooseAddress", result=_ADDRESS, failure=failing({})),
        "chooseInvoiceTitle": Variant("chooseInvoiceTitle", failure=failing({})),
    },
)
