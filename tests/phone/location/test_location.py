"""Where the phone is, how it moves, and what the map shows."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from natively import call, turns
from supporting import failure, refused, supporting

import taropy
from taropy.phone import Phone, Place

# The lighthouses of the formula's other implementations (github.com/googollee/eviltransform): Shanghai, Shenzhen and
# Beijing, in both coordinates.
WGS84, GCJ02 = (31.1774276, 121.5272106), (31.17530398364597, 121.531541859215)
PUBLISHED = [
    (WGS84, GCJ02),
    ((22.543847, 113.912316), (22.540796131694766, 113.9171764808363)),
    ((39.911954, 116.377817), (39.91334545536069, 116.38404722455657)),
]

# --- the position --------------------------------------------------------------------------------------------------


@supporting("getLocation")
def test_the_phone_is_where_it_was_put(t: Any) -> None:
    t.phone.location.set(48.5, 11.5, accuracy=5, altitude=600, speed=2)
    res = t.getLocation(type="wgs84").result()
    assert (float(res.latitude), float(res.longitude), float(res.accuracy)) == (48.5, 11.5, 5)
    assert res.errMsg == "getLocation:ok"
    if t.getEnv() != "ALIPAY":
        told = {"rn": (600, 2, 5, 0), "harmony": (600, 2, 5, 0), "harmony-hybrid": (0, 2, 5, 5)}
        assert (res.altitude, res.speed, res.horizontalAccuracy, res.verticalAccuracy) == told.get(
            t.platform.name, (600, 2, 5, 30)
        )


@pytest.mark.parametrize("platform", ["rn", "harmony"])
def test_on_phones_taros_own_code_gives_the_devices_coordinates_whatever_is_asked_for(platform: str) -> None:
    with taropy.create(platform) as t:
        t.phone.location.set(*WGS84)
        res = t.getLocation(type="gcj02").result()
        assert (res.latitude, res.longitude) == WGS84


def test_harmony_hybrid_tells_the_height_to_those_who_ask_and_blurs_nothing() -> None:
    with taropy.create("harmony-hybrid") as t:
        t.phone.location.set(*WGS84, altitude=600)
        assert t.getLocation(altitude=True).result().altitude == 600
        fuzzy = t.getFuzzyLocation(type="wgs84").result()
        assert (fuzzy.latitude, fuzzy.longitude) == WGS84


def test_harmony_reports_to_listeners_without_a_start() -> None:
    async def main() -> None:
        heard: list[Any] = []
        t.phone.clock.stop()
        t.phone.location.set(*WGS84)
        t.onLocationChange(heard.append)
        await turns(9)
        assert [(told.latitude, told.longitude) for told in heard] == [WGS84]
        t.offLocationChange(heard.append)
        t.phone.clock.advance(5)
        await turns(9)
        assert len(heard) == 1

    with taropy.create("harmony") as t:
        asyncio.run(main())


def test_react_native_watches_the_position_once() -> None:
    with taropy.create("rn") as t:
        t.startLocationUpdate().result()
        assert failure(t.startLocationUpdate()) == "startLocationUpdate:fail"
        t.stopLocationUpdate().result()
        t.startLocationUpdate().result()


@pytest.mark.parametrize(("wgs84", "gcj02"), PUBLISHED)
def test_chinese_maps_are_shifted(wgs84: tuple[float, float], gcj02: tuple[float, float]) -> None:
    with taropy.create("weapp") as t:
        t.phone.location.set(*wgs84)
        plain, shifted = t.getLocation().result(), t.getLocation(type="gcj02").result()
        assert (plain.latitude, plain.longitude) == wgs84
        assert (shifted.latitude, shifted.longitude) == pytest.approx(gcj02, abs=1e-9)


def test_the_rest_of_the_world_is_not() -> None:
    with taropy.create("weapp") as t:
        t.phone.location.set(-33.86, 151.21)
        res = t.getLocation(type="gcj02").result()
        assert (res.latitude, res.longitude) == (-33.86, 151.21)


def test_alipay_answers_with_text_for_chinese_maps() -> None:
    phone = Phone()
    phone.location.set(*WGS84)
    phone.location.address = {"city": "上海市", "pois": []}
    my = phone.native("alipay", "my")
    answer = call(my, "getLocation")
    assert float(answer["latitude"]) == pytest.approx(GCJ02[0])
    assert isinstance(answer["longitude"], str)
    assert "city" not in answer
    assert call(my, "getLocation", type=1)["city"] == "上海市"
    assert "pois" not in call(my, "getLocation", type=2)
    assert "pois" in call(my, "getLocation", type=3)


@pytest.mark.parametrize(("platform", "native", "told"), [("tt", "tt", "上海市"), ("weapp", "wx", None)])
def test_some_platforms_name_the_place(platform: str, native: str, told: str | None) -> None:
    phone = Phone()
    phone.location.address = {"city": "上海市"}
    assert call(phone.native(platform, native), "getLocation").get("city") == told


def test_a_fuzzy_position_is_near() -> None:
    with taropy.create("weapp") as t:
        t.phone.location.set(48.123456, 11.987654)
        res = t.getFuzzyLocation({}).result()
        assert (res.latitude, res.longitude) == (48.12, 11.99)
        assert t.phone.person.asked[-1].shown["scope"] == "scope.userFuzzyLocation"


@pytest.mark.parametrize(
    ("platform", "errMsg"),
    [
        ("weapp", "getLocation:fail invalid type mars"),
        ("h5", "getLocation:fail This coordinate system type is not temporarily supported"),
    ],
)
def test_coordinates_that_there_are_not(platform: str, errMsg: str) -> None:
    with taropy.create(platform) as t:
        assert failure(t.getLocation(type="mars")) == errMsg


def test_the_web_has_no_shifted_coordinates() -> None:
    with taropy.create("h5") as t:
        assert "not temporarily supported" in failure(t.getLocation(type="gcj02"))


@pytest.mark.parametrize("place", [(91, 0), (0, 181), (-90.1, 0), (float("nan"), 0)])
def test_the_phone_stays_on_the_earth(place: tuple[float, float]) -> None:
    phone = Phone()
    before = phone.location.position
    with pytest.raises(ValueError):
        phone.location.set(*place)
    assert phone.location.position == before


def test_a_phone_with_a_folder_keeps_its_place(tmp_path: Path) -> None:
    with Phone(tmp_path) as phone:
        phone.location.set(1.5, 2.5, accuracy=9)
    with Phone(tmp_path) as phone:
        assert (phone.location.position.latitude, phone.location.position.accuracy) == (1.5, 9)


# --- when it may not be told ---------------------------------------------------------------------------------------


@supporting("getLocation", without=("harmony",))
def test_a_refusal_is_remembered(t: Any) -> None:
    t.phone.person.script("authorize", allow=False, remember=True)
    for _ in range(2):
        assert failure(t.getLocation()) == refused(t, "getLocation")
    assert [question.shown["scope"] for question in t.phone.person.asked] == ["scope.userLocation"]


@pytest.mark.anyio
@pytest.mark.parametrize(("platform", "native"), [("harmony", "harmony"), ("harmony-hybrid", "native")])
async def test_without_a_listener_nobody_is_taken_off_where_taros_code_wants_one(platform: str, native: str) -> None:
    heard: list[Any] = []
    async with taropy.create(platform) as t:
        own = t.phone.native(platform, native)
        own.onLocationChange(heard.append)
        if platform == "harmony-hybrid":
            await t.startLocationUpdate()
        await turns(20)
        own.offLocationChange()
        before = len(heard)
        t.phone.location.set(1, 2)
        await turns(20)
        assert len(heard) == before + 1
        own.offLocationChange(heard.append)
        t.phone.location.set(3, 4)
        await turns(20)
        assert len(heard) == before + 1


@pytest.mark.anyio
async def test_in_the_hybrid_too_it_is_told_that_the_position_is_no_longer_known() -> None:
    heard: list[Any] = []
    async with taropy.create("harmony-hybrid") as t:
        t.native.onLocationChangeError(heard.append)
        await t.startLocationUpdate()
        t.native.offLocationChangeError()
        t.phone.system.location = False
        t.phone.location.set(1, 2)
        await turns(20)
        assert [told.keys() for told in heard] == [{"errCode"}]


def test_the_hybrids_map_is_not_zoomed_in() -> None:
    with taropy.create("harmony-hybrid") as t:
        t.openLocation(latitude=1, longitude=2, scale=5, name="a", address="b").result()
        assert t.phone.location.shown == [Place(1, 2, "a", "b", 18)]


def test_harmony_asks_nobody_and_without_the_permission_it_fails_at_once() -> None:
    with taropy.create("harmony") as t:
        assert t.getLocation().result().accuracy == 30
        t.phone.permissions.deny("scope.userLocation")
        assert failure(t.getLocation()) == refused(t, "getLocation")
        assert t.phone.person.asked == []


@pytest.mark.anyio
async def test_react_native_begins_to_report_before_anybody_is_asked() -> None:
    heard: list[Any] = []
    async with taropy.create("rn") as t:
        t.onLocationChange(heard.append)
        t.phone.person.script("authorize", allow=False)
        assert (await t.startLocationUpdate()).errMsg == "startLocationUpdate:ok"
        await turns(20)
        assert [(told["errMsg"], told["err"]) for told in heard] == [("Watch Position error", {"code": 1})]
        with pytest.raises(taropy.TaroError):
            await t.startLocationUpdate()
        await t.stopLocationUpdate()
        t.phone.permissions.grant("scope.userLocation")
        await t.startLocationUpdate()
        await turns(20)
        assert heard[-1].accuracy == 30


@supporting("getLocation")
def test_the_phones_own_switch_is_off(t: Any) -> None:
    t.phone.system.location = False
    with pytest.raises(taropy.TaroError) as caught:
        t.getLocation().result()
    usual = ":ERROR_NOCELL&WIFI_LOCATIONSWITCHOFF"
    own = {"rn": ("", None), "harmony": (" The location switch is off.", 3301100)} | {
        "alipay": (usual, 11), "swan": (usual, None), "tt": (usual, None),
        "h5": (" application does not have sufficient geolocation permissions.", None),
    }  # fmt: skip
    words, code = own.get(t.platform.name, (usual, 2))
    assert (caught.value.errMsg, caught.value.errCode) == (f"getLocation:fail{words}", code)


def test_wechat_itself_words_that_with_a_colon() -> None:
    phone = Phone()
    phone.system.location = False
    assert call(phone.native("weapp"), "getLocation") == {
        "errMsg": "getLocation:fail:ERROR_NOCELL&WIFI_LOCATIONSWITCHOFF",
        "errCode": 2,
    }


def test_the_vendors_app_may_not_know_the_place() -> None:
    with taropy.create("weapp") as t:
        t.phone.system.set_permission("location", "denied")
        assert failure(t.getLocation()) == "getLocation:fail system permission denied"
        assert failure(t.startLocationUpdate()) == "startLocationUpdate:fail system permission denied"


def test_alipay_has_a_number_for_each_reason() -> None:
    phone = Phone()
    my = phone.native("alipay", "my")
    phone.system.location = False
    assert call(my, "getLocation")["error"] == 11
    phone.permissions.reset()
    phone.person.script("authorize", allow=False)
    assert call(my, "getLocation")["error"] == 2001


# --- reports -------------------------------------------------------------------------------------------------------


@supporting("startLocationUpdate", "onLocationChange", "offLocationChange", "stopLocationUpdate")
def test_who_listens_is_told_at_once_and_of_every_move(t: Any) -> None:
    async def main() -> None:
        t.phone.clock.stop()
        places: asyncio.Queue[Any] = asyncio.Queue()
        t.onLocationChange(places.put_nowait)
        t.phone.location.set(10, 20)
        await t.startLocationUpdate(type="wgs84")
        assert (await places.get()).latitude == 10
        t.phone.location.set(11, 20)
        assert (await places.get()).latitude == 11
        await t.stopLocationUpdate()
        t.phone.location.set(12, 20)
        await turns()
        assert places.empty()

    asyncio.run(main())


def test_the_reports_end_with_the_program_that_asked_for_them() -> None:
    async def main() -> None:
        async with Phone() as phone, taropy.create("weapp", phone=phone) as staying:
            phone.clock.stop()
            places: asyncio.Queue[Any] = asyncio.Queue()
            staying.onLocationChange(places.put_nowait)
            async with taropy.create("weapp", phone=phone) as leaving:
                await leaving.startLocationUpdate()
                await places.get()
            phone.location.set(12, 20)
            await turns()
            assert places.empty()

    asyncio.run(main())


def test_reports_are_for_chinese_maps_by_default() -> None:
    async def main() -> None:
        async with taropy.create("weapp") as t:
            places: asyncio.Queue[Any] = asyncio.Queue()
            t.phone.location.set(*WGS84)
            t.onLocationChange(places.put_nowait)
            await t.startLocationUpdate()
            assert (await places.get()).latitude == pytest.approx(GCJ02[0])

    asyncio.run(main())


def test_a_failing_report_is_told_once_until_it_works_again() -> None:
    async def main() -> None:
        async with taropy.create("weapp") as t:
            t.phone.clock.stop()
            told: asyncio.Queue[Any] = asyncio.Queue()
            t.onLocationChange(lambda _: told.put_nowait("place"))
            t.onLocationChangeError(lambda res: told.put_nowait(res.errCode))
            await t.startLocationUpdate()
            assert await told.get() == "place"
            t.phone.system.location = False
            t.phone.clock.advance(3)
            assert await told.get() == 2
            t.phone.system.location = True
            t.phone.location.set(1, 1)
            assert await told.get() == "place"

    asyncio.run(main())


@pytest.mark.parametrize(
    ("start", "reports"),
    [("startLocationUpdate", 1), ("startLocationUpdateBackground", 2)],
    ids=["front", "background"],
)
def test_a_hidden_app_is_told_only_if_it_asked_for_the_background(start: str, reports: int) -> None:
    async def main() -> None:
        async with taropy.create("weapp") as t:
            t.phone.clock.stop()
            t.phone.permissions.grant("scope.userLocationBackground")
            places: list[Any] = []
            told = asyncio.Event()
            t.onLocationChange(lambda res: (places.append(res), told.set()))
            await getattr(t, start)()
            await told.wait()
            t.phone.lifecycle.background()
            t.phone.location.set(1, 1)
            await turns()
            assert len(places) == reports

    asyncio.run(main())


def test_reports_need_permission() -> None:
    with taropy.create("weapp") as t:
        t.phone.permissions.deny("scope.userLocation")
        assert failure(t.startLocationUpdate()) == "startLocationUpdate:fail auth deny"
        assert failure(t.startLocationUpdateBackground()) == "startLocationUpdateBackground:fail auth deny"
        t.phone.permissions.grant("scope.userLocationBackground")
        assert t.startLocationUpdateBackground().result().errMsg == "startLocationUpdateBackground:ok"


def test_each_app_has_reports_of_its_own() -> None:
    async def main() -> None:
        phone = Phone()
        phone.clock.stop()
        phone.location.set(*WGS84)
        async with taropy.create("weapp", phone=phone) as wechat, taropy.create("tt", phone=phone) as douyin:
            told: asyncio.Queue[tuple[str, float]] = asyncio.Queue()
            wechat.onLocationChange(lambda res: told.put_nowait(("wechat", res.latitude)))
            douyin.onLocationChange(lambda res: told.put_nowait(("douyin", res.latitude)))
            await wechat.startLocationUpdate(type="wgs84")
            await douyin.startLocationUpdate(type="gcj02")
            assert dict([await told.get(), await told.get()]) == {
                "wechat": WGS84[0],
                "douyin": pytest.approx(GCJ02[0]),
            }
            await douyin.stopLocationUpdate()
            phone.location.set(1, 2)
            assert await told.get() == ("wechat", 1)
            await turns()
            assert told.empty()

    asyncio.run(main())


def test_a_second_start_replaces_the_first_and_a_second_stop_does_nothing() -> None:
    async def main() -> None:
        async with taropy.create("weapp") as t:
            t.phone.clock.stop()
            t.phone.location.set(*WGS84)
            told: asyncio.Queue[float] = asyncio.Queue()
            t.onLocationChange(lambda res: told.put_nowait(res.latitude))
            await t.startLocationUpdate(type="wgs84")
            assert await told.get() == WGS84[0]
            await t.startLocationUpdate(type="gcj02")
            assert await told.get() == pytest.approx(GCJ02[0])
            t.phone.clock.advance(1)
            assert await told.get() == pytest.approx(GCJ02[0])
            for _ in range(2):
                await t.stopLocationUpdate()
            t.phone.clock.advance(5)
            await turns()
            assert told.empty()

    asyncio.run(main())


# --- the map -------------------------------------------------------------------------------------------------------


@supporting("chooseLocation")
def test_the_person_picks_a_place(t: Any) -> None:
    t.phone.browser.wechat = True
    t.phone.location.pick("东方明珠", "世纪大道1号", 31.24, 121.5)
    res = t.chooseLocation({}).result()
    assert (res.name, res.address, res.latitude, res.longitude) == ("东方明珠", "世纪大道1号", 31.24, 121.5)
    t.phone.location.cancel()
    assert failure(t.chooseLocation({})) == "chooseLocation:fail cancel"


@pytest.mark.parametrize("place", [(91.0, 0.0), (0.0, float("nan"))])
def test_no_place_off_the_earth_can_be_picked(place: tuple[float, float]) -> None:
    phone = Phone()
    with pytest.raises(ValueError, match="no place at"):
        phone.location.pick("Nowhere", "", *place)
    assert call(phone.native("weapp"), "chooseLocation")["name"] == "我的位置"


@pytest.mark.parametrize(
    ("platform", "function", "asks"),
    [
        ("weapp", "chooseLocation", False),
        ("weapp", "openLocation", False),
        ("swan", "chooseLocation", True),
        ("swan", "openLocation", False),
        ("tt", "chooseLocation", True),
        ("tt", "openLocation", True),
    ],
)
def test_some_platforms_ask_before_they_show_the_map(platform: str, function: str, asks: bool) -> None:
    with taropy.create(platform) as t:
        t.phone.person.script("authorize", allow=False)
        for _ in range(2):
            promise = getattr(t, function)(latitude=1, longitude=2)
            if asks:
                assert "den" in failure(promise)
            else:
                assert promise.result().errMsg == f"{function}:ok"
        questions = [question for question in t.phone.person.asked if question.kind == "authorize"]
        assert [question.shown["scope"] for question in questions] == ["scope.userLocation"] * asks


def test_alipay_has_a_number_for_a_map_that_was_closed() -> None:
    phone = Phone()
    phone.location.cancel()
    assert call(phone.native("alipay", "my"), "chooseLocation")["error"] == 11


def test_alipay_names_the_province_and_the_city_of_a_picked_place() -> None:
    phone = Phone()
    my, wx = phone.native("alipay", "my"), phone.native("weapp", "wx")
    assert not {"provinceName", "cityName"} & {*call(my, "chooseLocation")}
    phone.location.address = {"province": "浙江省", "city": "杭州市"}
    there = call(my, "chooseLocation")
    assert (there["provinceName"], there["cityName"]) == ("浙江省", "杭州市")
    assert "cityName" not in call(wx, "chooseLocation")
    phone.person.script("place", name="Garden", cityName="苏州市")
    assert call(my, "chooseLocation")["cityName"] == "苏州市"


def test_by_default_they_pick_where_the_map_opens() -> None:
    with taropy.create("weapp") as t:
        t.phone.location.set(*WGS84)
        here, there = t.chooseLocation({}).result(), t.chooseLocation(latitude=1, longitude=2).result()
        assert (here.latitude, here.longitude) == pytest.approx(GCJ02)
        assert (there.latitude, there.longitude) == (1, 2)


def test_a_place_nearby_is_exact_or_a_city() -> None:
    with taropy.create("weapp") as t:
        assert t.choosePoi({}).result().type == 2
        t.phone.person.script("place", type=1, city="北京市")
        city = t.choosePoi({}).result()
        assert (city.type, city.city) == (1, "北京市")
        t.phone.location.cancel()
        assert failure(t.choosePoi({})) == "choosePoi:fail cancel"


@supporting("openLocation")
def test_a_place_is_shown_on_the_map(t: Any) -> None:
    t.phone.browser.wechat = True
    t.openLocation(latitude=31.2, longitude=121.5, name="Here", address="There", scale=12).result()
    scale = 18 if t.platform.name == "harmony-hybrid" else 12
    assert t.phone.location.shown == [Place(31.2, 121.5, "Here", "There", scale)]


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"longitude": 1}, "parameter error: parameter.latitude should be Number instead of Undefined"),
        ({"latitude": "1", "longitude": 1}, "parameter error: parameter.latitude should be Number instead of String"),
        ({"latitude": 100, "longitude": 1}, "invalid_coordinate"),
        ({"latitude": float("nan"), "longitude": 1}, "invalid_coordinate"),
    ],
)
def test_what_is_no_place_is_not_shown(options: dict[str, Any], reason: str) -> None:
    phone = Phone()
    assert call(phone.native("weapp"), "openLocation", **options)["errMsg"] == f"openLocation:fail {reason}"
    assert phone.location.shown == []
