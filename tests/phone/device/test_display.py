"""The display and the keyboard."""

from __future__ import annotations

from typing import Any

import pytest
from natively import call
from supporting import failure, supporting

from taropy.phone import Phone

# --- brightness ----------------------------------------------------------------------------------------------------


@supporting("setScreenBrightness")
def test_the_brightness_is_set(t: Any) -> None:
    t.setScreenBrightness(value=0.25).result()
    assert t.phone.screen.brightness == 0.25
    if t.canIUse("getScreenBrightness"):
        assert t.getScreenBrightness().result().value == 0.25


@pytest.mark.parametrize(("value", "brightness"), [(1, 1), (51, 0.2), (255, 1), (0.5, 0.5)])
def test_on_harmony_what_is_above_1_counts_to_255(value: float, brightness: float) -> None:
    phone = Phone()
    assert call(phone.native("harmony", "harmony"), "setScreenBrightness", value=value)["errMsg"].endswith(":ok")
    assert phone.screen.brightness == brightness
    failed = call(phone.native("harmony", "harmony"), "setScreenBrightness", value=256)
    assert failed["errMsg"].startswith("setScreenBrightness:fail")


def test_the_hybrid_tells_of_a_picture_of_the_screen_that_all_is_well() -> None:
    phone, heard = Phone(), list[Any]()
    native = phone.native("harmony-hybrid", "native")

    def hear(told: Any) -> None:
        heard.append(told)

    for _ in range(2):
        native.onUserCaptureScreen(hear)
    native.offUserCaptureScreen()
    phone.display.capture()
    native.offUserCaptureScreen(hear)
    phone.display.capture()
    assert heard == [{"errMsg": "onUserCaptureScreen:ok"}]


def test_on_harmony_only_the_listener_that_is_named_is_taken_off_the_keyboard() -> None:
    phone, heard = Phone(), list[float]()
    harmony = phone.native("harmony", "harmony")

    def hear(told: Any) -> None:
        heard.append(told["height"])

    harmony.onKeyboardHeightChange(hear)
    harmony.offKeyboardHeightChange()
    phone.keyboard.show(300)
    harmony.offKeyboardHeightChange(hear)
    phone.keyboard.hide()
    assert heard == [300]


def test_alipay_calls_it_by_its_own_name() -> None:
    my = Phone().native("alipay", "my")
    call(my, "setScreenBrightness", brightness=0.75)
    assert call(my, "getScreenBrightness") == {"success": True, "brightness": 0.75}


@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan"), "1", None])
def test_the_brightness_is_from_0_to_1(value: Any) -> None:
    phone = Phone()
    answer = call(phone.native("weapp"), "setScreenBrightness", value=value)
    assert answer["errMsg"].startswith("setScreenBrightness:fail parameter error: parameter.value should be")
    assert phone.screen.brightness == 0.5


def test_on_android_the_brightness_may_be_left_to_the_system() -> None:
    android, iphone = (Phone(device=device) for device in ("Pixel 8", "iPhone 15 Pro"))
    for phone in (android, iphone):
        call(phone.native("weapp"), "setScreenBrightness", value=1)
        call(phone.native("weapp"), "setScreenBrightness", value=-1)
    assert (android.screen.brightness, iphone.screen.brightness) == (0.5, 1)


@supporting("setKeepScreenOn")
def test_the_display_is_kept_on_or_not(t: Any) -> None:
    t.setKeepScreenOn(keepScreenOn=True).result()
    assert t.phone.screen.kept_on
    t.setKeepScreenOn(keepScreenOn=False).result()
    assert not t.phone.screen.kept_on


def test_a_display_is_kept_on_until_the_app_is_left(weapp: Any) -> None:
    weapp.setKeepScreenOn(keepScreenOn=True).result()
    weapp.phone.background()
    weapp.phone.foreground()
    assert not weapp.phone.screen.kept_on


# --- pictures of the screen ----------------------------------------------------------------------------------------


@supporting("onUserCaptureScreen")
def test_who_listens_is_told_of_screenshots(t: Any) -> None:
    told: list[Any] = []
    t.onUserCaptureScreen(told.append)
    t.onUserCaptureScreen(told.append)
    t.phone.screen.capture()
    t.offUserCaptureScreen(told.append)
    t.phone.screen.capture()
    assert len(told) == 1


@supporting("setVisualEffectOnCapture")
def test_the_screen_is_hidden_from_pictures(t: Any) -> None:
    t.setVisualEffectOnCapture(visualEffect="hidden").result()
    assert t.phone.screen.visual_effect == "hidden"
    t.setVisualEffectOnCapture({}).result()
    assert t.phone.screen.visual_effect == "none"


def test_there_is_no_other_visual_effect() -> None:
    answer = call(Phone().native("weapp"), "setVisualEffectOnCapture", visualEffect="blur")
    assert answer == {"errMsg": 'setVisualEffectOnCapture:fail invalid visualEffect "blur"'}


@supporting("getScreenRecordingState")
def test_who_listens_is_told_of_recordings(t: Any) -> None:
    states: list[Any] = []
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


@supporting("hideKeyboard")
def test_the_keyboard_is_hidden(t: Any) -> None:
    t.phone.screen.show_keyboard(300)
    t.hideKeyboard().result()
    assert t.phone.screen.keyboard_height == 0


@pytest.mark.parametrize("t", ["weapp", "qq"], indirect=True)
def test_there_has_to_be_an_input_to_leave(t: Any) -> None:
    assert failure(t.hideKeyboard()) == "hideKeyboard:fail:input not exists"


@supporting("onKeyboardHeightChange")
def test_who_listens_is_told_the_keyboards_height(t: Any) -> None:
    heights: list[float] = []

    def listener(res: Any) -> None:
        heights.append(res.height)

    t.onKeyboardHeightChange(listener)
    t.phone.screen.show_keyboard(300)
    t.phone.screen.show_keyboard(300)
    t.phone.screen.hide_keyboard()
    if t.canIUse("offKeyboardHeightChange"):
        t.offKeyboardHeightChange(listener)
        t.phone.screen.show_keyboard()
    assert heights == [300, 0]


def test_what_is_selected_in_the_input_is_told(weapp: Any) -> None:
    assert failure(weapp.getSelectedTextRange()) == "getSelectedTextRange:fail no focused"
    for given, told in (({}, (0, 0)), ({"selection": (2, 5)}, (2, 5))):
        weapp.phone.screen.show_keyboard(**given)
        res = weapp.getSelectedTextRange().result()
        assert (res.start, res.end) == told
