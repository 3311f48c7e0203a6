"""Baidu's cashier: what a program pays there, and the interfaces and notices by which its backend hears of it.

No backend orders anything: it signs the order that its program has, and the cashier takes it from there. Facts from
smartprogram.baidu.com, in copies at w3cschool.cn/baiduapp: "签名与验签" (baiduapp-d9273981), "查询订单" (-diup3b8e),
"关闭订单", "申请退款" (-q4lv3b8g), "查询退款" (-7wvq3b8h), the notices "通知支付状态" (-rdi93b8d) and "通知退款状态"
(-kojs3b8i), the question "请求业务方退款审核" (-qc1x3b8q), "错误码" (-lid43988); from
github.com/baidu/smartapp-openapi-go, which has `pmAppKey` and `refundNotifyUrl` beside; and from swan-docs,
function/payfaq.md, which says what the cashier says. 110 and 111 for a token are those of Baidu's open interfaces.
Errors have the numbers of the page; which of them one has that it doesn't list, and the words for it, are judgement:
programs should go by the numbers. So is that nobody is asked about a refund where no address is registered for that.

Not played: that orders are used up (核销), which a backend's answers to notices say. So a part of an order is refunded
as all of it is.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, ClassVar
from urllib.parse import urlencode

from ..core.crypto import rsa1_sign, rsa1_verified
from ..core.javascript import json_of, parsed_object
from .calls import Answer, Call, Endpoint
from .orders import ASKED, CLOSED, DENIED, Declined, Order, Refund, Why
from .paying import Failure, RequestFields, Table, joined
from .platform import Registry
from .refusals import Refused
from .swan_risk import TOKEN_ERRORS

VENDOR = "swan"
#: How long a backend has to answer a notice, in seconds: "通知支付状态".
PATIENCE = 2.0

_WHOLE = re.compile(r"[0-9]{1,15}", re.ASCII)

WRONG_FIELD, WRONG_ORDER, FAILED = 10001, 10002, 10003


class CashierError(Failure):
    """An interface fails, by the number of its page."""

    DECLINED: ClassVar[Table] = {
        Why.NO_ORDER: (WRONG_ORDER, "系统错误,订单未找到"),
        Why.NO_MERCHANT: (WRONG_ORDER, "系统错误,appKey 未找到"),
        Why.ALREADY_PAID: (WRONG_ORDER, "系统错误,已支付订单不允许关闭"),
        Why.CLOSED: (WRONG_ORDER, "系统错误,订单已关闭"),
        Why.NOT_PAID: (WRONG_ORDER, "系统错误,未支付订单不允许退款"),
        Why.OTHER_REQUEST: (WRONG_FIELD, "参数错误,bizRefundBatchId 已存在"),
        Why.TOO_MUCH: (WRONG_FIELD, "参数错误,applyRefundMoney 大于可退金额"),
        Why.NO_FUNDS: (FAILED, "企业资产余额不足"),
    }

    def __init__(self, number: int, words: str) -> None:
        super().__init__(words)
        self.answer: dict[str, Any] = {"errno": number, "msg": words, "data": None}


class Fields(RequestFields):
    """The fields of a request, all of them texts."""

    def wrong(self, name: str, _issue: str = "", /) -> CashierError:
        return CashierError(WRONG_FIELD, f"参数错误,{name} 取值不合法")

    def missing(self, name: str) -> CashierError:
        return CashierError(WRONG_FIELD, f"参数错误,{name} 不能为空")

    def digits(self, name: str) -> int:
        return int(self.matching(name, _WHOLE))


Play = Callable[[Registry, str, Fields], Any]


def asked_by(method: str) -> Callable[[Play], Endpoint]:
    """An interface that an app's backend asks by this method, with an access token: of the app with that id."""

    def make(play: Play) -> Endpoint:
        @wraps(play)
        def endpoint(platform: Registry, call: Call) -> Answer:
            try:
                call.needs(method)
                _, _, appid = platform.risks.app_key(call.form.get("access_token", "")).partition("/")
                data = play(platform, appid, Fields(call.form))
            except Refused as refused:
                number, words = TOKEN_ERRORS.get(refused.reason, (WRONG_FIELD, "参数错误"))
                return {"error_code": number, "error_msg": words}
            except (Declined, CashierError) as error:
                return CashierError.of(error).answer
            return {"errno": 0, "msg": "success", "data": data}

        return endpoint

    return make


# --- the interfaces -----------------------------------------------------------------------------------------------


@asked_by("GET")
def order_by_number(platform: Registry, appid: str, fields: Fields) -> Answer:
    """What has become of an order, by the number that the app has given it."""
    order = _order(platform, appid, fields)
    return {
        "appId": appid,
        "appKey": order.merchant,
        "bizInfo": order.attach,
        "count": 1,
        "createTime": int(order.made_at),
        "dealId": _deal_id(platform, order),
        "openId": "",
        "orderId": int(order.vendor_number),
        "oriPrice": order.amount,
        "parentOrderId": 0,
        "parentType": 0,
        "payMoney": order.amount,
        "settlePrice": 0,
        "status": status(order),
        "subStatus": 0,
        "totalMoney": order.amount,
        "tpId": 0,
        "tpOrderId": order.number,
        "tradeNo": f"T{order.vendor_number}" if order.paid_for else "",
        "type": 0,
    }


@asked_by("GET")
def cancel_order(platform: Registry, appid: str, fields: Fields) -> bool:
    """Closes an order that nobody has paid, by Baidu's number of it."""
    order = platform.payments.find_by_vendor(VENDOR, str(fields.digits("orderId")))
    if order is None or order.appid != appid or order.merchant != fields.text("pmAppKey"):
        raise Declined(Why.NO_ORDER)
    platform.payments.close(order)
    return True


@asked_by("POST")
def apply_refund(platform: Registry, appid: str, fields: Fields) -> Answer:
    """Money back for an order: all of it, unless it says how much."""
    order, batch = _order(platform, appid, fields), fields.text("bizRefundBatchId")
    if str(fields.digits("orderId")) != order.vendor_number:
        raise Declined(Why.NO_ORDER)
    if not order.paid_for:
        raise Declined(Why.NOT_PAID)
    if str(fields.digits("userId")) != order.payer:
        raise fields.wrong("userId")
    reason = fields.text("refundReason")
    if fields.optional_text("refundType") not in ("1", "2", "3"):
        raise fields.wrong("refundType")
    amount = fields.digits("applyRefundMoney") if fields.has("applyRefundMoney") else order.amount
    if not amount:
        raise fields.wrong("applyRefundMoney")
    merchant, skips = platform.payments.baidu_merchant(order.merchant), fields.optional_text("isSkipAudit") == "1"
    made = platform.payments.refund(
        order,
        f"{order.number}/{batch}",  # the number is the order's own: another order may have the same
        amount,
        reason=reason,
        notify_url=fields.optional_text("refundNotifyUrl") or ("" if merchant is None else merchant.refund_url),
        audit_url="" if merchant is None or skips else merchant.audit_url,
        vendor_number=str(secrets.randbelow(9 * 10**8) + 10**8),
    )
    return {"refundBatchId": made.vendor_number, "refundPayMoney": made.amount}


@asked_by("GET")
def order_refunds(platform: Registry, appid: str, fields: Fields) -> list[Answer]:
    """The refunds of an order."""
    order = _order(platform, appid, fields)
    if str(fields.digits("userId")) != order.payer:
        raise fields.wrong("userId")
    now = platform.clock.now()
    return [
        {
            "bizRefundBatchId": refund.number.partition("/")[2],
            "orderId": int(order.vendor_number),
            "refundBatchId": int(refund.vendor_number),
            "refundStatus": 3 if refund.state == DENIED else 2 if refund.done_at <= now else 1,
            "userId": int(order.payer),
        }
        for refund in platform.payments.refunds_of(order)
    ]


_SERVICE = "/rest/2.0/smartapp/pay/paymentservice"
ENDPOINTS: Mapping[str, Endpoint] = {
    f"{_SERVICE}/findByTpOrderId": order_by_number,
    f"{_SERVICE}/cancelOrder": cancel_order,
    f"{_SERVICE}/applyOrderRefund": apply_refund,
    f"{_SERVICE}/findOrderRefund": order_refunds,
}

# --- what is told -------------------------------------------------------------------------------------------------

UNPAID, PAID, CANCELLED = 1, 2, -1


def status(order: Order) -> int:
    """The state of an order; of one that was closed it is judgement."""
    return PAID if order.paid_for else CANCELLED if order.state == CLOSED else UNPAID


def notice_of(platform: Registry, _notice_id: str, order: Order, refund: Refund | None) -> tuple[str, dict[str, str]]:
    """The body and the headers by which a merchant's backend is told of a payment or a refund, or asked about one."""
    form = {"userId": order.payer, "orderId": order.vendor_number, "tpOrderId": order.number}
    form |= _payment(platform, order) if refund is None else _refund(refund)
    form["rsaSign"] = rsa1_sign(signed_text(form), platform.private_key)
    return urlencode(form), {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}


def _payment(platform: Registry, order: Order) -> dict[str, str]:
    nothing = dict.fromkeys(("promoMoney", "hbMoney", "hbBalanceMoney", "giftCardMoney"), "0")
    tp_data = parsed_object(order.attach).get("tpData")
    returned = tp_data.get("returnData") if isinstance(tp_data, dict) else None
    return {
        **dict.fromkeys(("unitPrice", "totalMoney", "payMoney"), str(order.amount)),
        **nothing,
        "count": "1",
        "dealId": _deal_id(platform, order),
        "payTime": str(int(order.ended_at or order.made_at)),
        "promoDetail": "",
        "payType": "9101",
        "partnerId": "1000000003",
        "status": str(PAID),
        "returnData": "" if returned is None else json_of(returned),
    }


def _refund(refund: Refund) -> dict[str, str]:
    if refund.state == ASKED:
        return {"refundBatchId": refund.vendor_number, "applyRefundMoney": str(refund.amount)}
    return {"refundBatchId": refund.vendor_number, "refundStatus": "2" if refund.state == DENIED else "1"}


def is_heard(status: int, answer: bytes) -> bool:
    """Whether the backend has answered JSON whose `errno` is 0."""
    return status == 200 and parsed_object(answer.decode("utf-8", "replace")).get("errno") == 0


def decides(platform: Registry, order: Order, refund: Refund, answer: bytes) -> bool:
    """Does what the backend says to a refund: `auditStatus` 1 grants it, 2 does not, 3 is to be asked again.

    It repeats how much goes back, in fen; payfaq.md has a refund fail where it doesn't.
    """
    data = parsed_object(answer.decode("utf-8", "replace")).get("data")
    data = data if isinstance(data, dict) else {}
    if data.get("auditStatus") not in (1, 2):
        return False
    money = data.get("calculateRes")
    repeated = isinstance(money, dict) and money.get("refundPayMoney") == refund.amount
    platform.payments.decide(order, refund, granted=data["auditStatus"] == 1 and repeated)
    return True


# --- what is paid on a phone --------------------------------------------------------------------------------------

#: Which fields of an order are signed, by its `signFieldsRange`.
SIGNED_FIELDS: Mapping[str, tuple[str, ...]] = {
    "0": ("appKey", "dealId", "tpOrderId"),
    "1": ("appKey", "dealId", "totalAmount", "tpOrderId"),
}


def to_be_paid(platform: Registry, appid: str, user_id: str, asked: Mapping[str, Any]) -> Order:
    """The order that a program has, taken from its hands, and for this person to pay. Raises `Declined`.

    An order is known by its number: what is signed beside it has to be what it was before.
    """
    merchant = platform.payments.baidu_merchant(asked["appKey"])
    if merchant is None or merchant.deal_id != asked["dealId"]:
        raise Declined(Why.NO_MERCHANT)
    signed = {name: asked[name] for name in SIGNED_FIELDS.get(asked["signFieldsRange"], ())}
    if not signed or not rsa1_verified(signed_text(signed), asked["rsaSign"], merchant.public_key):
        raise Declined(Why.WRONG_SIGNATURE)
    url, business, amount = asked.get("notifyUrl"), asked.get("bizInfo"), int(asked["totalAmount"])
    order = Order(
        VENDOR,
        merchant.app_key,
        asked["tpOrderId"],
        appid,
        asked["dealTitle"],
        amount,
        user_number(user_id),
        url if isinstance(url, str) and url else merchant.notify_url,
        json_of([asked["dealId"], amount]),
        platform.clock.now(),
        vendor_number=str(secrets.randbelow(9 * 10**9) + 10**9),
        attach=business if isinstance(business, str) else "",
    )
    taken = platform.payments.take(order)
    if taken.payer != order.payer:
        raise Declined(Why.WRONG_PAYER)
    return taken


def user_number(user_id: str) -> str:
    """The person's number with the cashier, the same in all apps."""
    return str(int.from_bytes(hashlib.sha256(f"cashier\n{user_id}".encode()).digest()[:4]) + 10**9)


def signed_text(fields: Mapping[str, str]) -> str:
    """What is signed: the fields by name, without the signature itself."""
    return joined({name: text for name, text in fields.items() if name not in ("sign", "sign_type", "rsaSign")})


# --- what is in a request -----------------------------------------------------------------------------------------


def _order(platform: Registry, appid: str, fields: Fields) -> Order:
    app_key = fields.text("pmAppKey")
    if platform.payments.baidu_merchant(app_key) is None:
        raise Declined(Why.NO_MERCHANT)
    order = platform.payments.order_of(VENDOR, app_key, fields.text("tpOrderId"))
    if order.appid != appid:
        raise Declined(Why.NO_ORDER)
    return order


def _deal_id(platform: Registry, order: Order) -> str:
    merchant = platform.payments.baidu_merchant(order.merchant)
    return "" if merchant is None else merchant.deal_id
