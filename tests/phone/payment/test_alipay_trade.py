"""A backend that uses the SDK python-alipay-sdk takes orders, is paid, hears of it and gives money back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from servers import Answer
from shops import AlipayShop, alipay_shop

from taropy.phone import Phone


@pytest.fixture
def shop() -> Iterator[AlipayShop]:
    with Phone(user="alice") as phone, alipay_shop(phone) as shop:
        yield shop


def result_of(shop: AlipayShop, trade_no: str) -> str:
    return str(shop.t.tradePay(tradeNO=trade_no).result().resultCode)


def test_a_trade_is_created_paid_and_notified(shop: AlipayShop) -> None:
    order = shop.order(passback_params="table 4")
    assert (order["code"], order["out_trade_no"]) == ("10000", "order-1")
    assert shop.pay.api_alipay_trade_query("order-1")["trade_status"] == "WAIT_BUYER_PAY"
    assert result_of(shop, order["trade_no"]) == "9000"
    shop.phone.payments.deliver()
    found = shop.pay.api_alipay_trade_query(trade_no=order["trade_no"])
    assert (found["trade_status"], found["total_amount"], found["buyer_pay_amount"]) == (
        "TRADE_SUCCESS",
        "9.90",
        "9.90",
    )
    (told,) = shop.heard
    names = ("trade_status", "trade_no", "out_trade_no", "total_amount", "passback_params")
    assert [told[name] for name in names] == ["TRADE_SUCCESS", order["trade_no"], "order-1", "9.90", "table 4"]
    (asked,) = shop.phone.person.asked
    assert (asked.shown["title"], asked.shown["price"]) == ("Tea", "¥9.90")
    assert shop.phone.payments.balance == 1_000_000 - 990


def test_money_goes_back_in_parts(shop: AlipayShop) -> None:
    shop.paid()
    first = shop.pay.api_alipay_trade_refund(3.3, out_trade_no="order-1", out_request_no="r1")
    assert (first["fund_change"], first["refund_fee"]) == ("Y", "3.30")
    again = shop.pay.api_alipay_trade_refund(3.3, out_trade_no="order-1", out_request_no="r1")
    assert (again["fund_change"], again["refund_fee"]) == ("N", "3.30")
    assert shop.pay.api_alipay_trade_query("order-1")["trade_status"] == "TRADE_SUCCESS"
    rest = shop.pay.api_alipay_trade_refund("6.60", out_trade_no="order-1", out_request_no="r2")
    assert rest["refund_fee"] == "9.90"
    assert shop.pay.api_alipay_trade_query("order-1")["trade_status"] == "TRADE_CLOSED"
    shop.phone.payments.deliver()
    assert "refund_fee" not in shop.heard[0]
    assert [told["out_biz_no"] for told in shop.heard[1:]] == ["r1", "r2"]
    assert shop.phone.payments.balance == 1_000_000
    assert [payment.refunded for payment in shop.phone.payments.orders] == [990]


@pytest.mark.parametrize(
    ("outcome", "code"),
    [("cancel", "6001"), ("no money", "4000"), ("wrong password", "6001"), ("unknown", "6004")],
)
def test_what_came_of_it_is_told_by_a_code(shop: AlipayShop, outcome: str, code: str) -> None:
    shop.phone.person.script("payment", outcome=outcome)
    assert result_of(shop, shop.order()["trade_no"]) == code
    status = "TRADE_SUCCESS" if outcome == "unknown" else "WAIT_BUYER_PAY"
    assert shop.pay.api_alipay_trade_query("order-1")["trade_status"] == status


def test_what_can_t_be_paid_fails(shop: AlipayShop) -> None:
    order = shop.order()
    assert result_of(shop, "2026000000000000") == "4000"
    shop.phone.account.switch_user("bob")
    assert result_of(shop, order["trade_no"]) == "6001"
    shop.phone.account.switch_user("alice")
    shop.phone.network.type = "none"
    assert result_of(shop, order["trade_no"]) == "6002"
    shop.phone.network.type = "wifi"
    assert result_of(shop, order["trade_no"]) == "9000"
    assert result_of(shop, order["trade_no"]) == "4000"
    closed = shop.order("order-2")["trade_no"]
    assert shop.pay.api_alipay_trade_close("order-2")["code"] == "10000"
    assert result_of(shop, closed) == "4000"
    late = shop.order("order-3", timeout_express="30m")["trade_no"]
    shop.phone.clock.advance(1800)
    assert result_of(shop, late) == "4000"
    assert shop.phone.payments.balance == 1_000_000 - 990


def test_an_order_is_asked_for_again_in_the_same_words(shop: AlipayShop) -> None:
    order = shop.order()
    assert shop.order()["trade_no"] == order["trade_no"]
    assert shop.order(yuan="1.00")["sub_code"] == "ACQ.CONTEXT_INCONSISTENT"
    result_of(shop, order["trade_no"])
    assert shop.order()["sub_code"] == "ACQ.TRADE_HAS_SUCCESS"
    shop.order("order-2")
    shop.pay.api_alipay_trade_close("order-2")
    assert shop.order("order-2")["sub_code"] == "ACQ.TRADE_HAS_CLOSE"


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": ""},
        {"number": "x" * 65},
        {"yuan": "0"},
        {"yuan": "-1"},
        {"yuan": "0.001"},
        {"yuan": "NaN"},
        {"yuan": "1e99"},
        {"yuan": None},
        {"yuan": [1]},
        {"buyer_id": ""},
        {"timeout_express": "soon"},
        {"time_expire": "tomorrow"},
        {"passback_params": 5},
    ],
)
def test_a_wrong_order_is_not_taken(shop: AlipayShop, wrong: dict[str, Any]) -> None:
    assert shop.order(**wrong)["sub_code"] == "ACQ.INVALID_PARAMETER"
    assert shop.pay.api_alipay_trade_query("order-1")["sub_code"] == "ACQ.TRADE_NOT_EXIST"


def test_what_is_not_there_or_not_paid_is_not_refunded(shop: AlipayShop) -> None:
    refund = shop.pay.api_alipay_trade_refund
    assert refund(1, out_trade_no="none")["sub_code"] == "ACQ.TRADE_NOT_EXIST"
    shop.order()
    assert refund(1, out_trade_no="order-1", out_request_no="r")["sub_code"] == "ACQ.TRADE_STATUS_ERROR"
    shop.paid()
    assert refund(99, out_trade_no="order-1", out_request_no="r")["sub_code"] == "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL"
    assert refund(1, out_trade_no="order-1")["sub_code"] == "ACQ.INVALID_PARAMETER"
    developer = shop.phone.open_platform.app(shop.phone.app("alipay").appid, "alipay").developer
    shop.phone.open_platform.payments.withdraw(developer, 900, "alipay")
    assert refund(1, out_trade_no="order-1", out_request_no="r")["sub_code"] == "ACQ.SELLER_BALANCE_NOT_ENOUGH"
    assert shop.pay.api_alipay_trade_close("order-1")["sub_code"] == "ACQ.TRADE_STATUS_ERROR"


def test_a_notice_is_heard_when_the_backend_says_success(shop: AlipayShop) -> None:
    shop.answers = [Answer("failure"), Answer("success!"), Answer("success", 500)]
    shop.paid()
    for pause, heard in ((240, 0), (600, 0), (599, 0), (1, 1), (86_400, 1)):
        shop.phone.clock.advance(pause)
        assert len(shop.heard) == heard
    (notice,) = shop.phone.open_platform.payments.notices
    assert notice.outcomes == ["200", "200", "500", "200"]
