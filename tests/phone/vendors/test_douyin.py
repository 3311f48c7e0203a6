"""Douyin's functions by its own types and pages: what is different there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from natively import call, turns
from opened import ANDROID, IPHONE, opened

import taropy
from taropy.phone import Phone

NOWHERE = "http://127.0.0.1:9/"
MISSING = "ttfile://temp/none.png"

FAILING: list[tuple[str, Mapping[str, Any]]] = [
    ("authorize", {"scope": "scope.none"}),
    ("compressImage", {"src": MISSING}),
    ("connectSocket", {"url": "tea"}),
    ("downloadFile", {"url": NOWHERE}),
    ("getFileInfo", {"filePath": MISSING}),
    ("getStorage", {"key": ""}),
    ("removeSavedFile", {"filePath": MISSING}),
    ("request", {"url": NOWHERE}),
    ("request", {"url": "tea"}),
    ("saveFile", {"tempFilePath": MISSING}),
    ("saveImageToPhotosAlbum", {"filePath": MISSING}),
    ("setStorage", {"key": ""}),
    ("uploadFile", {"url": NOWHERE, "filePath": MISSING, "name": "tea"}),
]


@pytest.mark.parametrize(("name", "options"), FAILING)
def test_a_failure_has_none_of_wechat_s_numbers(name: str, options: Any) -> None:
    with Phone() as phone:
        assert {*call(phone.native("tt", "tt"), name, **options)} == {"errMsg"}


@pytest.mark.parametrize(
    ("name", "scope"),
    [
        ("authorize", "scope.userInfo"),
        ("chooseAddress", "scope.address"),
        ("chooseLocation", "scope.userLocation"),
        ("getLocation", "scope.userLocation"),
        ("getUserInfo", "scope.userInfo"),
        ("saveImageToPhotosAlbum", "scope.album"),
        ("startLocationUpdate", "scope.userLocation"),
    ],
)
def test_so_has_a_refusal(name: str, scope: str, tmp_path: Path) -> None:
    with opened("tt", tmp_path) as world:
        world.phone.permissions.deny(scope)
        answer = call(world.native, name, scope=scope, filePath=world.file())
        assert answer == {"errMsg": f"{name}:fail auth deny"}


def test_a_key_that_was_never_stored_is_an_empty_text() -> None:
    with taropy.create("tt") as t:
        assert t.getStorage(key="tea").result().data == ""
        assert t.getStorageSync("tea") == ""


def test_sealed_data_are_for_who_asks_for_them() -> None:
    with taropy.create("tt") as t:
        t.login().result()
        assert not {"signature", "encryptedData", "iv"} & {*t.getUserInfo().result()}
        assert {"signature", "encryptedData", "iv"} <= {*t.getUserInfo(withCredentials=True).result()}


def test_a_profile_is_asked_for_without_a_description() -> None:
    with Phone() as phone:
        native = phone.native("tt", "tt")
        assert call(native, "getUserProfile")["errMsg"] == "getUserProfile:ok"
        phone.person.script("getUserProfile", allow=False)
        assert call(native, "getUserProfile") == {"errMsg": "getUserProfile:fail auth deny"}


def test_a_position_is_in_gcj02_and_has_the_names_of_its_place() -> None:
    with taropy.create("tt") as t:
        t.phone.location.address = {"city": "Hangzhou", "province": "Zhejiang", "district": "Xihu", "street": "Lushan"}
        usual, named = t.getLocation().result(), t.getLocation(type="gcj02").result()
    assert (usual.latitude, usual.longitude) == (named.latitude, named.longitude)
    assert (usual.city, usual.province, usual.district) == ("Hangzhou", "Zhejiang", "Xihu")
    assert "street" not in usual


@pytest.mark.parametrize(("device", "seconds"), [(IPHONE, 0.015), (ANDROID, 0.030)])
def test_a_short_vibration_is_longer_on_android(device: str, seconds: float) -> None:
    with Phone(device=device) as phone:
        call(phone.native("tt", "tt"), "vibrateShort")
        assert [vibration.seconds for vibration in phone.hardware.vibrations] == [seconds]


def test_an_error_s_icon_is_shown_whatever_it_is_called() -> None:
    with taropy.create("tt") as t:
        t.showToast(title="Out of tea", icon="error").result()
        assert t.phone.screen.toast.icon == "error"


def test_a_modal_has_douyin_s_colors() -> None:
    with Phone() as phone:
        call(phone.native("tt", "tt"), "showModal", title="Tea?")
        [modal] = phone.screen.history
        assert (modal.confirmColor, modal.cancelColor) == ("#F85959", "#000000")


def test_a_page_scrolls_in_200_ms() -> None:
    async def main() -> None:
        promise = t.pageScrollTo(scrollTop=40)
        await turns()
        t.phone.clock.advance(0.199)
        await turns()
        assert t.phone.screen.scroll_top == 0
        t.phone.clock.advance(0.002)
        assert (await promise).errMsg == "pageScrollTo:ok"

    with taropy.create("tt") as t:
        t.phone.clock.stop()
        taropy.run(main)


@pytest.mark.parametrize(
    ("method", "target", "body"),
    [
        ("GET", "/tea?sort=green", b""),
        ("DELETE", "/tea?sort=green", b""),
        ("POST", "/tea", b'{"sort":"green"}'),
        ("PUT", "/tea", b'{"sort":"green"}'),
        ("PATCH", "/tea", b'{"sort":"green"}'),
    ],
)
def test_data_are_a_body_with_post_put_and_patch_alone(method: str, target: str, body: bytes, tmp_path: Path) -> None:
    with opened("tt", tmp_path) as world:
        call(world.native, "request", url=world.web.url("/tea"), method=method, data={"sort": "green"})
        assert (world.web.last.target, world.web.last.body) == (target, body)
