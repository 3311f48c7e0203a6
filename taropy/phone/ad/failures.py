"""Why there is no ad, in each vendor's numbers and in words that are ours.

Facts: developers.weixin.qq.com/miniprogram/dev/api/ad (the tables of `onError` and `InterstitialAd.show`), which stand
for QQ and Douyin as well, unverified; github.com/swan-team/swan-docs, source/_posts/game/api/adApi/_rewardedVideoAd/
onError.md. Which words stand in `errMsg` is not documented.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

Numbers = Mapping[int, str]

WECHAT: Numbers = {
    1000: "the ad server can't be reached",
    1001: "parameter error",
    1002: "invalid ad unit",
    1003: "internal error",
    1004: "no suitable ad",
    1005: "the ad unit is being reviewed",
    1006: "the ad unit was rejected",
    1007: "the ad unit is banned",
    1008: "the ad unit is closed",
}

SWAN: Numbers = {
    103010: "appSid is missing",
    103011: "appSid is unknown",
    103012: "appSid is not in force",
    103020: "appSid belongs to another channel",
    107000: "adUnitId is missing",
    107001: "adUnitId is unknown",
    107002: "adUnitId is not in use",
    107003: "adUnitId does not belong to appSid",
    200000: "no ad was returned",
    201000: "no ad data",
    3010000: "the ad can't be put on the page",
    3010001: "the player failed",
    3010002: "the request for an ad failed",
    3010003: "network error",
    3010004: "there is no ad to show",
    3010005: "an ad is being fetched",
    3010006: "an ad is shown",
    3010007: "the request for an ad is empty",
    3010008: "the video has no address",
    3010009: "the video was initialised twice",
}


@attrs.frozen
class Failures:
    """The numbers of a vendor, and those of what the phone itself finds out. None where the vendor has none."""

    numbers: Numbers
    no_fill: int
    no_network: int
    shown: int | None
    elsewhere: int | None


#: WeChat has no number for a rewarded video that is shown while another ad is, or from another page.
REWARDED = Failures(WECHAT, no_fill=1004, no_network=1000, shown=None, elsewhere=None)
INTERSTITIAL = attrs.evolve(REWARDED, shown=2003, elsewhere=2005)
#: On Baidu's platform there are rewarded videos only.
OF_SWAN: Mapping[str, Failures] = {
    "swan": Failures(SWAN, no_fill=200000, no_network=3010003, shown=3010006, elsewhere=None)
}

TOO_SOON_AFTER_START = 2001
TOO_SOON_AFTER_AD = 2002

#: What else has to be there for an ad to be found, and the number of its lack.
NEEDS: Mapping[str, tuple[str, int]] = {"swan": ("appSid", 103010)}
