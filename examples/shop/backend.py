"""The shop's backend: Starlette, and wechatpayv3, an SDK for WeChat Pay that knows nothing of taropy."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from secrets import token_hex
from typing import Any

import requests
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from wechatpayv3 import WeChatPay

PRICES: Mapping[str, int] = {"Oolong": 980, "Sencha": 1200}


class Backend:
    """Orders, by their numbers; each is `new`, `paid` or `refunded`."""

    def __init__(self, pay: WeChatPay, appid: str, secret: str, notify_url: str) -> None:
        self.states: dict[str, str] = {}
        self._prices: dict[str, int] = {}
        self._pay, self._appid, self._secret, self._notify_url = pay, appid, secret, notify_url

    def asgi(self) -> Starlette:
        """What it answers over HTTP."""
        return Starlette(
            routes=[
                Route("/orders", self.order, methods=["POST"]),
                Route("/orders/{number}", self.state),
                Route("/orders/{number}/refund", self.refund, methods=["POST"]),
                Route("/notify", self.notified, methods=["POST"]),
            ]
        )

    async def order(self, request: Request) -> Response:
        """A new order, and what the program pays it with."""
        wanted = await request.json()
        number, price = f"tea-{token_hex(8)}", PRICES[wanted["tea"]]
        status, text = self._pay.pay(
            description=wanted["tea"],
            out_trade_no=number,
            amount={"total": price},
            payer={"openid": self._openid(wanted["code"])},
            notify_url=self._notify_url,
        )
        if status != 200:
            return Response(text, 502)
        self.states[number], self._prices[number] = "new", price
        return JSONResponse({"number": number, "payment": self._signed(json.loads(text)["prepay_id"])})

    async def state(self, request: Request) -> Response:
        """What has become of an order."""
        return JSONResponse({"state": self.states[request.path_params["number"]]})

    async def refund(self, request: Request) -> Response:
        """Some of the money back."""
        number, fen = request.path_params["number"], (await request.json())["fen"]
        amount = {"refund": fen, "total": self._prices[number], "currency": "CNY"}
        status, text = self._pay.refund(
            f"back-{token_hex(8)}", amount, out_trade_no=number, notify_url=self._notify_url
        )
        return Response(text, status)

    async def notified(self, request: Request) -> Response:
        """WeChat Pay says what was paid or given back; the SDK decrypts it and verifies the signature."""
        told = self._pay.callback(dict(request.headers), await request.body())
        if not told:
            return JSONResponse({"code": "FAIL", "message": "wrong signature"}, 401)
        states = {"TRANSACTION.SUCCESS": "paid", "REFUND.SUCCESS": "refunded"}
        self.states[told["resource"]["out_trade_no"]] = states[told["event_type"]]
        return Response(status_code=204)

    def _openid(self, code: str) -> str:
        query = {"appid": self._appid, "secret": self._secret, "js_code": code, "grant_type": "authorization_code"}
        answer: dict[str, Any] = requests.get("https://api.weixin.qq.com/sns/jscode2session", params=query).json()
        return str(answer["openid"])

    def _signed(self, prepay_id: str) -> dict[str, str]:
        moment, nonce, package = str(int(time.time())), token_hex(16), f"prepay_id={prepay_id}"
        signature = self._pay.sign([self._appid, moment, nonce, package])
        return {"timeStamp": moment, "nonceStr": nonce, "package": package, "signType": "RSA", "paySign": signature}
