"""Users and addresses in JD's own form, as github.com/dcloudio/unidocs-zh, DCloud's documentation, tells them apart."""

from __future__ import annotations

from ..core.variant import Surface, Variant, only_told

_ADDRESS = only_told(
    "userName", "postalCode", "provinceName", "cityName", "countyName", "detailInfo", "nationalCode", "telNumber"
)

SURFACE = Surface(
    "jd",
    {
        "chooseAddress": Variant("chooseAddress", result=_ADDRESS),
        "getUserInfo": Variant("getUserInfo", result=only_told("userInfo", "rawData", "signature")),
    },
)
