"""A backend that uses the SDK bytedance takes orders on Douyin, is paid, hears of it and gives money back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from bytedance import ByteDanceError
from douyin_shop import DouyinShop, douyin_shop
from servers import Answer

import taropy
from taropy.phone import Phone

NO_ORDER = "pay:fail Fail to get order info, 支付失败,请稍后重试 2010"


@pytest.fixture
def shop() -> Iterator[DouyinShop]:
    with Phone(user="alice") as phone, douyin_shop(phone) as shop:
        yield shop


def refused(shop: DouyinShop, order: Any) -> str:
    with pytest.raises(taropy.TaroError) as caught:
        shop.pays(order)
    assert caught.value["errNo"] == 10401
    return caught.value.errMsg


def number_of(call: Any, *arguments: Any, **options: Any) -> int:
    """The number of the failure that the SDK raises."""
    with pytest.raises(ByteDanceError) as caught:
        call(*arguments, **options)
    return int(caught.value.code)


def test_an_order_is_taken_paid_and_told(shop: DouyinShop) -> None:
    order = shop.order(cp_extra="table 4")
    assert shop.found().payment_info.order_status == "PROCESSING"
    assert shop.pays(order) == 0
    shop.phone.payments.deliver()
    found = shop.found()
    assert (found.order_id, found.out_order_no) == (order.order_id, "order-1")
    info = found.payment_info
    assert (info.order_status, info.total_fee, info.way) == ("SUCCESS", 990, 10)
    (told,) = shop.heard
    names = ("type", "cp_orderno", "cp_extra", "status", "total_amount", "order_id", "seller_uid", "payment_order_no")
    assert [told[name] for name in names] == [
        *("payment", "order-1", "table 4", "SUCCESS", 990, order.order_id),
        *(info.seller_uid, info.channel_no),
    ]
    (asked,) = shop.phone.person.asked
    assert (asked.shown["title"], asked.shown["merchant"], asked.shown["price"]) == ("Tea", "Tearoom", "¥9.90")
    assert shop.phone.payments.balance == 1_000_000 - 990


def test_money_goes_back_in_parts(shop: DouyinShop) -> None:
    shop.paid()
    first = shop.refund(330, "r1", cp_extra="no milk")
    assert (first["err_no"], bool(first["refund_no"])) == (0, True)
    assert shop.refund(330, "r1", cp_extra="no milk") == first
    assert shop.refund(660, "r2")["err_no"] == 0
    shop.phone.payments.deliver()
    names = ("type", "cp_refundno", "cp_extra", "status", "refund_amount")
    assert [[told[name] for name in names] for told in shop.heard[1:]] == [
        ["refund", "r1", "no milk", "SUCCESS", 330],
        ["refund", "r2", "", "SUCCESS", 660],
    ]
    told = shop.pay.payment.ecpay.refund_list.query(body={"out_refund_no": "r1"}).refundInfo
    assert (told.refund_no, told.refund_amount, told.refund_status) == (first["refund_no"], 330, "SUCCESS")
    assert (told.refunded_at, told.cp_extra) == (shop.heard[1]["refunded_at"], "no milk")
    assert shop.phone.payments.balance == 1_000_000
    assert [payment.refunded for payment in shop.phone.payments.orders] == [990]


def test_a_refund_may_take_its_time(shop: DouyinShop) -> None:
    shop.phone.open_platform.payments.refund_time = 3 * 86_400
    shop.paid()
    shop.refund(990)
    query = shop.pay.payment.ecpay.refund_list.query
    assert query(body={"out_refund_no": "refund-1"}).refundInfo.refund_status == "PROCESSING"
    shop.phone.payments.deliver()
    assert [told["type"] for told in shop.heard] == ["payment"]
    shop.phone.clock.advance(3 * 86_400)
    assert query(body={"out_refund_no": "refund-1"}).refundInfo.refund_status == "SUCCESS"
    assert [told["type"] for told in shop.heard] == ["payment", "refund"]


@pytest.mark.parametrize(
    ("outcome", "code", "status"),
    [
        ("cancel", 4, "PROCESSING"),
        ("no money", 2, "PROCESSING"),
        ("wrong password", 4, "PROCESSING"),
        ("unknown", 9, "SUCCESS"),
    ],
)
def test_how_it_ends_is_told_by_a_code(shop: DouyinShop, outcome: str, code: int, status: str) -> None:
    shop.phone.person.script("payment", outcome=outcome)
    assert shop.pays(shop.order()) == code
    assert shop.found().payment_info.order_status == status


def test_who_lacks_the_money_does_not_pay(shop: DouyinShop) -> None:
    shop.phone.payments.balance = 989
    assert shop.pays(shop.order()) == 2
    assert shop.phone.payments.balance == 989


def test_what_was_not_ordered_is_not_paid(shop: DouyinShop) -> None:
    order = shop.order()
    assert refused(shop, {**order, "order_id": "7000"}) == NO_ORDER
    assert refused(shop, {**order, "order_token": "stolen"}) == NO_ORDER
    other = shop.order("order-2", 1)
    assert refused(shop, {**order, "order_token": other.order_token}) == NO_ORDER
    assert shop.phone.payments.orders == []


def test_an_order_is_paid_once_and_in_time(shop: DouyinShop) -> None:
    order = shop.paid()
    assert shop.pays(order) == 2
    late = shop.order("order-2", valid_time=600)
    shop.phone.clock.advance(600)
    assert shop.pays(late) == 1
    assert shop.found("order-2").payment_info.order_status == "TIMEOUT"
    assert shop.phone.payments.balance == 1_000_000 - 990


def test_an_order_can_be_paid_for_five_minutes_at_least_and_two_days_at_most(shop: DouyinShop) -> None:
    soon, late = shop.order("order-1", valid_time=1), shop.order("order-2", valid_time=10**6)
    shop.phone.clock.advance(299)
    assert shop.pays(soon) == 0
    shop.phone.clock.advance(172_800 - 299)
    assert shop.pays(late) == 1


def test_an_order_of_one_app_is_not_paid_in_another() -> None:
    with Phone() as phone, douyin_shop(phone) as shop:
        order = dict(shop.order())
        other = Phone(appid="ttother", open_platform=phone.open_platform)
        with taropy.create("tt", phone=other) as t, pytest.raises(taropy.TaroError, match="Fail to get order info"):
            t.pay(orderInfo=order, service=5).result()


def test_an_order_is_asked_for_again_in_the_same_words(shop: DouyinShop) -> None:
    order = shop.order()
    again = shop.order()
    assert (again.order_id, again.order_token == order.order_token) == (order.order_id, False)
    assert number_of(shop.order, fen=991) == 2010
    assert shop.pays(again) == 0
    assert number_of(shop.order) == 2010


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": ""},
        {"number": "x" * 65},
        {"number": "with blanks"},
        {"fen": 0},
        {"fen": -1},
        {"fen": 1.5},
        {"fen": "990"},
        {"fen": True},
        {"fen": 10**12},
        {"subject": ""},
        {"subject": "茶" * 43},
        {"body": None},
        {"valid_time": 0},
        {"valid_time": "900"},
        {"cp_extra": 5},
        {"notify_url": "shop.example/notify"},
    ],
)
def test_a_wrong_order_is_not_taken(shop: DouyinShop, wrong: dict[str, Any]) -> None:
    assert number_of(shop.order, **{"number": "order-1", **wrong}) == 2010
    assert number_of(shop.found) == 2000


def test_a_request_that_is_not_signed_with_the_salt_is_refused(shop: DouyinShop) -> None:
    shop.pay.payment_salt = "another"
    assert number_of(shop.order) == 2008
    assert shop.refund(1)["err_no"] == 2008
    answer = shop.post("create_order", {"app_id": shop.pay.app_id, "sign": "0" * 32})
    assert (answer["err_no"], answer["data"]) == (2008, None)


def test_a_request_of_an_app_that_sells_nothing_is_refused(shop: DouyinShop) -> None:
    shop.pay.app_id = "ttnobody"
    assert number_of(shop.order) == 2042


@pytest.mark.parametrize(
    ("body", "number"),
    [
        (b"", 2010),
        (b"[]", 2010),
        (b"\xff", 2010),
        (b'{"app_id": 5}', 2042),
        (b'{"app_id": "\\ud800"}', 2042),
        (b'{"app_id": "APPID", "out_order_no": "\\ud800", "sign": "\\ud800"}', 2008),
        (b'{"app_id": "APPID", "out_order_no": [{}], "sign": 5}', 2008),
    ],
)
def test_what_is_no_request_is_refused(shop: DouyinShop, body: bytes, number: int) -> None:
    content = body.replace(b"APPID", shop.pay.app_id.encode())
    answer = httpx2.post(f"{shop.url}/api/apps/ecpay/v1/query_order", content=content)
    assert (answer.status_code, answer.json()["err_no"]) == (200, number)
    assert httpx2.get(f"{shop.url}/api/apps/ecpay/v1/query_order").json()["err_no"] == 2010


def test_what_is_not_paid_or_too_much_is_not_refunded(shop: DouyinShop) -> None:
    assert shop.refund(1, order="none")["err_no"] == 2000
    shop.order()
    assert shop.refund(1)["err_no"] == 2010
    shop.paid()
    assert shop.refund(991)["err_no"] == 2010
    assert shop.refund(1, total_amount=5)["err_no"] == 2010
    assert shop.refund(330, "r1", total_amount=990)["err_no"] == 0
    assert shop.refund(331, "r1")["err_no"] == 2010
    assert shop.refund(661, "r2")["err_no"] == 2010
    shop.phone.open_platform.payments.withdraw(shop.pay.app_id, 600, "tt")
    assert shop.refund(100, "r3")["err_no"] == 2010
    query = shop.pay.payment.ecpay.refund_list.query
    assert number_of(query, body={"out_refund_no": "r3"}) == 3101


def test_a_notice_comes_again_until_the_backend_says_that_it_has_heard(shop: DouyinShop) -> None:
    shop.answers = [Answer("success"), Answer({"err_no": 1}), Answer({"err_no": 0}, 500), Answer(b"\xff")]
    shop.paid()
    for pause, heard in ((15, 0), (15, 0), (30, 0), (179, 0), (1, 1), (86_400, 1)):
        shop.phone.clock.advance(pause)
        assert len(shop.heard) == heard
    (notice,) = shop.phone.open_platform.payments.notices
    assert notice.outcomes == ["200", "200", "500", "200", "200"]


def test_a_notice_that_is_lost_can_be_asked_for(shop: DouyinShop) -> None:
    shop.phone.open_platform.payments.notice_delay = float("inf")
    shop.paid()
    assert shop.heard == []
    assert shop.found().payment_info.order_status == "SUCCESS"


def test_notices_go_to_the_address_of_the_merchant_where_none_is_named(shop: DouyinShop) -> None:
    url = shop.backend.url("/console")
    shop.phone.open_platform.payments.register_douyin(shop.pay.app_id, notify_url=url)
    shop.paid(notify_url=None)
    shop.refund(1, notify_url=None)
    shop.phone.payments.deliver()
    assert [notice.url for notice in shop.phone.open_platform.payments.notices] == [url, url]
    assert len(shop.heard) == 2


def test_once_an_app_sells_something_only_orders_are_paid() -> None:
    with taropy.create("tt") as t:
        order = {"order_id": "1", "order_token": "t"}
        assert t.pay(orderInfo=order, service=5).result().code == 0
        t.phone.open_platform.payments.register_douyin(t.phone.app("tt").appid)
        with pytest.raises(taropy.TaroError, match="Fail to get order info"):
            t.pay(orderInfo=order, service=5).result()


def test_what_was_ordered_is_there_the_next_day(tmp_path: Path) -> None:
    with Phone(tmp_path) as phone, douyin_shop(phone) as shop:
        order = dict(shop.order())
        merchant = phone.open_platform.payments.douyin_merchant(shop.pay.app_id)
        assert merchant is not None
        assert merchant.salt not in repr(merchant)
        assert merchant.token not in repr(merchant)
    with taropy.create("tt", phone=Phone(tmp_path)) as t:
        assert t.pay(orderInfo=order, service=5).result().code == 0
        assert t.phone.open_platform.payments.balance(merchant.appid, "tt") == 990
        assert t.phone.open_platform.payments.douyin_merchant(merchant.appid) == merchant
        t.phone.close()
