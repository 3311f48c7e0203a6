"""The fields of a request to WeChat Pay, and how it says that it does not do something.

What is wrong with a field is told with its place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from .orders import Why
from .paying import Failure, RequestFields, Table

LARGEST_AMOUNT = 10_000_000_000


class PayError(Failure):
    """What the interface answers in place of what it was asked for."""

    DECLINED: ClassVar[Table] = {
        Why.NO_ORDER: (404, "ORDER_NOT_EXIST", "订单不存在"),
        Why.OTHER_REQUEST: (400, "INVALID_REQUEST", "请求重入时，参数与首次请求时不一致"),
        Why.ALREADY_PAID: (400, "ORDERPAID", "该订单已支付"),
        Why.CLOSED: (400, "ORDER_CLOSED", "该订单已关闭"),
        Why.EXPIRED: (400, "ORDER_CLOSED", "该订单已关闭"),
        Why.NOT_PAID: (400, "INVALID_REQUEST", "订单状态不支持退款，请确认订单已支付"),
        Why.OTHER_TOTAL: (400, "INVALID_REQUEST", "订单金额或退款金额与之前请求不一致，请核实后再试"),
        Why.TOO_MUCH: (400, "INVALID_REQUEST", "申请退款金额大于订单可退金额"),
        Why.NO_FUNDS: (403, "NOT_ENOUGH", "基本账户余额不足，请充值后重新发起"),
    }

    def __init__(self, status: int, code: str, message: str, **detail: Any) -> None:
        super().__init__(code)
        self.status = status
        self.body: dict[str, Any] = {"code": code, "message": message, **({"detail": detail} if detail else {})}


class Fields(RequestFields):
    """The fields of a request, at a place in it: `/body`, `/body/amount`, `/query`."""

    def __init__(self, given: Mapping[str, Any], place: str) -> None:
        super().__init__(given)
        self._place = place

    def wrong(self, name: str, issue: str = "") -> PayError:
        where = f"{self._place}/{name}"
        location = self._place.split("/")[1]
        message = f"参数错误: {where} {issue}"
        return PayError(400, "PARAM_ERROR", message, field=where, issue=issue, location=location)

    def below(self, name: str) -> Fields:
        value = self.given.get(name)
        if not isinstance(value, Mapping):
            raise self.wrong(name, "必填" if value is None else "类型错误，应为object")
        return Fields(value, f"{self._place}/{name}")

    def amount(self, name: str) -> int:
        return self.whole(name, LARGEST_AMOUNT)

    def url(self, name: str) -> str:
        value = self.text(name, 255)
        if not re.fullmatch(r"https?://[^/?#\s]+/?[^?#\s]*", value):
            raise self.wrong(name, "须为完整的http(s)地址，且不能携带参数")
        return value

    def moment(self, name: str) -> float | None:
        value = self.optional_text(name, 64)
        if not value:
            return None
        try:
            read = datetime.fromisoformat(value)
        except ValueError:
            raise self.wrong(name, "不符合rfc3339格式") from None
        if read.tzinfo is None:
            raise self.wrong(name, "不符合rfc3339格式，缺少时区")
        return read.timestamp()
