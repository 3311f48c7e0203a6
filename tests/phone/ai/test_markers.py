"""VisionKit's markers: pictures that are really found in what the camera sees."""

from __future__ import annotations

import math
import sys
from pathlib import Path
from typing import Any

import pytest
from looking import Heard, poster, refusal, seen_at, wall
from PIL import Image

from taropy.phone import Plane

cv2 = pytest.importorskip("cv2", reason="the extra vision is not installed")
numpy = pytest.importorskip("numpy")

TEA, CAKE = poster(1), poster(2, (600, 480))
#: Where a poster hangs, 160 x 120 pixels of a wall that has 360 x 480.
HUNG = (100, 180, 260, 300)
#: The corners of a marker in its own world: it is one wide, and z goes down on it.
ENDS = [(-0.5, 0, -0.375), (0.5, 0, -0.375), (0.5, 0, 0.375), (-0.5, 0, 0.375)]


def put(weapp: Any, picture: Image.Image, name: str = "tea.png") -> str:
    """Puts a picture where the program has its files, and gives its path."""
    path = f"{weapp.env.USER_DATA_PATH}/{name}"
    with weapp.phone.files.writable(weapp.phone.app("weapp"), path).open("wb") as file:
        picture.save(file, "JPEG" if name.endswith("jpg") else "PNG")
    return path


def leant(picture: Image.Image, corners: list[tuple[float, float]], size: tuple[int, int] = (360, 480)) -> Image.Image:
    """A grey picture, in which the other one has its corners at these places."""
    width, height = picture.size
    way = cv2.getPerspectiveTransform(
        numpy.float32([(0, 0), (width, 0), (width, height), (0, height)]), numpy.float32(corners)
    )
    grey = numpy.full((size[1], size[0], 3), 128, numpy.uint8)
    made = cv2.warpPerspective(
        numpy.asarray(picture), way, size, grey, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_TRANSPARENT
    )
    return Image.fromarray(made)


def turned_to_the_right(end: tuple[float, float, float]) -> tuple[float, float]:
    """Where a camera sees a point of a poster, 2.5 before it, whose right side is turned away by 35 degrees."""
    x, _, down = end
    angle, focal = math.radians(35), 240 / math.tan(math.radians(30))
    across, far = x * math.cos(angle), 2.5 + x * math.sin(angle)
    return 180 + focal * across / far, 240 + focal * down / far


def near(place: tuple[int, int], wanted: tuple[float, float], by: int = 2) -> bool:
    return all(abs(one - other) <= by for one, other in zip(place, wanted, strict=True))


def test_a_poster_on_the_wall_is_found_and_lost_again(weapp: Any, tmp_path: Path) -> None:
    heard = Heard(weapp, track={"marker": True})
    number = heard.session.addMarker(put(weapp, TEA))
    weapp.phone.camera.show(wall(tmp_path / "wall.png", (TEA, HUNG)))
    heard.frame()
    [anchor] = heard.anchors("addAnchors")
    assert (heard.events, anchor.type, anchor.markerId) == (["addAnchors"], 1, number)
    assert anchor.path.endswith("tea.png")
    heard.frame()
    assert (heard.events, heard.anchors("updateAnchors")[0].id) == (["updateAnchors"], anchor.id)
    weapp.phone.camera.show(wall(tmp_path / "empty.png", (CAKE, HUNG)))
    heard.frame()
    assert (heard.events, heard.anchors("removeAnchors")[0].id) == (["removeAnchors"], anchor.id)


def test_in_the_first_version_the_world_begins_in_the_marker(weapp: Any, tmp_path: Path) -> None:
    heard = Heard(weapp, version="v1", track={"plane": {"mode": 1}, "marker": True})
    heard.session.addMarker(put(weapp, TEA))
    weapp.phone.camera.show(wall(tmp_path / "wall.png", (TEA, HUNG)))
    frame = heard.frame()
    assert list(heard.anchors("addAnchors")[0].transform) == [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]
    # It is one wide, z goes down on it, and y out of it.
    assert near(seen_at(frame, (0, 0, 0)), (180, 240))
    assert near(seen_at(frame, (0.5, 0, 0)), (260, 240))
    assert near(seen_at(frame, (-0.5, 0, 0.375)), (100, 300))
    assert frame.camera.transform[13] > 0  # the camera is before the poster


def test_where_the_world_begins_in_the_marker_planes_are_told_of_in_that(weapp: Any, tmp_path: Path) -> None:
    heard = Heard(weapp, version="v1", track={"plane": {"mode": 1}, "marker": True})
    heard.session.addMarker(put(weapp, TEA))
    weapp.phone.camera.show(wall(tmp_path / "wall.png", (TEA, HUNG)))
    weapp.phone.vision.planes = [Plane(0, -1, -2, width=4, depth=4)]
    frame = heard.frame()
    [hit] = heard.session.hitTest(0.4, 0.9)
    assert near(seen_at(frame, tuple(hit.transform[12:15])), (144, 432))


def test_a_leaning_poster_leans_for_the_program_too(weapp: Any, tmp_path: Path) -> None:
    corners = [turned_to_the_right(end) for end in ENDS]
    leant(TEA, corners).save(tmp_path / "leant.png")
    weapp.phone.camera.show(tmp_path / "leant.png")
    heard = Heard(weapp, track={"marker": True})
    heard.session.addMarker(put(weapp, TEA))
    frame = heard.frame()
    assert all(near(seen_at(frame, end), corner) for end, corner in zip(ENDS, corners, strict=True))
    assert near(seen_at(frame, (0, 0.5, 0)), (237, 240))  # what stands out of it, stands to its right


def test_in_the_second_version_each_marker_has_its_place_in_the_world(weapp: Any, tmp_path: Path) -> None:
    heard = Heard(weapp, version="v2", track={"plane": {"mode": 1}, "marker": True})
    heard.session.addMarker(put(weapp, TEA))
    heard.session.addMarker(put(weapp, CAKE, "cake.jpg"))
    weapp.phone.camera.show(wall(tmp_path / "wall.png", (TEA, (20, 30, 180, 150)), (CAKE, (150, 250, 350, 410))))
    frame = heard.frame()
    assert [round(each) for each in frame.camera.viewMatrix] == [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]
    places = [seen_at(frame, tuple(anchor.transform[12:15])) for anchor in heard.anchors("addAnchors")]
    assert near(places[0], (100, 90))
    assert near(places[1], (250, 330))


def test_what_a_picture_shows_has_a_frame_in_the_view(weapp: Any, tmp_path: Path) -> None:
    heard = Heard(weapp, track={"OSD": True})
    number = heard.session.addOSDMarker(put(weapp, CAKE, "cake.jpg"))
    weapp.phone.camera.show(wall(tmp_path / "wall.png", (CAKE, (90, 120, 270, 264))))
    heard.frame()
    [anchor] = heard.anchors("addAnchors")
    assert (anchor.type, anchor.markerId) == (2, number)
    frame = (anchor.origin.x, anchor.origin.y, anchor.size.width, anchor.size.height)
    assert frame == pytest.approx((0.25, 0.25, 0.5, 0.3), abs=0.01)
    heard.session.updateOSDThreshold(1.1)
    heard.frame()
    assert heard.events == ["removeAnchors"]


def test_what_is_looked_for_is_listed_until_it_is_not(weapp: Any, tmp_path: Path) -> None:
    heard = Heard(weapp, track={"marker": True})
    path = put(weapp, TEA)
    number = heard.session.addMarker(path)
    assert [(each.markerId, each.path) for each in heard.session.getAllMarker()] == [(number, path)]
    weapp.phone.camera.show(wall(tmp_path / "wall.png", (TEA, HUNG)))
    heard.session.removeMarker(number)
    heard.session.removeMarker(99)
    heard.frame()
    assert (list(heard.session.getAllMarker()), heard.events) == ([], [])
    objects = Heard(weapp, track={"OSD": True}).session
    number = objects.addOSDMarker(put(weapp, CAKE, "cake.jpg"))
    assert [each.markerId for each in objects.getAllOSDMarker()] == [number]
    objects.removeOSDMarker(number)
    assert list(objects.getAllOSDMarker()) == []


@pytest.mark.parametrize(
    ("picture", "name", "words"),
    [
        (poster(3, (400, 480)), "small.png", "at least 480, at most 1920"),
        (poster(3, (2000, 1200)), "large.png", "at least 480, at most 1920"),
        (poster(3, (480, 900)), "long.png", "1.78 times"),
        (Image.new("RGB", (640, 640), "white"), "white.png", "too little in it"),
        (TEA, "tea.gif", "none of .png, .jpg, .jpeg"),
        (TEA, "tea.map", "a marker in space"),
    ],
    ids=["small", "large", "long", "white", "another kind", "in space"],
)
def test_only_pictures_that_can_be_found_are_markers(weapp: Any, picture: Image.Image, name: str, words: str) -> None:
    session = Heard(weapp, track={"marker": True}).session
    assert words in refusal(session.addMarker, put(weapp, picture, name))


def test_an_object_s_picture_is_a_jpeg(weapp: Any) -> None:
    session = Heard(weapp, track={"OSD": True}).session
    assert "none of .jpg, .jpeg" in refusal(session.addOSDMarker, put(weapp, TEA))
    assert "at least 240" in refusal(session.addOSDMarker, put(weapp, poster(3, (239, 300)), "small.jpg"))


def test_the_same_picture_is_added_once(weapp: Any) -> None:
    session = Heard(weapp, track={"marker": True}).session
    session.addMarker(put(weapp, TEA))
    assert "looks for already" in refusal(session.addMarker, put(weapp, TEA, "again.png"))


def test_what_is_no_picture_or_is_not_there_is_no_marker(weapp: Any) -> None:
    session = Heard(weapp, track={"marker": True}).session
    path = f"{weapp.env.USER_DATA_PATH}/text.png"
    weapp.getFileSystemManager().writeFileSync(path, "no picture")
    assert "is no picture" in refusal(session.addMarker, path)
    assert "no such file" in refusal(session.addMarker, f"{weapp.env.USER_DATA_PATH}/none.png")


@pytest.mark.parametrize(
    ("method", "argument"),
    [("addMarker", "a.png"), ("removeMarker", 1), ("addOSDMarker", "a.jpg"), ("updateOSDThreshold", 0.5)],
)
def test_a_session_looks_for_what_it_was_made_for(weapp: Any, method: str, argument: Any) -> None:
    session = Heard(weapp, track={"plane": {"mode": 1}}).session
    assert "made without track." in refusal(getattr(session, method), argument)
    session.destroy()
    assert "was destroyed" in refusal(getattr(session, method), argument)


def test_without_the_extra_it_is_said_what_to_install(weapp: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    session = Heard(weapp, track={"marker": True}).session
    path = put(weapp, TEA)
    monkeypatch.setitem(sys.modules, "cv2", None)
    assert "pip install 'taropy[vision]'" in refusal(session.addMarker, path)
