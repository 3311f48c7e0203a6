"""Alipay's login, which knows no sessions and no profiles, and its messages.

Facts: github.com/AlipayDocs/open-docs, `my.getAuthCode`, `my.requestSubscribeMessage`, `my.getOpenUserInfo`;
@mini-types/my 3.0.14.
"""

from __future__ import annotations

from ..core import alipay
from ..core.answers import Fail, Options, Result
from ..core.javascript import json_of
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


def profile(nickname: str | None = None, avatar: str = "") -> str:
    """The text that `my.getOpenUserInfo` answers; without a name, that the person has not allowed it."""
    told = {"code": "40003", "msg": "Insufficient Conditions", "subMsg": "无效的授权关系"}
    if nickname is not None:
        told = {"code": "10000", "msg": "Success", "avatar": avatar, "nickName": nickname}
    return json_of({"response": told})


def scopes_of(options: Options) -> list[str]:
    """What a program wants to be granted: one scope, or several; `auth_base` unless it says."""
    given = options.get("scopes") or SILENT
    scopes = [given] if isinstance(given, str) else list(given)
    if not SCOPES.issuperset(scopes):
        raise Fail("未找到授权结果", error=3)
    return scopes


#: What fails for no reason that the page has a number for.
NOT_SUBSCRIBED = -1
_failed = alipay.failing({}, default=NOT_SUBSCRIBED)


def _templates(options: Options) -> Options:
    """Templates are `entityIds` here."""
    return {**options, "tmplIds": options.get("entityIds")}


def _not_subscribed(failure: Result) -> Result:
    """The number is `errorCode` as well, and `behavior` tells whether it was the person."""
    told = _failed(failure)
    return {"behavior": "cancel" if told["error"] == 11 else "", "errorCode": told["error"], **told}


SURFACE = Surface(
    "my",
    {
        "requestSubscribeMessage": Variant("requestSubscribeMessage", _templates, failure=_not_subscribed),
        "unsubscribeMessage": Variant("unsubscribeMessage", _templates),
        "showShareMenu": Variant("showShareMenu", result=alipay.succeeded),
        "getAuthCode": Variant(
            "login",
            result=called(code="authCode", authSuccessScopes="authSuccessScopes", authErrorScopes="authErrorScopes"),
        ),
    },
    lacks=frozenset({"login", "checkSession", "pluginLogin", "getUserInfo", "getUserProfile", "authorize"}),
)
