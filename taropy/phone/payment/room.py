"""The person's wallet, and the cashiers of the vendors' apps in which it is paid from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import parse_qsl

import attrs

from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.functions import answered, only
from ..core.javascript import parsed_object
from ..core.options import optional, required
from ..core.person import Question, check_words
from ..core.room import Room
from ..core.saved import Saved
from ..core.telling import count
from ..core.vendors import of_vendor
from ..open_platform.orders import Declined, Order
from . import bills
from .bills import Bill, Payment
from .coupons import Coupon, with_prices

if TYPE_CHECKING:
    from ..core.faces import Phone
    from ..core.journey import Journey
    from ..open_platform import OpenPlatform
    from .courier import Courier

#: What is in the wallet at first, in fen.
MONEY = 1_000_000


@attrs.frozen
class Kept:
    """What the phone keeps of paying."""

    money: int = MONEY
    made: list[Payment] = attrs.field(factory=list)


class Payments(Room, name="payments"):
    """What the person was asked to pay, and what is in the wallet. Amounts are whole numbers of fen.

    The cashier shows the order, the question `payment`, and unless told otherwise the person pays:
    `person.script("payment", outcome="cancel")`, or "no money", "wrong password", "unknown". The last is paid, and the
    phone has not heard so. Whoever has less than it costs lacks the money.

    It is paid what a backend has ordered at the open platform, and nothing else: signature, payer and time are checked,
    as far as the vendor does, and the backend is told (`open_platform.payments`). As long as the vendor's server has
    heard of no merchant and no order, it counts as somebody else's: the phone asks, and believes what the program says.

    - `balance`: what is in the wallet.
    - `orders`: what the person was asked to pay, oldest first, see `Payment`.
    - `coupons`: the person's coupons of Baidu; None as long as nobody has said which there are.
    """

    STATE = ("_money", "_made", "coupons")
    FILE = "payments.json"

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._platform = cast("OpenPlatform", phone.open_platform)
        self._saved = Saved(phone, self.FILE, Kept)
        kept = self._saved.load(Kept())
        self._money: int = kept.money
        self._made: list[Payment] = kept.made
        self.coupons: list[Coupon] | None = None

    def in_words(self) -> Iterator[str]:
        """How much there is, and how often was paid."""
        yield f"¥{self.balance / 100:.2f}"
        paid = sum(payment.paid for payment in self._made)
        yield from [count(paid, "payments")] if paid else []

    # --- for tests ---------------------------------------------------------------------------------------------

    @property
    def balance(self) -> int:
        """What is in the wallet, in fen; what was given back is in it."""
        return self._money + sum(map(self._refunded, self._made))

    @balance.setter
    def balance(self, fen: int) -> None:
        if not isinstance(fen, int) or isinstance(fen, bool) or fen < 0:
            raise ValueError(f"a wallet has a whole number of fen, 0 or more, not {fen!r}")
        self._money = fen - sum(map(self._refunded, self._made))
        self._keep()

    @property
    def orders(self) -> list[Payment]:
        """What the person was asked to pay, oldest first, with what was given back by now."""
        return [attrs.evolve(payment, refunded=self._refunded(payment)) for payment in self._made]

    def deliver(self) -> Journey:
        """Sends merchants' backends what is due to be told of payments and refunds, and waits for their answers.

        In a running loop, `await phone.payments.deliver()`; elsewhere it is done when it returns. Unasked it is done
        beside the program, as the vendors do it; what was not heard comes again as the phone's clock goes on. What has
        become of each notice is in `open_platform.payments.notices`.
        """
        return self._courier.deliver()

    # --- WeChat ------------------------------------------------------------------------------------------------

    @answered
    async def requestPayment(self, app: App, options: Options) -> None:
        """Has the person pay the order of a `prepay_id`; only a payment is a success, all else `fail cancel`.

        What the server refuses fails with its reason: an order that is paid, closed or too old, a signature that is not
        the merchant's. On QQ it is QQ's wallet that is paid from.
        """
        await self._paid_for(app, "requestPayment", options)

    @answered
    @only("wx")
    async def requestOrderPayment(self, app: App, options: Options) -> None:
        """As `requestPayment`; what is in `orderInfo` is WeChat's to check, and nobody does here."""
        if "orderInfo" in options:
            required(options, "orderInfo", "Object")
        await self._paid_for(app, "requestOrderPayment", options)

    @answered
    @only("wx")
    async def faceVerifyForPay(self, app: App, options: Options) -> None:
        """Looks at the person's face, who lets it (`person.script("faceVerifyForPay", allow=False)`) or not.

        There is no document of it any more; `fail cancel` is judgement.
        """
        if not await self.phone.person.allows("faceVerifyForPay", {"appid": app.appid}):
            raise Fail("cancel")

    @answered
    @only("wx")
    async def openBusinessView(self, app: App, options: Options) -> None:
        """Opens a page of WeChat Pay Score: `person.script("openBusinessView", allow=False)` doesn't let it.

        The person is asked, and that is all: WeChat Pay Score's own server is not played.
        """
        kind: str = required(options, "businessType", "String")
        if not kind:
            raise Fail("parameter error: parameter.businessType should not be empty")
        extra = optional(options, "extraData", "Object", {})
        shown = {"appid": app.appid, "businessType": kind, "extraData": extra}
        if not await self.phone.person.allows("openBusinessView", shown):
            raise Fail("cancel")

    # --- the others --------------------------------------------------------------------------------------------

    @answered
    @only("my")
    async def tradePay(self, app: App, options: Options) -> Result:
        """Alipay's cashier: for the trade of `tradeNO`, or for freezing what `orderStr` says. It never fails.

        `resultCode` says what came of it: 9000 paid, 6001 cancelled, 4000 failed, 6002 no network, 6004 unknown.
        """
        trade_no = optional(options, "tradeNO", "String", "")
        text = optional(options, "orderStr", "String", "")
        if not self.phone.network.online:
            return {"resultCode": bills.ALIPAY_NO_NETWORK}
        if not (trade_no or text):
            return {"resultCode": bills.ALIPAY_FAILED}
        from ..open_platform.alipay_trade import to_be_paid

        try:
            bill = self._ordered(app, Bill(number=trade_no), to_be_paid, trade_no) if trade_no else _frozen(text)
            outcome = await self._pay(app, "tradePay", bill)
        except Declined as declined:
            return {"resultCode": bills.alipay_refuses(declined.why)}
        return {"resultCode": bills.ALIPAY_CODES[outcome]}

    @answered
    @only("tt")
    async def pay(self, app: App, options: Options) -> Result:
        """Douyin's cashier, which once it is open always ends in a success: `code` says what came of it.

        0 is paid, 1 too late, 2 failed, 3 closed, 4 cancelled, 9 unknown. Without the order that is meant by number and
        token it fails, and doesn't open.
        """
        order = required(options, "orderInfo", "Object")
        number = required(order, "order_id", "String")
        token = required(order, "order_token", "String")
        service = required(options, "service", "Number")
        if service not in bills.DOUYIN_SERVICES:
            raise Fail("parameter error: parameter.service should be 5")
        self._need_network()
        from ..open_platform.douyin_pay import to_be_paid

        try:
            bill = self._ordered(app, Bill(number=number), to_be_paid, number, token)
            outcome = await self._pay(app, "pay", bill)
        except Declined as declined:
            return bills.douyin_refuses(declined.why)
        return {"code": bills.DOUYIN_CODES[outcome]}

    @answered
    @only("swan")
    async def requestPolymerPayment(self, app: App, options: Options) -> None:
        """Baidu's cashier, for the order that the program has and its backend has signed."""
        asked = required(options, "orderInfo", "Object")
        bill = bills.baidu_bill(asked)
        self._need_network()
        from ..open_platform.baidu_pay import to_be_paid

        try:
            bill = self._ordered(app, bill, to_be_paid, asked)
            outcome = await self._pay(app, "requestPolymerPayment", bill)
        except Declined as declined:
            raise Fail(bills.BAIDU_REFUSES[declined.why]) from declined
        if outcome != bills.PAY:
            raise Fail("cancel")

    @answered
    @only("qq")
    async def requestWxPayment(self, app: App, options: Options) -> None:
        """Opens WeChat Pay from QQ, at the `url` that it has given the backend for an order; as `requestPayment` else.

        WeChat Pay for web pages, where the order is, is not played: the phone asks, and knows no amount. What is needed
        and told is as programs have it (github.com/YunGouOS/YunGouOS-PAY-SDK); there is no copy of Tencent's page.
        """
        if not required(options, "url", "String"):
            raise Fail("parameter error: parameter.url should not be empty")
        optional(options, "referer", "String", "")
        self._need_network()
        bills.wechat_result(await self._pay(app, "requestWxPayment", Bill()))

    @answered
    @only("swan")
    def getOptimalPriceInfo(self, app: App, options: Options) -> Result:
        """What products cost with the best of the person's `coupons` of Baidu; fails as long as these are not known."""
        given = required(options, "productsInfo", "Array")
        self._need_network()
        if self.coupons is None:
            raise Fail("nobody has said which coupons there are: it takes phone.payments.coupons = [Coupon(…)], or []")
        return {"productsInfo": with_prices(given, self.coupons)}

    # --- its own -----------------------------------------------------------------------------------------------

    @cached_property
    def _courier(self) -> Courier:
        from .courier import Courier

        return Courier(self.phone, self._platform)

    async def _paid_for(self, app: App, function: str, options: Options) -> None:
        cashier = of_vendor(bills.CASHIERS, app, bills.WECHAT)
        given = cashier.given(options)
        self._need_network()
        try:
            bill = self._ordered(app, Bill(), cashier.order, given)
            outcome = await self._pay(app, function, bill)
        except Declined as declined:
            raise Fail(bills.WECHAT_REFUSES[declined.why]) from declined
        bills.wechat_result(outcome)

    def _need_network(self) -> None:
        if not self.phone.network.online:
            raise Fail("network error")  # the words are judgement

    async def _pay(self, app: App, function: str, bill: Bill) -> str:
        """How it ends. Raises `Declined` if the order can't be paid any more when the person has made up their mind."""
        shown = bill.shown(function, app.appid)
        answer = await self.phone.person.answer(Question("payment", shown, {"outcome": bills.PAY}))
        check_words("payment", answer)
        outcome: str = answer["outcome"]
        if outcome in (bills.PAY, bills.UNKNOWN):
            if bill.amount is not None and bill.amount > self.balance:
                outcome = bills.NO_MONEY
            else:
                self._take(bill)
        merchant = bill.merchant if bill.order is None else bill.order.merchant
        made = Payment(
            app.platform,
            app.appid,
            function,
            bill.title,
            merchant,
            bill.number,
            bill.amount,
            outcome,
            self.phone.clock.now(),
        )
        self._made.append(made)
        self._keep()
        return outcome

    def _take(self, bill: Bill) -> None:
        if bill.order is not None:
            user_id = self.phone.account.user.id
            self._courier.serve(user_id)
            self._platform.payments.pay(bill.order, user_id)
        self._money -= bill.amount or 0

    def _ordered(self, app: App, said: Bill, to_be_paid: Callable[..., Order], *given: Any) -> Bill:
        """What the person pays: the vendor's order for what the program has `given`. Raises `Declined`.

        As long as the vendor's server has heard of no merchant and no order, it is what the program has said.
        """
        if not self._platform.payments.takes_orders(app.platform):
            return said
        order = to_be_paid(self._platform, app.appid, self.phone.account.user.id, *given)
        merchant = self._platform.payments.merchant_name(order.vendor, order.merchant)
        return Bill(order.title, merchant, order.amount, order.number, order)

    def _refunded(self, payment: Payment) -> int:
        if not payment.paid or payment.amount is None:
            return 0
        return self._platform.payments.arrived(payment.platform, payment.merchant, payment.number)

    def _keep(self) -> None:
        self._saved.keep_if_writable(Kept(self._money, self._made))


def _frozen(text: str) -> Bill:
    """What an `orderStr` says, which a backend has signed with the app's key. The phone takes its word."""
    fields = dict(parse_qsl(text))
    content = parsed_object(fields.get("biz_content", ""))
    title, number = content.get("order_title") or content.get("subject"), content.get("out_order_no")
    return Bill(str(title or ""), fields.get("app_id", ""), number=str(number or content.get("out_trade_no") or ""))
