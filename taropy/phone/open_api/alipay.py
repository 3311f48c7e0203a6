"""Alipay's login, which knows no sessions and no profiles: github.com/AlipayDocs/open-docs, `my.getAuthCode`."""

from __future__ import annotations

from ..core.answers import Fail, Options
from ..core.variant import Surface, Variant, called

#: The scope that nobody is asked for.
SILENT = "auth_base"
#: All that there are, by the typings (@mini-types/my, `getAuthCode`).
SCOPES = frozenset({
    SILENT, "auth_user", "auth_zhima", "order_service", "trip_ticket", "ride_hailing", "charging_pile",
    "ptjob_order_sync", "indr_order_sync", "car_rental_auth", "hospital_order", "consumer_finance",
})  # fmt: skip


def refused() -> Fail:
    """The person did not grant it."""
    return Fail("用户取消授权", error=11)


def no_network() -> Fail:
    """Alipay was not reached."""
    return Fail("Network Error", error=12)


def scopes_of(options: Options) -> list[str]:
    """What a program wants to be granted: one scope, or several; `auth_base` unless it says."""
    given = options.get("scopes") or SILENT
    scopes = [given] if isinstance(given, str) else list(given)
    if not SCOPES.issuperset(scopes):
        raise Fail("未找到授权结果", error=3)
    return scopes


SURFACE = Surface(
    "my",
    {
        "getAuthCode": Variant(
            "login",
            result=called(code="authCode", authSuccessScopes="authSuccessScopes", authErrorScopes="authErrorScopes"),
        )
    },
    lacks=frozenset({"login", "checkSession", "pluginLogin", "getUserInfo", "getUserProfile", "authorize"}),
)
