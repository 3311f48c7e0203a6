"""What the vendors tell merchants' backends, each in its own form, and what counts as heard."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import attrs

from ...masking import shown
from . import alipay_trade, baidu_pay, douyin_pay, qq_wallet, wechat_pay
from .orders import ASKED, Notice, Order, Refund
from .platform import Registry

#: How long a backend has to answer, in seconds: pay.weixin.qq.com/wiki/doc/apiv3/Practices/chapter1_1_5.shtml; of
#: Alipay, Douyin and QQ it isn't known.
PATIENCE = 5.0


@attrs.frozen
class Manner:
    """How a vendor tells: the form of its notices, which answers say that one was heard, and how long it waits.

    `decides` does what an answer says to a refund that a backend was asked about, and tells whether it says anything.
    """

    form: Callable[[Registry, str, Order, Refund | None], tuple[str, dict[str, str]]]
    is_heard: Callable[[int, bytes], bool]
    patience: float = PATIENCE
    decides: Callable[[Registry, Order, Refund, bytes], bool] | None = None


MANNERS: Mapping[str, Manner] = {
    wechat_pay.VENDOR: Manner(wechat_pay.notice_of, wechat_pay.is_heard),
    alipay_trade.VENDOR: Manner(alipay_trade.notice_of, alipay_trade.is_heard),
    douyin_pay.VENDOR: Manner(douyin_pay.notice_of, douyin_pay.is_heard),
    baidu_pay.VENDOR: Manner(baidu_pay.notice_of, baidu_pay.is_heard, baidu_pay.PATIENCE, baidu_pay.decides),
    qq_wallet.VENDOR: Manner(qq_wallet.notice_of, qq_wallet.is_heard),
}


@attrs.frozen
class Letter:
    """A notice as it is sent, by POST; its backend has `patience` seconds for an answer."""

    notice: Notice
    manner: Manner
    order: Order
    refund: Refund | None
    body: bytes = attrs.field(repr=shown)
    headers: Mapping[str, str] = attrs.field(repr=shown)

    @property
    def patience(self) -> float:
        return self.manner.patience

    def is_heard(self, platform: Registry, status: int, answer: bytes) -> bool:
        """Whether the backend's answer says that it has heard; what it says to a question is done."""
        heard, decides = self.manner.is_heard(status, answer), self.manner.decides
        if heard and decides is not None and self.refund is not None and self.refund.state == ASKED:
            return decides(platform, self.order, self.refund, answer)
        return heard


def next_letter(platform: Registry, user_id: str) -> Letter | None:
    """The notice that is due now, of what this person has paid; None if there is none. It is the caller's to send."""
    claimed = platform.payments.claim(user_id)
    if claimed is None:
        return None
    notice, order, refund = claimed
    manner = MANNERS[order.vendor]
    body, headers = manner.form(platform, notice.id, order, refund)
    return Letter(notice, manner, order, refund, body.encode(), headers)
