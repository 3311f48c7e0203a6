"""Vibration, battery, memory, and whether the screen is read aloud."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from natively import call
from supporting import failure, supporting

import taropy
from taropy.phone import Phone, Vibration


@supporting("vibrateShort", "vibrateLong")
def test_what_vibrates_can_be_told(t: Any) -> None:
    t.vibrateShort(type="heavy").result()
    t.vibrateShort().result()
    t.vibrateLong().result()
    short = 0.04 if t.platform.name == "alipay" else 0.015
    strength = None if t.platform.name in ("h5", "harmony-hybrid") else "heavy"
    assert t.phone.hardware.vibrations == [Vibration(short, strength), Vibration(short), Vibration(0.4)]


def test_alipay_vibrates_long() -> None:
    phone = Phone()
    call(phone.native("alipay", "my"), "vibrate")
    assert phone.hardware.vibrations == [Vibration(0.4)]


def test_a_strength_that_there_is_not() -> None:
    phone = Phone()
    wx = phone.native("weapp")
    assert call(wx, "vibrateShort", type="wild")["errMsg"] == "vibrateShort:fail style is not support"
    phone.hardware.varied_strength = False
    assert call(wx, "vibrateShort", type="light")["errMsg"] == "vibrateShort:fail style is not support"
    assert call(wx, "vibrateShort", type=5)["errMsg"].endswith("parameter.type should be String instead of Number")
    assert phone.hardware.vibrations == []
    assert call(wx, "vibrateShort")["errMsg"] == "vibrateShort:ok"


@supporting("getBatteryInfo")
def test_the_battery_is_as_full_as_a_test_says(t: Any) -> None:
    full = t.getBatteryInfo().result()
    assert (full.level, full.isCharging) == (100, False)
    t.phone.hardware.set_battery(7, charging=True)
    low = t.getBatteryInfo().result()
    assert (low.level, low.isCharging) == (7, True)


@supporting("getBatteryInfoSync")
def test_the_battery_can_be_read_at_once(t: Any) -> None:
    t.phone.hardware.set_battery(42)
    # Baidu's app cannot read an iPhone's.
    assert t.getBatteryInfoSync().level == (100 if t.getEnv() == "SWAN" else 42)


@pytest.mark.parametrize("level", [0, -1, 101])
def test_a_battery_has_1_to_100_percent(level: int) -> None:
    with pytest.raises(ValueError, match="between 1 and 100"):
        Phone().hardware.set_battery(level)


def test_a_phone_with_a_folder_keeps_its_battery(tmp_path: Path) -> None:
    with Phone(tmp_path) as phone:
        phone.hardware.set_battery(55, charging=True)
        state = phone.hardware.snapshot()
        phone.hardware.set_battery(3)
        phone.hardware.restore(state)
    with Phone(tmp_path) as phone:
        assert (phone.hardware.battery_level, phone.hardware.charging) == (55, True)


@supporting("checkIsOpenAccessibility")
def test_a_program_learns_whether_the_screen_is_read_aloud(t: Any) -> None:
    assert t.checkIsOpenAccessibility({}).result().open is False
    t.phone.hardware.screen_reader = True
    assert t.checkIsOpenAccessibility({}).result().open is True


@supporting("onMemoryWarning", "offMemoryWarning")
def test_programs_are_warned_of_low_memory_until_they_stop_listening(t: Any) -> None:
    warnings: list[Any] = []
    t.onMemoryWarning(warnings.append)
    t.phone.hardware.warn_of_memory()
    t.offMemoryWarning(warnings.append)
    t.phone.hardware.warn_of_memory()
    assert len(warnings) == 1


@pytest.mark.parametrize(("device", "warning"), [("iPhone 15 Pro", {}), ("Pixel 8", {"level": 15})])
def test_android_tells_how_low_memory_is(device: str, warning: dict[str, int]) -> None:
    phone = Phone(device=device)
    warnings: list[Any] = []
    phone.native("weapp").onMemoryWarning(warnings.append)
    phone.hardware.warn_of_memory(15)
    assert warnings == [warning]
    with pytest.raises(ValueError, match="levels 5, 10, 15"):
        phone.hardware.warn_of_memory(7)


def test_one_app_that_stops_listening_stops_no_other() -> None:
    phone = Phone()
    warned: list[str] = []
    phone.native("weapp").onMemoryWarning(lambda _: warned.append("weapp"))
    phone.native("qq", "qq").onMemoryWarning(lambda _: warned.append("qq"))
    phone.native("weapp").offMemoryWarning()
    phone.hardware.warn_of_memory()
    assert warned == ["qq"]


def test_a_wrong_type_never_reaches_the_motor() -> None:
    with taropy.create("weapp") as t:
        assert "parameter.type" in failure(t.vibrateShort(type=1))
        assert t.phone.hardware.vibrations == []
