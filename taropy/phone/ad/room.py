"""The ad network, as the programs on the phone know it: which ads come, and which the person has seen.

Facts: developers.weixin.qq.com/miniprogram/dev/api/ad and …/framework/open-ability/ad. No ad is fetched from anywhere.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from ..core.answers import Fail, Options
from ..core.app import App
from ..core.checked import SECONDS, a, checked
from ..core.functions import plain
from ..core.options import mapping, optional, required
from ..core.person import Question
from ..core.room import Room
from ..core.telling import count
from ..core.vendors import of_vendor
from .ads import Ad, InterstitialAd, RewardedVideoAd
from .failures import NEEDS, OF_SWAN, SWAN, WECHAT, Failures

if TYPE_CHECKING:
    from ..core.faces import Phone

Kind = TypeVar("Kind", bound=Ad)

KNOWN = {**WECHAT, **SWAN}


@attrs.frozen
class SeenAd:
    """An ad that was shown: its function's kind, its unit, when by the phone's clock, and whether it was seen whole.

    `ended` is None of an ad that has no end, as an interstitial.
    """

    kind: str
    adUnitId: str
    at: float
    ended: bool | None = None


#: What programs and tests call a unit of ads.
UNIT = a(str, "a text", or_none=True)


@checked(pause_after_start=SECONDS, pause_after_ad=SECONDS)
class Ads(Room, name="ads"):
    """Which ads there are, and which were seen.

    Every unit has an ad until a test says otherwise: `phone.ads.refuse()` has none come, `refuse(1007, "adunit-1")`
    gives a unit another failure, and `phone.ads.serve()` takes it back. The person watches a rewarded video to its
    end, and closes an interstitial; `phone.person.script("rewardedVideoAd", isEnded=False)` closes the next one early.

    - `seen`: the ads that were shown and closed, oldest first.
    - `current`: the ad that is on the screen now, or None.
    - `pause_after_start`, `pause_after_ad`: for how many seconds WeChat shows no interstitial after the app's start
      (2001), and after an ad (2002). How long these really are, it doesn't say; 0 at first.
    """

    STATE = ("seen", "pause_after_start", "pause_after_ad", "_refusals", "last_end")

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self.seen: list[SeenAd] = []
        self.current: Ad | None = None
        self.pause_after_start = 0.0
        self.pause_after_ad = 0.0
        #: When the last ad was closed, in the clock's seconds that only grow.
        self.last_end: float | None = None
        #: What loading fails with, by unit; that of None is for all others.
        self._refusals: dict[str | None, int | None] = {}
        self._ads: list[Ad] = []

    def in_words(self) -> Iterator[str]:
        """How many were seen, and whether one is on the screen."""
        yield from [count(len(self.seen), "ads") + " seen"] if self.seen else []
        yield from [f"shows {self.current.unit}"] if self.current is not None else []

    # --- for tests ---------------------------------------------------------------------------------------------

    def refuse(self, errCode: int | None = None, adUnitId: str | None = None) -> None:
        """Has no ad come from now on, for the unit or for all: loading fails with the vendor's number `errCode`.

        Without a number it is the vendor's for "there is no ad for this person": 1004, on Baidu's platform 200000. An
        ad that has loaded can still be shown. ValueError for a number that no vendor has.
        """
        if errCode is not None and errCode not in KNOWN:
            raise ValueError(f"no ad fails with {errCode!r}, but with one of {', '.join(map(str, KNOWN))}")
        UNIT.check("an ad's unit", adUnitId)
        self._refusals[adUnitId] = errCode

    def serve(self, adUnitId: str | None = None) -> None:
        """Takes `refuse` back, for the unit or for all of them."""
        UNIT.check("an ad's unit", adUnitId)
        if adUnitId is None:
            self._refusals.clear()
        else:
            self._refusals.pop(adUnitId, None)

    # --- native functions --------------------------------------------------------------------------------------

    @plain
    def createRewardedVideoAd(self, app: App, options: Options | None = None) -> RewardedVideoAd:
        """The page's one rewarded video; with `multiton` one for each unit. It begins to load."""
        given = _checked(options)
        unit = given["adUnitId"] if optional(given, "multiton", "Boolean", False) else None
        page = self.phone.pages.top(app)
        videos = [each for each in self._alive() if isinstance(each, RewardedVideoAd)]
        for known in videos:
            if known.app is app and known.page is page and unit in (None, known.unit):
                return known
        return self._made(RewardedVideoAd, app, given)

    @plain
    def createInterstitialAd(self, app: App, options: Options | None = None) -> InterstitialAd:
        """A new interstitial of the page, which begins to load."""
        return self._made(InterstitialAd, app, _checked(options))

    # --- what ads ask ------------------------------------------------------------------------------------------

    def refusal(self, ad: Ad) -> Fail | None:
        """What loading the ad fails with now, if it does."""
        failures = self.failures(ad)
        needed = of_vendor(NEEDS, ad.app, None)
        if needed is not None and not ad.options.get(needed[0]):
            return _failing(failures, needed[1])
        if not self.phone.network.online:
            return _failing(failures, failures.no_network)
        unit = ad.unit if ad.unit in self._refusals else None
        if unit not in self._refusals:
            return None
        number = self._refusals[unit]
        return _failing(failures, failures.no_fill if number is None else number)

    def failures(self, ad: Ad) -> Failures:
        """The numbers of the ad's failures on its platform."""
        return of_vendor(OF_SWAN, ad.app, ad.FAILURES)

    def started(self, app: App) -> float:
        """When the app was launched, in the clock's seconds that only grow."""
        return self.phone.pages.of(app).since

    def begin(self, ad: Ad) -> None:
        """Puts the ad on the screen."""
        self.current = ad

    async def shown_to_person(self, ad: Ad) -> Any:
        """Waits for the person to close it; gives the answer."""
        default = {"isEnded": True} if isinstance(ad, RewardedVideoAd) else {}
        return await self.phone.person.answer(Question(ad.QUESTION, {"adUnitId": ad.unit}, default))

    def ended(self, ad: Ad, answer: Any) -> None:
        """Takes the ad off the screen, and keeps what came of it."""
        self.current, self.last_end = None, self.phone.clock.elapsed()
        whole = bool(answer["isEnded"]) if isinstance(ad, RewardedVideoAd) else None
        self.seen.append(SeenAd(ad.QUESTION, ad.unit, self.phone.clock.now(), whole))

    def drop(self, ad: Ad) -> None:
        """Forgets an ad that was destroyed."""
        self._ads = [each for each in self._ads if each is not ad]

    def end(self, app: App) -> None:
        """See `Room`."""
        for ad in [each for each in self._ads if each.app is app]:
            ad.discard()

    # --- its own -----------------------------------------------------------------------------------------------

    def _made(self, kind: type[Kind], app: App, options: Options) -> Kind:
        ad = kind(self, self.phone, app, self.phone.pages.top(app), options)
        self._ads = [*self._alive(), ad]
        # Outside a loop nothing can go on beside the program: there the first `load` or `show` has it load.
        if asyncio._get_running_loop() is not None:
            ad.begin()
        return ad

    def _alive(self) -> list[Ad]:
        """The ads whose pages are there."""
        return [ad for ad in self._ads if ad.page in self.phone.pages.of(ad.app).open_pages]


def _checked(options: Options | None) -> Options:
    given = mapping(options)
    required(given, "adUnitId", "String")
    return given


def _failing(failures: Failures, number: int) -> Fail:
    return Fail(failures.numbers.get(number, KNOWN.get(number, "")), number)
