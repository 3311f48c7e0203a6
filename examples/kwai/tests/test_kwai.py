"""Kuaishou behaves as every platform of taropy does; and the facts of Taro's own plugin for it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import taropy
from taropy.testing.conformance import PlatformConformance
from taropy.typing import OtherPlatform

KWAI = OtherPlatform("kwai")


class TestKwai(PlatformConformance):
    """Every function of the platform, in each form."""

    platform = "kwai"


def test_programs_find_the_platform() -> None:
    with taropy.create(KWAI) as taro:
        assert taro.platform.title == "Kuaishou"
        assert taro.login().result().code


def test_calls_reach_ks_under_their_own_names() -> None:
    ks = SimpleNamespace(login=lambda options: options["success"]({"code": "from ks"}), cloud="ks.cloud")
    taro = taropy.create(KWAI, native=ks)
    assert taro.login().result().code == "from ks"
    assert taro.cloud == ks.cloud


def test_what_is_wechats_own_is_not_supported() -> None:
    with taropy.create(KWAI) as taro, pytest.raises(taropy.NotSupported, match="supported on weapp"):
        taro.getWeRunData()
