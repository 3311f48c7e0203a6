"""The extension's settings in Alipay's own form: opendocs.alipay.com/mini/api, `my.getExtConfig`."""

from __future__ import annotations

from ..core.variant import Surface, Variant, also_called

SURFACE = Surface("my", {"getExtConfig": Variant("getExtConfig", result=also_called(extConfig="data"))})
