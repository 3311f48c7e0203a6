"""What a person is asked to pay, how that ends, and what each vendor's programs are told of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ..core.answers import Fail, Options, Result
from ..core.options import required
from ..core.person import WORDS
from ..open_platform.orders import Order, Why

if TYPE_CHECKING:
    from ..open_platform import OpenPlatform

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


def _wechat_signed(options: Options) -> dict[str, str]:
    """The options of `requestPayment` that a backend has signed; MD5 is what is meant where none is named."""
    signed = {name: required(options, name, "String") for name in ("timeStamp", "nonceStr", "package", "paySign")}
    return {**signed, "signType": options.get("signType") or "MD5"}


def _wechat_order(platform: OpenPlatform, appid: str, user_id: str, given: dict[str, str]) -> Order:
    from ..open_platform.wechat_pay import to_be_paid

    return to_be_paid(platform, appid, user_id, given)


def _qq_given(options: Options) -> dict[str, str]:
    return {name: required(options, name, "String") for name in ("package", "bargainor_id")}


def _qq_order(platform: OpenPlatform, appid: str, user_id: str, given: dict[str, str]) -> Order:
    from ..open_platform.qq_wallet import to_be_paid

    return to_be_paid(platform, appid, user_id, given)


@attrs.frozen
class Cashier:
    """How a vendor's `requestPayment` reads what it is given, and finds the order that is meant."""

    given: Callable[[Options], dict[str, str]]
    order: Callable[[OpenPlatform, str, str, dict[str, str]], Order]


WECHAT = Cashier(_wechat_signed, _wechat_order)
#: By native object. QQ's takes the merchant's id beside the `prepay_id`, and no signature:
#: github.com/WindRunnerMax/EveryDay, Java/QQ小程序支付.md. What it says of failures is as WeChat's, and judgement.
CASHIERS: Mapping[str, Cashier] = {"qq": Cashier(_qq_given, _qq_order)}


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


# --- Douyin -------------------------------------------------------------------------------------------------------

#: developer.open-douyin.com, `tt.pay`: 0 paid, 1 timeout, 2 failed, 3 closed, 4 cancelled, 9 for the app to find out.
DOUYIN_CODES: Mapping[str, int] = {PAY: 0, CANCEL: 4, NO_MONEY: 2, WRONG_PASSWORD: 4, UNKNOWN: 9}
#: The cashier, and WeChat Pay and Alipay without it.
DOUYIN_SERVICES = frozenset({1, 3, 4, 5})
#: What the cashier ends with that finds an order which can't be paid any more; that a paid one has failed is judgement.
_DOUYIN_ENDS: Mapping[Why, int] = {Why.EXPIRED: 1, Why.ALREADY_PAID: 2, Why.CLOSED: 3}
#: The cashier doesn't open without an order, as a developer has had it: developer.open-douyin.com/forum/question/post/
#: 6822ff307012b3f0e3b71443. The number at the end is the server's.
_DOUYIN_HAS_NO_ORDER = "Fail to get order info, 支付失败,请稍后重试 2010"


def douyin_refuses(why: Why) -> Result:
    """The code by which the cashier ends. Raises `Fail` if it does not even open."""
    if why not in _DOUYIN_ENDS:
        raise Fail(_DOUYIN_HAS_NO_ORDER, errNo=10401)
    return {"code": _DOUYIN_ENDS[why]}


# --- Baidu --------------------------------------------------------------------------------------------------------

_BAIDU_NEEDS = ("dealId", "appKey", "totalAmount", "tpOrderId", "dealTitle", "signFieldsRange", "rsaSign")
#: The first two are what the cashier says by swan-docs, function/payfaq.md; the others are judgement.
BAIDU_REFUSES: Mapping[Why, str] = {
    Why.NO_MERCHANT: "商品不存在",
    Why.WRONG_SIGNATURE: "请求签名错误",
    Why.OTHER_REQUEST: "订单信息与之前不一致",
    Why.ALREADY_PAID: "订单已支付",
    Why.CLOSED: "订单已关闭",
    Why.WRONG_PAYER: "订单不属于当前用户",
}


def baidu_bill(order: Mapping[str, Any]) -> Bill:
    """What the order says that a program has."""
    for name in _BAIDU_NEEDS:
        required(order, name, "String")
    amount = order["totalAmount"]
    if not (amount.isascii() and amount.isdecimal() and 0 < len(amount) < 16):
        raise Fail("parameter error: parameter.orderInfo.totalAmount should be a whole number of fen")
    return Bill(order["dealTitle"], order["dealId"], int(amount), order["tpOrderId"])
