"""Alipay's login. It knows no sessions and no profiles of WeChat's kind: opendocs.alipay.com/mini/api."""

from __future__ import annotations

from ..core.variant import Surface, Variant, called

SURFACE = Surface(
    "my",
    {"getAuthCode": Variant("login", result=called(code="authCode"))},
    lacks=frozenset({"login", "checkSession", "pluginLogin", "getUserInfo", "getUserProfile", "authorize"}),
)
