"""The events of the phone's native objects, as adapters and programs without Taro listen to them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import taropy
from taropy.phone import NativeError, Phone

Happen = Callable[[Phone], object]

EVENTS = [name for name in dir(Phone().native("weapp")) if name.startswith("on")]


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("given", [(), ("a name",), (None,)])
def test_a_listener_that_is_no_function_is_refused_at_once(event: str, given: tuple[object, ...]) -> None:
    with pytest.raises(NativeError, match=f"^{event}:fail parameter error: parameter should be Function"):
        getattr(Phone().native("weapp"), event)(*given)


@pytest.mark.parametrize("event", [event for event in EVENTS if f"off{event[2:]}" in dir(Phone().native("weapp"))])
def test_who_never_listened_comes_off_all_the_same(event: str) -> None:
    off = getattr(Phone().native("weapp"), f"off{event[2:]}")
    assert off(print) is None
    assert off() is None


def test_one_app_hears_nothing_of_what_is_told_to_another() -> None:
    phone = Phone()
    heard: list[str] = []
    for platform in ("weapp", "qq"):
        native = phone.native(platform)
        native.onAppHide(lambda _, platform=platform: heard.append(platform))
    phone.lifecycle.background(phone.app("qq"))
    assert heard == ["qq"]


def test_each_app_hears_of_what_happens_to_the_phone() -> None:
    phone = Phone()
    heard: list[tuple[str, object]] = []
    for platform in ("weapp", "qq"):
        native = phone.native(platform)
        native.onKeyboardHeightChange(lambda told, platform=platform: heard.append((platform, told)))
    phone.keyboard.show(300)
    assert heard == [("weapp", {"height": 300}), ("qq", {"height": 300})]


@pytest.mark.parametrize(("platform", "times"), [("h5", [2, 1, 0]), ("weapp", [1, 0, 0])])
def test_who_comes_twice_is_told_twice_by_taros_own_code_for_the_web(platform: str, times: list[int]) -> None:
    heard: list[object] = []

    def listener(told: object) -> None:
        heard.append(told)

    with taropy.create(platform) as t:
        counts = []
        t.onNetworkStatusChange(listener)
        t.onNetworkStatusChange(listener)
        for kind in ("none", "wifi", "4g"):
            heard.clear()
            t.phone.network.type = kind
            counts.append(len(heard))
            t.offNetworkStatusChange(listener)
    assert counts == times


def test_what_one_listener_does_to_its_event_no_other_sees() -> None:
    phone = Phone()
    wx = phone.native("weapp")
    heard: list[object] = []
    wx.onKeyboardHeightChange(lambda told: told.clear())
    wx.onKeyboardHeightChange(heard.append)
    phone.keyboard.show(300)
    assert heard == [{"height": 300}]


def test_who_hears_of_the_phone_may_begin_another_program() -> None:
    phone = Phone()
    heard: list[str] = []
    for number, platform in enumerate(("weapp", "qq")):
        native = phone.native(platform)
        for event in ("onThemeChange", "onWindowResize", "onKeyboardHeightChange"):

            def begin(_: object, event: str = event, other: str = f"other-{number}") -> None:
                phone.native(f"{other}-{event}")
                heard.append(event)

            getattr(native, event)(begin)
    phone.system.theme = "dark"
    phone.rotate("landscape")
    phone.keyboard.show(300)
    assert heard == [*["onThemeChange"] * 2, *["onWindowResize"] * 2, *["onKeyboardHeightChange"] * 2]


@pytest.mark.parametrize(
    ("event", "happen"),
    [
        ("onMemoryWarning", lambda phone: phone.hardware.warn_of_memory()),
        ("onNetworkStatusChange", lambda phone: setattr(phone.network, "type", "none")),
        ("onAppHide", lambda phone: phone.background()),
        ("onBackgroundFetchData", lambda phone: phone.background_fetch.put("data")),
    ],
)
def test_a_program_that_has_ended_hears_of_nothing_and_another_goes_on(event: str, happen: Happen) -> None:
    phone = Phone()
    heard: list[str] = []
    ended, other = phone.native("weapp"), phone.native("weapp")
    getattr(ended, event)(lambda *_: heard.append("ended"))
    getattr(other, event)(lambda *_: heard.append("other"))
    phone.end(ended)
    happen(phone)
    assert heard == ["other"]
