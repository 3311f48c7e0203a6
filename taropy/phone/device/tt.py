"""Codes in Douyin's own form: @douyin-microapp/typings 1.3.1."""

from __future__ import annotations

from ..core.variant import Surface, Variant, only_told

SURFACE = Surface("tt", {"scanCode": Variant("scanCode", result=only_told("result"))})
