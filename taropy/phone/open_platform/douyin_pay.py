"""Douyin's guaranteed payment: orders, refunds, their signatures, and what backends are told of them.

Facts from developer.open-douyin.com, mini-app/develop/server/ecpay: pay-list/callback and refund-list/callback (the two
notices), refund-list/refund; microapp.bytedance.com, ecpay/APIlist/refund-list/refund; copies of pay-list/query and
refund-list/query with their numbers at douyin.apifox.cn/api-130373005 and api-130387248; names and examples in
SKIT.FlurlHttpClient.ByteDance, and the package bytedance 1.0.0, which signs as Douyin's own example does: the values
sorted together with SALT, joined by "&", MD5. A failure that has no number in these pages has 2010 here, and words of
its own: programs should go by the numbers. That a notice may go to http, and not to https alone, is for tests.

An app is paid for itself, and an order by whoever has its token. Merchants have their money at once: to settle, and to
share money with others, is not played.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import Any, ClassVar

import attrs

from ..core.crypto import md5_hex, same, sha1_hex
from ..core.javascript import json_of, parsed_object
from ..core.moments import CHINA
from .calls import Answer, Call, Endpoint
from .orders import Declined, DouyinMerchant, Order, Refund, Why
from .paying import Failure, RequestFields, Table
from .platform import Registry
from .refusals import Refused

VENDOR = "tt"
LARGEST_AMOUNT = 10_000_000_000
#: For how many seconds an order may be paid, at least and at most. Two days are in all copies of the page; the least
#: was 15 minutes once (kancloud.cn/sitan123/douya/2333181) and is five now, as developers report. That another time
#: counts as the nearest of the two is judgement.
VALID_TIME = (300, 172_800)

_NUMBER = re.compile(r"[0-9A-Za-z_\-*]{1,64}")
_URL = re.compile(r"https?://[^/?#\s]+/?[^#\s]{0,240}")
_UNSIGNED = frozenset(("sign", "app_id", "thirdparty_id", "other_settle_params"))

WRONG_SIGNATURE = (2008, "签名校验异常,请使用正确的签名")
NO_ORDER, NO_REFUND = (2000, "支付记录不存在"), (3101, "退款记录不存在")
WRONG_APP = (2042, "小程序appid无效,请检查app_id字段")
WRONG_FIELD = 2010


class EcpayError(Failure):
    """An interface fails, by the number of its page."""

    DECLINED: ClassVar[Table] = {
        Why.NO_ORDER: NO_ORDER,
        Why.OTHER_REQUEST: (WRONG_FIELD, "单号已存在,且参数与之前不一致"),
        Why.ALREADY_PAID: (WRONG_FIELD, "订单已支付"),
        Why.CLOSED: (WRONG_FIELD, "订单已关闭"),
        Why.NOT_PAID: (WRONG_FIELD, "订单未支付,不支持退款"),
        Why.OTHER_TOTAL: (WRONG_FIELD, "订单金额与下单时不一致"),
        Why.TOO_MUCH: (WRONG_FIELD, "退款金额超过可退金额"),
        Why.NO_FUNDS: (WRONG_FIELD, "商户余额不足"),
    }

    def __init__(self, number: int, words: str) -> None:
        super().__init__(words)
        self.answer: dict[str, Any] = {"err_no": number, "err_tips": words}


class Fields(RequestFields):
    """The fields of a request: all that is wrong with one is told by the same number."""

    def wrong(self, name: str, _issue: str = "", /) -> EcpayError:
        return EcpayError(WRONG_FIELD, f"参数错误: {name}")

    def length(self, text: str) -> int:
        return len(text.encode("utf-8", "surrogatepass"))

    def number(self, name: str) -> str:
        return self.matching(name, _NUMBER)

    def url(self) -> str:
        """Where a notice goes; empty if there is nothing of it."""
        return self.matching("notify_url", _URL, 256) if self.has("notify_url") else ""


Play = Callable[[Registry, DouyinMerchant, Fields], Answer]


def ecpay(**empty: Any) -> Callable[[Play], Endpoint]:
    """An interface that a merchant asks with a signed JSON object; `empty` is in its failures, too."""

    def make(play: Play) -> Endpoint:
        @wraps(play)
        def endpoint(platform: Registry, call: Call) -> Answer:
            try:
                call.needs("POST")
                merchant = platform.payments.douyin_merchant(call.json_text("app_id"))
                if merchant is None:
                    raise EcpayError(*WRONG_APP)
                if not same(signature(call.json, merchant.salt), call.json_text("sign")):
                    raise EcpayError(*WRONG_SIGNATURE)
                return {"err_no": 0, "err_tips": "success", **play(platform, merchant, Fields(call.json))}
            except Refused:
                return {"err_no": WRONG_FIELD, "err_tips": "业务参数处理异常", **empty}
            except (Declined, EcpayError) as error:
                return {**EcpayError.of(error).answer, **empty}

        return endpoint

    return make


# --- the interfaces -----------------------------------------------------------------------------------------------


@ecpay(data=None)
def create_order(platform: Registry, merchant: DouyinMerchant, fields: Fields) -> Answer:
    """An order, for the number and the token by which a program pays it."""
    fields.text("body", 128)
    now = platform.clock.now()
    seconds = min(max(fields.whole("valid_time", VALID_TIME[1] * 100), VALID_TIME[0]), VALID_TIME[1])
    order = Order(
        VENDOR,
        merchant.appid,
        fields.number("out_order_no"),
        merchant.appid,
        fields.text("subject", 128),
        fields.whole("total_amount", LARGEST_AMOUNT),
        "",
        fields.url() or merchant.notify_url,
        json_of(fields.given),
        now,
        vendor_number=f"7{secrets.randbelow(10**18):018d}",
        attach=fields.optional_text("cp_extra", 2048),
        expires_at=now + seconds,
    )
    taken = platform.payments.take(order)
    token = platform.payments.prepay(taken, secrets.token_urlsafe(84), seconds)
    return {"data": {"order_id": taken.vendor_number, "order_token": token}}


@ecpay()
def query_order(platform: Registry, merchant: DouyinMerchant, fields: Fields) -> Answer:
    """What has become of an order."""
    order = _order(platform, merchant, fields)
    told: dict[str, Any] = {"total_fee": order.amount, "order_status": status(platform, order)}
    if order.paid_for and order.ended_at is not None:
        channel = payment_number(order)
        told |= {"pay_time": f"{datetime.fromtimestamp(order.ended_at, CHINA):%Y-%m-%d %H:%M:%S}", "way": WAY}
        told |= {"channel_no": channel, "channel_gateway_no": "", "seller_uid": merchant.seller_uid, "item_id": ""}
    return {"out_order_no": order.number, "order_id": order.vendor_number, "payment_info": told}


@ecpay(refund_no="")
def create_refund(platform: Registry, merchant: DouyinMerchant, fields: Fields) -> Answer:
    """Money back for an order; whether it has arrived is told by `query_refund` and the notice."""
    number, amount = fields.number("out_refund_no"), fields.whole("refund_amount", LARGEST_AMOUNT)
    reason, attach = fields.text("reason", 100), fields.optional_text("cp_extra", 2048)
    url = fields.url() or merchant.notify_url
    order = _order(platform, merchant, fields)
    if fields.given.get("total_amount") not in (None, order.amount):  # an older form of the request has it
        raise Declined(Why.OTHER_TOTAL)
    made = platform.payments.refund(
        order,
        number,
        amount,
        reason=reason,
        notify_url=url,
        attach=attach,
        vendor_number=f"N7{secrets.randbelow(10**18):018d}",
    )
    return {"refund_no": made.vendor_number}


@ecpay()
def query_refund(platform: Registry, merchant: DouyinMerchant, fields: Fields) -> Answer:
    """What has become of a refund."""
    found = platform.payments.find_refund(VENDOR, merchant.appid, fields.number("out_refund_no"))
    if found is None:
        raise EcpayError(*NO_REFUND)
    _, refund = found
    done = refund.done_at <= platform.clock.now()
    told = {
        "refund_no": refund.vendor_number,
        "refund_amount": refund.amount,
        "refund_status": "SUCCESS" if done else "PROCESSING",
        "refunded_at": int(refund.done_at) if done else 0,
        "is_all_settled": False,
        "cp_extra": refund.attach,
        "msg": "",
    }
    return {"refundInfo": told}


ENDPOINTS: Mapping[str, Endpoint] = {
    "/api/apps/ecpay/v1/create_order": create_order,
    "/api/apps/ecpay/v1/query_order": query_order,
    "/api/apps/ecpay/v1/create_refund": create_refund,
    "/api/apps/ecpay/v1/query_refund": query_refund,
}

# --- what is told -------------------------------------------------------------------------------------------------

#: The way of paying: 1 WeChat Pay, 2 Alipay, 10 Douyin's own, which it always is here.
WAY = 10


def status(platform: Registry, order: Order) -> str:
    """The state of an order; `TIMEOUT` for one whose time is over."""
    if order.paid_for:
        return "SUCCESS"
    return "TIMEOUT" if order.is_over(platform.clock.now()) else "PROCESSING"


def payment_number(order: Order) -> str:
    """Douyin's number of the payment, which is another than that of the order."""
    day = datetime.fromtimestamp(order.made_at, CHINA)
    return f"PCP{day:%Y%m%d%H%M%S}{int(sha1_hex(order.key), 16) % 10**14:014d}"


def notice_of(platform: Registry, _notice_id: str, order: Order, refund: Refund | None) -> tuple[str, dict[str, str]]:
    """The body and the headers by which a merchant's backend is told of a payment or a refund."""
    merchant = platform.payments.douyin_merchant(order.merchant)
    assert merchant is not None
    told = _payment(merchant, order) if refund is None else _refund(order, refund)
    body = {"timestamp": str(int(platform.clock.now())), "nonce": str(secrets.randbelow(10_000)), "msg": json_of(told)}
    kind = "payment" if refund is None else "refund"
    signed = sha1_hex("".join(sorted((merchant.token, *body.values()))))
    return json_of({**body, "type": kind, "msg_signature": signed}), {"Content-Type": "application/json"}


def _payment(merchant: DouyinMerchant, order: Order) -> dict[str, Any]:
    number = payment_number(order)
    return {
        "appid": order.appid,
        "cp_orderno": order.number,
        "cp_extra": order.attach,
        "way": str(WAY),
        "channel_no": number,
        "payment_order_no": number,
        "out_channel_order_no": number,
        "total_amount": order.amount,
        "status": "SUCCESS",
        "seller_uid": merchant.seller_uid,
        "extra": "",
        "item_id": "",
        "paid_at": int(order.ended_at or order.made_at),
        "message": "",
        "order_id": order.vendor_number,
    }


def _refund(order: Order, refund: Refund) -> dict[str, Any]:
    return {
        "appid": order.appid,
        "cp_refundno": refund.number,
        "cp_extra": refund.attach,
        "status": "SUCCESS",
        "refund_amount": refund.amount,
        "is_all_settled": False,
        "refunded_at": int(refund.done_at),
        "message": "",
        "order_id": order.vendor_number,
        "refund_no": refund.vendor_number,
    }


def is_heard(status: int, answer: bytes) -> bool:
    """Whether the backend has answered `{"err_no": 0, …}`."""
    return status == 200 and parsed_object(answer.decode("utf-8", "replace")).get("err_no") == 0


# --- what is paid on a phone --------------------------------------------------------------------------------------


def to_be_paid(platform: Registry, appid: str, user_id: str, order_id: str, token: str) -> Order:
    """The order that a program has number and token of, and that this person pays. Raises `Declined`."""
    order = platform.payments.prepaid(token)
    if (order.vendor, order.vendor_number, order.appid) != (VENDOR, order_id, appid):
        raise Declined(Why.NO_ORDER)
    return attrs.evolve(order, payer=platform.openid(VENDOR, appid, user_id))


# --- what is in a request -----------------------------------------------------------------------------------------


def signature(fields: Mapping[str, Any], salt: str) -> str:
    """What a merchant signs a request with: its values, without those of some names and those that say nothing."""
    values = (_signed(value) for name, value in fields.items() if name not in _UNSIGNED)
    return md5_hex("&".join(sorted((salt, *(value for value in values if value not in ("", "null"))))))


def _signed(value: Any) -> str:
    text = value if isinstance(value, str) else json_of(value)
    text = text.strip()
    return text[1:-1].strip() if len(text) > 1 and text[0] == text[-1] == '"' else text


def _order(platform: Registry, merchant: DouyinMerchant, fields: Fields) -> Order:
    return platform.payments.order_of(VENDOR, merchant.appid, fields.number("out_order_no"))
