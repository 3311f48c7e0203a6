"""A shop on Douyin whose backend pays and refunds with an SDK that isn't ours, over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx2
from bytedance import ByteDance
from bytedance.security import ecpay_signature
from selling import Shop, selling
from servers import Answer, Received, WebServer

import taropy
from taropy.phone import Phone

DOUYIN = "https://developer.toutiao.com"


class DouyinShop(Shop):
    """A program on Douyin, with a backend that uses the package bytedance."""

    def __init__(self, phone: Phone, url: str, pay: ByteDance, backend: WebServer) -> None:
        super().__init__(phone, backend)
        self.url, self.pay = url, pay
        self.t: Any = taropy.create("tt", phone=phone)

    def take(self, received: Received) -> Answer:
        """Takes what it can verify."""
        told = self.pay.callbacks.parse(received.body, protocol="ecpay")
        self.heard.append({"type": told["type"], **told["parsed_msg"]})
        return Answer(self.pay.callbacks.acknowledgement("ecpay"))

    def order(self, number: str = "order-1", fen: Any = 990, **more: Any) -> Any:
        """What Douyin answers to an order: its number and its token."""
        body = {"out_order_no": number, "total_amount": fen, "subject": "Tea", "body": "Oolong", "valid_time": 900}
        body |= {"notify_url": self.backend.url("/notify"), **more}
        return self.pay.payment.ecpay.pay_list.pay(body=body).data

    def pays(self, order: Any) -> int:
        """The code by which the cashier ends, which the program opens with an order."""
        return int(self.t.pay(orderInfo=dict(order), service=5).result().code)

    def paid(self, number: str = "order-1", fen: int = 990, **more: Any) -> Any:
        order = self.order(number, fen, **more)
        assert self.pays(order) == 0
        self.phone.payments.deliver()
        return order

    def found(self, number: str = "order-1") -> Any:
        return self.pay.payment.ecpay.pay_list.query(body={"out_order_no": number})

    def refund(self, fen: int, number: str = "refund-1", order: str = "order-1", **more: Any) -> Any:
        """What Douyin answers to a refund. The SDK signs it, and has no method for it."""
        body = {"app_id": self.pay.app_id, "out_order_no": order, "out_refund_no": number, "reason": "cold"}
        body |= {"refund_amount": fen, "notify_url": self.backend.url("/refunds"), **more}
        body["sign"] = ecpay_signature(body, self.pay.payment_salt)
        return self.post("create_refund", body)

    def post(self, interface: str, body: Any) -> Any:
        return httpx2.post(f"{self.url}/api/apps/ecpay/v1/{interface}", json=body).json()


@contextmanager
def douyin_shop(phone: Phone) -> Iterator[DouyinShop]:
    """The shop, Douyin and the shop's backend, each of the two at an address on this computer."""
    appid = phone.app("tt").appid
    merchant = phone.open_platform.payments.register_douyin(appid, name="Tearoom")

    def make(url: str, backend: WebServer) -> DouyinShop:
        pay = ByteDance(
            app_id=appid,
            app_secret="unused",
            access_token_type="file",
            payment_salt=merchant.salt,
            callback_token=merchant.token,
            api_domains={DOUYIN: url},
        )
        return DouyinShop(phone, url, pay, backend)

    with selling(phone, make) as shop, shop.pay, shop.t:
        yield shop
