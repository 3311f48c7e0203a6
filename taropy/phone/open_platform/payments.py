"""`Payments`: what the vendors know of money, and the rules that they have in common."""

from __future__ import annotations

import math
import secrets
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

import attrs

from ..core.clock import Clock
from ..core.crypto import new_rsa_key, public_pem, rsa2_verified, sha1_hex
from ..core.guarded import Guarded
from ..core.moments import CHINA
from ..core.telling import Showing, count
from .orders import (
    CLOSED,
    OPEN,
    PAID,
    Declined,
    Merchant,
    Notice,
    Order,
    Prepay,
    Refund,
    Why,
    Withdrawn,
    account_key,
    order_key,
)
from .records import Store

#: How long a `prepay_id` is good: pay.weixin.qq.com/doc/v3/merchant/4012791856, "有效期2小时".
PREPAY_LIFETIME = 2 * 3600
#: How many seconds after each time that it was not heard a backend is told again. WeChat Pay's are in its document of
#: the payment's notice ("15s/15s/30s/3m/10m/20m/30m/30m/30m/60m/3h/3h/3h/6h/6h"), Alipay's in that of its asynchronous
#: notices ("4m,10m,10m,1h,2h,6h,15h").
TOLD_AGAIN: Mapping[str, Sequence[float]] = {
    "weapp": (15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10_800, 10_800, 10_800, 21_600, 21_600),
    "alipay": (240, 600, 600, 3600, 7200, 21_600, 54_000),
}


class Payments(Showing, Guarded):
    """Merchants, orders, refunds, and what backends are told of them.

    - `notice_delay`: how many seconds after a payment, or a refund, its notice is sent: 0, at once, unless it is set;
      with `math.inf` never.
    - `refund_time`: how many seconds a refund takes; 0 unless it is set.
    """

    _in_messages = "phone.open_platform.payments"

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._merchants = store.table("merchant", Merchant)
        self._orders = store.table("order", Order)
        self._prepays = store.table("prepay", Prepay)
        self._refunds = store.table("refund", Refund)
        self._notices = store.table("notice", Notice)
        self._withdrawn = store.table("withdrawn", Withdrawn)
        self._watching: list[weakref.WeakMethod[Callable[[], None]]] = []
        self._notice_delay = 0.0
        self._refund_time = 0.0

    def in_words(self) -> Iterator[str]:
        """How many merchants and orders there are."""
        yield count(len(self._merchants.rows), "merchants")
        yield count(len(self._orders.rows), "orders")

    @property
    def notice_delay(self) -> float:
        """How many seconds after a payment or a refund its notice is sent; see the class."""
        return self._notice_delay

    @notice_delay.setter
    def notice_delay(self, seconds: float) -> None:
        if not seconds >= 0:
            raise ValueError("a notice is sent a number of seconds later that is at least 0")
        self._notice_delay = seconds

    @property
    def refund_time(self) -> float:
        """How many seconds a refund takes."""
        return self._refund_time

    @refund_time.setter
    def refund_time(self, seconds: float) -> None:
        if not 0 <= seconds < math.inf:
            raise ValueError("a refund takes a number of seconds that is at least 0")
        self._refund_time = seconds

    # --- merchants ---------------------------------------------------------------------------------------------

    def register(
        self,
        mchid: str,
        *,
        name: str | None = None,
        apps: Iterable[str] = (),
        apiv3_key: str | None = None,
        public_key: str | None = None,
    ) -> Merchant:
        """Registers a merchant of WeChat Pay, or changes what is registered; it has what an SDK is to be given.

        - `apps`: the ids of the apps that it may be paid in; any unless given.
        - `apiv3_key`: 32 characters, made of the id unless given.
        - `public_key`: whose private half the backend signs with, as PEM; without one a new pair is made.

        Needs the extra `crypto`. ValueError for a key of another length.
        """
        key = apiv3_key or sha1_hex(f"apiv3 {mchid}")[:32]
        if len(key.encode()) != 32:
            raise ValueError(f"a merchant's APIv3 key has 32 characters, not {len(key.encode())}")
        private_key = "" if public_key else new_rsa_key()
        public_key = public_key or public_pem(private_key)
        serial_no = sha1_hex(public_key).upper()
        merchant = Merchant(mchid, name or mchid, list(apps), serial_no, key, public_key, private_key)
        with self._store.changing():
            self._merchants.put(mchid, merchant)
        return merchant

    def merchant(self, mchid: str) -> Merchant | None:
        """The merchant of this id, if it is registered."""
        self._store.refresh()
        return self._merchants.rows.get(mchid)

    def verifies_by(self, merchant: Merchant, key_id: str) -> Merchant:
        """From now on what the merchant is told is signed with the public key of this id."""
        if merchant.verifies_by == key_id:
            return merchant
        with self._store.changing():
            known = attrs.evolve(self._merchants.rows[merchant.mchid], verifies_by=key_id)
            self._merchants.put(known.mchid, known)
            return known

    def balance(self, merchant: str, vendor: str = "weapp") -> int:
        """What a merchant has of what it was paid, in fen: less what it has refunded and withdrawn."""
        self._store.refresh()
        orders = {key: order for key, order in self._orders.rows.items() if _is_of(order, vendor, merchant)}
        paid = sum(order.amount for order in orders.values() if order.paid_for)
        refunded = sum(refund.amount for refund in self._refunds.rows.values() if refund.order in orders)
        withdrawn = self._withdrawn.rows.get(account_key(vendor, merchant), Withdrawn(0))
        return paid - refunded - withdrawn.amount

    def withdraw(self, merchant: str, amount: int, vendor: str = "weapp") -> None:
        """Takes money out, in fen, so that it is not there for refunds. ValueError if there is less."""
        with self._store.changing():
            if not 0 < amount <= self.balance(merchant, vendor):
                raise ValueError(f"{merchant!r} can withdraw up to {self.balance(merchant, vendor)} fen, not {amount}")
            key = account_key(vendor, merchant)
            before = self._withdrawn.rows.get(key, Withdrawn(0)).amount
            self._withdrawn.put(key, Withdrawn(before + amount))

    # --- orders ------------------------------------------------------------------------------------------------

    def takes_orders(self, vendor: str) -> bool:
        """Whether anybody has come to the vendor's server to be paid; else no phone can know what an order is about."""
        self._store.refresh()
        has_merchants = vendor == "weapp" and bool(self._merchants.rows)
        return has_merchants or any(order.vendor == vendor for order in self._orders.rows.values())

    def take(self, order: Order) -> Order:
        """Takes an order; gives the one there is, if it is asked for again in the same words. Raises `Declined`."""
        with self._store.changing():
            known = self._orders.rows.get(order.key)
            if known is None:
                self._orders.put(order.key, order)
                return order
            self._need_open(known)
            if known.request != order.request:
                raise Declined(Why.OTHER_REQUEST)
            return known

    def prepay(self, order: Order) -> str:
        """A `prepay_id` by which a program pays the order."""
        now = self._clock.now()
        made = f"wx{datetime.fromtimestamp(now, CHINA):%Y%m%d%H%M%S}{secrets.token_hex(10)}"
        with self._store.changing():
            for prepay_id in [prepay_id for prepay_id, known in self._prepays.rows.items() if known.order == order.key]:
                if self._prepays.rows[prepay_id].ends_at <= now - PREPAY_LIFETIME:
                    self._prepays.drop(prepay_id)
            self._prepays.put(made, Prepay(order.key, now + PREPAY_LIFETIME))
        return made

    def find(self, vendor: str, merchant: str, number: str) -> Order | None:
        """The order to which the merchant has given this number."""
        self._store.refresh()
        return self._orders.rows.get(order_key(vendor, merchant, number))

    def find_by_vendor(self, vendor: str, vendor_number: str) -> Order | None:
        """The order to which the vendor has given this number."""
        self._store.refresh()
        orders = self._orders.rows.values()
        return next((each for each in orders if each.vendor == vendor and each.vendor_number == vendor_number), None)

    def prepaid(self, prepay_id: str) -> Order:
        """The order that is paid by this id. Raises `Declined` if there is none, or it can't be paid any more."""
        self._store.refresh()
        prepay = self._prepays.rows.get(prepay_id)
        if prepay is None:
            raise Declined(Why.NO_ORDER)
        order = self._orders.rows[prepay.order]
        self._need_open(order)
        if self._clock.now() >= prepay.ends_at:
            raise Declined(Why.EXPIRED)
        self.need_payable(order)
        return order

    def need_payable(self, order: Order) -> None:
        """Raises `Declined` if the order has been paid, or closed, or its time is over."""
        self._need_open(order)
        if order.expires_at is not None and self._clock.now() >= order.expires_at:
            raise Declined(Why.EXPIRED)

    def verify(self, order: Order, message: str, signature: str) -> None:
        """Raises `Declined` unless the merchant that is to be paid has signed `message`."""
        merchant = self.merchant(order.merchant)
        if merchant is None or not rsa2_verified(message, signature, merchant.public_key):
            raise Declined(Why.WRONG_SIGNATURE)

    def pay(self, order: Order, user_id: str) -> Order:
        """Has the person pay the order, and the merchant's backend told. Raises `Declined` as above."""
        now = self._clock.now()
        with self._store.changing():
            known = self._orders.rows[order.key]
            self.need_payable(known)
            number = known.vendor_number or _transaction_number(now)
            paid = attrs.evolve(known, state=PAID, ended_at=now, user_id=user_id, vendor_number=number)
            self._orders.put(paid.key, paid)
            self._notify(paid, "", paid.notify_url, now)
        self._tell()
        return paid

    def close(self, order: Order) -> Order:
        """Closes an order that nobody has paid. Raises `Declined` for another."""
        with self._store.changing():
            known = self._orders.rows[order.key]
            self._need_open(known)
            closed = attrs.evolve(known, state=CLOSED, ended_at=self._clock.now())
            self._orders.put(closed.key, closed)
            return closed

    # --- refunds -----------------------------------------------------------------------------------------------

    def refund(self, order: Order, number: str, amount: int, *, reason: str = "", notify_url: str = "") -> Refund:
        """Gives money back; the same number asks for the same refund. Raises `Declined`."""
        now = self._clock.now()
        with self._store.changing():
            key = order_key(order.vendor, order.merchant, number)
            known = self._refunds.rows.get(key)
            if known is not None:
                if (known.order, known.amount) != (order.key, amount):
                    raise Declined(Why.OTHER_REQUEST)
                return known
            order = self._orders.rows[order.key]
            if not order.paid_for:
                raise Declined(Why.NOT_PAID)
            if amount > order.amount - self.refunded(order):
                raise Declined(Why.TOO_MUCH)
            if amount > self.balance(order.merchant, order.vendor):
                raise Declined(Why.NO_FUNDS)
            vendor_number = f"503{_transaction_number(now)[3:]}"
            done_at = now + self._refund_time
            refund = Refund(order.key, number, vendor_number, amount, reason, notify_url, now, done_at)
            self._refunds.put(key, refund)
            self._notify(order, number, notify_url, done_at)
        self._tell()
        return refund

    def find_refund(self, vendor: str, merchant: str, number: str) -> tuple[Order, Refund] | None:
        """The refund to which the merchant has given this number, and its order."""
        self._store.refresh()
        refund = self._refunds.rows.get(order_key(vendor, merchant, number))
        return None if refund is None else (self._orders.rows[refund.order], refund)

    def refunded(self, order: Order) -> int:
        """How much of the order has been given back or is about to be, in fen."""
        return sum(refund.amount for refund in self._refunds.rows.values() if refund.order == order.key)

    def arrived(self, vendor: str, merchant: str, number: str) -> int:
        """How much of the order with this number who has paid it has back by now, in fen."""
        self._store.refresh()
        key, now = order_key(vendor, merchant, number), self._clock.now()
        refunds = (refund for refund in self._refunds.rows.values() if refund.order == key)
        return sum(refund.amount for refund in refunds if refund.done_at <= now)

    # --- notices -----------------------------------------------------------------------------------------------

    @property
    def notices(self) -> list[Notice]:
        """What backends have been told, or are to be told, oldest first."""
        self._store.refresh()
        return sorted(self._notices.rows.values(), key=lambda notice: notice.made_at)

    def watch(self, watch: Callable[[], None]) -> None:
        """Has a method called whenever there is a notice to send, in whatever thread, as long as its object lives."""
        self._watching = [each for each in self._watching if each() is not None]
        self._watching.append(weakref.WeakMethod(watch))

    def next_due(self, user_id: str) -> float | None:
        """When the next notice of what this person has paid is due; None if none is to be sent any more."""
        self._store.refresh()
        return min((notice.due_at for notice in self._waiting(user_id)), default=None)

    def claim(self, user_id: str) -> tuple[Notice, Order, Refund | None] | None:
        """The notice that is due, which the caller is to send now; it is due again if nobody has heard it by then."""
        now = self._clock.now()
        with self._store.changing():
            due = next((each for each in self._waiting(user_id) if each.due_at <= now), None)
            if due is None:
                return None
            order = self._orders.rows[due.order]
            pauses = TOLD_AGAIN[order.vendor]
            again = now + pauses[due.tries] if due.tries < len(pauses) else math.inf
            claimed = attrs.evolve(due, tries=due.tries + 1, due_at=again)
            self._notices.put(due.id, claimed)
            key = order_key(order.vendor, order.merchant, due.refund)
            return claimed, order, self._refunds.rows[key] if due.refund else None

    def told(self, notice: Notice, outcome: str, *, heard: bool) -> None:
        """What became of a notice that was sent."""
        with self._store.changing():
            known = self._notices.rows[notice.id]
            outcomes = [*known.outcomes, outcome]
            self._notices.put(known.id, attrs.evolve(known, outcomes=outcomes, heard=known.heard or heard))

    def put_back(self, notice: Notice) -> None:
        """A notice that was claimed and not sent is due again."""
        with self._store.changing():
            known = self._notices.rows[notice.id]
            self._notices.put(known.id, attrs.evolve(known, tries=known.tries - 1, due_at=self._clock.now()))

    def tell_again(self, notice: Notice) -> None:
        """Has a notice sent once more, and at once, though it was heard."""
        with self._store.changing():
            known = self._notices.rows[notice.id]
            self._notices.put(known.id, attrs.evolve(known, heard=False, due_at=self._clock.now()))
        self._tell()

    # --- its own -----------------------------------------------------------------------------------------------

    def _need_open(self, order: Order) -> None:
        if order.state != OPEN:
            raise Declined(Why.CLOSED if order.state == CLOSED else Why.ALREADY_PAID)

    def _notify(self, order: Order, refund: str, url: str, moment: float) -> None:
        if url:
            notice = Notice(
                secrets.token_hex(16), order.key, refund, url, order.user_id, moment, moment + self._notice_delay
            )
            self._notices.put(notice.id, notice)

    def _waiting(self, user_id: str) -> Iterator[Notice]:
        for notice in self._notices.rows.values():
            if notice.user_id == user_id and not notice.heard and notice.due_at < math.inf:
                yield notice

    def _tell(self) -> None:
        for each in self._watching:
            watch = each()
            if watch is not None:
                watch()


def _is_of(order: Order, vendor: str, merchant: str) -> bool:
    return (order.vendor, order.merchant) == (vendor, merchant)


def _transaction_number(now: float) -> str:
    """28 digits, with the day among them, as those in the vendors' examples."""
    return (
        f"4200{secrets.randbelow(10**6):06d}{datetime.fromtimestamp(now, CHINA):%Y%m%d}{secrets.randbelow(10**10):010d}"
    )
