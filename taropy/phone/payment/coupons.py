"""What the person's coupons of Baidu make of prices.

Facts: @tarojs/taro 4.2.1, types/api/swan/pay.d.ts: the coupon that takes off the most counts, which is the one that the
cashier chooses. Baidu's own page could not be read; what a coupon is good for is judgement.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs
from attrs.validators import ge, gt

from ..core.options import mapping, optional, required


@attrs.frozen
class Coupon:
    """Takes `amount` off a product that costs `at_least` so much, in the unit in which the program gives prices.

    It is for products with one of these `tags`, their `promotionTag`; without any, for all that have one.
    """

    amount: float = attrs.field(validator=gt(0))
    at_least: float = attrs.field(default=0, validator=ge(0))
    tags: frozenset[str] = attrs.field(default=frozenset(), converter=frozenset)

    def takes_off(self, price: float, tag: str | None) -> float:
        """How much of the price it takes off."""
        is_for_it = tag is not None and (not self.tags or tag in self.tags)
        return min(self.amount, price) if is_for_it and price >= self.at_least else 0


def with_prices(given: Iterable[Any], coupons: Iterable[Coupon]) -> list[dict[str, Any]]:
    """`productsInfo` with what each product costs with the best coupon. Raises `Fail` for what is wrong in it."""
    coupons = tuple(coupons)
    told = []
    for at, each in enumerate(given):
        where = f"parameter.productsInfo[{at}]"
        info = mapping(each, where)
        products = enumerate(required(info, "products", "Array", where))
        priced = [_priced(product, coupons, f"{where}.products[{nth}]") for nth, product in products]
        told.append({"appKey": required(info, "appKey", "String", where), "products": priced})
    return told


def _priced(given: Any, coupons: tuple[Coupon, ...], where: str) -> dict[str, Any]:
    product = mapping(given, where)
    price: float = required(product, "amount", "Number", where)
    tag: str | None = optional(product, "promotionTag", "String", None)
    off = max((coupon.takes_off(price, tag) for coupon in coupons), default=0)
    return {
        "amount": price,
        "productId": required(product, "productId", "String", where),
        "promotionTag": tag or "",
        "reduceAmount": off,
        "afterPayAmount": price - off,
    }
