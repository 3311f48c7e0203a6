"""Feishu behaves as every platform of taropy does; and the facts of Taro's own plugin for it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import taropy
from taropy.testing.conformance import PlatformConformance
from taropy.typing import OtherPlatform

LARK = OtherPlatform("lark")


class TestLark(PlatformConformance):
    """Every function of the platform, in each form."""

    platform = "lark"


def test_programs_find_the_platform() -> None:
    with taropy.create(LARK) as taro:
        assert taro.platform.title == "Feishu"
        assert taro.login().result().code


def test_a_bluetooth_device_is_connected_under_feishus_names() -> None:
    connected: list[str] = []

    def connect(options: taropy.Record) -> None:
        connected.append(options["deviceId"])
        options["success"]({"errMsg": "connectBLEDevice:ok"})

    tt = SimpleNamespace(connectBLEDevice=connect)
    result = taropy.create(LARK, native=tt).createBLEConnection(deviceId="d1").result()
    assert (result.errMsg, connected) == ("createBLEConnection:ok", ["d1"])


def test_what_only_feishu_has_is_handed_through() -> None:
    tt = SimpleNamespace(chooseChat=lambda options: options["success"]({"data": [options["title"]]}))
    chosen: list[taropy.Record] = []
    taro: Any = taropy.create(LARK, native=tt)  # type checkers know Taro's functions only
    taro.chooseChat({"title": "Team", "success": chosen.append})
    assert chosen == [{"data": ["Team"]}]


def test_an_icon_stays_what_it_is_unlike_on_douyin() -> None:
    shown: list[str] = []

    def show(options: taropy.Record) -> None:
        shown.append(options["icon"])
        options["success"]({})

    for platform in (LARK, OtherPlatform("tt")):
        taropy.create(platform, native=SimpleNamespace(showToast=show)).showToast(title="No", icon="error").result()
    assert shown == ["error", "fail"]
