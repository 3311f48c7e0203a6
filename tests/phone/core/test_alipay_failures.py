"""Failures on Alipay: each has a number in `error` and words in `errorMessage`, as the function's own page lists them.

What the numbers mean stands in taropy/phone/sources/alipay.toml, with the pages.
"""

from __future__ import annotations

from typing import Any

import pytest
from natively import call
from tabbed import launched

import taropy
from taropy.phone import Phone

KB = 1024
GONE = "https://resource/gone.png"

#: What a program does wrong, and the number that it is told.
WRONG: list[tuple[str, dict[str, Any], int]] = [
    ("getStorage", {"key": ""}, 2),
    ("getStorage", {}, 2),
    ("setStorage", {"key": "", "data": 1}, 2),
    ("setStorage", {"data": 1}, 2),
    ("setStorage", {"key": "a"}, 2),
    ("setStorage", {"key": "a", "data": "x" * 200 * KB}, 14),
    ("removeStorage", {"key": ""}, 2),
    ("saveFile", {"apFilePath": GONE}, 12),
    ("saveFile", {"apFilePath": ""}, 2),
    ("saveFile", {}, 2),
    ("saveImageToPhotosAlbum", {"filePath": ""}, 2),
    ("saveImageToPhotosAlbum", {}, 2),
    ("saveImageToPhotosAlbum", {"filePath": GONE}, 17),
    ("saveVideoToPhotosAlbum", {"filePath": ""}, 2),
    ("saveVideoToPhotosAlbum", {}, 2),
    ("saveVideoToPhotosAlbum", {"filePath": GONE}, 17),
    ("getImageInfo", {"src": ""}, 12),
    ("getImageInfo", {"src": GONE}, 18),
    ("makePhoneCall", {"number": ""}, 2),
    ("makePhoneCall", {}, 2),
    ("connectSocket", {"url": ""}, 3),
    ("connectSocket", {"url": "ws:// nowhere"}, 4),
    ("connectSocket", {"url": "http://nowhere.test"}, 5),
    ("connectSocket", {"url": 1}, 2),
    ("sendSocketMessage", {"data": "hello"}, 10),
    ("openLocation", {"longitude": 121.0, "latitude": 31.0, "name": "The Bund"}, 2),
    ("openLocation", {"latitude": 31.0, "name": "The Bund", "address": "Shanghai"}, 2),
    ("previewImage", {}, 2),
    ("setScreenBrightness", {"brightness": 4}, 2),
    ("setScreenBrightness", {}, 2),
    ("setVisualEffectOnCapture", {"visualEffect": "blurred"}, 2),
    ("setBackgroundTextStyle", {"textStyle": "grey"}, 2),
    ("getBackgroundFetchData", {"fetchType": "pre"}, 3),
    ("getBackgroundFetchData", {"fetchType": "periodic"}, 2),
    ("getBackgroundFetchData", {}, 2),
    ("navigateToMiniProgram", {}, 2),
    ("navigateToMiniProgram", {"appId": "nobody"}, 31),
    ("downloadFile", {"url": ""}, 2),
    ("uploadFile", {"url": "http://localhost/", "filePath": "https://usr/gone", "name": "file"}, 11),
    ("uploadFile", {"url": "http://localhost/", "name": "file"}, 11),
    ("uploadFile", {"url": "http://localhost/", "filePath": GONE, "name": 1}, 11),
    ("request", {"url": ""}, 2),
    ("request", {}, 2),
    ("loadFontFace", {}, 2),
    ("pageScrollTo", {}, 1),
    ("showActionSheet", {}, 2),
    ("setClipboard", {}, 2),
]


@pytest.fixture
def my(phone: Phone) -> Any:
    """Alipay's native object, of an app with two tabs that shows the first."""
    launched(taropy.create("alipay", phone=phone))
    return phone.native("alipay")


def told(failure: dict[str, Any]) -> int:
    """The number of a failure, which has words beside it, and none of WeChat's numbers."""
    assert failure["errorMessage"]
    assert not {"errCode", "errno"} & {*failure}
    number: int = failure["error"]
    return number


@pytest.mark.parametrize(("name", "options", "error"), WRONG)
def test_what_a_program_does_wrong_has_the_number_of_the_functions_page(
    my: Any, name: str, options: dict[str, Any], error: int
) -> None:
    assert told(call(my, name, **options)) == error
