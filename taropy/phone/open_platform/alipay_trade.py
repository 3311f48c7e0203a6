"""Alipay's trades: the methods `alipay.trade.create`, `.query`, `.close` and `.refund` of its gateway, and its notices.

Facts from opendocs.alipay.com (the pages of the four methods, "异步通知说明") and the answers in the docstrings of the
package python-alipay-sdk 3.4.0. The texts that explain a code are taropy's own choice: programs should go by the codes.
An order is paid to the developer of the app, whose apps all know it: `merchant` is the developer's name.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import ClassVar
from urllib.parse import urlencode

from ..core.crypto import rsa2_sign
from ..core.javascript import json_of, parse
from ..core.moments import CHINA
from . import identity
from .calls import Answer
from .orders import CLOSED, PAID, Declined, Order, Refund, Why
from .paying import Failure, RequestFields, Table, joined
from .platform import Registry
from .records import RegisteredApp
from .refusals import Reason, Refused

VENDOR = "alipay"
SUCCESS = {"code": "10000", "msg": "Success"}
LARGEST_AMOUNT = Decimal(100_000_000)

_TIMEOUT = re.compile(r"(\d+)([mhd])")
_SECONDS = {"m": 60, "h": 3600, "d": 86_400}


class TradeError(Failure):
    """A method fails, by the code of its page."""

    DECLINED: ClassVar[Table] = {
        Why.NO_ORDER: ("ACQ.TRADE_NOT_EXIST", "交易不存在"),
        Why.OTHER_REQUEST: ("ACQ.CONTEXT_INCONSISTENT", "交易信息被篡改"),
        Why.ALREADY_PAID: ("ACQ.TRADE_HAS_SUCCESS", "交易已被支付"),
        Why.CLOSED: ("ACQ.TRADE_HAS_CLOSE", "交易已经关闭"),
        Why.EXPIRED: ("ACQ.TRADE_HAS_CLOSE", "交易已经关闭"),
        Why.NOT_PAID: ("ACQ.TRADE_STATUS_ERROR", "交易状态不合法"),
        Why.TOO_MUCH: ("ACQ.REFUND_AMT_NOT_EQUAL_TOTAL", "退款金额超限"),
        Why.NO_FUNDS: ("ACQ.SELLER_BALANCE_NOT_ENOUGH", "卖家余额不足"),
    }

    def __init__(self, sub_code: str, sub_msg: str) -> None:
        super().__init__(sub_code)
        self.answer: dict[str, str] = {
            "code": "40004",
            "msg": "Business Failed",
            "sub_code": sub_code,
            "sub_msg": sub_msg,
        }


class Content(RequestFields):
    """The fields of a method's `biz_content`."""

    def wrong(self, name: str, _issue: str = "", /) -> TradeError:
        return TradeError("ACQ.INVALID_PARAMETER", f"参数无效: {name}")

    def fen(self, name: str) -> int:
        """An amount in yuan, as text or number, with two decimals at most."""
        value = self.given.get(name)
        try:
            amount = Decimal(str(value)) if isinstance(value, str | int | float) else Decimal("NaN")
        except InvalidOperation:
            amount = Decimal("NaN")
        fen = amount * 100
        if not (amount.is_finite() and 0 < amount <= LARGEST_AMOUNT and fen == fen.to_integral_value()):
            raise self.wrong(name)
        return int(fen)

    def expiry(self, now: float) -> float | None:
        """When the time to pay is over, said as a moment or in minutes, hours or days."""
        absolute, relative = self.optional_text("time_expire"), self.optional_text("timeout_express")
        if absolute:
            try:
                return datetime.strptime(absolute, "%Y-%m-%d %H:%M:%S").replace(tzinfo=CHINA).timestamp()
            except ValueError:
                raise self.wrong("time_expire") from None
        if not relative:
            return None
        matched = _TIMEOUT.fullmatch(relative)
        if matched is None or len(matched[1]) > 4:
            raise self.wrong("timeout_express")
        return now + int(matched[1]) * _SECONDS[matched[2]]


def play(platform: Registry, app: RegisteredApp, form: Mapping[str, str]) -> Answer:
    """What a method of `METHODS` answers. Raises `Refused` for what is no form of one."""
    try:
        content = parse(form.get("biz_content", ""))
    except ValueError:
        raise Refused(Reason.WRONG_BODY) from None
    if not isinstance(content, dict):
        raise Refused(Reason.WRONG_BODY)
    try:
        return {**SUCCESS, **METHODS[form["method"]](platform, app, Content(content), form.get("notify_url", ""))}
    except (Declined, TradeError) as error:
        return TradeError.of(error).answer


def create(platform: Registry, app: RegisteredApp, content: Content, notify_url: str) -> Answer:
    """An order, for the number by which a program pays it."""
    number, title = content.text("out_trade_no", 64), content.text("subject", 256)
    buyer = content.optional_text("buyer_id") or content.optional_text("buyer_open_id")
    if not buyer:
        raise content.wrong("buyer_id")
    now = platform.clock.now()
    order = Order(
        VENDOR,
        app.developer,
        number,
        app.appid,
        title,
        content.fen("total_amount"),
        buyer,
        notify_url,
        json_of({**content.given, "notify_url": notify_url}),
        now,
        vendor_number=f"{datetime.fromtimestamp(now, CHINA):%Y%m%d}22001{secrets.randbelow(10**15):015d}",
        attach=content.optional_text("passback_params"),
        expires_at=content.expiry(now),
    )
    taken = platform.payments.take(order)
    return {"out_trade_no": taken.number, "trade_no": taken.vendor_number}


def query(platform: Registry, app: RegisteredApp, content: Content, _url: str) -> Answer:
    """What has become of an order."""
    order = _found(platform, app, content)
    told = {
        "trade_no": order.vendor_number,
        "out_trade_no": order.number,
        "buyer_user_id": order.payer,
        "buyer_logon_id": "tar***@example.com",
        "trade_status": status(platform, order),
        "total_amount": yuan(order.amount),
    }
    if order.paid_for and order.ended_at is not None:
        paid = yuan(order.amount)
        told |= {"buyer_pay_amount": paid, "receipt_amount": paid, "invoice_amount": paid, "point_amount": "0.00"}
        told |= {"send_pay_date": moment(order.ended_at)}
        return {**told, "fund_bill_list": [{"fund_channel": "ALIPAYACCOUNT", "amount": paid}]}
    return told


def close(platform: Registry, app: RegisteredApp, content: Content, _url: str) -> Answer:
    """Closes an order that nobody has paid."""
    order = _found(platform, app, content)
    if order.paid_for:
        raise Declined(Why.NOT_PAID)  # the page has one code for every state in which it can't be done
    closed = platform.payments.close(order)
    return {"out_trade_no": closed.number, "trade_no": closed.vendor_number}


def refund(platform: Registry, app: RegisteredApp, content: Content, _url: str) -> Answer:
    """Money back for an order. A refund of a part needs a number of its own, `out_request_no`."""
    order, amount = _found(platform, app, content), content.fen("refund_amount")
    number = content.optional_text("out_request_no")
    if not number and amount < order.amount:
        raise TradeError("ACQ.INVALID_PARAMETER", "参数无效: 部分退款时out_request_no必填")
    before = platform.payments.refunded(order)
    # The number is the order's own: the same one under another order is another refund.
    key = f"{order.number}/{number or order.number}"
    reason = content.optional_text("refund_reason")
    made = platform.payments.refund(order, key, amount, reason=reason, notify_url=order.notify_url)
    after = platform.payments.refunded(order)
    return {
        "trade_no": order.vendor_number,
        "out_trade_no": order.number,
        "buyer_logon_id": "tar***@example.com",
        "buyer_user_id": order.payer,
        "fund_change": "Y" if after > before else "N",
        "refund_fee": yuan(after),
        "send_back_fee": yuan(made.amount if after > before else 0),
        "gmt_refund_pay": moment(made.done_at),
        "refund_detail_item_list": [{"fund_channel": "ALIPAYACCOUNT", "amount": yuan(made.amount)}],
    }


METHODS: Mapping[str, Callable[[Registry, RegisteredApp, Content, str], Answer]] = {
    "alipay.trade.create": create,
    "alipay.trade.query": query,
    "alipay.trade.close": close,
    "alipay.trade.refund": refund,
}


# --- what is told -------------------------------------------------------------------------------------------------


def status(platform: Registry, order: Order) -> str:
    """The state of an order; one of which all was given back is closed."""
    if order.state == PAID:
        return "TRADE_CLOSED" if platform.payments.refunded(order) == order.amount else "TRADE_SUCCESS"
    return "TRADE_CLOSED" if order.state == CLOSED else "WAIT_BUYER_PAY"


def notice_of(platform: Registry, notice_id: str, order: Order, refund: Refund | None) -> tuple[str, dict[str, str]]:
    """The body and the headers by which a merchant's backend is told of a payment or a refund."""
    form = {
        "notify_time": moment(platform.clock.now()),
        "notify_type": "trade_status_sync",
        "notify_id": notice_id,
        "app_id": order.appid,
        "charset": "utf-8",
        "version": "1.0",
        "trade_no": order.vendor_number,
        "out_trade_no": order.number,
        "buyer_id": order.payer,
        "subject": order.title,
        "total_amount": yuan(order.amount),
        "receipt_amount": yuan(order.amount),
        "buyer_pay_amount": yuan(order.amount),
        "trade_status": "TRADE_SUCCESS" if refund is None else status(platform, order),
        "gmt_create": moment(order.made_at),
        "gmt_payment": moment(order.ended_at or order.made_at),
    }
    if order.attach:
        form["passback_params"] = order.attach
    if refund is not None:
        number = refund.number.partition("/")[2]
        given_back = yuan(platform.payments.refunded(order))
        form |= {"refund_fee": given_back, "gmt_refund": moment(refund.done_at), "out_biz_no": number}
    form |= {"sign": rsa2_sign(joined(form), platform.private_key), "sign_type": "RSA2"}
    return urlencode(form), {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}


def is_heard(status: int, answer: bytes) -> bool:
    """Whether the backend has said that it heard; it goes by a word."""
    return status == 200 and answer.strip() == b"success"


def yuan(fen: int) -> str:
    """An amount as Alipay has it: `1.00`."""
    return f"{fen // 100}.{fen % 100:02d}"


def moment(seconds: float) -> str:
    """A moment in China's time: `2017-03-21 13:29:17`."""
    return f"{datetime.fromtimestamp(seconds, CHINA):%Y-%m-%d %H:%M:%S}"


# --- what is paid on a phone --------------------------------------------------------------------------------------


def to_be_paid(platform: Registry, _appid: str, user_id: str, trade_no: str) -> Order:
    """The order of this number, if this person may pay it; which app it is for, it says itself. Raises `Declined`."""
    order = platform.payments.find_by_vendor(VENDOR, trade_no)
    if order is None:
        raise Declined(Why.NO_ORDER)
    platform.payments.need_payable(order)
    if order.payer != buyer_id(platform, order.appid, user_id):
        raise Declined(Why.WRONG_PAYER)
    return order


def buyer_id(platform: Registry, appid: str, user_id: str) -> str:
    """The person's name for all apps of the app's developer."""
    return identity.unionid(platform.app_of_phone(VENDOR, appid), user_id)


# --- what is in a request -----------------------------------------------------------------------------------------


def _found(platform: Registry, app: RegisteredApp, content: Content) -> Order:
    trade_no, number = content.optional_text("trade_no"), content.optional_text("out_trade_no")
    if not (trade_no or number):
        raise TradeError("ACQ.INVALID_PARAMETER", "参数无效: out_trade_no与trade_no不能同时为空")
    return platform.payments.order_of(VENDOR, app.developer, number, trade_no)
