"""A function tells a program the fields that the vendor documents: on Baidu and Douyin those alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from natively import call
from opened import World, documented, opened
from skia_needed import needs_skia

from taropy.phone import Coupon, Guild

Prepared = Callable[[World], Mapping[str, Any]]

# The names that vendors have for Taro's functions.
CALLED = {("swan", "login"): "getLoginCode"}


def _picks(name: str) -> Prepared:
    def prepare(world: World) -> Mapping[str, Any]:
        world.phone.media.pick(getattr(world, name))
        return {}

    return prepare


def _scans(world: World) -> Mapping[str, Any]:
    world.phone.scanner.pick(world.code)
    return {}


def _stores(world: World) -> Mapping[str, Any]:
    world.native.setStorageSync("tea", "green")
    return {"key": "tea"}


def _keeps(world: World) -> Mapping[str, Any]:
    return {"filePath": call(world.native, "saveFile", tempFilePath=world.file())["savedFilePath"]}


def _fetched(world: World) -> Mapping[str, Any]:
    world.phone.background_fetch.put("tea", "pre", next(iter(world.phone.apps)))
    return {"fetchType": "pre"}


def _places(world: World) -> Mapping[str, Any]:
    world.phone.location.pick("Tea house", "Moganshan")
    return {}


def _subscribes(world: World) -> Mapping[str, Any]:
    world.phone.messages.subscribe_by_form("BD0003", "8026")
    return {"templateId": "BD0003", "subscribeId": "8026"}


def _joins(world: World) -> Mapping[str, Any]:
    world.phone.guilds.put(Guild("1070", "Tea house"))
    return {"open_guild_id": "1070"}


def _saves(world: World) -> Mapping[str, Any]:
    world.phone.payments.coupons = [Coupon(100)]
    return {"productsInfo": [{"appKey": "MMM", "products": [{"amount": 1800, "productId": "tea"}]}]}


def _draws(world: World) -> Mapping[str, Any]:
    world.phone.screen.draw('<canvas canvas-id="tea"/>')
    return {"canvasId": "tea"}


#: What a function is asked, where that is anything, and what the person does then.
ASKED: Mapping[str, Prepared] = {
    "canvasToTempFilePath": _draws,
    "chooseImage": _picks("picture"),
    "chooseVideo": _picks("video"),
    "chooseLocation": _places,
    "compressImage": lambda world: {"src": world.file()},
    "connectSocket": lambda world: {"url": world.web.origin.replace("http", "ws")},
    "deleteBookshelf": lambda world: {"category": "doc", "contentIds": ["tea"]},
    "downloadFile": lambda world: {"url": world.web.url("/picture")},
    "getBackgroundFetchData": _fetched,
    "getFileInfo": lambda world: {"filePath": world.file()},
    "getGuildInfo": _joins,
    "getImageInfo": lambda world: {"src": world.file()},
    "getOptimalPriceInfo": _saves,
    "getSavedFileInfo": _keeps,
    "getStorage": _stores,
    "getUserProfile": lambda world: {},
    "insertBookshelf": lambda world: {"category": "doc", "contentIds": ["tea"]},
    "queryBookshelf": lambda world: {"contentIds": ["tea"]},
    "request": lambda world: {"url": world.web.url("/tea")},
    "requestSubscribeMessage": lambda world: {"tmplIds": ["sent"]},
    "saveFile": lambda world: {"tempFilePath": world.file()},
    "scanCode": _scans,
    "showActionSheet": lambda world: {"itemList": ["green", "black"]},
    "showModal": lambda world: {"title": "Tea?", "content": "Green"},
    "subscribeService": _subscribes,
    "updateBookshelfReadTime": lambda world: {"category": "doc", "contentIds": ["tea"]},
    "uploadFile": lambda world: {"url": world.web.url("/tea"), "filePath": world.file(), "name": "photo"},
}

#: Who documents all fields: the others' programs are known to read these at least.
COMPLETE = {"swan", "tt"}
#: What is told beside them on single devices, by the page of the function, and what is no field of the page but true.
BESIDE = {
    "getSystemInfo": None,
    "getSystemInfoSync": None,
    ("tt", "chooseMedia"): {"type"},
    ("tt", "requestSubscribeMessage"): {"sent"},
}

#: What the page says that iPhones do not tell, as which these are.
UNTOLD = {("tt", "getConnectedWifi"): {"secure", "signalStrength"}}

CELLS = [
    pytest.param(platform, name, marks=needs_skia if name.startswith("canvas") else ())
    for platform in ("swan", "tt", "qq", "jd")
    for name, source in documented(platform).items()
    if "result" in source and not name.startswith("on")
]


@pytest.mark.parametrize(("platform", "name"), CELLS)
def test_a_result_has_the_fields_that_the_vendor_documents(platform: str, name: str, tmp_path: Path) -> None:
    with opened(platform, tmp_path) as world:
        if "Sync" in name or name == "getMenuButtonBoundingClientRect":
            told = dict(getattr(world.native, name)())
        else:
            if name in ("getUserProfile", "getQQRunData", "getGuildInfo"):
                call(world.native, "login")
            if name == "getUserInfo":
                call(world.native, CALLED.get((platform, "login"), "login"))
                world.phone.permissions.grant("scope.userInfo")
            options = ASKED[name](world) if name in ASKED else {}
            told = call(world.native, CALLED.get((platform, name), name), **options)
            assert told.pop("errMsg") == f"{CALLED.get((platform, name), name)}:ok"
    fields = {*documented(platform)[name]["result"]} - UNTOLD.get((platform, name), set())
    beside = BESIDE.get((platform, name), BESIDE.get(name, set()))
    if platform in COMPLETE and beside is not None:
        assert {*told} - beside == fields
    else:
        assert fields <= {*told}


@pytest.mark.parametrize("platform", ["swan", "tt", "qq"])
def test_listeners_to_the_network_hear_what_the_vendor_documents(platform: str, tmp_path: Path) -> None:
    heard: list[Any] = []
    with opened(platform, tmp_path) as world:
        world.native.onNetworkStatusChange(heard.append)
        world.phone.network.type = "4g"
        call(world.native, "getNetworkType")
    assert heard == [{"isConnected": True, "networkType": "4g"}]
    assert {*heard[0]} == {*documented(platform)["onNetworkStatusChange"]["result"]}


def test_what_a_test_orders_is_told_whatever_the_vendor_documents(tmp_path: Path) -> None:
    with opened("swan", tmp_path) as world:
        world.phone.faults.answer("request", data="green", cookies=["a=1"])
        world.phone.faults.fail("request", "out of tea", errCode=418)
        answers = [call(world.native, "request", url=world.web.url()) for _ in range(2)]
    assert answers[0] == {"errMsg": "request:ok", "data": "green", "cookies": ["a=1"]}
    assert answers[1] == {"errMsg": "request:fail out of tea", "errCode": 418}
