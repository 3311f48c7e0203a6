"""What stands around the program: WeChat, WeChat Pay and the shop's backend."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from backend import Backend
from requests.adapters import HTTPAdapter
from shop import BACKEND
from wechatpayv3 import WeChatPay, WeChatPayType

from taropy import Phone

VENDORS = ("https://api.mch.weixin.qq.com", "https://api.weixin.qq.com")


@contextmanager
def world(phone: Phone) -> Iterator[Backend]:
    """The open platform on the loopback interface, and the backend behind its own address on this phone."""
    app = phone.open_platform.register(phone.app("weapp").appid)
    merchant = phone.open_platform.payments.register("1900000109", name="Tearoom")
    with phone.open_platform.serve() as vendors, redirected(vendors.url):
        pay = WeChatPay(
            WeChatPayType.MINIPROG,
            mchid=merchant.mchid,
            private_key=merchant.private_key,
            cert_serial_no=merchant.serial_no,
            apiv3_key=merchant.apiv3_key,
            appid=app.appid,
        )
        backend = Backend(pay, app.appid, app.secret, f"{BACKEND}/notify")
        mount = phone.network.mount(BACKEND, backend.asgi())
        try:
            yield backend
        finally:
            mount.unroute()


@contextmanager
def redirected(url: str) -> Iterator[None]:
    """Has `requests`, which the SDK calls, go there and not to the vendors, whose addresses can't be set."""
    send = HTTPAdapter.send

    def sent(adapter: HTTPAdapter, request: Any, **options: Any) -> Any:
        for vendor in VENDORS:
            request.url = request.url.replace(vendor, url)
        return send(adapter, request, **options)

    with patch.object(HTTPAdapter, "send", sent):
        yield
