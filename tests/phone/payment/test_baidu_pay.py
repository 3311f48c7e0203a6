"""A backend signs orders of Baidu's cashier, is told that they were paid, looks them up and gives money back.

No SDK in Python does this: what the backend signs and verifies is written here from Baidu's document.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import httpx2
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from selling import Shop, selling
from servers import Answer, Received, WebServer
from supporting import failure

import taropy
from taropy.phone import Phone
from taropy.phone.core.crypto import new_rsa_key, public_pem
from taropy.phone.open_platform import BaiduMerchant

SERVICE = "/rest/2.0/smartapp/pay/paymentservice"


@cache
def keys() -> tuple[str, str]:
    """The backend's key and the vendor's, made once: that takes longer than a test."""
    return new_rsa_key(), new_rsa_key()


def text_of(fields: dict[str, str]) -> str:
    return "&".join(f"{name}={fields[name]}" for name in sorted(fields))


def sign(fields: dict[str, str], key: str) -> str:
    private: Any = serialization.load_pem_private_key(key.encode(), password=None)
    return base64.b64encode(private.sign(text_of(fields).encode(), padding.PKCS1v15(), hashes.SHA1())).decode()


def is_signed(fields: dict[str, str], signature: str, key: str) -> bool:
    public: Any = serialization.load_pem_public_key(key.encode())
    try:
        public.verify(base64.b64decode(signature), text_of(fields).encode(), padding.PKCS1v15(), hashes.SHA1())
    except InvalidSignature:
        return False
    return True


class BaiduShop(Shop):
    """A program on Baidu and its backend."""

    def __init__(self, phone: Phone, url: str, merchant: BaiduMerchant, backend: WebServer) -> None:
        super().__init__(phone, backend)
        self.url, self.merchant = url, merchant
        self.t: Any = taropy.create("swan", phone=phone)
        self.key = keys()[0]
        self.asked_about: list[dict[str, str]] = []
        self.says, self.repeats = 1, True
        app = phone.open_platform.app(phone.app("swan").appid, "swan")
        assert app is not None
        grant = {"grant_type": "client_credentials", "client_id": app.appid, "client_secret": app.secret}
        self.token = httpx2.get(f"{url}/oauth/2.0/token", params=grant).json()["access_token"]

    def take(self, received: Received) -> Answer:
        """Takes what it can verify, and says what it is asked about."""
        if received.path == "/audit":
            return self.judge(received)
        told = dict(parse_qsl(received.body.decode(), keep_blank_values=True))
        if not is_signed(told, told.pop("rsaSign"), self.phone.open_platform.public_key):
            return Answer({"errno": 1, "msg": "signature"})
        self.heard.append(told)
        return Answer({"errno": 0, "msg": "success", "data": {"isConsumed": 2}})

    def judge(self, received: Received) -> Answer:
        """The backend's address for questions: says what is set."""
        asked = dict(parse_qsl(received.body.decode()))
        assert is_signed(asked, asked.pop("rsaSign"), self.phone.open_platform.public_key)
        self.asked_about.append(asked)
        money = int(asked["applyRefundMoney"]) if self.repeats else 1
        return Answer({"errno": 0, "data": {"auditStatus": self.says, "calculateRes": {"refundPayMoney": money}}})

    def order(self, number: str = "order-1", fen: int = 990, **more: str) -> dict[str, str]:
        """What the backend gives its program to pay; `more` is not signed."""
        fields = {"appKey": self.merchant.app_key, "dealId": self.merchant.deal_id, "tpOrderId": number}
        fields["totalAmount"] = str(fen)
        business = json.dumps({"tpData": {"returnData": {"table": "4"}}})
        own = {"dealTitle": "Tea", "signFieldsRange": "1", "bizInfo": business}
        return {**fields, **own, "rsaSign": sign(fields, self.key), **more}

    def pay(self, order: dict[str, str]) -> Any:
        return self.t.requestPolymerPayment(orderInfo=order)

    def paid(self, number: str = "order-1", fen: int = 990, **more: str) -> dict[str, str]:
        """The notice of an order that was paid."""
        assert self.pay(self.order(number, fen, **more)).result().errMsg == "requestPolymerPayment:ok"
        self.phone.payments.deliver()
        return self.heard[-1]

    def asked(self, interface: str, **query: Any) -> Any:
        query = {"access_token": self.token, "pmAppKey": self.merchant.app_key, **query}
        return httpx2.get(f"{self.url}{SERVICE}/{interface}", params=query).json()

    def found(self, number: str = "order-1", **more: str) -> Any:
        return self.asked("findByTpOrderId", tpOrderId=number, **more)

    def refund(self, told: dict[str, str], batch: str = "batch-1", **more: Any) -> Any:
        """Money back for an order that the backend has been told of."""
        form = {"bizRefundBatchId": batch, "isSkipAudit": 1, "refundReason": "cold", "refundType": 1}
        form |= {name: told[name] for name in ("orderId", "userId", "tpOrderId")}
        form |= {"pmAppKey": self.merchant.app_key, **more}
        query = {"access_token": self.token}
        return httpx2.post(f"{self.url}{SERVICE}/applyOrderRefund", params=query, data=form).json()


@pytest.fixture
def shop() -> Iterator[BaiduShop]:
    phone = Phone(user="alice")

    def make(url: str, backend: WebServer) -> BaiduShop:
        phone.open_platform.kept_secret("rsa", lambda: keys()[1])
        payments = phone.open_platform.payments
        urls = {"notify_url": backend.url("/paid"), "refund_url": backend.url("/refunded")}
        urls["audit_url"] = backend.url("/audit")
        urls["public_key"] = public_pem(keys()[0])
        merchant = payments.register_baidu("MMMabc", name="Tearoom", deal_id="470193086", **urls)
        return BaiduShop(phone, url, merchant, backend)

    with phone, selling(phone, make) as shop, shop.t:
        yield shop


def test_an_order_is_paid_told_and_found(shop: BaiduShop) -> None:
    told = shop.paid()
    names = ("tpOrderId", "dealId", "totalMoney", "payMoney", "count", "status", "returnData")
    assert [told[name] for name in names] == ["order-1", "470193086", "990", "990", "1", "2", '{"table":"4"}']
    data = shop.found()["data"]
    assert (data["tpOrderId"], data["status"], data["payMoney"], data["appKey"]) == ("order-1", 2, 990, "MMMabc")
    assert str(data["orderId"]) == told["orderId"]
    (asked,) = shop.phone.person.asked
    assert (asked.shown["title"], asked.shown["merchant"], asked.shown["price"]) == ("Tea", "Tearoom", "¥9.90")
    assert shop.phone.payments.balance == 1_000_000 - 990


def test_the_signature_may_leave_out_the_amount(shop: BaiduShop) -> None:
    order = shop.order(signFieldsRange="0")
    signed = {name: order[name] for name in ("appKey", "dealId", "tpOrderId")}
    assert shop.pay({**order, "rsaSign": sign(signed, shop.key)}).result().errMsg == "requestPolymerPayment:ok"
    assert "请求签名错误" in failure(shop.pay(shop.order("order-2", signFieldsRange="0")))


@pytest.mark.parametrize(
    "wrong",
    [
        {"totalAmount": "1"},
        {"tpOrderId": "order-2"},
        {"rsaSign": "nonsense"},
        {"rsaSign": base64.b64encode(b"nonsense").decode()},
        {"signFieldsRange": "2"},
    ],
)
def test_what_the_merchant_has_not_signed_is_not_paid(shop: BaiduShop, wrong: dict[str, str]) -> None:
    assert failure(shop.pay(shop.order(**wrong))) == "requestPolymerPayment:fail 请求签名错误"
    assert shop.phone.payments.orders == []
    assert shop.found()["errno"] == 10002


def test_another_s_key_signs_nothing(shop: BaiduShop) -> None:
    shop.key = new_rsa_key()
    assert failure(shop.pay(shop.order())) == "requestPolymerPayment:fail 请求签名错误"


def test_a_backend_may_keep_its_key_to_itself(shop: BaiduShop) -> None:
    shop.key = new_rsa_key()
    bare = "".join(public_pem(shop.key).splitlines()[1:-1])
    shop.merchant = shop.phone.open_platform.payments.register_baidu("MMMown", public_key=bare)
    assert shop.merchant.private_key == ""
    assert shop.pay(shop.order()).result().errMsg == "requestPolymerPayment:ok"


@pytest.mark.parametrize("wrong", [{"appKey": "MMMxyz"}, {"dealId": "1"}])
def test_a_service_that_there_is_not_sells_nothing(shop: BaiduShop, wrong: dict[str, str]) -> None:
    assert failure(shop.pay(shop.order(**wrong))) == "requestPolymerPayment:fail 商品不存在"


def test_an_order_is_paid_once_and_as_it_was(shop: BaiduShop) -> None:
    shop.phone.person.script("payment", outcome="cancel")
    assert failure(shop.pay(shop.order())) == "requestPolymerPayment:fail cancel"
    assert shop.found()["data"]["status"] == 1
    assert failure(shop.pay(shop.order(fen=1))) == "requestPolymerPayment:fail 订单信息与之前不一致"
    shop.phone.account.switch_user("bob")
    assert failure(shop.pay(shop.order())) == "requestPolymerPayment:fail 订单不属于当前用户"
    shop.phone.account.switch_user("alice")
    shop.paid()
    assert failure(shop.pay(shop.order())) == "requestPolymerPayment:fail 订单已支付"
    assert shop.phone.payments.balance == 1_000_000 - 990


@pytest.mark.parametrize(("outcome", "status"), [("cancel", 1), ("no money", 1), ("wrong password", 1), ("unknown", 2)])
def test_whatever_is_no_payment_fails(shop: BaiduShop, outcome: str, status: int) -> None:
    shop.phone.person.script("payment", outcome=outcome)
    assert failure(shop.pay(shop.order())) == "requestPolymerPayment:fail cancel"
    assert shop.found()["data"]["status"] == status


def test_who_lacks_the_money_does_not_pay(shop: BaiduShop) -> None:
    shop.phone.payments.balance = 989
    assert failure(shop.pay(shop.order())) == "requestPolymerPayment:fail cancel"
    assert [payment.outcome for payment in shop.phone.payments.orders] == ["no money"]


def test_an_order_that_was_cancelled_is_not_paid(shop: BaiduShop) -> None:
    shop.phone.person.script("payment", outcome="cancel")
    shop.pay(shop.order()).catch(lambda error: error).result()
    number = shop.found()["data"]["orderId"]
    assert shop.asked("cancelOrder", orderId=number) == {"errno": 0, "msg": "success", "data": True}
    assert failure(shop.pay(shop.order())) == "requestPolymerPayment:fail 订单已关闭"
    assert shop.found()["data"]["status"] == -1
    assert shop.asked("cancelOrder", orderId=number)["errno"] == 10002
    told = shop.paid("order-2")
    assert shop.asked("cancelOrder", orderId=told["orderId"])["errno"] == 10002
    assert shop.asked("cancelOrder", orderId="7")["errno"] == 10002
    assert shop.asked("cancelOrder", orderId="seven")["errno"] == 10001


def test_money_goes_back_in_parts(shop: BaiduShop) -> None:
    told = shop.paid()
    first = shop.refund(told, "b1", applyRefundMoney=330)
    assert (first["errno"], first["data"]["refundPayMoney"]) == (0, 330)
    assert shop.refund(told, "b1", applyRefundMoney=330) == first
    assert shop.refund(told, "b2", applyRefundMoney=660)["errno"] == 0
    shop.phone.payments.deliver()
    assert [each["refundStatus"] for each in shop.heard[1:]] == ["1", "1"]
    assert (shop.heard[1]["refundBatchId"], shop.heard[1]["tpOrderId"]) == (first["data"]["refundBatchId"], "order-1")
    refunds = shop.asked("findOrderRefund", tpOrderId="order-1", userId=told["userId"])["data"]
    assert [(each["bizRefundBatchId"], each["refundStatus"]) for each in refunds] == [("b1", 2), ("b2", 2)]
    assert shop.phone.payments.balance == 1_000_000


def test_all_of_an_order_goes_back_where_no_amount_is_named(shop: BaiduShop) -> None:
    shop.phone.open_platform.payments.refund_time = 60
    url = shop.backend.url("/elsewhere")
    told = shop.paid()
    assert shop.refund(told, refundNotifyUrl=url)["data"]["refundPayMoney"] == 990
    (refund,) = shop.asked("findOrderRefund", tpOrderId="order-1", userId=told["userId"])["data"]
    assert refund["refundStatus"] == 1
    assert shop.phone.payments.balance == 1_000_000 - 990
    shop.phone.clock.advance(60)
    assert shop.phone.payments.balance == 1_000_000
    assert shop.phone.open_platform.payments.notices[-1].url == url


def test_the_backend_is_asked_about_a_refund_that_does_not_skip_it(shop: BaiduShop) -> None:
    told = shop.paid()
    refund = shop.refund(told, isSkipAudit=0)
    (made,) = shop.asked("findOrderRefund", tpOrderId="order-1", userId=told["userId"])["data"]
    assert (made["refundStatus"], shop.phone.payments.balance) == (1, 1_000_000 - 990)
    shop.phone.payments.deliver()
    batch = refund["data"]["refundBatchId"]
    names = ("tpOrderId", "orderId", "userId")
    assert shop.asked_about == [
        {**{name: told[name] for name in names}, "refundBatchId": batch, "applyRefundMoney": "990"}
    ]
    assert [(each["refundBatchId"], each["refundStatus"]) for each in shop.heard[1:]] == [(batch, "1")]
    assert shop.phone.payments.balance == 1_000_000


@pytest.mark.parametrize(("says", "repeats"), [(2, True), (1, False)])
def test_a_refund_that_the_backend_denies_is_none(shop: BaiduShop, says: int, repeats: bool) -> None:
    told = shop.paid()
    shop.says, shop.repeats = says, repeats
    shop.refund(told, "b1", isSkipAudit=0)
    shop.phone.payments.deliver()
    assert [each["refundStatus"] for each in shop.heard[1:]] == ["2"]
    (made,) = shop.asked("findOrderRefund", tpOrderId="order-1", userId=told["userId"])["data"]
    assert (made["refundStatus"], shop.phone.payments.balance) == (3, 1_000_000 - 990)
    assert shop.refund(told, "b2")["data"]["refundPayMoney"] == 990
    assert shop.phone.payments.balance == 1_000_000


def test_a_backend_that_does_not_know_is_asked_again(shop: BaiduShop) -> None:
    told = shop.paid()
    shop.says = 3
    shop.answers = [Answer({"errno": 0}), Answer({"errno": 1})]
    shop.refund(told, isSkipAudit=0)
    shop.phone.payments.deliver()
    for pause, asked in ((120, 0), (240, 1), (600, 2)):
        shop.phone.clock.advance(pause)
        assert len(shop.asked_about) == asked
    assert shop.refund(told, "b2", applyRefundMoney=1)["errno"] == 10001
    shop.says = 1
    shop.phone.clock.advance(1800)
    assert shop.phone.payments.balance == 1_000_000
    assert shop.phone.open_platform.payments.notices[1].outcomes == ["200"] * 5


def test_nobody_is_asked_where_no_address_is_registered(shop: BaiduShop) -> None:
    shop.phone.open_platform.payments.register_baidu("MMMabc", deal_id="470193086", public_key=public_pem(shop.key))
    told = {"orderId": "", "userId": "", "tpOrderId": "order-1"}
    shop.pay(shop.order()).result()
    told["orderId"] = str(shop.found()["data"]["orderId"])
    order = shop.phone.open_platform.payments.find("swan", "MMMabc", "order-1")
    assert order is not None
    assert shop.refund({**told, "userId": order.payer}, isSkipAudit=0)["errno"] == 0
    assert shop.phone.payments.balance == 1_000_000


def test_what_is_not_paid_or_too_much_is_not_refunded(shop: BaiduShop) -> None:
    nothing = {"orderId": "1", "userId": "1", "tpOrderId": "order-1"}
    assert shop.refund(nothing)["errno"] == 10002
    shop.phone.person.script("payment", outcome="cancel")
    shop.pay(shop.order()).catch(lambda error: error).result()
    unpaid = {**nothing, "orderId": str(shop.found()["data"]["orderId"])}
    assert shop.refund(unpaid)["errno"] == 10002
    told = shop.paid()
    wrong: list[dict[str, Any]] = [
        {"applyRefundMoney": 991},
        {"applyRefundMoney": 0},
        {"applyRefundMoney": -1},
        {"applyRefundMoney": "9.90"},
        {"userId": "1"},
        {"userId": "alice"},
        {"refundType": 4},
        {"refundReason": ""},
        {"batch": ""},
    ]
    assert [shop.refund(told, **each)["errno"] for each in wrong] == [10001] * len(wrong)
    assert shop.refund(told, orderId="1")["errno"] == 10002
    assert shop.refund(told, "b1", applyRefundMoney=330)["errno"] == 0
    assert shop.refund(told, "b1", applyRefundMoney=331)["errno"] == 10001
    shop.phone.open_platform.payments.withdraw("MMMabc", 600, "swan")
    assert shop.refund(told, "b2", applyRefundMoney=100)["errno"] == 10003
    assert shop.asked("findOrderRefund", tpOrderId="order-1", userId="1")["errno"] == 10001


def test_only_the_app_s_own_backend_is_answered(shop: BaiduShop) -> None:
    shop.paid()
    assert shop.found(access_token="stolen")["error_code"] == 110
    assert shop.found(pmAppKey="MMMxyz")["errno"] == 10002
    assert shop.found("")["errno"] == 10001
    app = shop.phone.open_platform.register("another", platform="swan")
    token = shop.phone.open_platform.risks.issue(app)
    assert shop.found(access_token=token)["errno"] == 10002
    shop.phone.clock.advance(31 * 86_400)
    assert shop.found()["error_code"] == 111


def test_a_notice_comes_every_two_minutes_until_the_backend_has_heard(shop: BaiduShop) -> None:
    shop.answers = [Answer("success"), Answer({"errno": 1}), Answer({"errno": 0}, 500)]
    shop.pay(shop.order()).result()
    shop.phone.payments.deliver()
    for heard in (0, 0, 1, 1):
        shop.phone.clock.advance(120)
        assert len(shop.heard) == heard
    (notice,) = shop.phone.open_platform.payments.notices
    assert notice.outcomes == ["200", "200", "500", "200"]


def test_a_refund_s_notice_comes_more_and_more_seldom(shop: BaiduShop) -> None:
    told = shop.paid()
    shop.answers = [Answer({"errno": 1})] * 5
    shop.refund(told)
    shop.phone.payments.deliver()
    for pause in (120, 240, 600, 1800, 3600):
        assert len(shop.heard) == 1
        shop.phone.clock.advance(pause)
    assert [each["refundStatus"] for each in shop.heard[1:]] == ["1"]


def test_an_order_says_where_its_notice_goes(shop: BaiduShop) -> None:
    url = shop.backend.url("/own")
    shop.paid(notifyUrl=url, bizInfo="no JSON")
    assert shop.phone.open_platform.payments.notices[0].url == url
    assert shop.heard[0]["returnData"] == ""


def test_what_was_paid_is_there_the_next_day(tmp_path: Path) -> None:
    with Phone(tmp_path) as phone, taropy.create("swan", phone=phone) as t:
        merchant = phone.open_platform.payments.register_baidu("MMMabc")
        assert merchant.private_key not in repr(merchant)
        fields = {"appKey": "MMMabc", "dealId": merchant.deal_id, "tpOrderId": "1", "totalAmount": "990"}
        signed = {**fields, "dealTitle": "Tea", "signFieldsRange": "1", "rsaSign": sign(fields, merchant.private_key)}
        t.requestPolymerPayment(orderInfo=signed).result()
    with taropy.create("swan", phone=Phone(tmp_path)) as t:
        assert t.phone.open_platform.payments.balance("MMMabc", "swan") == 990
        assert failure(t.requestPolymerPayment(orderInfo=signed)) == "requestPolymerPayment:fail 订单已支付"
        t.phone.close()
