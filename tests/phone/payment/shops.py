"""Shops whose backends pay and refund with SDKs that aren't ours, over real HTTP."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl

import pytest
import requests
from alipay import AliPay
from selling import Shop, selling
from servers import Answer, Received, WebServer
from wechatpayv3 import WeChatPay, WeChatPayType

import taropy
from taropy.phone import Phone
from taropy.phone.core.crypto import new_rsa_key, public_pem

MCHID = "1900000109"
WECHAT_PAY = "https://api.mch.weixin.qq.com"


class WeChatShop(Shop):
    """A program on WeChat, with a backend that uses wechatpayv3."""

    def __init__(self, phone: Phone, pay: WeChatPay, backend: WebServer) -> None:
        super().__init__(phone, backend)
        self.pay = pay
        self.t: Any = taropy.create("weapp", phone=phone)

    @property
    def appid(self) -> str:
        return self.phone.app("weapp").appid

    @property
    def openid(self) -> str:
        code = self.t.login().result().code
        app = self.phone.open_platform.app(self.appid, "weapp")
        assert app is not None
        return self.phone.open_platform.exchange(app, code).openid

    def take(self, received: Received) -> Answer:
        """Takes what it can decrypt and verify."""
        headers = {name.title(): value for name, value in received.headers.items()}
        told = self.pay.callback(headers, received.body)
        if told is None:
            return Answer({"code": "FAIL"}, 401)
        self.heard.append(told)
        return Answer(b"", 204)

    def order(self, number: str = "order-1", fen: int = 990, **more: Any) -> tuple[int, dict[str, Any]]:
        """What WeChat Pay answers to an order: the status and the JSON."""
        options = {"description": "Tea", "payer": {"openid": self.openid}, "notify_url": self.notify_url, **more}
        status, text = self.pay.pay(out_trade_no=number, amount={"total": fen}, **options)
        return status, json.loads(text)

    @property
    def notify_url(self) -> str:
        return self.backend.url("/notify")

    def signed(self, prepay_id: str, appid: str = "", **more: str) -> dict[str, str]:
        """What the backend gives its program to pay with."""
        timestamp, nonce, package = str(int(time.time())), "nonce", f"prepay_id={prepay_id}"
        signature = self.pay.sign([appid or self.appid, timestamp, nonce, package])
        options = {"timeStamp": timestamp, "nonceStr": nonce, "package": package, "signType": "RSA"}
        return {**options, "paySign": signature, **more}

    def ordered(self, number: str = "order-1", fen: int = 990, **more: Any) -> dict[str, str]:
        """An order that was taken, as the options to pay it with."""
        status, answer = self.order(number, fen, **more)
        assert status == 200, answer
        return self.signed(answer["prepay_id"])

    def paid(self, number: str = "order-1", fen: int = 990, **more: Any) -> None:
        """An order that was paid, and its notice sent."""
        assert self.t.requestPayment(self.ordered(number, fen, **more)).result().errMsg == "requestPayment:ok"
        self.phone.payments.deliver()

    def found(self, number: str = "order-1") -> dict[str, Any]:
        """What WeChat Pay knows of an order."""
        status, text = self.pay.query(out_trade_no=number)
        assert status == 200, text
        answer: dict[str, Any] = json.loads(text)
        return answer

    def refund(self, fen: int, number: str = "refund-1", order: str = "order-1", total: int = 990) -> tuple[int, Any]:
        amount = {"refund": fen, "total": total, "currency": "CNY"}
        status, text = self.pay.refund(number, amount, out_trade_no=order, notify_url=self.notify_url)
        return status, json.loads(text)


def redirect(patch: pytest.MonkeyPatch, url: str) -> None:
    """Has the requests that wechatpayv3 makes go to another address than the one it knows."""
    send = requests.adapters.HTTPAdapter.send

    def sent(adapter: Any, request: Any, **options: Any) -> Any:
        request.url = request.url.replace(WECHAT_PAY, url)
        return send(adapter, request, **options)

    patch.setattr(requests.adapters.HTTPAdapter, "send", sent)


@contextmanager
def wechat_shop(phone: Phone, patch: pytest.MonkeyPatch) -> Iterator[WeChatShop]:
    """The shop, WeChat Pay and the shop's backend, each of the two at an address on this computer."""
    merchant = phone.open_platform.payments.register(MCHID, name="Tearoom")

    def make(url: str, backend: WebServer) -> WeChatShop:
        redirect(patch, url)
        pay = WeChatPay(
            WeChatPayType.MINIPROG,
            mchid=MCHID,
            private_key=merchant.private_key,
            cert_serial_no=merchant.serial_no,
            appid=phone.app("weapp").appid,
            apiv3_key=merchant.apiv3_key,
        )
        return WeChatShop(phone, pay, backend)

    with selling(phone, make) as shop, shop.t:
        yield shop


class AlipayShop(Shop):
    """A program on Alipay, with a backend that uses python-alipay-sdk."""

    def __init__(self, phone: Phone, pay: AliPay, backend: WebServer) -> None:
        super().__init__(phone, backend)
        self.pay = pay
        self.t: Any = taropy.create("alipay", phone=phone)

    def take(self, received: Received) -> Answer:
        """Takes what it can verify; it says `success`, which is what Alipay wants to hear."""
        told = dict(parse_qsl(received.body.decode()))
        fields = dict(told)
        if not self.pay.verify(fields, fields.pop("sign")):
            return Answer("failure")
        self.heard.append(told)
        return Answer("success")

    @property
    def buyer(self) -> str:
        code = self.t.login().result().code
        app = self.phone.open_platform.app(self.phone.app("alipay").appid, "alipay")
        assert app is not None
        return self.phone.open_platform.exchange(app, code).unionid

    def order(self, number: str = "order-1", yuan: str = "9.90", **more: Any) -> dict[str, Any]:
        options = {"buyer_id": self.buyer, "notify_url": self.backend.url("/notify"), **more}
        answer: dict[str, Any] = self.pay.api_alipay_trade_create("Tea", number, yuan, **options)
        return answer

    def paid(self, number: str = "order-1", yuan: str = "9.90", **more: Any) -> None:
        order = self.order(number, yuan, **more)
        assert self.t.tradePay(tradeNO=order["trade_no"]).result().resultCode == "9000"
        self.phone.payments.deliver()


@contextmanager
def alipay_shop(phone: Phone) -> Iterator[AlipayShop]:
    """The shop, Alipay's gateway and the shop's backend."""
    key, appid = new_rsa_key(), phone.app("alipay").appid
    phone.open_platform.register(appid, platform="alipay", public_key=public_pem(key))

    def make(url: str, backend: WebServer) -> AlipayShop:
        pay = AliPay(appid=appid, app_private_key_string=key, alipay_public_key_string=phone.open_platform.public_key)
        pay._gateway = f"{url}/gateway.do"  # it has no other way to say so
        return AlipayShop(phone, pay, backend)

    with selling(phone, make) as shop, shop.t:
        yield shop
