"""A backend takes orders with QQ's wallet, is paid, hears of it and gives money back.

No SDK for it can be installed. QQ signs as version 2 of WeChat Pay, so wechatpy's functions sign here, and write XML.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import md5
from pathlib import Path
from typing import Any

import httpx2
import pytest
import xmltodict
from natively import call
from selling import Shop, selling
from servers import Answer, Received, WebServer
from wechatpy.pay.utils import calculate_signature, dict_to_xml

from taropy.phone import Phone
from taropy.phone.open_platform import QQMerchant

MCHID = "1900000109"


class QQShop(Shop):
    """A program on QQ and its backend."""

    def __init__(self, phone: Phone, url: str, merchant: QQMerchant, backend: WebServer) -> None:
        super().__init__(phone, backend)
        self.url, self.merchant = url, merchant
        self.key = merchant.key

    def take(self, received: Received) -> Answer:
        """Takes what it can verify."""
        told = self.verified(received.body)
        self.heard.append(told)
        return Answer("<xml><return_code>SUCCESS</return_code></xml>")

    def verified(self, body: bytes) -> dict[str, Any]:
        """The fields of XML whose signature is right."""
        fields: dict[str, Any] = xmltodict.parse(body)["xml"]
        signature = fields.pop("sign")
        assert calculate_signature(fields, self.merchant.key) == signature
        return {name: value or "" for name, value in fields.items()}

    def asked(self, interface: str, **fields: Any) -> dict[str, Any]:
        """What QQ answers, signed unless it hasn't looked at what it was asked for."""
        fields = {"mch_id": MCHID, "nonce_str": "n", **fields}
        body = dict_to_xml(fields, calculate_signature(fields, self.key))
        answer = httpx2.post(f"{self.url}/cgi-bin/pay/qpay_{interface}.cgi", content=body.encode())
        if "sign" not in xmltodict.parse(answer.content)["xml"]:
            return dict(xmltodict.parse(answer.content)["xml"])
        return self.verified(answer.content)

    def order(self, number: str = "order-1", fen: Any = 990, **more: Any) -> dict[str, Any]:
        fields = {"out_trade_no": number, "total_fee": fen, "body": "Tea", "fee_type": "CNY", "trade_type": "JSAPI"}
        fields |= {"spbill_create_ip": "127.0.0.1", "notify_url": self.backend.url("/notify"), "appid": self.appid}
        return self.asked("unified_order", **{**fields, **more})

    @property
    def appid(self) -> str:
        return self.phone.app("qq").appid

    def pay(self, order: dict[str, Any], **more: Any) -> str:
        """What the program hears that pays an order; Taro has no `requestPayment` on QQ, `qq` has."""
        options = {"package": f"prepay_id={order['prepay_id']}", "bargainor_id": MCHID, **more}
        answer = call(self.phone.native("qq"), "requestPayment", **options)
        return str(answer["errMsg"]).removeprefix("requestPayment:")

    def paid(self, number: str = "order-1", fen: int = 990, **more: Any) -> None:
        assert self.pay(self.order(number, fen, **more)) == "ok"
        self.phone.payments.deliver()

    def found(self, number: str = "order-1") -> dict[str, Any]:
        return self.asked("order_query", out_trade_no=number)

    def refund(self, fen: int, number: str = "refund-1", order: str = "order-1", **more: Any) -> dict[str, Any]:
        password = md5(self.merchant.password.encode(), usedforsecurity=False).hexdigest()
        fields = {"out_trade_no": order, "out_refund_no": number, "refund_fee": fen, "op_user_id": MCHID}
        return self.asked("refund", **{**fields, "op_user_passwd": password, **more})


@pytest.fixture
def shop() -> Iterator[QQShop]:
    with Phone(user="alice") as phone:
        merchant = phone.open_platform.payments.register_qq(MCHID, name="Tearoom")
        with selling(phone, lambda url, backend: QQShop(phone, url, merchant, backend)) as shop:
            yield shop


def test_an_order_is_taken_paid_and_told(shop: QQShop) -> None:
    order = shop.order(attach="table <4> & 5")
    assert (order["return_code"], order["result_code"], order["trade_type"]) == ("SUCCESS", "SUCCESS", "JSAPI")
    assert shop.found()["trade_state"] == "NOTPAY"
    assert shop.pay(order) == "ok"
    shop.phone.payments.deliver()
    found = shop.found()
    (told,) = shop.heard
    names = ("trade_state", "out_trade_no", "total_fee", "cash_fee", "attach", "transaction_id", "time_end", "openid")
    assert [told[name] for name in names] == [found[name] for name in names]
    assert [told[name] for name in names[:5]] == ["SUCCESS", "order-1", "990", "990", "table <4> & 5"]
    assert told["openid"] == shop.phone.open_platform.openid("qq", shop.appid, "alice")
    assert shop.asked("order_query", transaction_id=told["transaction_id"])["out_trade_no"] == "order-1"
    (asked,) = shop.phone.person.asked
    assert (asked.shown["title"], asked.shown["merchant"], asked.shown["price"]) == ("Tea", "Tearoom", "¥9.90")
    assert shop.phone.payments.balance == 1_000_000 - 990


def test_an_order_may_be_of_no_app_until_it_is_paid_in_one(shop: QQShop) -> None:
    shop.paid(appid="")
    assert shop.heard[0]["appid"] == shop.appid


def test_money_goes_back_in_parts(shop: QQShop) -> None:
    shop.paid()
    first = shop.refund(330, "r1", total_fee=990)
    assert (first["result_code"], first["refund_fee"], first["out_refund_no"]) == ("SUCCESS", "330", "r1")
    assert shop.refund(330, "r1", total_fee=990)["refund_id"] == first["refund_id"]
    shop.refund(660, "r2")
    assert shop.found()["trade_state"] == "REFUND"
    told = shop.asked("refund_query", out_trade_no="order-1")
    assert [
        told[f"{name}_{index}"] for index in (0, 1) for name in ("out_refund_no", "refund_fee", "refund_status")
    ] == [
        *("r1", "330", "SUCCESS"),
        *("r2", "660", "SUCCESS"),
    ]
    assert shop.asked("refund_query", out_refund_no="r2")["refund_fee_0"] == "660"
    assert shop.asked("refund_query", refund_id=first["refund_id"], out_refund_no="r2")["out_refund_no_0"] == "r1"
    assert shop.phone.payments.balance == 1_000_000


@pytest.mark.parametrize("outcome", ["cancel", "no money", "wrong password", "unknown"])
def test_only_a_payment_is_a_success(shop: QQShop, outcome: str) -> None:
    shop.phone.person.script("payment", outcome=outcome)
    assert shop.pay(shop.order()) == "fail cancel"
    assert shop.found()["trade_state"] == ("SUCCESS" if outcome == "unknown" else "NOTPAY")


def test_who_lacks_the_money_does_not_pay(shop: QQShop) -> None:
    shop.phone.payments.balance = 989
    assert shop.pay(shop.order()) == "fail cancel"


def test_what_was_not_ordered_or_of_another_merchant_is_not_paid(shop: QQShop) -> None:
    assert shop.pay({"prepay_id": "stolen"}) == "fail prepay_id无效"
    order = shop.order()
    assert shop.pay(order, bargainor_id="1900000110") == "fail prepay_id无效"
    assert shop.pay(order, bargainor_id=None).startswith("fail parameter error: parameter.bargainor_id")
    shop.phone.network.type = "none"
    assert shop.pay(order) == "fail network error"
    assert shop.phone.payments.orders == []


def test_an_order_is_paid_once_and_in_time(shop: QQShop) -> None:
    shop.phone.clock.set(1_800_000_000)  # 2027-01-15 16:00 in China
    order = shop.order(time_expire="20270115160500")
    assert shop.order("order-2", time_expire="20270115155959")["err_code"] == "PARAM_ERROR"
    shop.phone.clock.advance(299)
    assert shop.pay(order) == "ok"
    assert shop.pay(order) == "fail 该订单已支付"
    late = shop.order("order-3", time_expire="20270115161000")
    shop.phone.clock.advance(301)
    assert shop.pay(late) == "fail 订单已过期"
    assert shop.found("order-3")["trade_state"] == "CLOSED"


def test_a_closed_order_is_not_paid(shop: QQShop) -> None:
    order = shop.order()
    assert shop.asked("close_order", out_trade_no="order-1")["result_code"] == "SUCCESS"
    assert shop.pay(order) == "fail 该订单已关闭"
    assert shop.found()["trade_state"] == "CLOSED"
    assert shop.asked("close_order", out_trade_no="order-1")["err_code"] == "ORDERCLOSED"
    assert shop.asked("close_order", out_trade_no="none")["err_code"] == "ORDERNOTEXIST"
    shop.paid("order-2")
    assert shop.asked("close_order", out_trade_no="order-2")["err_code"] == "ORDERPAID"
    assert shop.order("order-2")["err_code"] == "ORDERPAID"


def test_an_order_is_asked_for_again_in_the_same_words(shop: QQShop) -> None:
    first, again = shop.order(), shop.order(nonce_str="another")
    assert again["prepay_id"] != first["prepay_id"]
    assert shop.order(fen=991)["err_code"] == "OUT_TRADE_NO_USED"
    assert shop.pay(first) == "ok"
    assert shop.pay(again) == "fail 该订单已支付"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"number": ""}, "LACK_PARAMS"),
        ({"number": "x" * 33}, "PARAM_ERROR"),
        ({"number": "with blanks"}, "PARAM_ERROR"),
        ({"fen": ""}, "LACK_PARAMS"),
        ({"fen": "0"}, "PARAM_ERROR"),
        ({"fen": -1}, "PARAM_ERROR"),
        ({"fen": "9.90"}, "PARAM_ERROR"),
        ({"fen": "٩"}, "PARAM_ERROR"),
        ({"body": ""}, "LACK_PARAMS"),
        ({"body": "x" * 129}, "PARAM_ERROR"),
        ({"fee_type": "USD"}, "PARAM_ERROR"),
        ({"attach": "x" * 129}, "PARAM_ERROR"),
        ({"trade_type": "NATIVE"}, "PARAM_ERROR"),
        ({"spbill_create_ip": ""}, "LACK_PARAMS"),
        ({"notify_url": "shop.example"}, "PARAM_ERROR"),
        ({"time_expire": "tomorrow"}, "PARAM_ERROR"),
        ({"appid": "nobody"}, "APPID_MCHID_NOT_MATCH"),
    ],
)
def test_a_wrong_order_is_not_taken(shop: QQShop, wrong: dict[str, Any], code: str) -> None:
    answer = shop.order(**{"number": "order-1", **wrong})
    assert (answer["return_code"], answer["result_code"], answer["err_code"]) == ("SUCCESS", "FAIL", code)
    assert shop.found()["err_code"] == "ORDERNOTEXIST"


def test_a_merchant_is_paid_in_its_own_apps(shop: QQShop) -> None:
    shop.phone.open_platform.payments.register_qq(MCHID, apps=["another"])
    assert shop.order()["err_code"] == "APPID_MCHID_NOT_MATCH"


def test_what_is_not_signed_with_the_key_is_refused(shop: QQShop) -> None:
    shop.key = "another"
    assert shop.order() == {"return_code": "FAIL", "return_msg": "签名错误"}
    assert shop.asked("order_query", mch_id="1")["return_msg"] == "MCHID不存在"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"mch_id=1",
        b"<xml><mch_id>1</xml>",
        b"\xff\xfe",
        b'<!DOCTYPE xml [<!ENTITY e "1">]><xml><mch_id>&e;</mch_id></xml>',
        b'<?xml version="1.0" encoding="nonsense"?><xml></xml>',
    ],
)
def test_what_is_no_xml_is_refused(shop: QQShop, body: bytes) -> None:
    answer = httpx2.post(f"{shop.url}/cgi-bin/pay/qpay_order_query.cgi", content=body)
    assert xmltodict.parse(answer.content)["xml"]["return_code"] == "FAIL"
    answer = httpx2.get(f"{shop.url}/cgi-bin/pay/qpay_order_query.cgi")
    assert xmltodict.parse(answer.content)["xml"]["return_msg"] == "请使用post方法"


def test_what_is_not_paid_or_too_much_is_not_refunded(shop: QQShop) -> None:
    assert shop.refund(1)["err_code"] == "ORDERNOTEXIST"
    shop.order()
    assert shop.refund(1)["err_code"] == "TRADE_STATE_ERROR"
    shop.paid()
    assert shop.refund(991)["err_code"] == "REFUND_FEE_INVALID"
    assert shop.refund(1, total_fee=5)["err_code"] == "PARAM_ERROR"
    assert shop.refund(1, op_user_passwd="0" * 32)["err_code"] == "PARAM_ERROR"
    assert shop.refund(1, op_user_id="")["err_code"] == "LACK_PARAMS"
    assert shop.asked("refund_query", out_trade_no="order-1")["err_code"] == "REFUNDNOTEXIST"
    assert shop.asked("refund_query", out_refund_no="r1")["err_code"] == "REFUNDNOTEXIST"
    assert shop.refund(330, "r1")["result_code"] == "SUCCESS"
    assert shop.refund(331, "r1")["err_code"] == "OUT_TRADE_NO_USED"
    shop.phone.open_platform.payments.withdraw(MCHID, 600, "qq")
    assert shop.refund(100, "r2")["err_code"] == "NOTENOUGH"


def test_a_notice_comes_again_until_the_backend_has_heard(shop: QQShop) -> None:
    shop.answers = [Answer("success"), Answer("<xml><return_code>FAIL</return_code></xml>"), Answer(b"\xff")]
    shop.paid()
    for pause, heard in ((15, 0), (15, 0), (30, 1), (86_400, 1)):
        shop.phone.clock.advance(pause)
        shop.phone.payments.deliver()
        assert len(shop.heard) == heard
    (notice,) = shop.phone.open_platform.payments.notices
    assert notice.outcomes == ["200"] * 4


def test_without_a_merchant_the_person_is_asked_and_the_program_believed() -> None:
    with Phone() as phone:
        qq = phone.native("qq")
        options = {"package": "prepay_id=1", "bargainor_id": "1"}
        assert call(qq, "requestPayment", **options)["errMsg"] == "requestPayment:ok"
        phone.open_platform.payments.register_qq(MCHID)
        assert call(qq, "requestPayment", **options)["errMsg"] == "requestPayment:fail prepay_id无效"


def test_merchants_are_there_the_next_day(tmp_path: Path) -> None:
    with Phone(tmp_path) as phone:
        merchant = phone.open_platform.payments.register_qq(MCHID)
        assert merchant.key not in repr(merchant)
        assert merchant.password not in repr(merchant)
        assert repr(phone.open_platform.payments) == "<Payments 1 merchant, 0 orders>"
    with Phone(tmp_path) as phone:
        assert phone.open_platform.payments.qq_merchant(MCHID) == merchant
