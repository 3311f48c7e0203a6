"""The display and the keyboard."""

from __future__ import annotations

from typing import Any

import pytest
from natively import call
from tabbed import failure

import taropy
from taropy import spec
from taropy.phone import Phone


def on_platforms(name: str) -> Any:
    return pytest.mark.parametrize("platform", sorted(spec.supported_on(name)))


# --- brightness ----------------------------------------------------------------------------------------------------


@on_platforms("setScreenBrightness")
def test_the_brightness_is_set(platform: str) -> None:
    with taropy.create(platform) as t:
        t.setScreenBrightness(value=0.25).result()
        assert t.phone.screen.brightness == 0.25
        if t.canIUse("getScreenBrightness"):
            assert t.getScreenBrightness().result().value == 0.25


def test_alipay_calls_it_by_its_own_name() -> None:
    my = Phone().native("alipay", "my")
    call(my, "setScreenBrightness", brightness=0.75)
    assert call(my, "getScreenBrightness") == {"brightness": 0.75}


@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan"), "1", None])
def test_the_brightness_is_from_0_to_1(value: Any) -> None:
    phone = Phone()
    answer = call(phone.native("weapp"), "setScreenBrightness", value=value)
    assert answer["errMsg"].startswith("setScreenBrightness:fail parameter error: parameter.value should be")
    assert phone.screen.brightness == 0.5


@on_platforms("setKeepScreenOn")
def test_the_display_is_kept_on_or_not(platform: str) -> None:
    with taropy.create(platform) as t:
        t.setKeepScreenOn(keepScreenOn=True).result()
        assert t.phone.screen.kept_on
        t.setKeepScreenOn(keepScreenOn=False).result()
        assert not t.phone.screen.kept_on


# --- pictures of the screen ----------------------------------------------------------------------------------------


@on_platforms("onUserCaptureScreen")
def test_who_listens_is_told_of_screenshots(platform: str) -> None:
    told: list[Any] = []
    with taropy.create(platform) as t:
        t.onUserCaptureScreen(told.append)
        t.onUserCaptureScreen(told.append)
        t.phone.screen.capture()
        t.offUserCaptureScreen(told.append)
        t.phone.screen.capture()
    assert len(told) == 1


@on_platforms("setVisualEffectOnCapture")
def test_the_screen_is_hidden_from_pictures(platform: str) -> None:
    with taropy.create(platform) as t:
        t.setVisualEffectOnCapture(visualEffect="hidden").result()
        assert t.phone.screen.visual_effect == "hidden"
        t.setVisualEffectOnCapture({}).result()
        assert t.phone.screen.visual_effect == "none"


def test_there_is_no_other_visual_effect() -> None:
    answer = call(Phone().native("weapp"), "setVisualEffectOnCapture", visualEffect="blur")
    assert answer == {"errMsg": 'setVisualEffectOnCapture:fail invalid visualEffect "blur"'}


@on_platforms("getScreenRecordingState")
def test_who_listens_is_told_of_recordings(platform: str) -> None:
    states: list[Any] = []
    with taropy.create(platform) as t:
        t.onScreenRecordingStateChanged(lambda res: states.append(res["state"]))
        assert t.getScreenRecordingState().result().state == "off"
        t.phone.screen.record()
        t.phone.screen.record()
        assert t.getScreenRecordingState().result().state == "on"
        t.phone.screen.record(False)
        t.offScreenRecordingStateChanged()
        t.phone.screen.record()
    assert states == ["start", "stop"]


def test_apps_on_one_phone_listen_each_for_themselves() -> None:
    phone = Phone()
    told: list[str] = []
    for platform in ("weapp", "tt"):
        native = phone.native(platform, platform)
        native.onUserCaptureScreen(lambda _, platform=platform: told.append(platform))
    phone.screen.capture()
    phone.native("tt", "tt").offUserCaptureScreen()
    phone.screen.capture()
    assert told == ["weapp", "tt", "weapp"]


def test_a_snapshot_brings_the_display_back() -> None:
    phone = Phone()
    state = phone.display.snapshot()
    call(phone.native("weapp"), "setKeepScreenOn", keepScreenOn=True)
    phone.display.restore(state)
    assert not phone.screen.kept_on


# --- keyboard ------------------------------------------------------------------------------------------------------


@on_platforms("hideKeyboard")
def test_the_keyboard_is_hidden(platform: str) -> None:
    with taropy.create(platform) as t:
        t.phone.screen.show_keyboard(300)
        t.hideKeyboard().result()
        assert t.phone.screen.keyboard_height == 0


@pytest.mark.parametrize("platform", ["weapp", "qq"])
def test_there_has_to_be_an_input_to_leave(platform: str) -> None:
    with taropy.create(platform) as t:
        assert failure(t.hideKeyboard()) == "hideKeyboard:fail input not exists!"


@on_platforms("onKeyboardHeightChange")
def test_who_listens_is_told_the_keyboards_height(platform: str) -> None:
    heights: list[float] = []

    def listener(res: Any) -> None:
        heights.append(res.height)

    with taropy.create(platform) as t:
        t.onKeyboardHeightChange(listener)
        t.phone.screen.show_keyboard(300)
        t.phone.screen.show_keyboard(300)
        t.phone.screen.hide_keyboard()
        if t.canIUse("offKeyboardHeightChange"):
            t.offKeyboardHeightChange(listener)
            t.phone.screen.show_keyboard()
    assert heights == [300, 0]


def test_what_is_selected_in_the_input_is_told() -> None:
    with taropy.create("weapp") as t:
        assert failure(t.getSelectedTextRange()) == "getSelectedTextRange:fail no focused"
        t.phone.screen.show_keyboard(selection=(2, 5))
        res = t.getSelectedTextRange().result()
        assert (res.start, res.end) == (2, 5)
