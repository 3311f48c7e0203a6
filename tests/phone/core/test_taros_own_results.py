"""Where Taro's own code is the native object, a success tells what that code tells, and nothing else: `sources/`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from natively import call
from servers import Answer, WebServer
from tabbed import launched

import taropy
from taropy.phone.media.library import SAMPLES

PLATFORMS = {"rn": "rn", "harmony": "harmony", "harmony-hybrid": "native"}
SOURCES = Path(taropy.__file__).parent / "phone/sources"

# With what a program calls them; `{name}` is a file, or the url of a server that answers JSON.
CALLS: dict[str, dict[str, Any]] = {
    "chooseImage": {}, "chooseLocation": {}, "chooseMedia": {}, "chooseVideo": {}, "getBatteryInfo": {},
    "getClipboardData": {}, "getFuzzyLocation": {}, "getLocation": {}, "getNetworkType": {}, "getSavedFileList": {},
    "getScreenBrightness": {}, "getSetting": {}, "getStorageInfo": {}, "getSystemInfo": {}, "getSystemInfoAsync": {},
    "openSetting": {},
    "compressImage": {"src": "{picture}"},
    "downloadFile": {"url": "{server}"},
    "getFileInfo": {"filePath": "{picture}"},
    "getImageInfo": {"src": "{picture}"},
    "getSavedFileInfo": {"filePath": "{saved}"},
    "getStorage": {"key": "a"},
    "getVideoInfo": {"src": "{video}"},
    "navigateTo": {"url": "/pages/detail/detail"},
    "openVideoEditor": {"filePath": "{video}"},
    "request": {"url": "{server}"},
    "saveFile": {"tempFilePath": "{picture}"},
    "setClipboardData": {"data": "a"},
    "showActionSheet": {"itemList": ["a"]},
    "showModal": {"title": "a"},
}  # fmt: skip
VALUES = (
    "getAppAuthorizeSetting", "getAppBaseInfo", "getBatteryInfoSync", "getDeviceInfo", "getEnterOptionsSync",
    "getLaunchOptionsSync", "getMenuButtonBoundingClientRect", "getSystemInfoSync", "getSystemSetting", "getWindowInfo",
)  # fmt: skip


def results() -> Iterator[Any]:
    """Each function that tells something, with what its source says that it tells."""
    for platform in PLATFORMS:
        tables = tomllib.loads((SOURCES / f"{platform}.toml").read_text("utf-8"))
        for name, table in tables.items():
            if "result" in table and name in (*CALLS, *VALUES):
                yield pytest.param(platform, name, set(table["result"]), id=f"{platform}-{name}")


@pytest.mark.parametrize(("platform", "name", "fields"), [*results()])
def test_a_success_tells_what_its_source_says(platform: str, name: str, fields: set[str]) -> None:
    with taropy.create(platform) as t, WebServer(lambda received: Answer({"a": 1})) as server:
        launched(t)
        native = t.phone.native(platform, PLATFORMS[platform])
        call(native, "setStorage", key="a", data=1)
        files = {
            "server": server.url("/file"),
            "picture": t.phone.files.import_file(native._app, SAMPLES["image"]),
            "video": t.phone.files.import_file(native._app, SAMPLES["video"]),
            "saved": call(native, "saveFile", tempFilePath=t.phone.files.import_file(native._app, SAMPLES["image"]))[
                "savedFilePath"
            ],
        }
        if name in VALUES:
            told = getattr(native, name)()
        else:
            options = {k: v.format(**files) if isinstance(v, str) else v for k, v in CALLS[name].items()}
            told = call(native, name, **options)
        assert ":fail" not in str(told.get("errMsg", ""))
        assert told.keys() - {"errMsg"} == fields
