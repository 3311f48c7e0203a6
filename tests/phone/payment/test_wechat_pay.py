"""A backend that uses the SDK wechatpayv3 takes orders, is paid, hears of it and gives money back."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from servers import Answer
from shops import MCHID, WeChatShop, wechat_shop
from supporting import failure

from taropy.phone import Phone


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> Iterator[WeChatShop]:
    with Phone(user="alice") as phone, wechat_shop(phone, monkeypatch) as shop:
        yield shop


def test_an_order_is_taken_paid_and_notified(shop: WeChatShop) -> None:
    options = shop.ordered(attach="table 4")
    assert shop.found()["trade_state"] == "NOTPAY"
    assert shop.t.requestPayment(options).result().errMsg == "requestPayment:ok"
    shop.phone.payments.deliver()
    found = shop.found()
    assert (found["trade_state"], found["amount"]["payer_total"], found["attach"]) == ("SUCCESS", 990, "table 4")
    (told,) = shop.heard
    assert (told["event_type"], told["resource"]) == ("TRANSACTION.SUCCESS", found)
    status, text = shop.pay.query(transaction_id=found["transaction_id"])
    assert (status, json.loads(text)) == (200, found)
    (asked,) = shop.phone.person.asked
    shown = {name: asked.shown[name] for name in ("merchant", "title", "price")}
    assert (asked.kind, shown) == ("payment", {"merchant": "Tearoom", "title": "Tea", "price": "¥9.90"})
    (payment,) = shop.phone.payments.orders
    assert (payment.outcome, payment.amount, payment.number, payment.merchant) == ("pay", 990, "order-1", MCHID)
    assert shop.phone.payments.balance == 1_000_000 - 990


def test_money_goes_back_in_parts(shop: WeChatShop) -> None:
    shop.paid()
    status, refund = shop.refund(300)
    assert (status, refund["status"], refund["amount"]["refund"]) == (200, "PROCESSING", 300)
    shop.phone.payments.deliver()
    assert [told["event_type"] for told in shop.heard] == ["TRANSACTION.SUCCESS", "REFUND.SUCCESS"]
    resource = shop.heard[1]["resource"]
    assert (resource["refund_status"], resource["amount"]["refund"]) == ("SUCCESS", 300)
    status, text = shop.pay.query_refund("refund-1")
    assert (status, json.loads(text)["status"]) == (200, "SUCCESS")
    assert shop.refund(690, "refund-2")[0] == 200
    assert shop.found()["trade_state"] == "REFUND"
    (payment,) = shop.phone.payments.orders
    assert (payment.refunded, shop.phone.payments.balance) == (990, 1_000_000)


def test_a_refund_takes_its_time(shop: WeChatShop) -> None:
    shop.phone.open_platform.payments.refund_time = 3600
    shop.paid()
    shop.refund(990)
    assert json.loads(shop.pay.query_refund("refund-1")[1])["status"] == "PROCESSING"
    assert shop.phone.payments.balance == 1_000_000 - 990
    shop.phone.clock.advance(3600)
    assert json.loads(shop.pay.query_refund("refund-1")[1])["status"] == "SUCCESS"
    assert shop.phone.payments.balance == 1_000_000
    assert [told["event_type"] for told in shop.heard] == ["TRANSACTION.SUCCESS", "REFUND.SUCCESS"]


@pytest.mark.parametrize("outcome", ["cancel", "no money", "wrong password"])
def test_who_does_not_pay_has_not_paid(shop: WeChatShop, outcome: str) -> None:
    shop.phone.person.script("payment", outcome=outcome)
    options = shop.ordered()
    assert failure(shop.t.requestPayment(options)) == "requestPayment:fail cancel"
    assert shop.found()["trade_state"] == "NOTPAY"
    assert (shop.heard, shop.phone.payments.balance) == ([], 1_000_000)
    assert shop.t.requestPayment(options).result().errMsg == "requestPayment:ok"
    assert [payment.outcome for payment in shop.phone.payments.orders] == [outcome, "pay"]


def test_who_has_less_than_it_costs_lacks_the_money(shop: WeChatShop) -> None:
    shop.phone.payments.balance = 989
    assert failure(shop.t.requestPayment(shop.ordered())) == "requestPayment:fail cancel"
    assert [payment.outcome for payment in shop.phone.payments.orders] == ["no money"]
    assert shop.phone.payments.balance == 989


def test_what_is_paid_may_be_told_as_not_paid(shop: WeChatShop) -> None:
    shop.phone.person.script("payment", outcome="unknown")
    assert failure(shop.t.requestPayment(shop.ordered())) == "requestPayment:fail cancel"
    assert shop.found()["trade_state"] == "SUCCESS"


# --- what is refused on the phone -------------------------------------------------------------------------------------


def test_an_order_is_paid_once(shop: WeChatShop) -> None:
    options = shop.ordered()
    first, second = shop.t.requestPayment(options), shop.t.requestPayment(options)
    assert first.result().errMsg == "requestPayment:ok"
    assert failure(second) == "requestPayment:fail 该订单已支付"
    assert failure(shop.t.requestPayment(options)) == "requestPayment:fail 该订单已支付"
    assert shop.phone.payments.balance == 1_000_000 - 990


def test_a_prepay_id_is_good_for_two_hours(shop: WeChatShop) -> None:
    options = shop.ordered()
    shop.phone.clock.advance(2 * 3600)
    assert failure(shop.t.requestPayment(options)) == "requestPayment:fail 订单已过期"
    assert shop.t.requestPayment(shop.ordered("order-2")).result().errMsg == "requestPayment:ok"
    assert len(shop.phone.person.asked) == 1


def test_an_order_may_end_sooner(shop: WeChatShop) -> None:
    options = shop.ordered(time_expire="2099-01-01T00:00:00+08:00")
    shop.phone.clock.set(4_070_880_000)
    assert failure(shop.t.requestPayment(options)).startswith("requestPayment:fail 订单已过期")


def test_a_closed_order_is_not_paid(shop: WeChatShop) -> None:
    options = shop.ordered()
    assert shop.pay.close("order-1")[0] == 204
    assert failure(shop.t.requestPayment(options)) == "requestPayment:fail 该订单已关闭"
    assert shop.found()["trade_state"] == "CLOSED"


@pytest.mark.parametrize(
    "wrong",
    [
        {"nonceStr": "another"},
        {"timeStamp": "1"},
        {"paySign": "no base64"},
        {"paySign": ""},
        {"signType": "MD5"},
        {"signType": None},
    ],
)
def test_what_the_merchant_has_not_signed_is_refused(shop: WeChatShop, wrong: dict[str, str]) -> None:
    signed = {name: value for name, value in {**shop.ordered(), **wrong}.items() if value is not None}
    assert failure(shop.t.requestPayment(signed)) == "requestPayment:fail 支付验证签名失败"
    assert (list(shop.phone.person.asked), shop.phone.payments.orders) == ([], [])


def test_an_app_pays_its_own_orders(shop: WeChatShop) -> None:
    _, answer = shop.order()
    options = shop.signed(answer["prepay_id"], appid="wx0000000000000001")
    assert failure(shop.t.requestPayment(options)) == "requestPayment:fail 支付验证签名失败"


def test_nobody_pays_for_another_person(shop: WeChatShop) -> None:
    options = shop.ordered()
    shop.phone.account.switch_user("bob")
    assert failure(shop.t.requestPayment(options)) == "requestPayment:fail 下单帐号与支付帐号不一致"


def test_a_made_up_prepay_id_is_refused(shop: WeChatShop) -> None:
    assert failure(shop.t.requestPayment(shop.signed("wx1"))) == "requestPayment:fail prepay_id无效"


# --- notices ----------------------------------------------------------------------------------------------------------


def test_a_notice_comes_again_until_it_is_heard(shop: WeChatShop) -> None:
    shop.answers = [Answer("", 500), Answer("", 302), Answer("", 404)]
    shop.paid()
    assert shop.heard == []
    for pause, heard in ((15, 0), (15, 0), (29, 0), (1, 1), (3600, 1)):
        shop.phone.clock.advance(pause)
        assert len(shop.heard) == heard
    (notice,) = shop.phone.open_platform.payments.notices
    assert (notice.heard, notice.outcomes) == (True, ["500", "302", "404", "204"])


def test_a_notice_that_nobody_ever_hears_is_given_up_after_a_day(shop: WeChatShop) -> None:
    shop.answers = [Answer("", 500)] * 100
    shop.paid()
    shop.phone.clock.advance(7 * 86_400)
    (notice,) = shop.phone.open_platform.payments.notices
    assert (notice.tries, len(notice.outcomes), notice.heard) == (16, 16, False)


def test_a_backend_that_is_down_hears_later(shop: WeChatShop) -> None:
    options = shop.ordered(notify_url="http://127.0.0.1:9/notify")
    assert shop.t.requestPayment(options).result().errMsg == "requestPayment:ok"
    shop.phone.clock.advance(15)
    (notice,) = shop.phone.open_platform.payments.notices
    assert notice.outcomes == ["ERR_CONNECTION_REFUSED"] * 2


def test_a_notice_comes_late_or_never_or_twice(shop: WeChatShop) -> None:
    payments = shop.phone.open_platform.payments
    payments.notice_delay = 60
    shop.paid("order-1")
    shop.phone.clock.advance(59)
    assert shop.heard == []
    shop.phone.clock.advance(1)
    assert len(shop.heard) == 1
    payments.notice_delay = float("inf")
    shop.paid("order-2")
    shop.phone.clock.advance(2 * 86_400)
    assert len(shop.heard) == 1
    payments.tell_again(payments.notices[0])
    shop.phone.payments.deliver()
    assert [told["resource"]["out_trade_no"] for told in shop.heard] == ["order-1", "order-1"]
    assert shop.heard[0]["id"] == shop.heard[1]["id"]


def test_a_later_notice_does_not_hold_up_another(shop: WeChatShop) -> None:
    shop.answers = [Answer("", 500)]
    shop.paid("order-1")
    shop.paid("order-2")
    assert [told["resource"]["out_trade_no"] for told in shop.heard] == ["order-2"]
    shop.phone.clock.advance(15)
    assert [told["resource"]["out_trade_no"] for told in shop.heard] == ["order-2", "order-1"]


def test_the_phone_s_network_does_not_matter_to_notices(shop: WeChatShop) -> None:
    payments = shop.phone.open_platform.payments
    payments.notice_delay = 60
    shop.paid()
    shop.phone.network.type = "none"
    shop.phone.clock.advance(60)
    assert len(shop.heard) == 1
