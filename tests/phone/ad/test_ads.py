"""Rewarded videos and interstitials: that they load, are seen or closed early, do not come, and belong to a page."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from launching import launched
from natively import call
from supporting import failure, supporting

import taropy
from taropy.phone import Phone

NO_FILL = {"swan": 200000}
NO_NETWORK = {"swan": 3010003}


def a_video(t: Any, **options: Any) -> Any:
    return t.createRewardedVideoAd({"adUnitId": "unit-1", "appSid": "sid", **options})


def heard_of(ad: Any) -> list[tuple[str, dict[str, Any]]]:
    """What the ad tells from now on."""
    events: list[tuple[str, dict[str, Any]]] = []
    for name in ("Load", "Error", "Close"):
        getattr(ad, f"on{name}")(lambda told, name=name: events.append((name, dict(told))))
    return events


def pages(t: Any) -> Any:
    """An app of two pages that is open on the first."""
    return launched(t, "pages/one/one", "pages/two/two")


@supporting("createRewardedVideoAd")
def test_who_watches_a_video_to_its_end_has_earned_the_reward(t: Any) -> None:
    ad = a_video(t)
    events = heard_of(ad)
    ad.show().result()
    assert [event for event in events if event[0] == "Close"] == [("Close", {"isEnded": True})]
    assert [(seen.adUnitId, seen.ended) for seen in t.phone.ads.seen] == [("unit-1", True)]


@supporting("createRewardedVideoAd")
def test_who_closes_it_early_has_not(t: Any) -> None:
    ad = a_video(t)
    events = heard_of(ad)
    t.phone.person.script("rewardedVideoAd", isEnded=False)
    ad.show().result()
    assert ("Close", {"isEnded": False}) in events
    assert t.phone.ads.seen[-1].ended is False


@supporting("createRewardedVideoAd")
def test_another_ad_loads_when_one_was_closed(t: Any) -> None:
    async def main() -> list[str]:
        ad = a_video(t)
        events = heard_of(ad)
        await ad.show()
        await ad.load()
        return [name for name, _ in events]

    assert taropy.run(main) == ["Load", "Close", "Load"]


@supporting("createRewardedVideoAd")
def test_when_there_is_no_ad_loading_and_showing_fail_and_listeners_hear_of_it(t: Any) -> None:
    number = NO_FILL.get(t.platform.name, 1004)
    t.phone.ads.refuse()

    async def main() -> list[Any]:
        ad = a_video(t)
        events = heard_of(ad)
        told = [(await each.catch(lambda error: error)).errCode for each in (ad.show(), ad.load())]
        return [*told, *[told["errCode"] for name, told in events if name == "Error"]]

    assert taropy.run(main) == [number] * 4
    assert t.phone.ads.seen == []


@supporting("createRewardedVideoAd")
def test_an_ad_comes_again_once_there_are_some(t: Any) -> None:
    t.phone.ads.refuse()
    ad = a_video(t)
    failure(ad.show())
    t.phone.ads.serve()
    ad.load().result()
    ad.show().result()
    assert len(t.phone.ads.seen) == 1


@supporting("createRewardedVideoAd")
def test_without_a_network_no_ad_comes(t: Any) -> None:
    t.phone.network.type = "none"
    error = a_video(t).load().catch(lambda error: error).result()
    assert error.errCode == NO_NETWORK.get(t.platform.name, 1000)


@pytest.mark.parametrize("number", range(1000, 1009))
def test_each_of_wechats_reasons_can_be_had_for_one_unit(weapp: Any, number: int) -> None:
    weapp.phone.ads.refuse(number, "unit-1")
    error = a_video(weapp).load().catch(lambda error: error).result()
    assert (error.errCode, error.errMsg.startswith("load:fail ")) == (number, True)
    a_video(weapp, adUnitId="unit-2", multiton=True).load().result()


def test_a_reason_that_no_vendor_has_is_refused(phone: Phone) -> None:
    with pytest.raises(ValueError, match="999"):
        phone.ads.refuse(999)


def test_baidu_wants_to_know_the_app_at_its_ad_network() -> None:
    with taropy.create("swan") as t:
        error = t.createRewardedVideoAd(adUnitId="unit-1").load().catch(lambda error: error).result()
        assert error.errCode == 103010


@supporting("createRewardedVideoAd")
def test_a_page_has_one_video_unless_it_says_otherwise(t: Any) -> None:
    pages(t)
    assert a_video(t) == a_video(t, adUnitId="unit-2")
    other = a_video(t, adUnitId="unit-2", multiton=True)
    assert other != a_video(t)
    assert other == a_video(t, adUnitId="unit-2", multiton=True)
    first = a_video(t)
    t.navigateTo(url="/pages/two/two").result()
    assert a_video(t) != first


@supporting("createRewardedVideoAd")
def test_a_video_of_another_page_is_not_shown(t: Any) -> None:
    ad = a_video(pages(t))
    t.navigateTo(url="/pages/two/two").result()
    assert "another page" in failure(ad.show())
    t.navigateBack().result()
    ad.show().result()


def test_an_ad_that_was_destroyed_is_gone(weapp: Any) -> None:
    ad = a_video(weapp)
    events = heard_of(ad)
    ad.destroy()
    assert "destroyed" in failure(ad.show())
    assert "destroyed" in failure(ad.load())
    assert events == []
    assert a_video(weapp) != ad


def test_a_listener_that_was_taken_off_hears_nothing(weapp: Any) -> None:
    ad, heard = a_video(weapp), []
    ad.onClose(heard.append)
    ad.offClose(heard.append)
    ad.show().result()
    assert heard == []


@supporting("createInterstitialAd")
def test_an_interstitial_is_shown_and_closed(t: Any) -> None:
    ad = t.createInterstitialAd(adUnitId="panel")
    assert ad != t.createInterstitialAd(adUnitId="panel")
    events = heard_of(ad)
    ad.show().result()
    assert "Close" in [name for name, _ in events]
    assert [(seen.kind, seen.ended) for seen in t.phone.ads.seen] == [("interstitialAd", None)]


def test_an_interstitial_of_another_page_fails_with_2005(weapp: Any) -> None:
    ad = pages(weapp).createInterstitialAd(adUnitId="panel")
    errors: list[Any] = []
    ad.onError(errors.append)
    weapp.navigateTo(url="/pages/two/two").result()
    assert ad.show().catch(lambda error: error.errCode).result() == 2005
    assert [error.errCode for error in errors] == [2005]


def test_an_interstitial_waits_for_its_time_after_the_start_and_after_the_last_ad(phone: Phone) -> None:
    t: Any = taropy.create("weapp", phone=phone)
    phone.clock.set(1_000_000)  # back, before the app starts
    phone.ads.pause_after_start, phone.ads.pause_after_ad = 10, 60
    ad = pages(t).createInterstitialAd(adUnitId="panel")

    def shown() -> int:
        return int(ad.show().then(lambda _: 0, lambda error: error.errCode).result())

    assert shown() == 2001
    phone.clock.advance(10)
    assert shown() == 0
    phone.clock.advance(59)
    assert shown() == 2002
    phone.clock.advance(1)
    assert shown() == 0


def test_while_a_person_watches_one_ad_no_other_is_shown() -> None:
    gates: list[Any] = []

    async def watching(question: Any) -> None:
        gates.append(asyncio.get_running_loop().create_future())
        await gates[-1]

    phone = Phone(ask=watching)

    async def main() -> tuple[int, Any, Any]:
        t: Any = taropy.create("weapp", phone=phone)
        ad, panel = a_video(t), t.createInterstitialAd(adUnitId="panel")
        await ad.show()
        code = await panel.show().catch(lambda error: error.errCode)
        during = phone.ads.current
        await ad.load()  # the other one is on its way already or there
        gates[0].set_result(None)
        await phone.clock.advance(0)
        return code, during, phone.ads.current

    code, during, after = taropy.run(main)
    assert (code, during.unit, after) == (2003, "unit-1", None)


def test_what_was_refused_comes_back_with_a_snapshot(weapp: Any) -> None:
    taken = weapp.phone.snapshot()
    weapp.phone.ads.refuse()
    weapp.phone.restore(taken)
    a_video(weapp).load().result()


def test_a_call_without_a_unit_is_wrong(native: Any, weapp: Any) -> None:
    with pytest.raises(Exception, match=r"parameter\.adUnitId should be String instead of Undefined"):
        native.createRewardedVideoAd({})
    with pytest.raises(taropy.TaroError, match="adUnitId"):
        weapp.createInterstitialAd({})


def test_a_fault_is_met_by_an_ad_too(native: Any, phone: Phone) -> None:
    phone.faults.fail("RewardedVideoAd.show", "ordered", errCode=1003)
    ad = native.createRewardedVideoAd({"adUnitId": "unit-1"})
    assert call(ad, "show")["errCode"] == 1003
