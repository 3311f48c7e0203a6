"""Baidu's coupons: what products cost before the person pays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from natively import call

import taropy
from taropy.phone import Coupon, Phone


@pytest.fixture
def swan() -> Iterator[Any]:
    with taropy.create("swan") as runtime:
        yield runtime


def asked(swan: Any, *products: Any) -> Any:
    """What the program is told of these products of its one key."""
    told: list[Any] = []
    given = [{"productId": f"p{at}", **product} for at, product in enumerate(products)]
    swan.getOptimalPriceInfo(productsInfo=[{"appKey": "MMM", "products": given}], success=told.append, fail=told.append)
    assert len(told) == 1
    return told[0]


def prices(swan: Any, *products: Any) -> list[tuple[float, float]]:
    """How much is taken off each, and what is left to pay."""
    [info] = asked(swan, *products).productsInfo
    assert info.appKey == "MMM"
    return [(each.reduceAmount, each.afterPayAmount) for each in info.products]


def test_the_coupon_that_takes_off_the_most_counts(swan: Any) -> None:
    swan.phone.payments.coupons = [Coupon(100), Coupon(500, at_least=2000), Coupon(300, tags=["tea"])]
    tea, cake = {"promotionTag": "tea"}, {"promotionTag": "cake"}
    assert prices(swan, {"amount": 1800, **tea}, {"amount": 1800, **cake}, {"amount": 2000, **cake}) == [
        (300, 1500), (100, 1700), (500, 1500),
    ]  # fmt: skip


def test_nothing_costs_less_than_nothing(swan: Any) -> None:
    swan.phone.payments.coupons = [Coupon(100)]
    assert prices(swan, {"amount": 40, "promotionTag": "tea"}) == [(40, 0)]


def test_without_a_tag_or_a_coupon_the_price_stays(swan: Any) -> None:
    swan.phone.payments.coupons = [Coupon(100)]
    assert prices(swan, {"amount": 1800}) == [(0, 1800)]
    swan.phone.payments.coupons = []
    assert prices(swan, {"amount": 1800, "promotionTag": "tea"}) == [(0, 1800)]


def test_the_program_s_own_ids_come_back(swan: Any) -> None:
    swan.phone.payments.coupons = []
    [info] = asked(swan, {"amount": 1, "promotionTag": "tea"}, {"amount": 2}).productsInfo
    assert [(each.productId, each.promotionTag, each.amount) for each in info.products] == [
        ("p0", "tea", 1), ("p1", "", 2),
    ]  # fmt: skip


def test_as_long_as_nobody_says_which_coupons_there_are_it_fails(swan: Any) -> None:
    assert "it takes phone.payments.coupons = [Coupon(…)], or []" in asked(swan, {"amount": 1}).errMsg


def test_it_takes_the_network(swan: Any) -> None:
    swan.phone.payments.coupons = []
    swan.phone.network.type = "none"
    assert "getOptimalPriceInfo:fail" in asked(swan, {"amount": 1}).errMsg


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (None, "parameter.productsInfo should be Array"),
        ([5], "parameter.productsInfo[0] should be Object"),
        ([{"products": []}], "parameter.productsInfo[0].appKey should be String"),
        ([{"appKey": "a"}], "parameter.productsInfo[0].products should be Array"),
        (
            [{"appKey": "a", "products": [{"productId": "1"}]}],
            "parameter.productsInfo[0].products[0].amount should be Number",
        ),
        (
            [{"appKey": "a", "products": [{"amount": 5}]}],
            "parameter.productsInfo[0].products[0].productId should be String",
        ),
    ],
)
def test_wrong_products_are_refused(given: Any, words: str) -> None:
    phone = Phone()
    phone.payments.coupons = []
    options = {} if given is None else {"productsInfo": given}
    assert words in call(phone.native("swan", "swan"), "getOptimalPriceInfo", **options)["errMsg"]


@pytest.mark.parametrize("wrong", [{"amount": 0}, {"amount": 5, "at_least": -1}])
def test_what_is_no_coupon_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        Coupon(**wrong)


def test_a_snapshot_has_the_coupons(swan: Any) -> None:
    payments = swan.phone.payments
    payments.coupons = [Coupon(100)]
    taken = swan.phone.snapshot()
    payments.coupons = None
    swan.phone.restore(taken)
    assert payments.coupons == [Coupon(100)]
