"""The wallet, and what programs are told of a payment on each platform, without a server that has taken an order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from supporting import failure

import taropy
from taropy.phone import Phone

SIGNED = {"timeStamp": "1", "nonceStr": "a", "package": "prepay_id=wx1", "signType": "RSA", "paySign": "x"}
BAIDU = {
    "dealId": "470193086",
    "appKey": "MMMabc",
    "totalAmount": "990",
    "tpOrderId": "3028903626",
    "dealTitle": "Tea",
    "signFieldsRange": "1",
    "rsaSign": "x",
}
QQ = {"url": "https://wx.tenpay.com/cgi-bin/mmpayweb-bin/checkmweb?prepay_id=wx1", "referer": "https://shop.example"}
DOUYIN = {"orderInfo": {"order_id": "1", "order_token": "t"}, "service": 5}


@pytest.mark.parametrize("name", ["requestPayment", "requestOrderPayment"])
@pytest.mark.parametrize("outcome", ["cancel", "no money", "wrong password", "unknown"])
def test_on_wechat_only_a_payment_is_a_success(weapp: Any, name: str, outcome: str) -> None:
    options = {**SIGNED, **({"orderInfo": {}} if name == "requestOrderPayment" else {})}
    assert getattr(weapp, name)(options).result().errMsg == f"{name}:ok"
    weapp.phone.person.script("payment", outcome=outcome)
    assert failure(getattr(weapp, name)(options)) == f"{name}:fail cancel"
    assert [payment.outcome for payment in weapp.phone.payments.orders] == ["pay", outcome]
    assert {payment.function for payment in weapp.phone.payments.orders} == {name}
    assert weapp.phone.payments.balance == 1_000_000  # nobody knows what it has cost


@pytest.mark.parametrize(
    ("outcome", "code"), [("pay", 0), ("cancel", 4), ("no money", 2), ("wrong password", 4), ("unknown", 9)]
)
def test_on_douyin_every_end_is_a_success_with_a_code(outcome: str, code: int) -> None:
    with taropy.create("tt") as t:
        t.phone.person.script("payment", outcome=outcome)
        assert t.pay(DOUYIN).result().code == code


@pytest.mark.parametrize(
    "wrong",
    [{"orderInfo": None}, {"orderInfo": {"order_id": "1"}}, {"orderInfo": "1"}, {"service": "5"}, {"service": 2}],
)
def test_douyin_s_cashier_opens_for_an_order_alone(wrong: dict[str, Any]) -> None:
    with taropy.create("tt") as t:
        assert failure(t.pay({**DOUYIN, **wrong})).startswith("pay:fail parameter error: ")
        assert t.phone.payments.orders == []


@pytest.mark.parametrize(("device", "number"), [("iPhone 15 Pro", None), ("Pixel 8", 1001)])
def test_baidu_tells_a_payment_or_a_failure(device: str, number: int | None) -> None:
    with taropy.create("swan", phone=Phone(device=device)) as t:
        assert t.requestPolymerPayment(orderInfo=BAIDU).result().errMsg == "requestPolymerPayment:ok"
        assert t.phone.payments.balance == 1_000_000 - 990
        (paid,) = t.phone.payments.orders
        assert (paid.title, paid.amount, paid.number) == ("Tea", 990, "3028903626")
        t.phone.person.script("payment", outcome="cancel")
        with pytest.raises(taropy.TaroError) as caught:
            t.requestPolymerPayment(orderInfo=BAIDU).result()
        assert (caught.value.errMsg, caught.value.errCode) == ("requestPolymerPayment:fail cancel", number)


@pytest.mark.parametrize(
    "wrong", [{"totalAmount": "9.90"}, {"totalAmount": ""}, {"totalAmount": 990}, {"dealId": None}]
)
def test_baidu_s_cashier_wants_a_whole_order(wrong: dict[str, Any]) -> None:
    with taropy.create("swan") as t:
        order = {name: value for name, value in {**BAIDU, **wrong}.items() if value is not None}
        assert failure(t.requestPolymerPayment(orderInfo=order)).startswith("requestPolymerPayment:fail parameter err")
        assert t.phone.payments.orders == []


def test_alipay_pays_by_number_or_freezes_by_text() -> None:
    with taropy.create("alipay") as t:
        assert t.tradePay(tradeNO="2026112822001").result().resultCode == "9000"
        text = "app_id=1&biz_content=%7B%22order_title%22%3A%22Bike%22%2C%22amount%22%3A%2299%22%7D&sign=x"
        assert t.tradePay(orderStr=text).result().resultCode == "9000"
        assert t.tradePay(orderStr="nonsense").result().resultCode == "9000"
        assert t.tradePay({}).result().resultCode == "4000"
        t.phone.network.type = "none"
        assert t.tradePay(tradeNO="1").result().resultCode == "6002"
        assert [payment.title for payment in t.phone.payments.orders] == ["", "Bike", ""]


@pytest.mark.parametrize("outcome", ["cancel", "no money", "wrong password", "unknown"])
def test_on_qq_wechat_pay_is_opened_by_an_address(outcome: str) -> None:
    with taropy.create("qq") as t:
        assert t.requestWxPayment(QQ).result().errMsg == "requestWxPayment:ok"
        t.phone.person.script("payment", outcome=outcome)
        assert failure(t.requestWxPayment(QQ)) == "requestWxPayment:fail cancel"
        assert [payment.outcome for payment in t.phone.payments.orders] == ["pay", outcome]


@pytest.mark.parametrize("wrong", [{"url": None}, {"url": ""}, {"url": 5}, {"referer": 5}])
def test_wechat_pay_on_qq_needs_an_address(wrong: dict[str, Any]) -> None:
    with taropy.create("qq") as t:
        assert failure(t.requestWxPayment({**QQ, **wrong})).startswith("requestWxPayment:fail parameter error: ")
        assert t.phone.payments.orders == []


@pytest.mark.parametrize(
    ("platform", "name", "options"),
    [
        ("weapp", "requestPayment", SIGNED),
        ("qq", "requestWxPayment", QQ),
        ("tt", "pay", DOUYIN),
        ("swan", "requestPolymerPayment", {"orderInfo": BAIDU}),
    ],
)
def test_without_a_network_nothing_is_paid(platform: str, name: str, options: dict[str, Any]) -> None:
    with taropy.create(platform) as t:
        t.phone.network.type = "none"
        assert failure(getattr(t, name)(options)) == f"{name}:fail network error"
        assert list(t.phone.person.asked) == []


def test_a_face_or_a_page_of_pay_score_is_the_person_s_to_show(weapp: Any) -> None:
    assert weapp.faceVerifyForPay({}).result().errMsg == "faceVerifyForPay:ok"
    weapp.phone.person.script("faceVerifyForPay", allow=False)
    assert failure(weapp.faceVerifyForPay({})) == "faceVerifyForPay:fail cancel"
    view = {"businessType": "wxpayScoreEnable", "extraData": {"apply_permissions_token": "t"}}
    assert weapp.openBusinessView(view).result().errMsg == "openBusinessView:ok"
    weapp.phone.person.script("openBusinessView", allow=False)
    assert failure(weapp.openBusinessView(view)) == "openBusinessView:fail cancel"
    assert failure(weapp.openBusinessView({**view, "businessType": ""})).startswith("openBusinessView:fail parameter")


def test_faults_work_as_on_any_function(weapp: Any) -> None:
    weapp.phone.faults.fail("requestPayment", "system busy")
    assert failure(weapp.requestPayment(SIGNED)) == "requestPayment:fail system busy"
    assert weapp.phone.payments.orders == []


def test_an_end_that_there_is_not_is_told(weapp: Any) -> None:
    with pytest.raises(ValueError, match="has no outcome 'no mony'; did you mean 'no money'"):
        weapp.phone.person.script("payment", outcome="no mony")


@pytest.mark.parametrize("fen", [-1, 1.5, "1", None, True])
def test_a_wallet_has_a_whole_number_of_fen(fen: Any) -> None:
    with Phone() as phone, pytest.raises(ValueError, match="whole number of fen"):
        phone.payments.balance = fen


def test_the_wallet_is_kept_and_comes_back_with_a_snapshot(tmp_path: Path) -> None:
    with taropy.create("swan", phone=Phone(tmp_path)) as t:
        t.phone.payments.balance = 5000
        before = t.phone.snapshot()
        t.requestPolymerPayment(orderInfo=BAIDU).result()
        assert t.phone.payments.balance == 5000 - 990
    with Phone(tmp_path) as phone:
        assert (phone.payments.balance, len(phone.payments.orders)) == (5000 - 990, 1)
        phone.restore(before)
        assert (phone.payments.balance, phone.payments.orders) == (5000, [])
    with Phone(tmp_path) as phone:
        assert phone.payments.balance == 5000
    (tmp_path / "payments.json").write_text('{"format": 1, "state": {"money": "much"}}')
    with pytest.raises(taropy.phone.PhoneFolderError):
        Phone(tmp_path)
    with Phone(tmp_path, recover=True) as phone:
        assert phone.payments.balance == 1_000_000


def test_a_wallet_shows_what_is_in_it(weapp: Any) -> None:
    weapp.requestPayment(SIGNED).result()
    assert repr(weapp.phone.payments) == "<Payments ¥10000.00, 1 payment>"
