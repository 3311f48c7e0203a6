"""What the vendors tell merchants' backends, each in its own form, and what counts as heard."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import attrs

from ...masking import shown
from . import alipay_trade, wechat_pay
from .orders import Notice, Order, Refund
from .platform import Registry

#: How long a backend has to answer, in seconds: pay.weixin.qq.com/wiki/doc/apiv3/Practices/chapter1_1_5.shtml; of
#: Alipay it isn't known.
PATIENCE = 5.0

Form = Callable[[Registry, str, Order, "Refund | None"], tuple[str, dict[str, str]]]
FORMS: Mapping[str, Form] = {wechat_pay.VENDOR: wechat_pay.notice_of, alipay_trade.VENDOR: alipay_trade.notice_of}


@attrs.frozen
class Letter:
    """A notice as it is sent, by POST."""

    notice: Notice
    vendor: str
    body: bytes = attrs.field(repr=shown)
    headers: Mapping[str, str] = attrs.field(repr=shown)

    def is_heard(self, status: int, answer: bytes) -> bool:
        """Whether the backend's answer says that it has heard: WeChat goes by the status, Alipay by a word."""
        if self.vendor == alipay_trade.VENDOR:
            return status == 200 and answer.strip() == b"success"
        return 200 <= status < 300


def next_letter(platform: Registry, user_id: str) -> Letter | None:
    """The notice that is due now, of what this person has paid; None if there is none. It is the caller's to send."""
    claimed = platform.payments.claim(user_id)
    if claimed is None:
        return None
    notice, order, refund = claimed
    body, headers = FORMS[order.vendor](platform, notice.id, order, refund)
    return Letter(notice, order.vendor, body.encode(), headers)
