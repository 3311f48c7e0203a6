"""The position of a web page: a browser's, or WeChat's if the page is inside WeChat."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from natively import call
from supporting import failure

import taropy
from taropy.phone import Place

HERE = (31.2304, 121.4737)


@pytest.fixture
def page() -> Iterator[Any]:
    with taropy.create("h5") as t:
        t.phone.location.set(*HERE, accuracy=20, vertical_accuracy=7, altitude=4)
        yield t


def test_a_browser_tells_where_the_phone_is_as_it_has_it(page: Any) -> None:
    told = page.getLocation(type="wgs84").result()
    assert (told.latitude, told.longitude, told.altitude, told.speed) == (*HERE, 4, 0)
    assert (told.accuracy, told.horizontalAccuracy, told.verticalAccuracy) == (20, 20, 7)


@pytest.mark.parametrize("type", ["gcj02", "GCJ02", ""])
def test_a_browser_knows_no_other_coordinates(page: Any, type: str) -> None:
    words = "getLocation:fail This coordinate system type is not temporarily supported"
    assert failure(page.getLocation(type=type)) == words


def test_the_native_function_wants_the_type_to_be_named(page: Any) -> None:
    native = page.phone.native("h5")
    assert "not temporarily supported" in call(native, "getLocation")["errMsg"]
    assert call(native, "getLocation", type="WGS84")["errMsg"] == "getLocation:ok"
    assert page.getLocation().result().latitude == HERE[0], "Taro's default is given by taropy"


def test_who_refuses_says_so_in_the_browsers_words(page: Any) -> None:
    page.phone.permissions.deny("scope.userLocation")
    with pytest.raises(taropy.TaroError) as caught:
        page.getLocation().result()
    assert (caught.value.errMsg, caught.value.errCode) == ("getLocation:fail User denied Geolocation", None)


async def heard(page: Any, name: str) -> Any:
    """The first thing that listeners are told."""
    told: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
    getattr(page, name)(lambda event: None if told.done() else told.set_result(event))
    return await asyncio.wait_for(told, 3)


@pytest.mark.anyio
async def test_listeners_hear_in_wgs84_and_a_second_start_fails() -> None:
    async with taropy.create("h5") as page:
        page.phone.location.set(*HERE, accuracy=20, vertical_accuracy=7)
        first = asyncio.ensure_future(heard(page, "onLocationChange"))
        await page.startLocationUpdate(type="gcj02")
        event = await first
        assert (event.latitude, event.longitude, event.verticalAccuracy, event.horizontalAccuracy) == (*HERE, 0, 20)
        with pytest.raises(taropy.TaroError, match=r"^startLocationUpdate:fail$"):
            await page.startLocationUpdate({})
        await page.stopLocationUpdate()
        await page.startLocationUpdate({})


@pytest.mark.anyio
async def test_a_start_succeeds_and_the_persons_no_comes_as_an_error() -> None:
    async with taropy.create("h5") as page:
        page.phone.permissions.deny("scope.userLocation")
        error = asyncio.ensure_future(heard(page, "onLocationChangeError"))
        await page.startLocationUpdate({})
        told = await error
        assert (told.errMsg, told.errCode) == ("Watch Position error", 1)
        assert told.err["message"] == "User denied Geolocation"


def test_in_any_browser_but_wechats_there_is_no_map(page: Any) -> None:
    needs = "openLocation:fail h5 端当前仅在微信公众号 JS-SDK 环境下支持此 API"
    assert failure(page.openLocation(latitude=31.2, longitude=121.5)) == needs
    assert failure(page.chooseLocation({})) == "chooseLocation:fail LOCATION_APIKEY needed"
    assert page.phone.location.shown == []


def test_inside_wechat_there_is(page: Any) -> None:
    page.phone.browser.wechat = True
    page.phone.location.pick("东方明珠", "世纪大道1号", 31.24, 121.5)
    assert page.chooseLocation({}).result().name == "东方明珠"
    page.openLocation(latitude=31.2, longitude=121.5).result()
    assert page.phone.location.shown == [Place(31.2, 121.5)]


def test_inside_wechat_it_is_wechat_that_tells_the_position(page: Any) -> None:
    page.phone.browser.wechat = True
    told = call(page.phone.native("h5"), "getLocation", type="gcj02")
    assert told.keys() == {"errMsg", "latitude", "longitude", "speed", "accuracy"}
    assert (told["latitude"], told["longitude"]) != HERE
    page.phone.permissions.deny("scope.userLocation")
    assert failure(page.getLocation()) == "getLocation:fail auth deny"
