"""What a person is asked to pay, how that ends, and what each vendor's programs are told of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from ..core.answers import Fail, Options, Result
from ..core.options import required
from ..core.person import WORDS
from ..open_platform.orders import Order, Why

#: How it may end. With `unknown` it is paid, and the phone has lost its connection before it heard so.
OUTCOMES = WORDS["payment", "outcome"]
PAY, CANCEL, NO_MONEY, WRONG_PASSWORD, UNKNOWN = OUTCOMES


@attrs.frozen
class Bill:
    """What the phone shows: of what it can't know there is nothing."""

    title: str = ""
    merchant: str = ""
    amount: int | None = None
    number: str = ""
    order: Order | None = None

    def shown(self, function: str, appid: str) -> Result:
        """As the person sees it."""
        price = "" if self.amount is None else f"¥{self.amount / 100:.2f}"
        own = {"merchant": self.merchant, "title": self.title, "price": price, "amount": self.amount}
        return {"function": function, "appid": appid, **own}


@attrs.frozen
class Payment:
    """What the person was asked to pay on the phone, and what came of it.

    `outcome` is how it ended: "pay", "cancel", "no money", "wrong password" or "unknown"; `amount` and `refunded` are
    in fen, the first is None where the phone could not know it; `number` is the merchant's number of the order,
    `merchant` the id that the money went to.
    """

    platform: str
    appid: str
    function: str
    title: str
    merchant: str
    number: str
    amount: int | None
    outcome: str
    at: float
    refunded: int = 0

    @property
    def paid(self) -> bool:
        """Whether the person has paid, whatever was given back since."""
        return self.outcome in (PAY, UNKNOWN)


# --- WeChat -------------------------------------------------------------------------------------------------------

#: What follows `requestPayment:fail`. It is the reason that the server gives, says
#: pay.weixin.qq.com/docs/merchant/apis/mini-program-payment/mini-transfer-payment.html; which reasons there are, it
#: does not. These are the words that people see, as developers report them, and judgement.
WECHAT_REFUSES: Mapping[Why, str] = {
    Why.NO_ORDER: "prepay_id无效",
    Why.ALREADY_PAID: "该订单已支付",
    Why.CLOSED: "该订单已关闭",
    Why.EXPIRED: "订单已过期",
    Why.WRONG_SIGNATURE: "支付验证签名失败",
    Why.WRONG_PAYER: "下单帐号与支付帐号不一致",
}


def wechat_signed(options: Options) -> dict[str, str]:
    """The options of `requestPayment` that a backend has signed; MD5 is what is meant where none is named."""
    signed = {name: required(options, name, "String") for name in ("timeStamp", "nonceStr", "package", "paySign")}
    return {**signed, "signType": options.get("signType") or "MD5"}


def wechat_result(outcome: str) -> Result:
    """Only a payment is a success.

    Lacking money and a wrong password are told to the person, who may then pay otherwise; that they didn't is told to
    the program as `cancel`, which is what it hears also when the outcome is not known
    (developers.weixin.qq.com/community/pay/doc/00004ece11c6f0abda01ee4bf61800).
    """
    if outcome != PAY:
        raise Fail("cancel")
    return {}


# --- Alipay -------------------------------------------------------------------------------------------------------

#: github.com/AlipayDocs/open-docs, `my.tradePay`; that lacking money is a failure, and a wrong password in the end a
#: cancellation, is judgement.
ALIPAY_CODES: Mapping[str, str] = {
    PAY: "9000",
    CANCEL: "6001",
    NO_MONEY: "4000",
    WRONG_PASSWORD: "6001",
    UNKNOWN: "6004",
}
ALIPAY_FAILED, ALIPAY_CANCELLED, ALIPAY_NO_NETWORK = "4000", "6001", "6002"


def alipay_refuses(why: Why) -> str:
    """The page has 6001 for another buyer, and 4000 for all that is wrong with a trade."""
    return ALIPAY_CANCELLED if why is Why.WRONG_PAYER else ALIPAY_FAILED


# --- Douyin and Baidu ---------------------------------------------------------------------------------------------

#: developer.open-douyin.com, `tt.pay`: 0 paid, 1 timeout, 2 failed, 3 closed, 4 cancelled, 9 for the app to find out.
DOUYIN_CODES: Mapping[str, int] = {PAY: 0, CANCEL: 4, NO_MONEY: 2, WRONG_PASSWORD: 4, UNKNOWN: 9}
#: The cashier, and WeChat Pay and Alipay without it.
DOUYIN_SERVICES = frozenset({1, 3, 4, 5})

_BAIDU_NEEDS = ("dealId", "appKey", "totalAmount", "tpOrderId", "dealTitle", "signFieldsRange", "rsaSign")


def baidu_bill(order: Mapping[str, Any]) -> Bill:
    """The order that a program has; its signature, with the app's own key, the phone can't check."""
    for name in _BAIDU_NEEDS:
        required(order, name, "String")
    amount = order["totalAmount"]
    if not (amount.isascii() and amount.isdecimal() and 0 < len(amount) < 16):
        raise Fail("parameter error: parameter.orderInfo.totalAmount should be a whole number of fen")
    return Bill(order["dealTitle"], order["dealId"], int(amount), order["tpOrderId"])
