"""What WeChat Pay's server refuses: orders, refunds and signatures that aren't right."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from shops import MCHID, WeChatShop, wechat_shop
from wechatpayv3 import WeChatPay, WeChatPayType
from wechatpayv3.utils import build_authorization, load_private_key

from taropy.phone import Phone


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> Iterator[WeChatShop]:
    with Phone(user="alice") as phone, wechat_shop(phone, monkeypatch) as shop:
        yield shop


def refused(answer: tuple[int, Any]) -> tuple[int, str]:
    return answer[0], answer[1]["code"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"fen": 0}, "/body/amount/total"),
        ({"fen": -1}, "/body/amount/total"),
        ({"fen": 1.5}, "/body/amount/total"),
        ({"fen": "990"}, "/body/amount/total"),
        ({"fen": None}, "/body/amount/total"),
        ({"fen": True}, "/body/amount/total"),
        ({"fen": 10**12}, "/body/amount/total"),
        ({"number": "short"}, "/body/out_trade_no"),
        ({"number": "with blanks"}, "/body/out_trade_no"),
        ({"number": "x" * 33}, "/body/out_trade_no"),
        ({"description": "x" * 128}, "/body/description"),
        ({"description": 5}, "/body/description"),
        ({"payer": {"openid": ""}}, "/body/payer/openid"),
        ({"payer": "alice"}, "/body/payer"),
        ({"notify_url": "shop.example/notify"}, "/body/notify_url"),
        ({"notify_url": "https://shop.example/notify?a=b"}, "/body/notify_url"),
        ({"time_expire": "tomorrow"}, "/body/time_expire"),
        ({"time_expire": "2030-01-01T00:00:00"}, "/body/time_expire"),
        ({"time_expire": "2001-01-01T00:00:00+08:00"}, "/body/time_expire"),
    ],
)
def test_a_wrong_order_is_not_taken(shop: WeChatShop, wrong: dict[str, Any], field: str) -> None:
    status, answer = shop.order(**{"number": "order-1", **wrong})
    assert (status, answer["code"], answer["detail"]["field"]) == (400, "PARAM_ERROR", field)
    assert shop.pay.query(out_trade_no="order-1")[0] == 404


def test_an_order_is_asked_for_again_in_the_same_words(shop: WeChatShop) -> None:
    (_, first), (_, second) = shop.order(), shop.order()
    assert first["prepay_id"] != second["prepay_id"]
    assert refused(shop.order(fen=991)) == (400, "INVALID_REQUEST")
    shop.t.requestPayment(shop.signed(first["prepay_id"])).result()
    assert refused(shop.order()) == (400, "ORDERPAID")
    shop.order("order-2")
    assert shop.pay.close("order-2")[0] == 204
    assert refused(shop.order("order-2")) == (400, "ORDER_CLOSED")


def test_what_is_paid_or_closed_or_not_there_is_not_closed(shop: WeChatShop) -> None:
    def closed(number: str) -> tuple[int, str]:
        status, text = shop.pay.close(number)
        return status, json.loads(text)["code"]

    assert closed("order-1") == (404, "ORDER_NOT_EXIST")
    shop.paid()
    assert closed("order-1") == (400, "ORDERPAID")
    shop.order("order-2")
    shop.pay.close("order-2")
    assert closed("order-2") == (400, "ORDER_CLOSED")


def test_no_more_goes_back_than_was_paid(shop: WeChatShop) -> None:
    assert refused(shop.refund(1)) == (404, "RESOURCE_NOT_EXISTS")
    shop.order()
    assert refused(shop.refund(1)) == (400, "INVALID_REQUEST")
    shop.paid()
    assert refused(shop.refund(1, total=1)) == (400, "INVALID_REQUEST")
    assert refused(shop.refund(991)) == (400, "INVALID_REQUEST")
    assert refused(shop.refund(0)) == (400, "PARAM_ERROR")
    assert shop.refund(500)[0] == 200
    assert shop.refund(500)[0] == 200  # the same refund, once more
    assert refused(shop.refund(400)) == (400, "INVALID_REQUEST")
    assert refused(shop.refund(491, "refund-2")) == (400, "INVALID_REQUEST")
    assert shop.phone.open_platform.payments.balance(MCHID) == 490
    assert json.loads(shop.pay.query_refund("refund-2")[1])["code"] == "RESOURCE_NOT_EXISTS"


def test_a_merchant_refunds_what_it_has(shop: WeChatShop) -> None:
    payments = shop.phone.open_platform.payments
    shop.paid()
    payments.withdraw(MCHID, 900)
    assert refused(shop.refund(91)) == (403, "NOT_ENOUGH")
    assert shop.refund(90)[0] == 200
    with pytest.raises(ValueError, match="up to 0 fen"):
        payments.withdraw(MCHID, 1)


def test_a_merchant_is_paid_in_its_own_apps(shop: WeChatShop) -> None:
    shop.pay._appid = "wx0000000000000000"
    assert refused(shop.order()) == (400, "APPID_MCHID_NOT_MATCH")


def test_merchants_see_their_own_orders(shop: WeChatShop) -> None:
    shop.paid()
    other = shop.phone.open_platform.payments.register("1900000110")
    shop.pay._mchid = shop.pay._core._mchid = "1900000110"
    shop.pay._core._private_key, shop.pay._core._cert_serial_no = load_private_key(other.private_key), other.serial_no
    assert shop.pay.query(out_trade_no="order-1")[0] == 404
    number = shop.phone.open_platform.payments.find("weapp", MCHID, "order-1").vendor_number
    assert shop.pay.query(transaction_id=number)[0] == 404
    assert refused(shop.refund(1)) == (404, "RESOURCE_NOT_EXISTS")


# --- signatures -------------------------------------------------------------------------------------------------------


PATH = "/v3/certificates"


def asked(shop: WeChatShop, authorization: str | None, path: str = PATH, **how: Any) -> httpx2.Response:
    headers = {} if authorization is None else {"Authorization": authorization}
    with shop.phone.open_platform.serve() as server:
        return httpx2.request(how.pop("method", "GET"), f"{server.url}{path}", headers=headers, **how)


def authorization(shop: WeChatShop, path: str = PATH, method: str = "GET", **more: Any) -> str:
    merchant = shop.phone.open_platform.payments.merchant(MCHID)
    key = load_private_key(merchant.private_key)
    return str(build_authorization(path, method, MCHID, merchant.serial_no, key, **more))


def test_only_whom_it_knows_is_answered(shop: WeChatShop) -> None:
    right = authorization(shop)
    assert asked(shop, right).status_code == 200
    for wrong in (None, "", "Basic x", right.replace("RSA2048", "SM3"), right.replace("nonce_str", "nonce")):
        answer = asked(shop, wrong)
        assert (answer.status_code, answer.json()["code"]) == (401, "SIGN_ERROR")
    other = asked(shop, right.replace(MCHID, "1999999999"))
    assert (other.status_code, other.json()["code"]) == (400, "MCH_NOT_EXISTS")
    for wrong in (right.replace('serial_no="', 'serial_no="0'), right.replace('signature="', 'signature="!')):
        assert asked(shop, wrong).json()["code"] == "SIGN_ERROR"


def test_a_signature_is_of_this_request_and_of_now(shop: WeChatShop, monkeypatch: pytest.MonkeyPatch) -> None:
    right = authorization(shop)
    assert asked(shop, right, f"{PATH}?a=b").json()["code"] == "SIGN_ERROR"
    assert asked(shop, right, content=b"{}", method="POST").json()["code"] == "SIGN_ERROR"
    now = time.time()
    monkeypatch.setattr("wechatpayv3.utils.time.time", lambda: now - 301)
    old = authorization(shop)
    monkeypatch.undo()
    assert asked(shop, old).json()["code"] == "SIGN_ERROR"
    shop.phone.clock.set(now - 301)  # by the phone's clock it is of now
    assert asked(shop, old).status_code == 200


@pytest.mark.parametrize("body", ["", "[]", "{", '"x"', "null"])
def test_a_body_that_is_no_object_is_refused(shop: WeChatShop, body: str) -> None:
    path = "/v3/pay/transactions/jsapi"
    signed = authorization(shop, path, "POST", data=body)
    answer = asked(shop, signed, path, method="POST", content=body.encode())
    assert (answer.status_code, answer.json()["code"]) == (400, "PARAM_ERROR")


def test_an_order_is_not_got(shop: WeChatShop) -> None:
    path = "/v3/pay/transactions/jsapi"
    assert asked(shop, authorization(shop, path), path).status_code == 405


def test_a_merchant_may_verify_by_a_public_key(shop: WeChatShop) -> None:
    platform = shop.phone.open_platform
    merchant = platform.payments.merchant(MCHID)
    shop.pay = WeChatPay(
        WeChatPayType.MINIPROG,
        mchid=MCHID,
        private_key=merchant.private_key,
        cert_serial_no=merchant.serial_no,
        appid=shop.appid,
        apiv3_key=merchant.apiv3_key,
        public_key=platform.wechat_pay_public_key,
        public_key_id=platform.wechat_pay_public_key_id,
    )
    shop.paid()
    assert [told["event_type"] for told in shop.heard] == ["TRANSACTION.SUCCESS"]
    assert shop.pay._core._certificates == []
    shop.pay._core._public_key_id = "PUB_KEY_ID_0"
    assert refused(shop.order("order-2")) == (400, "PARAM_ERROR")


# --- registering ------------------------------------------------------------------------------------------------------


def test_a_key_of_another_length_is_refused() -> None:
    with Phone() as phone, pytest.raises(ValueError, match="32 characters, not 5"):
        phone.open_platform.payments.register("1", apiv3_key="short")


@pytest.mark.parametrize("seconds", [-1, float("nan")])
def test_times_are_not_negative(seconds: float) -> None:
    with Phone() as phone:
        with pytest.raises(ValueError):
            phone.open_platform.payments.notice_delay = seconds
        with pytest.raises(ValueError):
            phone.open_platform.payments.refund_time = seconds
