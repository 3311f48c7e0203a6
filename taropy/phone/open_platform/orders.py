"""The records of paying: merchants, their orders and refunds, and what their backends are told of them.

All amounts are whole numbers of fen, hundredths of a yuan.
"""

from __future__ import annotations

from enum import StrEnum, auto

import attrs

from ...masking import hidden

#: What becomes of an order.
OPEN, PAID, CLOSED = "open", "paid", "closed"
#: What becomes of a refund that the merchant's backend is asked about first.
ASKED, GRANTED, DENIED = "asked", "granted", "denied"


@attrs.frozen
class Merchant:
    """Who is paid with WeChat Pay, as registered: what its backend's SDK is to be given.

    `apps` are the ids of the apps that it may be paid in, none for any; `private_key` and `public_key` are PEM, and the
    first is empty for a merchant that keeps it to itself. `verifies_by` is the id of WeChat Pay's public key, once the
    merchant has named it in a request; until then it verifies by WeChat Pay's certificate.
    """

    mchid: str
    name: str
    apps: list[str]
    serial_no: str
    apiv3_key: str = attrs.field(repr=hidden)
    public_key: str = attrs.field(repr=hidden)
    private_key: str = attrs.field(default="", repr=hidden)
    verifies_by: str = ""


@attrs.frozen
class DouyinMerchant:
    """Who is paid in an app on Douyin: what its backend's SDK is to be given.

    `salt` is what requests are signed with, `token` what notices are signed with, `notify_url` where they go unless an
    order or a refund says otherwise, `seller_uid` Douyin's number of the merchant.
    """

    appid: str
    name: str
    seller_uid: str
    notify_url: str
    salt: str = attrs.field(repr=hidden)
    token: str = attrs.field(repr=hidden)


@attrs.frozen
class BaiduMerchant:
    """A payment service of Baidu's cashier: what a backend needs to sign the orders that its program pays.

    `app_key` and `deal_id` are in every order; notices go to `notify_url` and `refund_url` unless an order or a refund
    says otherwise, and `audit_url` is asked whether money may go back. The keys are PEM; `private_key` is empty for a
    merchant that keeps it to itself.
    """

    app_key: str
    name: str
    deal_id: str
    notify_url: str
    refund_url: str
    audit_url: str
    public_key: str = attrs.field(repr=hidden)
    private_key: str = attrs.field(default="", repr=hidden)


@attrs.frozen
class QQMerchant:
    """A merchant of QQ's wallet: `key` is what both sides sign with, `password` the operator's, for refunds."""

    mchid: str
    name: str
    apps: list[str]
    key: str = attrs.field(repr=hidden)
    password: str = attrs.field(repr=hidden)


@attrs.frozen
class Order:
    """What a merchant wants to be paid.

    `vendor` is the platform whose vendor takes it, `merchant` who is paid (a merchant's id; with Alipay the app's
    developer, with Douyin the app, with Baidu the payment service), `number` the merchant's own number of it,
    `vendor_number` the vendor's, `request` how it was asked for, `payer` the person who is to pay or, once it is paid,
    has paid: by the vendor's name for them, and by their id. Where anybody may pay there is no payer before.
    """

    vendor: str
    merchant: str
    number: str
    appid: str
    title: str
    amount: int
    payer: str
    notify_url: str
    request: str
    made_at: float
    vendor_number: str = ""
    attach: str = ""
    expires_at: float | None = None
    state: str = OPEN
    ended_at: float | None = None
    user_id: str = ""

    @property
    def key(self) -> str:
        return order_key(self.vendor, self.merchant, self.number)

    @property
    def paid_for(self) -> bool:
        """Whether somebody has paid it, whatever was given back since."""
        return self.state == PAID

    def is_over(self, now: float) -> bool:
        """Whether the time in which it can be paid has ended."""
        return self.expires_at is not None and now >= self.expires_at


def order_key(vendor: str, merchant: str, number: str) -> str:
    """What an order is known by, or a refund: by the number that the merchant has given it."""
    return f"{account_key(vendor, merchant)}\n{number}"


def account_key(vendor: str, merchant: str) -> str:
    """What the account is known by that a merchant has with a vendor."""
    return f"{vendor}\n{merchant}"


@attrs.frozen
class Prepay:
    """What a program pays an order by, until it ends."""

    order: str
    ends_at: float


@attrs.frozen
class Refund:
    """Money that goes back to who has paid; `done_at` is when it is there.

    `state` is `GRANTED`, at once where nobody is asked; until then, and if it is not, it is there never.
    """

    order: str
    number: str
    vendor_number: str
    amount: int
    reason: str
    notify_url: str
    made_at: float
    done_at: float
    attach: str = ""
    state: str = GRANTED


@attrs.frozen
class Notice:
    """What a merchant's backend is told, or asked, of an order or its `refund` of this number, until it has heard.

    `due_at` is when it is told next, `outcomes` is what became of each time: a status, or why there was none.
    """

    id: str
    order: str
    refund: str
    url: str
    user_id: str
    made_at: float
    due_at: float
    tries: int = 0
    heard: bool = False
    outcomes: list[str] = attrs.field(factory=list)


@attrs.frozen
class Withdrawn:
    """How much of what it was paid a merchant has taken out."""

    amount: int


class Why(StrEnum):
    """Why an order is not taken, paid or refunded."""

    NO_ORDER = auto()
    NO_MERCHANT = auto()
    OTHER_REQUEST = auto()
    ALREADY_PAID = auto()
    CLOSED = auto()
    EXPIRED = auto()
    NOT_PAID = auto()
    OTHER_TOTAL = auto()
    TOO_MUCH = auto()
    NO_FUNDS = auto()
    WRONG_SIGNATURE = auto()
    WRONG_PAYER = auto()


class Declined(Exception):
    """It is not done."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.why,)
