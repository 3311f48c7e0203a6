"""WeChat Pay, version 3: orders of mini programs, refunds, certificates, and the signatures of both sides.

Facts from pay.weixin.qq.com/doc/v3/merchant: 4012525182 (taking an order), 4013070356 (asking for one), closing,
refunds, certificates, 4012365342 (how requests are signed), and the tables of errors there. The words of an error that
they don't tell are as developers report them, or judgement: programs should go by the codes.

`wechat_signing` has how both sides sign, `wechat_fields` what is answered to what is not done. Dates are the phone's.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ..core.crypto import certificate_facts
from ..core.javascript import json_of
from ..core.moments import CHINA
from .calls import Call, Endpoint
from .orders import CLOSED, PAID, Declined, Merchant, Order, Refund, Why
from .platform import Registry
from .wechat_fields import Fields, PayError
from .wechat_signing import certificate, sealed, signature_headers, signed

VENDOR = "weapp"

_NUMBER = re.compile(r"[0-9A-Za-z_\-*|]{6,32}")
_REFUND_NUMBER = re.compile(r"[0-9A-Za-z_\-|*@]{1,64}")

# --- the interfaces -----------------------------------------------------------------------------------------------


@signed("GET")
def certificates(platform: Registry, merchant: Merchant, call: Call) -> Mapping[str, Any]:
    """The certificate that answers are verified with, for the merchant alone."""
    made = certificate(platform)
    serial, begins, ends = certificate_facts(made)
    told = {
        "serial_no": serial,
        "effective_time": begins.astimezone(CHINA).isoformat("T", "seconds"),
        "expire_time": ends.astimezone(CHINA).isoformat("T", "seconds"),
        "encrypt_certificate": sealed(merchant, made, "certificate"),
    }
    return {"data": [told]}


@signed("POST")
def take_order(platform: Registry, merchant: Merchant, call: Call) -> Mapping[str, Any]:
    """An order of a mini program, for a `prepay_id`."""
    fields = Fields(call.json, "/body")
    appid, payer = fields.text("appid", 32), fields.below("payer").text("openid", 128)
    _own(merchant, fields)
    if (merchant.apps and appid not in merchant.apps) or platform.app(appid, VENDOR) is None:
        raise PayError(400, "APPID_MCHID_NOT_MATCH", "appid和mch_id不匹配")
    money = fields.below("amount")
    if money.optional_text("currency", 16) not in ("", "CNY"):
        raise money.wrong("currency", "枚举值错误")
    order = Order(
        VENDOR,
        merchant.mchid,
        fields.matching("out_trade_no", _NUMBER),
        appid,
        fields.text("description", 127),
        money.amount("total"),
        payer,
        fields.url("notify_url"),
        json_of(call.json),
        platform.clock.now(),
        attach=fields.optional_text("attach", 128),
        expires_at=fields.moment("time_expire"),
    )
    if order.expires_at is not None and order.expires_at <= platform.clock.now():
        raise fields.wrong("time_expire", "交易结束时间已过")
    taken, now = platform.payments.take(order), datetime.fromtimestamp(platform.clock.now(), CHINA)
    return {"prepay_id": platform.payments.prepay(taken, f"wx{now:%Y%m%d%H%M%S}{secrets.token_hex(10)}")}


@signed("GET")
def order_by_number(platform: Registry, merchant: Merchant, call: Call) -> Mapping[str, Any]:
    """What has become of an order."""
    _own(merchant, Fields(call.query, "/query"))
    order = platform.payments.order_of(VENDOR, merchant.mchid, call.names["out_trade_no"])
    return told_of_order(platform, order)


@signed("GET")
def order_by_transaction(platform: Registry, merchant: Merchant, call: Call) -> Mapping[str, Any]:
    """The same, by WeChat Pay's number of it."""
    _own(merchant, Fields(call.query, "/query"))
    order = platform.payments.order_of(VENDOR, merchant.mchid, "", call.names["transaction_id"])
    return told_of_order(platform, order)


@signed("POST")
def close_order(platform: Registry, merchant: Merchant, call: Call) -> None:
    """Closes an order that nobody has paid."""
    _own(merchant, Fields(call.json, "/body"))
    platform.payments.close(platform.payments.order_of(VENDOR, merchant.mchid, call.names["out_trade_no"]))


@signed("POST")
def refund(platform: Registry, merchant: Merchant, call: Call) -> Mapping[str, Any]:
    """Money back for an order."""
    fields = Fields(call.json, "/body")
    money = fields.below("amount")
    number, amount = fields.matching("out_refund_no", _REFUND_NUMBER), money.amount("refund")
    total, reason = money.amount("total"), fields.optional_text("reason", 80)
    url = fields.url("notify_url") if fields.has("notify_url") else ""
    order = _order_to_refund(platform, merchant, fields)
    if total != order.amount:
        raise Declined(Why.OTHER_TOTAL)
    made = platform.payments.refund(order, number, amount, reason=reason, notify_url=url)
    return {**told_of_refund(platform, order, made), "status": "PROCESSING"}


@signed("GET")
def refund_by_number(platform: Registry, merchant: Merchant, call: Call) -> Mapping[str, Any]:
    """What has become of a refund."""
    found = platform.payments.find_refund(VENDOR, merchant.mchid, call.names["out_refund_no"])
    if found is None:
        raise PayError(404, "RESOURCE_NOT_EXISTS", "退款单不存在")
    return told_of_refund(platform, *found)


def _own(merchant: Merchant, fields: Fields) -> None:
    if fields.text("mchid", 32) != merchant.mchid:
        raise fields.wrong("mchid", "商户号与签名的商户号不一致")


def _order_to_refund(platform: Registry, merchant: Merchant, fields: Fields) -> Order:
    transaction = fields.optional_text("transaction_id", 32)
    number = "" if transaction else fields.text("out_trade_no", 32)
    try:
        return platform.payments.order_of(VENDOR, merchant.mchid, number, transaction)
    except Declined:
        raise PayError(404, "RESOURCE_NOT_EXISTS", "订单不存在") from None


# --- what is told -------------------------------------------------------------------------------------------------

_STATES = {
    "NOTPAY": "订单未支付",
    "SUCCESS": "支付成功",
    "CLOSED": "订单已关闭",
    "REFUND": "订单发生过退款，退款详情请查询退款单",
}


def told_of_order(platform: Registry, order: Order) -> Mapping[str, Any]:
    """An order, as the interfaces and notices have it."""
    refunded = order.paid_for and platform.payments.refunded(order) > 0
    state = "REFUND" if refunded else {PAID: "SUCCESS", CLOSED: "CLOSED"}.get(order.state, "NOTPAY")
    told: dict[str, Any] = {
        "appid": order.appid,
        "mchid": order.merchant,
        "out_trade_no": order.number,
        "trade_state": state,
        "trade_state_desc": _STATES[state],
        "attach": order.attach,
        "payer": {"openid": order.payer},
        "amount": {"total": order.amount, "currency": "CNY"},
    }
    if order.paid_for and order.ended_at is not None:
        told["amount"] |= {"payer_total": order.amount, "payer_currency": "CNY"}
        told |= {
            "transaction_id": order.vendor_number,
            "trade_type": "JSAPI",
            "bank_type": "OTHERS",
            "success_time": moment(order.ended_at),
        }
    return told


def told_of_refund(platform: Registry, order: Order, refund: Refund) -> Mapping[str, Any]:
    """A refund, as the interfaces have it."""
    done = refund.done_at <= platform.clock.now()
    amount = {
        "total": order.amount,
        "refund": refund.amount,
        "payer_total": order.amount,
        "payer_refund": refund.amount,
    }
    settled = {"settlement_refund": refund.amount, "settlement_total": order.amount, "discount_refund": 0}
    return {
        "refund_id": refund.vendor_number,
        "out_refund_no": refund.number,
        "transaction_id": order.vendor_number,
        "out_trade_no": order.number,
        "channel": "ORIGINAL",
        "user_received_account": "支付用户零钱",
        "create_time": moment(refund.made_at),
        "status": "SUCCESS" if done else "PROCESSING",
        "funds_account": "AVAILABLE",
        "amount": {**amount, **settled, "currency": "CNY"},
        **({"success_time": moment(refund.done_at)} if done else {}),
    }


def notice_of(platform: Registry, notice_id: str, order: Order, refund: Refund | None) -> tuple[str, dict[str, str]]:
    """The body and the headers by which a merchant's backend is told of a payment or a refund."""
    merchant = platform.payments.merchant(order.merchant)
    assert merchant is not None
    if refund is None:
        kind, event, summary, plain = "transaction", "TRANSACTION.SUCCESS", "支付成功", told_of_order(platform, order)
    else:
        kind, event, summary, plain = "refund", "REFUND.SUCCESS", "退款成功", _refund_in_notice(platform, order, refund)
    body = json_of(
        {
            "id": notice_id,
            "create_time": moment(platform.clock.now()),
            "resource_type": "encrypt-resource",
            "event_type": event,
            "summary": summary,
            "resource": {"original_type": kind, **sealed(merchant, json_of(plain), kind)},
        }
    )
    return body, {"Content-Type": "application/json", **signature_headers(platform, merchant, body)}


def is_heard(status: int, _answer: bytes) -> bool:
    """Whether the backend has said that it heard; it goes by the status."""
    return 200 <= status < 300


def _refund_in_notice(platform: Registry, order: Order, refund: Refund) -> Mapping[str, Any]:
    told = told_of_refund(platform, order, refund)
    names = ("refund_id", "out_refund_no", "transaction_id", "out_trade_no", "user_received_account", "success_time")
    amounts = ("total", "refund", "payer_total", "payer_refund")
    return {
        "mchid": order.merchant,
        **{name: told[name] for name in names if name in told},
        "refund_status": told["status"],
        "amount": {name: told["amount"][name] for name in amounts},
    }


def moment(seconds: float) -> str:
    """A moment in China's time: `2018-06-08T10:34:56+08:00`."""
    return datetime.fromtimestamp(seconds, CHINA).isoformat("T", "seconds")


# --- what is paid on a phone --------------------------------------------------------------------------------------


def to_be_paid(platform: Registry, appid: str, user_id: str, options: Mapping[str, str]) -> Order:
    """The order that a program's signed options are for, if this person may pay it. Raises `Declined`.

    They are signed with the merchant's key, over the app's id, `timeStamp`, `nonceStr` and `package`:
    pay.weixin.qq.com/docs/merchant/apis/mini-program-payment/mini-transfer-payment.html
    """
    order = platform.payments.prepaid(options["package"].removeprefix("prepay_id="))
    message = f"{appid}\n{options['timeStamp']}\n{options['nonceStr']}\n{options['package']}\n"
    if options["signType"] != "RSA" or appid != order.appid:
        raise Declined(Why.WRONG_SIGNATURE)
    platform.payments.verify(order, message, options["paySign"])
    if order.payer != platform.openid(VENDOR, appid, user_id):
        raise Declined(Why.WRONG_PAYER)
    return order


ENDPOINTS: Mapping[str, Endpoint] = {
    "/v3/certificates": certificates,
    "/v3/pay/transactions/jsapi": take_order,
    "/v3/pay/transactions/out-trade-no/{out_trade_no}": order_by_number,
    "/v3/pay/transactions/id/{transaction_id}": order_by_transaction,
    "/v3/pay/transactions/out-trade-no/{out_trade_no}/close": close_order,
    "/v3/refund/domestic/refunds": refund,
    "/v3/refund/domestic/refunds/{out_refund_no}": refund_by_number,
}
