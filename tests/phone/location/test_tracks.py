"""Tracks that the phone is carried along: GPX files."""

from __future__ import annotations

import asyncio
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import taropy
from taropy.phone import Phone

GPX = """<?xml version="1.0"?>
<gpx version="1.1" creator="test" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>
  <trkpt lat="48.0" lon="11.0"><ele>500</ele><time>2024-05-01T08:00:00Z</time></trkpt>
  <trkpt lat="48.0" lon="11.001"><ele>510</ele><time>2024-05-01T08:00:10Z</time></trkpt>
  <trkpt lat="48.001" lon="11.001"><ele>510</ele><time>2024-05-01T08:00:30Z</time></trkpt>
</trkseg></trk></gpx>"""


@pytest.fixture
def gpx(tmp_path: Path) -> Path:
    path = tmp_path / "ride.gpx"
    path.write_text(GPX)
    return path


def test_reports_come_every_second_by_the_phones_clock(gpx: Path) -> None:
    async def main() -> list[float]:
        async with taropy.create("weapp") as t:
            t.phone.clock.stop()
            longitudes: list[float] = []
            done = asyncio.Event()

            def note(res: Any) -> None:
                longitudes.append(round(res.longitude, 6))
                if len(longitudes) == 6:
                    t.stopLocationUpdate()
                    done.set()

            t.onLocationChange(note)
            t.phone.location.follow(gpx, speed=2)
            await t.startLocationUpdate(type="wgs84")
            t.phone.clock.advance(60)
            await done.wait()
            return longitudes

    assert asyncio.run(main()) == [11.0, 11.0002, 11.0004, 11.0006, 11.0008, 11.001]


def test_the_phone_is_carried_along_a_track(gpx: Path) -> None:
    phone = Phone()
    phone.clock.stop()
    phone.location.follow(gpx)
    phone.clock.advance(5)
    halfway = phone.location.position
    assert (halfway.latitude, halfway.longitude, halfway.altitude) == pytest.approx((48.0, 11.0005, 505))
    assert halfway.speed == pytest.approx(7.44, abs=0.01)
    phone.clock.advance(15)
    assert phone.location.position.latitude == pytest.approx(48.0005)
    phone.clock.advance(1000)
    assert (phone.location.position.latitude, phone.location.position.speed) == (48.001, 0)


def test_points_without_times_are_a_second_apart(tmp_path: Path) -> None:
    path = tmp_path / "route.gpx"
    path.write_text('<gpx version="1.1" creator="t"><rte><rtept lat="1" lon="2"/><rtept lat="3" lon="2"/></rte></gpx>')
    phone = Phone()
    phone.clock.stop()
    phone.location.follow(path)
    phone.clock.advance(0.5)
    assert phone.location.position.latitude == pytest.approx(2)


def gpx_of(path: Path, *points: str) -> Path:
    """A GPX file of the points, each `<lat> <lon> [<time of day>]`, a segment for each."""
    segments = []
    for point in points:
        latitude, longitude, *time = point.split()
        timed = f"<time>2024-05-01T{time[0]}Z</time>" if time else ""
        segments.append(f'<trkseg><trkpt lat="{latitude}" lon="{longitude}">{timed}</trkpt></trkseg>')
    path.write_text(f'<gpx version="1.1" creator="t"><trk>{"".join(segments)}</trk></gpx>')
    return path


@pytest.mark.parametrize(
    ("points", "seconds", "latitude"),
    [
        # Where the recorder paused, the phone goes on evenly.
        (["0 0 08:00:00", "1 0 08:00:10", "2 0 08:16:50"], 510, 1.5),
        # Points out of order are put in order.
        (["1 0 08:00:10", "0 0 08:00:00"], 5, 0.5),
        # A point without a time among others that have one is left out.
        (["0 0 08:00:00", "80 0", "1 0 08:00:10"], 5, 0.5),
        # Two at the same time are a leap.
        (["0 0 08:00:00", "1 0 08:00:10", "2 0 08:00:10"], 10, 2),
        (["3 0 08:00:00"], 100, 3),
    ],
)
def test_tracks_with_gaps(points: list[str], seconds: float, latitude: float, tmp_path: Path) -> None:
    phone = Phone()
    phone.clock.stop()
    phone.location.follow(gpx_of(tmp_path / "a.gpx", *points))
    phone.clock.advance(seconds)
    assert phone.location.position.latitude == pytest.approx(latitude)


def test_a_byte_order_mark_is_no_harm(gpx: Path) -> None:
    gpx.write_bytes(b"\xef\xbb\xbf" + gpx.read_bytes())
    phone = Phone()
    phone.location.follow(gpx)
    assert phone.location.position.latitude == pytest.approx(48)


def test_a_track_in_another_encoding_is_told(gpx: Path) -> None:
    gpx.write_bytes(gpx.read_bytes() + b"<!-- \xe9 -->")
    with pytest.raises(ValueError, match="no GPX file in UTF-8"):
        Phone().location.follow(gpx)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no element found"),
        ("not xml", "syntax error"),
        ('<gpx version="1.1" creator="t"><trk><trkseg><trkpt lat="1"', "unclosed token"),
        ("<gpx/>", "no points"),
        ('<gpx version="1.1" creator="t"><trk><trkseg/></trk></gpx>', "no points"),
        ('<gpx version="1.1" creator="t"><wpt lat="91" lon="0"/></gpx>', "no place on the earth is at 91.0, 0.0"),
        ('<gpx version="1.1" creator="t"><wpt lat="0" lon="-180.5"/></gpx>', "no place on the earth is at 0.0, -180.5"),
        ('<gpx version="1.1" creator="t"><wpt lat="nan" lon="0"/></gpx>', "no place on the earth is at nan"),
        ('<gpx version="1.1" creator="t"><wpt lat="0" lon="0"><ele>INF</ele></wpt></gpx>', "inf m high"),
        ('<gpx version="1.1" creator="t"><wpt lat="north" lon="0"/></gpx>', "north"),
        ('<gpx version="1.1" creator="t"><wpt lon="0"/></gpx>', "latitude is mandatory"),
        ('<gpx version="1.1" creator="t"><wpt lat="0" lon="0"><ele>high</ele></wpt></gpx>', "high"),
        ('<gpx version="1.1" creator="t"><wpt lat="0" lon="0"><time>soon</time></wpt></gpx>', "Invalid time: soon"),
        (
            '<gpx version="1.1" creator="t"><wpt lat="0" lon="0"><time>2024-02-30T00:00:00Z</time></wpt></gpx>',
            "day",
        ),
        (
            '<!DOCTYPE gpx [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><gpx version="1.1" creator="&b;"/>',
            "document type",
        ),
    ],
)
def test_what_is_no_track_is_told_with_the_files_name(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "bad.gpx"
    path.write_text(text)
    phone = Phone()
    before = phone.location.position
    with pytest.raises(ValueError, match=f"bad.gpx .*{re.escape(words)}"):
        phone.location.follow(path)
    assert phone.location.position == before


@pytest.mark.parametrize("path", ["none.gpx", "."])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, path: str) -> None:
    with pytest.raises(OSError, match=re.escape(str(tmp_path / path))):
        Phone().location.follow(tmp_path / path)


@pytest.fixture(params=["UTC", "Asia/Shanghai", "America/St_Johns"])
def zone_of_the_computer(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patched:
        patched.setenv("TZ", request.param)
        time.tzset()
        yield
    time.tzset()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system's zone cannot be set for a process")
@pytest.mark.usefixtures("zone_of_the_computer")
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2024-05-01T08:00:00Z", "2024-05-01T08:00:10Z"),
        ("2024-05-01T08:00:00", "2024-05-01T08:00:10"),
        ("2024-05-01T08:00:00Z", "2024-05-01T08:00:10"),
        ("2024-05-01T08:00:00", "2024-05-01T16:00:10+08:00"),
        ("2024-05-01T04:30:00-03:30", "2024-05-01T08:00:10"),
        # The night in which a zone's clocks leap: UTC's do not.
        ("2024-03-10T00:59:55", "2024-03-10T01:00:05"),
        ("2024-03-10T02:29:55", "2024-03-10T02:30:05Z"),
        ("\n  2024-05-01T08:00:00Z\n", "2024-05-01T08:00:10.000Z"),
    ],
)
def test_times_without_a_zone_are_in_utc_wherever_the_computer_is(first: str, second: str, tmp_path: Path) -> None:
    path = tmp_path / "a.gpx"
    points = (f'<trkpt lat="0.{at}" lon="0"><time>{when}</time></trkpt>' for at, when in ((0, first), (1, second)))
    path.write_text(f'<gpx version="1.1" creator="t"><trk><trkseg>{"".join(points)}</trkseg></trk></gpx>')
    phone = Phone()
    phone.clock.stop()
    phone.location.follow(path)
    phone.clock.advance(5)
    assert phone.location.position.latitude == pytest.approx(0.05)
    assert phone.location.position.speed == pytest.approx(1111.95, abs=0.01)


def test_what_is_commented_out_is_no_time(tmp_path: Path) -> None:
    path = gpx_of(tmp_path / "a.gpx", "0 0 08:00:00", "1 0 08:00:10")
    path.write_text(path.read_text().replace("<trk>", "<!-- <time>later</time> --><trk>"))
    phone = Phone()
    phone.clock.stop()
    phone.location.follow(path)
    phone.clock.advance(5)
    assert phone.location.position.latitude == pytest.approx(0.5)


def test_without_the_location_extra_the_error_names_it(gpx: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "gpxpy", None)
    with pytest.raises(ImportError, match=r"pip install 'taropy\[location\]'"):
        Phone().location.follow(gpx)


def test_a_track_goes_forward(gpx: Path) -> None:
    with pytest.raises(ValueError, match="a speed above 0"):
        Phone().location.follow(gpx, speed=0)


def test_a_snapshot_brings_the_way_back(gpx: Path) -> None:
    phone = Phone()
    phone.clock.stop()
    phone.location.follow(gpx)
    state = phone.location.snapshot()
    phone.location.set(0, 0)
    phone.location.restore(state)
    phone.clock.advance(10)
    assert phone.location.position.longitude == pytest.approx(11.001)
