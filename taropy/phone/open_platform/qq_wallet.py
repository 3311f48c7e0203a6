"""QQ's wallet: orders of mini programs, refunds, the notice of a payment, all of them XML with MD5 signatures.

Facts from qpay.qq.com/buss/wiki and its copies at mp.qpay.tenpay.cn/buss/wiki: 38/1203 and 99/1178 (taking an order),
1/1126 and 99/1182 (refunds), 43/1162 (asking for one); the fields of answers and notices from github.com/go-pay/gopay,
qq/model.go; how a program pays from github.com/WindRunnerMax/EveryDay, Java/QQ小程序支付.md, by whose report it is
signed as version 2 of WeChat Pay. The names of errors are that version's, their words and everything else about
failures judgement. A refund needs a certificate at QQ, which nobody is asked for here, and backends are not told of it.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import ClassVar
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import attrs

from ..core.crypto import md5_hex, same
from ..core.javascript import json_of
from ..core.moments import CHINA
from .calls import Call, Endpoint, Reply
from .orders import CLOSED, Declined, Order, QQMerchant, Refund, Why
from .paying import Failure, RequestFields, Table, joined
from .platform import Registry

VENDOR = "qq"
LARGEST_AMOUNT = 10_000_000_000

_NUMBER = re.compile(r"[0-9A-Za-z_\-*|@]{1,32}")
_WHOLE = re.compile(r"[0-9]{1,12}", re.ASCII)
_URL = re.compile(r"https?://[^/?#\s]+/?[^?#\s]{0,230}")


class WalletError(Failure):
    """An interface fails: with a code, or, without one, before it has looked at what it was asked for."""

    DECLINED: ClassVar[Table] = {
        Why.NO_ORDER: ("此交易订单号不存在", "ORDERNOTEXIST"),
        Why.OTHER_REQUEST: ("商户订单号重复", "OUT_TRADE_NO_USED"),
        Why.ALREADY_PAID: ("商户订单已支付", "ORDERPAID"),
        Why.CLOSED: ("订单已关闭", "ORDERCLOSED"),
        Why.NOT_PAID: ("订单状态错误", "TRADE_STATE_ERROR"),
        Why.OTHER_TOTAL: ("订单金额与下单时不一致", "PARAM_ERROR"),
        Why.TOO_MUCH: ("退款金额大于支付金额", "REFUND_FEE_INVALID"),
        Why.NO_FUNDS: ("余额不足", "NOTENOUGH"),
    }

    def __init__(self, words: str, code: str = "") -> None:
        super().__init__(words)
        self.words: str = words
        self.code: str = code


class Fields(RequestFields):
    """The fields of a request, all of them texts."""

    def wrong(self, name: str, _issue: str = "", /) -> WalletError:
        return WalletError(f"参数错误:{name}", "PARAM_ERROR")

    def missing(self, name: str) -> WalletError:
        return WalletError(f"缺少参数:{name}", "LACK_PARAMS")

    def amount(self, name: str) -> int:
        fen = int(self.matching(name, _WHOLE))
        if not 0 < fen <= LARGEST_AMOUNT:
            raise self.wrong(name)
        return fen

    def moment(self, name: str) -> float | None:
        value = self.optional_text(name)
        if not value:
            return None
        try:
            return datetime.strptime(value, "%Y%m%d%H%M%S").replace(tzinfo=CHINA).timestamp()
        except ValueError:
            raise self.wrong(name) from None


Play = Callable[[Registry, QQMerchant, Fields], dict[str, str]]


def signed(play: Play) -> Endpoint:
    """An interface that a merchant asks with signed XML, and that signs what it answers."""

    @wraps(play)
    def endpoint(platform: Registry, call: Call) -> Reply:
        try:
            fields = Fields(_given(call))
            merchant = _merchant(platform, fields.given)
        except WalletError as error:
            return _reply({"return_code": "FAIL", "return_msg": error.words})
        common = {"return_code": "SUCCESS", "return_msg": "SUCCESS", "appid": fields.optional_text("appid")}
        common |= {"mch_id": merchant.mchid, "nonce_str": secrets.token_hex(16)}
        try:
            answer = {"retcode": "0", "retmsg": "ok", "result_code": "SUCCESS", **play(platform, merchant, fields)}
        except (Declined, WalletError) as error:
            failed = WalletError.of(error)
            answer = {"result_code": "FAIL", "err_code": failed.code, "err_code_des": failed.words}
        told = common | answer
        return _reply({**told, "sign": signature(told, merchant.key)})

    return endpoint


# --- the interfaces -----------------------------------------------------------------------------------------------


@signed
def unified_order(platform: Registry, merchant: QQMerchant, fields: Fields) -> dict[str, str]:
    """An order, for a `prepay_id`."""
    appid, trade_type = fields.optional_text("appid"), fields.text("trade_type", 16)
    if appid and ((merchant.apps and appid not in merchant.apps) or platform.app(appid, VENDOR) is None):
        raise WalletError("appid和mch_id不匹配", "APPID_MCHID_NOT_MATCH")
    if trade_type not in ("JSAPI", "MINIAPP"):
        raise fields.wrong("trade_type")
    if fields.given.get("fee_type", "CNY") != "CNY":
        raise fields.wrong("fee_type")
    fields.text("spbill_create_ip", 16)
    now, expires_at = platform.clock.now(), fields.moment("time_expire")
    if expires_at is not None and expires_at <= now:
        raise fields.wrong("time_expire")
    order = Order(
        VENDOR,
        merchant.mchid,
        fields.matching("out_trade_no", _NUMBER),
        appid,
        fields.text("body", 128),
        fields.amount("total_fee"),
        "",
        fields.matching("notify_url", _URL, 255),
        json_of({name: value for name, value in fields.given.items() if name not in ("sign", "nonce_str")}),
        now,
        attach=fields.optional_text("attach", 128),
        expires_at=expires_at,
    )
    taken = platform.payments.take(order)
    return {"trade_type": trade_type, "prepay_id": platform.payments.prepay(taken, secrets.token_hex(16))}


@signed
def order_query(platform: Registry, merchant: QQMerchant, fields: Fields) -> dict[str, str]:
    """What has become of an order."""
    order = _order(platform, merchant, fields)
    return {**_told(order), "trade_state": _state(platform, order), "trade_state_desc": ""}


@signed
def close_order(platform: Registry, merchant: QQMerchant, fields: Fields) -> dict[str, str]:
    """Closes an order that nobody has paid."""
    number = fields.matching("out_trade_no", _NUMBER)
    platform.payments.close(platform.payments.order_of(VENDOR, merchant.mchid, number))
    return {}


@signed
def refund(platform: Registry, merchant: QQMerchant, fields: Fields) -> dict[str, str]:
    """Money back for an order."""
    number, amount = fields.matching("out_refund_no", _NUMBER), fields.amount("refund_fee")
    fields.text("op_user_id", 32)
    if not same(fields.text("op_user_passwd", 32).lower(), md5_hex(merchant.password)):
        raise WalletError("操作员密码错误", "PARAM_ERROR")
    order = _order(platform, merchant, fields)
    if fields.given.get("total_fee", str(order.amount)) != str(order.amount):
        raise Declined(Why.OTHER_TOTAL)
    made = platform.payments.refund(order, number, amount)
    return {
        "transaction_id": order.vendor_number,
        "out_trade_no": order.number,
        "total_fee": str(order.amount),
        "out_refund_no": made.number,
        "refund_id": made.vendor_number,
        "refund_channel": "ORIGINAL",
        "refund_fee": str(made.amount),
    }


@signed
def refund_query(platform: Registry, merchant: QQMerchant, fields: Fields) -> dict[str, str]:
    """What has become of a refund, or of all refunds of an order."""
    order, refunds = _refunds(platform, merchant, fields)
    now = platform.clock.now()
    told = {"transaction_id": order.vendor_number, "out_trade_no": order.number, "fee_type": "CNY"}
    told |= dict.fromkeys(("total_fee", "cash_fee"), str(order.amount))
    for index, one in enumerate(refunds):
        told |= {
            f"out_refund_no_{index}": one.number,
            f"refund_id_{index}": one.vendor_number,
            f"refund_channel_{index}": "ORIGINAL",
            f"refund_fee_{index}": str(one.amount),
            f"coupon_refund_fee_{index}": "0",
            f"cash_refund_fee_{index}": str(one.amount),
            f"refund_status_{index}": "SUCCESS" if one.done_at <= now else "PROCESSING",
        }
    return told


_PAY = "/cgi-bin/pay"
ENDPOINTS: Mapping[str, Endpoint] = {
    f"{_PAY}/qpay_unified_order.cgi": unified_order,
    f"{_PAY}/qpay_order_query.cgi": order_query,
    f"{_PAY}/qpay_close_order.cgi": close_order,
    f"{_PAY}/qpay_refund.cgi": refund,
    f"{_PAY}/qpay_refund_query.cgi": refund_query,
}

# --- what is told -------------------------------------------------------------------------------------------------


def _state(platform: Registry, order: Order) -> str:
    if order.paid_for:
        return "REFUND" if platform.payments.refunded(order) else "SUCCESS"
    return "CLOSED" if order.state == CLOSED or order.is_over(platform.clock.now()) else "NOTPAY"


def _told(order: Order) -> dict[str, str]:
    """An order, as the interfaces and the notice have it."""
    told = {"out_trade_no": order.number, "total_fee": str(order.amount), "fee_type": "CNY", "attach": order.attach}
    if order.paid_for and order.ended_at is not None:
        told |= {
            "transaction_id": order.vendor_number,
            "trade_type": "JSAPI",
            "bank_type": "BALANCE",
            "cash_fee": str(order.amount),
            "coupon_fee": "0",
            "time_end": f"{datetime.fromtimestamp(order.ended_at, CHINA):%Y%m%d%H%M%S}",
            "openid": order.payer,
        }
    return told


def notice_of(platform: Registry, _notice_id: str, order: Order, _refund: Refund | None) -> tuple[str, dict[str, str]]:
    """The body and the headers by which a merchant's backend is told of a payment."""
    merchant = platform.payments.qq_merchant(order.merchant)
    assert merchant is not None
    told = {"appid": order.appid, "mch_id": merchant.mchid, "nonce_str": secrets.token_hex(16)}
    told |= {**_told(order), "trade_state": "SUCCESS"}
    return _xml({**told, "sign": signature(told, merchant.key)}), {"Content-Type": "text/xml; charset=utf-8"}


def is_heard(status: int, answer: bytes) -> bool:
    """Whether the backend has answered XML whose `return_code` is `SUCCESS`."""
    try:
        return status == 200 and _read(answer).get("return_code") == "SUCCESS"
    except WalletError:
        return False


# --- what is paid on a phone --------------------------------------------------------------------------------------


def to_be_paid(platform: Registry, appid: str, user_id: str, options: Mapping[str, str]) -> Order:
    """The order that a program has the `prepay_id` of, and that this person pays. Raises `Declined`."""
    order = platform.payments.prepaid(options["package"].removeprefix("prepay_id="))
    if (order.vendor, order.merchant) != (VENDOR, options["bargainor_id"]) or order.appid not in ("", appid):
        raise Declined(Why.NO_ORDER)
    return attrs.evolve(order, appid=appid, payer=platform.openid(VENDOR, appid, user_id))


# --- what is in a request -----------------------------------------------------------------------------------------


def signature(fields: Mapping[str, str], key: str) -> str:
    """What both sides sign with: the fields that say something by name, and the key."""
    text = joined({name: value for name, value in fields.items() if name != "sign" and value})
    return md5_hex(f"{text}&key={key}").upper()


def _given(call: Call) -> dict[str, str]:
    if call.method != "POST":
        raise WalletError("请使用post方法")
    return _read(call.body)


def _read(body: bytes) -> dict[str, str]:
    """The fields of flat XML. Nobody needs a document type in it, by which entities could grow without end."""
    try:
        text = body.decode()
        if "<!DOCTYPE" in text.upper():
            raise WalletError("XML格式错误")
        return {each.tag: each.text or "" for each in ElementTree.fromstring(text)}
    except (ElementTree.ParseError, ValueError):  # among them what is no UTF-8
        raise WalletError("XML格式错误") from None


def _xml(fields: Mapping[str, str]) -> str:
    return f"<xml>{''.join(f'<{name}>{escape(value)}</{name}>' for name, value in fields.items())}</xml>"


def _reply(fields: Mapping[str, str]) -> Reply:
    return Reply(200, _xml(fields), {"Content-Type": "text/xml; charset=utf-8"})


def _merchant(platform: Registry, fields: Mapping[str, str]) -> QQMerchant:
    merchant = platform.payments.qq_merchant(fields.get("mch_id", ""))
    if merchant is None:
        raise WalletError("MCHID不存在")
    if not same(signature(fields, merchant.key), fields.get("sign", "")):
        raise WalletError("签名错误")
    return merchant


def _order(platform: Registry, merchant: QQMerchant, fields: Fields) -> Order:
    transaction = fields.optional_text("transaction_id")
    number = "" if transaction else fields.text("out_trade_no", 32)
    return platform.payments.order_of(VENDOR, merchant.mchid, number, transaction)


def _refunds(platform: Registry, merchant: QQMerchant, fields: Fields) -> tuple[Order, list[Refund]]:
    """An order and those of its refunds that are asked for, by the first of four numbers that there is."""
    payments, mchid = platform.payments, merchant.mchid
    if fields.has("refund_id"):
        number = fields.text("refund_id")
        for order in payments.orders_of(VENDOR, mchid):
            for one in payments.refunds_of(order):
                if one.vendor_number == number:
                    return order, [one]
    elif fields.has("out_refund_no"):
        found = payments.find_refund(VENDOR, mchid, fields.text("out_refund_no"))
        if found is not None:
            order, one = found
            return order, [one]
    else:
        order = _order(platform, merchant, fields)
        refunds = payments.refunds_of(order)
        if refunds:
            return order, refunds
    raise WalletError("退款订单查询失败", "REFUNDNOTEXIST")
