"""The person's cards and coupons: developers.weixin.qq.com/miniprogram/dev/api/open-api/card."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, cast

import attrs

from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.functions import answered, only
from ..core.javascript import is_object, parsed, parsed_or
from ..core.options import required, wrong_type
from ..core.room import Room
from ..core.saved import Saved
from ..core.telling import count
from .visits import Visits

if TYPE_CHECKING:
    from ..core.faces import Phone
    from ..open_platform import OpenPlatform


@attrs.frozen
class Card:
    """A card or coupon in the wallet: which one, its own code, and whose program has offered it."""

    card_id: str
    code: str
    app_key: str
    at: float


@attrs.frozen
class Kept:
    """What the phone keeps of them."""

    held: list[Card] = attrs.field(factory=list)


class Cards(Room, name="cards"):
    """The cards and coupons in WeChat's wallet.

    A program's offer asks the person, the question `addCard` (`person.script("addCard", allow=False)`). Programs are
    told the code of a card in secret; its backend learns it at the open platform, `POST /card/code/decrypt`. Who has
    signed an offer is not checked.

    - `held`: what is in the wallet, oldest first.
    """

    STATE = ("_held",)
    FILE = "cards.json"

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._platform = cast("OpenPlatform", phone.open_platform)
        self._saved = Saved(phone, self.FILE, Kept)
        self._held: list[Card] = self._saved.load(Kept()).held

    def in_words(self) -> Iterator[str]:
        """How many there are."""
        yield from [count(len(self._held), "cards")] if self._held else []

    @property
    def held(self) -> list[Card]:
        """What is in the wallet, oldest first."""
        return [*self._held]

    @answered
    @only("wx")
    async def addCard(self, app: App, options: Options) -> Result:
        """Offers cards, each with the `code` of its `cardExt`, or a new one; `fail cancel` if they are declined."""
        offered = _listed(options, "cardExt")
        shown = {"appid": app.appid, "cards": [card["cardId"] for card in offered]}
        if not await self.phone.person.allows("addCard", shown):
            raise Fail("cancel")
        return {"cardList": [self._add(app, card) for card in offered]}

    @answered
    @only("wx")
    def openCard(self, app: App, options: Options) -> None:
        """Shows cards of the wallet; fails for one that is not there. The words are judgement."""
        shown = _listed(options, "code")
        held = {(card.card_id, card.code) for card in self._held}
        if any((card["cardId"], card["code"]) not in held for card in shown):
            raise Fail("card not exist")
        Visits.on(self.phone).go(app, "openCard", {"cardList": shown})

    def _add(self, app: App, offered: Mapping[str, str]) -> Result:
        own = str(parsed(offered["cardExt"]).get("code") or "")
        code = own or f"{secrets.randbelow(10**12):012d}"
        self._held.append(Card(offered["cardId"], code, app.key, self.phone.clock.now()))
        self._keep()
        return {**offered, "code": self._platform.cards.hide(app.key, code), "isSuccess": True}

    def _keep(self) -> None:
        self._saved.keep_if_writable(Kept(self._held))


def _listed(options: Options, name: str) -> list[dict[str, str]]:
    """The cards that a program names, each by its id and one text more."""
    given = required(options, "cardList", "Array")
    if not given:
        raise Fail("parameter error: parameter.cardList should not be empty")
    cards: list[dict[str, str]] = []
    for at, card in enumerate(given):
        if not is_object(card):
            raise wrong_type(f"parameter.cardList[{at}]", "Object", card)
        for field in ("cardId", name):
            if not isinstance(card.get(field), str):
                raise wrong_type(f"parameter.cardList[{at}].{field}", "String", card.get(field))
        if name == "cardExt" and not is_object(parsed_or(card[name], None)):
            where = f"parameter.cardList[{at}].cardExt"
            raise Fail(f"parameter error: {where} should be the JSON of an object, and is none")
        cards.append({"cardId": card["cardId"], name: card[name]})
    return cards
