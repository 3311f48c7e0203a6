"""Baidu's login: smartprogram.baidu.com/docs/develop/api/open/log."""

from __future__ import annotations

from ..core.variant import Surface, Variant

SURFACE = Surface("swan", {"getLoginCode": Variant("login")})
