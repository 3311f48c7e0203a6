"""Alipay has a cashier of its own, `my.tradePay`: github.com/AlipayDocs/open-docs."""

from __future__ import annotations

from ..core.variant import Surface

SURFACE = Surface("my", lacks=frozenset({"requestPayment"}))
