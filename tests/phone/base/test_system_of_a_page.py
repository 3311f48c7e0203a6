"""What a web page tells of the phone that it is on, and what a browser makes of bytes."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pytest

import taropy
from taropy.phone import Phone


@pytest.fixture
def page() -> Iterator[Any]:
    with taropy.create("h5") as t:
        yield t


@pytest.mark.parametrize("field", ["SDKVersion", "version", "environment", "deviceAbi", "CPUType"])
def test_what_no_browser_knows_is_an_empty_text(page: Any, field: str) -> None:
    assert page.getSystemInfoSync()[field] == ""
    assert page.getSystemInfo().result()[field] == ""


def test_each_function_has_the_fields_of_taros(page: Any) -> None:
    assert (page.getDeviceInfo().abi, page.getDeviceInfo().CPUType) == ("", "")
    assert (page.getAppBaseInfo().SDKVersion, page.getAppBaseInfo().version) == ("", "")
    assert "abi" not in page.getSystemInfoSync()


def test_the_native_object_has_no_numbers_where_a_browser_has_none_and_taro_tells_no_such_fields(page: Any) -> None:
    native = page.phone.native("h5").getSystemInfoSync()
    assert math.isnan(native["statusBarHeight"])
    assert math.isnan(native["fontSizeSetting"])
    assert not {"statusBarHeight", "fontSizeSetting"} & set(page.getSystemInfoSync())


@pytest.mark.parametrize(
    ("device", "brand", "model"),
    [("iPhone 15 Pro", "Apple", "iPhone"), ("iPhone SE (3rd generation)", "Apple", "iPhone"),
     ("Pixel 8", "unknown", "Pixel 8"), ("Redmi 10A", "unknown", "220233L2C")],
)  # fmt: skip
def test_a_page_knows_of_the_phone_what_the_user_agent_tells(device: str, brand: str, model: str) -> None:
    with Phone(device=device) as phone, taropy.create("h5", phone=phone) as page:
        info = page.getSystemInfoSync()
        assert (info.brand, info.model) == (brand, model)


def test_an_app_that_is_being_made_can_be_debugged(page: Any) -> None:
    assert page.getAppBaseInfo().enableDebug is True


def test_pictures_in_webp_are_the_browsers_affair(page: Any) -> None:
    assert page.canIUseWebp()
    page.phone.browser.webp = False
    assert not page.canIUseWebp()


@pytest.mark.parametrize(
    ("text", "data"),
    [("CxYh", b"\x0b\x16\x21"), ("AAEC_w==", b"\0\1\2\xff"), ("AAEC/w==", b"\0\1\2\xff"), ("!!!!", b"\0\0\0"),
     ("YWI=", b"ab"), ("", b""), ("A===", b""), ("AAAA====", b"\0\0")],
)  # fmt: skip
def test_any_four_characters_are_three_bytes_to_a_page(page: Any, text: str, data: bytes) -> None:
    assert page.base64ToArrayBuffer(text) == data


@pytest.mark.parametrize("text", ["AA", "YW I=", "a"])
def test_a_page_fails_at_base64_of_another_length(page: Any, text: str) -> None:
    with pytest.raises(taropy.TaroError, match=r"^base64ToArrayBuffer:fail Invalid string"):
        page.base64ToArrayBuffer(text)


def test_a_page_makes_no_base64_of_an_array_buffer(page: Any) -> None:
    assert page.arrayBufferToBase64(b"bytes") == ""
