"""Maps: what they show, in gcj02, what stands and moves on them by the phone's clock, and what keeps them in."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from supporting import failure, supporting

import taropy
from taropy.phone import Node, Phone
from taropy.phone.location.coordinates import gcj02

HERE = {"latitude": 31.23, "longitude": 121.47}
THERE = {"latitude": 31.24, "longitude": 121.48}


def a_map(t: Any, width: float = 300, height: float = 200, **properties: Any) -> Any:
    """The controls of a map that is on the page."""
    rect = (0.0, 0.0, width, height)
    t.phone.screen.draw(Node("map", id="m", rect=rect, properties={**HERE, "scale": 14, **properties}))
    return t.createMapContext("m")


def about(place: Any) -> tuple[float, float]:
    return round(place.latitude, 6), round(place.longitude, 6)


@pytest.fixture
def t(phone: Phone, request: pytest.FixtureRequest) -> Any:
    """A program on a phone whose clock stands."""
    return taropy.create(getattr(request, "param", "weapp"), phone=phone)


@supporting("createMapContext")
def test_a_map_begins_where_its_component_says(t: Any) -> None:
    controls = a_map(t)
    assert about(controls.getCenterLocation().result()) == (31.23, 121.47)
    region = controls.getRegion().result()
    assert region.southwest.latitude < 31.23 < region.northeast.latitude
    # At scale 14 the world is 256 * 2 ** 14 px wide.
    degrees = 300 / (256 * 2**14) * 360
    assert region.northeast.longitude - region.southwest.longitude == pytest.approx(degrees)


@supporting("MapContext.getScale", "MapContext.getRotate", "MapContext.getSkew")
def test_it_tells_how_it_is_zoomed_turned_and_tilted(t: Any) -> None:
    controls = a_map(t, rotate=90, skew=20)
    told = controls.getScale().result().scale, controls.getRotate().result().rotate, controls.getSkew().result().skew
    assert told == (14, 90, 20)


def test_a_map_that_stands_in_wxml_is_one_as_well(t: Any) -> None:
    marker = '[{"id": 1, "latitude": 31.2, "longitude": 121.4}]'
    t.phone.screen.draw(f"<map id='m' latitude='31.2' longitude='121.4' scale='12' markers='{marker}'></map>")
    controls = t.createMapContext("m")
    assert (controls.getScale().result().scale, about(controls.getCenterLocation().result())) == (12, (31.2, 121.4))
    assert about(t.phone.maps["m"].markers[1]) == (31.2, 121.4)


def test_a_map_follows_what_its_page_makes_of_it(t: Any) -> None:
    controls = a_map(t)
    controls.moveToLocation(THERE).result()
    assert about(controls.getCenterLocation().result()) == (31.24, 121.48)  # the page says still what it said
    t.phone.pages.current.nodes[0].properties["latitude"] = 31.3
    assert about(controls.getCenterLocation().result()) == (31.3, 121.48)


def test_there_is_no_map_where_the_page_has_none(t: Any) -> None:
    t.phone.screen.draw('<view id="m"/>')
    assert "no map with the id 'm'" in failure(t.createMapContext("m").getScale())
    with pytest.raises(LookupError, match="no map"):
        t.phone.maps["m"]


def test_of_a_page_that_nobody_has_drawn_any_map_is_there(t: Any) -> None:
    assert t.createMapContext("any").getScale().result().scale == 16


@supporting("MapContext.includePoints")
def test_points_that_are_included_are_all_to_be_seen(t: Any) -> None:
    controls = a_map(t)
    controls.includePoints(points=[HERE, {"latitude": 31.9, "longitude": 120.6}]).result()
    region = controls.getRegion().result()
    assert region.southwest.latitude - 1e-9 <= 31.23 < 31.9 <= region.northeast.latitude + 1e-9
    assert region.southwest.longitude - 1e-9 <= 120.6 < 121.47 <= region.northeast.longitude + 1e-9
    wide = (region.northeast.longitude - region.southwest.longitude) / (121.47 - 120.6)
    high = (region.northeast.latitude - region.southwest.latitude) / (31.9 - 31.23)
    assert min(wide, high) == pytest.approx(1, abs=0.01)  # from as near as can be


@pytest.mark.parametrize(("device", "expected"), [("iPhone 15 Pro", (40, 10)), ("Pixel 8", (40, 40))])
def test_padding_keeps_points_from_the_edges_and_android_knows_one(device: str, expected: tuple[int, int]) -> None:
    with taropy.create("weapp", phone=Phone(device=device)) as t:
        controls = a_map(t, width=100, height=400)
        north, south = {"latitude": 31.3, "longitude": 121.47}, {"latitude": 31.1, "longitude": 121.47}
        controls.includePoints(points=[north, south], padding=[40, 5, 10, 5]).result()
        top = controls.toScreenLocation(north).result().y
        bottom = 400 - controls.toScreenLocation(south).result().y
        assert (round(top, 3), round(bottom, 3)) == expected


def test_one_point_is_centred(t: Any) -> None:
    controls = a_map(t)
    controls.includePoints(points=[THERE]).result()
    assert about(controls.getCenterLocation().result()) == (31.24, 121.48)
    assert controls.getScale().result().scale == 14


@pytest.mark.parametrize("rotate", [0, 30, 90, 275])
def test_a_place_on_the_screen_is_the_place_on_the_map(t: Any, rotate: float) -> None:
    controls = a_map(t, rotate=rotate)
    controls.setCenterOffset(offset=[0.5, 0.75]).result()
    seen = controls.toScreenLocation(HERE).result()
    assert (round(seen.x, 6), round(seen.y, 6)) == (150, 150)
    place = controls.fromScreenLocation(x=40, y=70).result()
    back = controls.toScreenLocation(latitude=place.latitude, longitude=place.longitude).result()
    assert (round(back.x, 6), round(back.y, 6)) == (40, 70)


def test_a_map_that_is_turned_by_90_degrees_has_the_north_on_its_right(t: Any) -> None:
    seen = a_map(t, rotate=90).toScreenLocation(latitude=31.235, longitude=121.47).result()
    assert seen.x > 200
    assert round(seen.y, 6) == 100


@supporting("MapContext.moveToLocation")
def test_a_map_goes_to_where_the_phone_is_as_chinese_maps_have_it(t: Any) -> None:
    t.phone.location.set(39.9, 116.4)
    controls = a_map(t, showLocation=True)
    controls.moveToLocation().result()
    assert about(controls.getCenterLocation().result()) == tuple(round(each, 6) for each in gcj02(39.9, 116.4))


def test_a_map_that_does_not_show_the_phones_place_does_not_go_there(t: Any) -> None:
    assert "show-location" in failure(a_map(t).moveToLocation())


@supporting("MapContext.moveAlong")
def test_a_marker_goes_along_its_path_by_the_phones_clock(t: Any) -> None:
    t.phone.clock.stop()
    path = [HERE, {"latitude": 31.24, "longitude": 121.47}, {"latitude": 31.24, "longitude": 121.48}]
    seen: list[Any] = []

    async def main() -> Any:
        controls = a_map(t, markers=[{"id": 7, **HERE}])
        moving = controls.moveAlong(markerId=7, path=path, duration=10_000, autoRotate=True)
        for _ in range(2):
            await t.phone.clock.advance(5)
            marker = t.phone.maps["m"].markers[7]
            seen.append((about(marker), round(marker.rotate)))
        return await moving

    assert taropy.run(main).errMsg == "moveAlong:ok"
    (half, north), (end, east) = seen
    assert (half[1], north, end, east) == (121.47, 0, (31.24, 121.48), 90)
    assert 31.239 < half[0] < 31.24  # the way to the north is the longer one


def test_another_move_ends_the_one_before_where_it_is(t: Any) -> None:
    async def main() -> tuple[str, Any, Any]:
        controls = a_map(t, markers=[{"id": 7, **HERE}])
        first = controls.moveAlong(markerId=7, path=[HERE, THERE], duration=10_000)
        await t.phone.clock.advance(5)
        second = controls.moveAlong(markerId=7, path=[{"latitude": 31.0, "longitude": 121.0}], duration=0)
        error = await first.catch(lambda error: error.errMsg)
        await t.phone.clock.advance(0)
        await second
        return error, about(t.phone.maps["m"].markers[7]), t.phone.clock.next

    assert taropy.run(main) == ("moveAlong:fail interrupted", (31.0, 121.0), None)


@supporting("MapContext.translateMarker")
def test_a_marker_turns_first_and_then_moves_and_its_end_is_told(t: Any) -> None:
    t.phone.clock.stop()
    ended: list[float] = []

    async def main() -> list[Any]:
        controls = a_map(t, markers=[{"id": 7, **HERE}])
        began = t.phone.clock.now()
        await controls.translateMarker(
            markerId=7,
            destination=THERE,
            rotate=90,
            autoRotate=False,
            duration=2000,
            animationEnd=lambda *_: ended.append(round(t.phone.clock.now() - began, 3)),
        )
        seen = []
        for _ in range(4):
            await t.phone.clock.advance(1)
            marker = t.phone.maps["m"].markers[7]
            seen.append((about(marker), round(marker.rotate)))
        return seen

    assert taropy.run(main) == [
        ((31.23, 121.47), 45),
        ((31.23, 121.47), 90),
        ((31.235, 121.475), 90),
        ((31.24, 121.48), 90),
    ]
    assert ended == [4]


def test_it_turns_while_it_moves_if_it_is_told_to(t: Any) -> None:
    async def main() -> Any:
        controls = a_map(t, markers=[{"id": 7, **HERE}])
        options = {"markerId": 7, "destination": THERE, "autoRotate": False, "rotate": 90, "moveWithRotate": True}
        await controls.translateMarker(options)
        await t.phone.clock.advance(0.5)
        return t.phone.maps["m"].markers[7]

    marker = taropy.run(main)
    assert (about(marker), round(marker.rotate)) == ((31.235, 121.475), 45)


@supporting("MapContext.addMarkers", "MapContext.removeMarkers")
def test_markers_are_added_and_removed(t: Any) -> None:
    controls = a_map(t, markers=[{"id": 1, **HERE}])
    controls.addMarkers(markers=[{"id": 2, **THERE}]).result()
    assert sorted(t.phone.maps["m"].markers) == [1, 2]
    controls.removeMarkers(markerIds=[1, 99]).result()
    assert sorted(t.phone.maps["m"].markers) == [2]
    controls.addMarkers(markers=[{"id": 3, **THERE}], clear=True).result()
    assert sorted(t.phone.maps["m"].markers) == [3]


@pytest.mark.parametrize(
    ("name", "options", "words"),
    [
        ("moveAlong", {"markerId": 9, "path": [HERE], "duration": 1}, "marker 9 does not exist"),
        ("moveAlong", {"markerId": 9, "path": [], "duration": 1}, "path should not be empty"),
        ("includePoints", {"points": []}, "points should not be empty"),
        ("includePoints", {"points": [{"latitude": 91, "longitude": 0}]}, "points[0] is not on the earth"),
        ("setCenterOffset", {"offset": [0.1, 0.5]}, "offset should be from 0.25 to 0.75"),
        ("setBoundary", {"southwest": THERE, "northeast": HERE}, "should lie south-west"),
        ("updateGroundOverlay", {"id": "1", "src": "a.png", "bounds": {}}, "does not exist"),
        ("removeArc", {"id": 1}, "does not exist"),
        ("addArc", {"id": 1, "start": HERE, "end": THERE}, "pass or parameter.angle is needed"),
    ],
)
def test_what_a_map_can_not_do_fails_and_says_why(t: Any, name: str, options: Any, words: str) -> None:
    assert words in failure(getattr(a_map(t), name)(options))


def test_a_number_that_is_none_is_called_so(t: Any) -> None:
    told = failure(a_map(t).includePoints(points=[{"latitude": float("nan"), "longitude": 0}]))
    assert "parameter.points[0].latitude should be a finite Number instead of nan" in told


@pytest.mark.parametrize("place", ["the tearoom", (31.24, 121.48), {"lat": 31.24}, {"latitude": 310, "longitude": 0}])
def test_a_person_moves_the_map_to_a_place_and_to_nothing_else(t: Any, place: Any) -> None:
    controls = a_map(t)
    shown = t.phone.maps["m"]
    with pytest.raises(TypeError, match="a place on a map has a latitude and a longitude, in degrees, and"):
        shown.show(place)
    with pytest.raises(TypeError, match="a map's scale is a number, and not 'large'"):
        shown.show(scale="large")
    assert about(controls.getCenterLocation().result()) == (31.23, 121.47)
    shown.show(THERE, 12)
    assert about(controls.getCenterLocation().result()) == (31.24, 121.48)
    assert controls.getScale().result().scale == 12


def test_a_boundary_keeps_the_map_in(t: Any) -> None:
    controls = a_map(t)
    southwest, northeast = {"latitude": 31.2, "longitude": 121.4}, {"latitude": 31.25, "longitude": 121.5}
    controls.setBoundary(southwest=southwest, northeast=northeast).result()
    t.phone.maps["m"].show(scale=3)
    controls.moveToLocation(latitude=40, longitude=130).result()
    region = controls.getRegion().result()
    assert region.northeast.latitude <= 31.25 + 1e-9
    assert region.northeast.longitude <= 121.5 + 1e-9
    assert region.southwest.latitude >= 31.2 - 1e-9
    assert region.southwest.longitude >= 121.4 - 1e-9


def test_markers_that_are_near_each_other_become_one_sign_and_zooming_in_takes_it_apart(t: Any) -> None:
    near = [
        {"id": each, "latitude": 31.23 + each / 10_000, "longitude": 121.47, "joinCluster": True} for each in (1, 2)
    ]
    controls = a_map(t, markers=[*near, {"id": 3, **THERE, "joinCluster": True}, {"id": 4, **HERE}])
    created: list[Any] = []
    clicked: list[Any] = []
    controls.on("markerClusterCreate", created.append)
    controls.on("markerClusterClick", clicked.append)
    controls.initMarkerCluster().result()
    [told] = created
    assert [list(each.markerIds) for each in told.clusters] == [[1, 2]]
    t.phone.maps["m"].tap_cluster(told.clusters[0].clusterId)
    assert list(clicked[0].cluster.markerIds) == [1, 2]
    assert t.phone.maps["m"].clusters == []
    with pytest.raises(LookupError):
        t.phone.maps["m"].tap_cluster(99)


@supporting("MapContext.addGroundOverlay", "MapContext.updateGroundOverlay", "MapContext.removeGroundOverlay")
def test_pictures_lie_on_the_map(t: Any) -> None:
    controls = a_map(t)
    bounds = {"southwest": HERE, "northeast": THERE}
    controls.addGroundOverlay(id=5, src="/plan.png", bounds=bounds, opacity=0.5).result()
    controls.updateGroundOverlay(id="5", src="/other.png", bounds=bounds).result()
    overlay = t.phone.maps["m"].overlays["5"]
    assert (overlay["src"], overlay["opacity"], overlay["visible"]) == ("/other.png", 0.5, True)
    controls.removeGroundOverlay(id="5").result()
    assert t.phone.maps["m"].overlays == {}


def test_arcs_layers_and_the_icon_are_there_until_they_are_taken_away(t: Any) -> None:
    controls = a_map(t)
    controls.addArc(id=1, start=HERE, end=THERE, angle=30).result()
    controls.addCustomLayer(layerId="a").result()
    controls.addVisualLayer(layerId="b").result()
    controls.setLocMarkerIcon(iconPath="/me.png").result()
    shown = t.phone.maps["m"]
    assert (shown.arcs["1"]["width"], sorted(shown.layers), shown.icon) == (5, ["a", "b"], "/me.png")
    controls.removeArc(id=1).result()
    controls.removeCustomLayer(layerId="a").result()
    controls.removeVisualLayer(layerId="b").result()
    controls.setLocMarkerIcon().result()
    assert (shown.arcs, shown.layers, shown.icon) == ({}, {}, None)


def test_a_map_app_leads_the_person_to_a_place(t: Any) -> None:
    controls = a_map(t)
    controls.openMapApp(destination="Teahouse", **THERE).result()
    t.phone.person.script("openMapApp", cancel=True)
    assert failure(controls.openMapApp(destination="Nowhere", **THERE)) == "openMapApp:fail cancel"
    assert [each.name for each in t.phone.maps.destinations] == ["Teahouse"]


def test_a_snapshot_has_what_maps_show(t: Any) -> None:
    controls = a_map(t, markers=[{"id": 1, **HERE}])
    controls.getScale().result()
    taken = t.phone.snapshot()
    controls.moveToLocation(THERE).result()
    controls.removeMarkers(markerIds=[1]).result()
    t.phone.restore(taken)
    assert about(controls.getCenterLocation().result()) == (31.23, 121.47)
    assert list(t.phone.maps["m"].markers) == [1]


def test_a_move_that_is_given_up_leaves_the_marker_where_it_is(t: Any) -> None:
    async def main() -> Any:
        controls = a_map(t, markers=[{"id": 7, **HERE}])
        task = asyncio.ensure_future(_awaited(controls.moveAlong(markerId=7, path=[HERE, THERE], duration=10_000)))
        await t.phone.clock.advance(5)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await t.phone.clock.advance(5)
        return about(t.phone.maps["m"].markers[7])

    assert taropy.run(main) == (31.235, 121.475)


async def _awaited(promise: Any) -> Any:
    return await promise
