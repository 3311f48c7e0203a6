"""Douyin's cashier, `tt.pay`: developer.open-douyin.com."""

from __future__ import annotations

from ..core.failing import without_numbers
from ..core.variant import Surface, Variant

SURFACE = Surface("tt", {"pay": Variant("pay", failure=without_numbers)}, lacks=frozenset({"requestPayment"}))
