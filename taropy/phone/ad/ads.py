"""`RewardedVideoAd` and `InterstitialAd`: what programs hold of an ad."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from ...loops import keep_under_way
from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.events import off, on
from ..core.functions import answered, plain
from ..core.room import Manager
from ..core.telling import quoted
from .failures import INTERSTITIAL, REWARDED, TOO_SOON_AFTER_AD, TOO_SOON_AFTER_START, Failures

if TYPE_CHECKING:
    from ..core.faces import Phone
    from ..core.page import Page
    from .room import Ads

DESTROYED = "the ad was destroyed"
ELSEWHERE = "the ad belongs to another page"
SHOWN = "an ad is shown"


class Ad(Manager):
    """An ad on one page: it loads at once, and again whenever it was closed."""

    #: The question that the person is asked.
    QUESTION: ClassVar[str]
    FAILURES: ClassVar[Failures]

    def __init__(self, room: Ads, phone: Phone, app: App, page: Page, options: Options) -> None:
        super().__init__(phone, app)
        self.room = room
        self.page = page
        self.unit: str = options["adUnitId"]
        self.options = options
        self.destroyed = False
        self._loading: asyncio.Task[None] | None = None
        self._loaded = False
        self._failure: Fail | None = None

    def in_words(self) -> Iterator[str]:
        """Its unit, and whether it could be shown."""
        yield quoted(self.unit)
        if self.destroyed:
            yield "destroyed"
        elif self.room.current is self:
            yield "on the screen"
        else:
            yield "loading" if self._loading else "loaded" if self._loaded else "not loaded"

    onLoad = on("load", "Tells that an ad has come.")
    offLoad = off("load")
    onError = on("error", "Tells `errCode` and `errMsg` when none has come, or it can't be shown.")
    offError = off("error")
    offClose = off("close")

    @answered
    async def load(self, app: App, options: Options) -> None:
        """Loads an ad; one that is on its way is waited for."""
        self._need_alive()
        await asyncio.shield(self.begin())
        if self._failure is not None:
            raise self._failure.again()

    @answered
    async def show(self, app: App, options: Options) -> None:
        """Shows the ad that has loaded, and waits for one that is on its way. The next one loads when it is closed."""
        self._need_alive()
        if not self._loaded and (self._loading is not None or self._failure is None):
            await asyncio.shield(self.begin())
        if not self._loaded:
            raise Fail(DESTROYED) if self._failure is None else self._failure.again()
        try:
            self._check()
        except Fail as failure:
            self._tell_error(failure)
            raise
        self._loaded = False
        self.room.begin(self)
        self.phone.spawn(self._seen(), takes_time=True)

    @plain
    def destroy(self, app: App) -> None:
        """Takes the ad away for good; its listeners hear of nothing more."""
        self.discard()

    def discard(self) -> None:
        """The same, from within the phone."""
        self.destroyed = True
        self.listeners.clear()
        self.room.drop(self)

    def begin(self) -> asyncio.Task[None]:
        """Begins to load an ad, unless one is on its way or there."""
        if self._loading is None:
            self._loading = self.phone.spawn(self._load(), takes_time=True)
            keep_under_way(self._loading)
        return self._loading

    def told_of_close(self, answer: Any) -> Result:
        """What listeners are told of the person's closing it."""
        return {}

    async def _load(self) -> None:
        try:
            await self.phone.network.delay(0)
            self._failure = None if self._loaded else self.room.refusal(self)
        finally:
            self._loading = None
        self._loaded = self._failure is None
        if self._failure is None:
            self.listeners.tell_each("load", dict)
        else:
            self._tell_error(self._failure)

    async def _seen(self) -> None:
        """The person sees the ad, and closes it some time after `show` has answered."""
        await asyncio.sleep(0)
        answer = await self.room.shown_to_person(self)
        self.room.ended(self, answer)
        if self.destroyed:
            return
        self.listeners.tell_each("close", lambda: self.told_of_close(answer))
        if not self.destroyed:
            self.begin()

    def _tell_error(self, failure: Fail) -> None:
        self.listeners.tell_each("error", lambda: {"errMsg": failure.reason, **failure.fields})

    def _need_alive(self) -> None:
        if self.destroyed:
            raise Fail(DESTROYED)

    def _check(self) -> None:
        """Raises `Fail` if the ad can't be shown now."""
        failures = self.room.failures(self)
        if self.phone.pages.top(self.app) is not self.page:
            raise Fail(ELSEWHERE, failures.elsewhere)
        if self.room.current is not None:
            raise Fail(SHOWN, failures.shown)


class RewardedVideoAd(Ad):
    """A video, for which whoever sees it to its end is promised something."""

    QUESTION = "rewardedVideoAd"
    FAILURES = REWARDED

    onClose = on("close", "Tells `isEnded` when the person has closed it: whether it was seen to its end.")

    def told_of_close(self, answer: Any) -> Result:
        return {"isEnded": bool(answer["isEnded"])}


class InterstitialAd(Ad):
    """A panel over the page."""

    QUESTION = "interstitialAd"
    FAILURES = INTERSTITIAL

    onClose = on("close", "Tells that the person has closed it.")

    def _check(self) -> None:
        super()._check()
        now = self.phone.clock.elapsed()
        if now - self.room.started(self.app) < self.room.pause_after_start:
            raise Fail("too soon after the start", TOO_SOON_AFTER_START)
        if self.room.last_end is not None and now - self.room.last_end < self.room.pause_after_ad:
            raise Fail("too soon after the last ad", TOO_SOON_AFTER_AD)
