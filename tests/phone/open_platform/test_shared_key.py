"""Open platforms with a key in common, as load tests have them: phones here, the backend's server there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import taropy
from taropy import Phone
from taropy.phone import OpenPlatform
from taropy.phone.core.clock import Clock
from taropy.phone.open_platform import Reason, Refused

PLATFORMS = ("weapp", "qq", "alipay", "swan", "tt")


def code_of(phone: Phone, platform: str) -> str:
    with taropy.create(platform, phone=phone) as taro:
        return str(taro.login().result().code)


def exchanged(at: OpenPlatform, platform: str, code: str) -> Any:
    return at.exchange(at.app_of_phone(platform, Phone().app(platform).appid), code)


def refusal(work: Callable[[], Any]) -> Reason:
    with pytest.raises(Refused) as caught:
        work()
    return caught.value.reason


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_code_of_another_is_good_once_with_the_same_key(platform: str) -> None:
    here, there = OpenPlatform(key="tea"), OpenPlatform(key="tea")
    phone = Phone(user="Li Lei", open_platform=here)
    code = code_of(phone, platform)
    login = exchanged(there, platform, code)
    assert login == exchanged(here, platform, code_of(phone, platform))  # also its session key
    assert login.user_id == "Li Lei"
    assert refusal(lambda: exchanged(there, platform, code)) is Reason.USED_CODE


def test_without_the_key_or_with_another_it_is_no_code() -> None:
    code = code_of(Phone(open_platform=OpenPlatform(key="tea")), "weapp")
    for other in (OpenPlatform(), OpenPlatform(key="coffee")):
        assert refusal(lambda other=other: exchanged(other, "weapp", code)) is Reason.WRONG_CODE


def test_what_was_changed_or_made_up_is_no_code() -> None:
    platform = OpenPlatform(key="tea")
    code = code_of(Phone(open_platform=OpenPlatform(key="tea")), "weapp")
    for wrong in (code[:-4] + "AAAA", code[4:], "x", "汉字", "=", "A" * 200, "\x00"):
        assert refusal(lambda wrong=wrong: exchanged(platform, "weapp", wrong)) is Reason.WRONG_CODE


def test_it_ends_in_time_and_is_another_apps_nowhere() -> None:
    clock = Clock()
    there = OpenPlatform(key="tea", clock=clock)
    code = code_of(Phone(open_platform=OpenPlatform(key="tea")), "weapp")
    other = there.register("wx0000000000000000")
    assert refusal(lambda: there.exchange(other, code)) is Reason.WRONG_CODE_APP
    clock.advance(301)
    assert refusal(lambda: exchanged(there, "weapp", code)) is Reason.WRONG_CODE


def test_codes_are_others_each_time() -> None:
    phone = Phone(open_platform=OpenPlatform(key="tea"))
    assert code_of(phone, "weapp") != code_of(phone, "weapp")
