"""`Payments`: what the vendors know of money, and the rules that they have in common."""

from __future__ import annotations

import math
import secrets
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

import attrs

from ..core.clock import Clock
from ..core.crypto import rsa2_verified
from ..core.moments import CHINA
from ..core.telling import Showing, count
from .merchants import Merchants
from .orders import (
    ASKED,
    CLOSED,
    DENIED,
    GRANTED,
    OPEN,
    PAID,
    Declined,
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

#: How long a `prepay_id` of WeChat Pay is good: pay.weixin.qq.com/doc/v3/merchant/4012791856, "有效期2小时". That QQ's
#: is good for as long is judgement.
PREPAY_LIFETIME = 2 * 3600
_WECHAT_PAUSES = (15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10_800, 10_800, 10_800, 21_600, 21_600)
#: How many seconds after each time that it was not heard a backend is told again. WeChat Pay's are in its document of
#: the payment's notice ("15s/15s/30s/3m/10m/20m/30m/30m/30m/60m/3h/3h/3h/6h/6h"), Alipay's in that of its asynchronous
#: notices ("4m,10m,10m,1h,2h,6h,15h"), Douyin's, the same as WeChat's, in that of the payment's notice
#: (developer.open-douyin.com, mini-app/develop/server/ecpay/pay-list/callback), Baidu's in "通知支付状态": every two
#: minutes, 200 times in all. QQ's aren't known: that they are WeChat's is judgement.
TOLD_AGAIN: Mapping[str, Sequence[float]] = {
    "weapp": _WECHAT_PAUSES,
    "alipay": (240, 600, 600, 3600, 7200, 21_600, 54_000),
    "tt": _WECHAT_PAUSES,
    "swan": (120,) * 199,
    "qq": _WECHAT_PAUSES,
}
#: The same for refunds, where they are told otherwise: Baidu's "通知退款状态" has "2min/4min/10min/30min/1h..." and no
#: end; that it goes on by the hour, and how often, is judgement.
REFUNDS_TOLD_AGAIN: Mapping[str, Sequence[float]] = {"swan": (120, 240, 600, 1800, *(3600,) * 195)}


class Payments(Showing, Merchants):
    """Merchants, orders, refunds, and what backends are told of them.

    - `notice_delay`: how many seconds after a payment, or a refund, its notice is sent: 0, at once, unless it is set;
      with `math.inf` never.
    - `refund_time`: how many seconds a refund takes; 0 unless it is set.
    """

    _in_messages = "phone.open_platform.payments"

    def __init__(self, store: Store, clock: Clock) -> None:
        super().__init__(store)
        self._clock = clock
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
        yield count(sum(len(table.rows) for table in self._of_vendor.values()), "merchants")
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

    # --- money -------------------------------------------------------------------------------------------------

    def balance(self, merchant: str, vendor: str = "weapp") -> int:
        """What a merchant has of what it was paid, in fen: less what it has refunded and withdrawn."""
        orders = {order.key: order for order in self.orders_of(vendor, merchant)}
        refunds = (refund for refund in self._refunds.rows.values() if refund.order in orders)
        paid = sum(order.amount for order in orders.values() if order.paid_for)
        refunded = sum(refund.amount for refund in refunds if refund.state != DENIED)
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
        return self.has_merchants(vendor) or any(order.vendor == vendor for order in self._orders.rows.values())

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

    def prepay(self, order: Order, made: str, lifetime: float = PREPAY_LIFETIME) -> str:
        """What a program pays the order by, `made` for that, and good for so many seconds."""
        now = self._clock.now()
        with self._store.changing():
            for old in [old for old, known in self._prepays.rows.items() if known.order == order.key]:
                if self._prepays.rows[old].ends_at <= now - PREPAY_LIFETIME:
                    self._prepays.drop(old)
            self._prepays.put(made, Prepay(order.key, now + lifetime))
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

    def order_of(self, vendor: str, merchant: str, number: str, vendor_number: str = "") -> Order:
        """The merchant's order of this number, or of the vendor's if that is given. Raises `Declined` for none."""
        found = self.find_by_vendor(vendor, vendor_number) if vendor_number else self.find(vendor, merchant, number)
        if found is None or found.merchant != merchant:
            raise Declined(Why.NO_ORDER)
        return found

    def orders_of(self, vendor: str, merchant: str) -> list[Order]:
        """All orders of a merchant."""
        self._store.refresh()
        return [order for order in self._orders.rows.values() if (order.vendor, order.merchant) == (vendor, merchant)]

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
        if order.is_over(self._clock.now()):
            raise Declined(Why.EXPIRED)

    def verify(self, order: Order, message: str, signature: str) -> None:
        """Raises `Declined` unless the merchant that is to be paid has signed `message`."""
        merchant = self.merchant(order.merchant)
        if merchant is None or not rsa2_verified(message, signature, merchant.public_key):
            raise Declined(Why.WRONG_SIGNATURE)

    def pay(self, order: Order, user_id: str) -> Order:
        """Has the person pay the order, and the merchant's backend told. Raises `Declined` as above.

        Who pays it, and in which app, is as `order` has it.
        """
        now = self._clock.now()
        with self._store.changing():
            known = self._orders.rows[order.key]
            self.need_payable(known)
            number = known.vendor_number or _transaction_number(now)
            payer, appid = order.payer, order.appid
            paid = attrs.evolve(
                known, state=PAID, ended_at=now, user_id=user_id, vendor_number=number, payer=payer, appid=appid
            )
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

    def refund(
        self,
        order: Order,
        number: str,
        amount: int,
        *,
        reason: str = "",
        notify_url: str = "",
        attach: str = "",
        vendor_number: str = "",
        audit_url: str = "",
    ) -> Refund:
        """Gives money back; the same number asks for the same refund. Raises `Declined`.

        With an `audit_url` the merchant's backend is asked first, and `decide` is what it has said.
        """
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
            vendor_number = vendor_number or f"503{_transaction_number(now)[3:]}"
            refund = Refund(order.key, number, vendor_number, amount, reason, notify_url, now, math.inf, attach, ASKED)
            if audit_url:
                self._refunds.put(key, refund)
                self._notify(order, number, audit_url, now)
            else:
                refund = self._end(order, refund, GRANTED)
        self._tell()
        return refund

    def decide(self, order: Order, refund: Refund, *, granted: bool) -> None:
        """What the merchant's backend has said to a refund that it was asked about; what it says later is too late."""
        with self._store.changing():
            known = self._refunds.rows[order_key(order.vendor, order.merchant, refund.number)]
            if known.state == ASKED:
                self._end(order, known, GRANTED if granted else DENIED)
        self._tell()

    def find_refund(self, vendor: str, merchant: str, number: str) -> tuple[Order, Refund] | None:
        """The refund to which the merchant has given this number, and its order."""
        self._store.refresh()
        refund = self._refunds.rows.get(order_key(vendor, merchant, number))
        return None if refund is None else (self._orders.rows[refund.order], refund)

    def refunds_of(self, order: Order) -> list[Refund]:
        """The refunds of the order, oldest first."""
        self._store.refresh()
        refunds = (refund for refund in self._refunds.rows.values() if refund.order == order.key)
        return sorted(refunds, key=lambda refund: refund.made_at)

    def refunded(self, order: Order) -> int:
        """How much of the order has been given back or is about to be, in fen."""
        refunds = (refund for refund in self._refunds.rows.values() if refund.order == order.key)
        return sum(refund.amount for refund in refunds if refund.state != DENIED)

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
            pauses = (REFUNDS_TOLD_AGAIN if due.refund else TOLD_AGAIN).get(order.vendor, TOLD_AGAIN[order.vendor])
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

    def _end(self, order: Order, refund: Refund, state: str) -> Refund:
        """Gives the money back, or not, and has the backend told when that is over."""
        told_at = self._clock.now() + (self._refund_time if state == GRANTED else 0)
        ended = attrs.evolve(refund, state=state, done_at=told_at if state == GRANTED else math.inf)
        self._refunds.put(order_key(order.vendor, order.merchant, refund.number), ended)
        self._notify(order, refund.number, refund.notify_url, told_at)
        return ended

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


def _transaction_number(now: float) -> str:
    """28 digits, with the day among them, as those in the vendors' examples."""
    return (
        f"4200{secrets.randbelow(10**6):06d}{datetime.fromtimestamp(now, CHINA):%Y%m%d}{secrets.randbelow(10**10):010d}"
    )
