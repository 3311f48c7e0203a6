"""Baidu's cashier: github.com/swan-team/swan-docs, api/open/payment_swan-requestPolymerPayment.md.

The page has no number for who cancels on iOS; Android has one for all failures.
"""

from __future__ import annotations

from ..core.swan import ANY, FAILED, numbered, wrong
from ..core.variant import Surface

SURFACE = Surface(
    "swan",
    {"requestPolymerPayment": numbered("requestPolymerPayment", {**wrong(), "network error": 10002}, {ANY: FAILED})},
    lacks=frozenset({"requestPayment"}),
)
