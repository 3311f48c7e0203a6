"""VisionKit: sessions, their frames, and what a test says is before the camera."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from looking import Heard, refusal, seen_at, wall
from PIL import Image

import taropy
from taropy.phone import Body, Depth, Face, Hand, NativeError, Phone, Plane, Viewpoint

FRAME = {"frameBuffer": bytes(40 * 20 * 4), "width": 40, "height": 20}
FLOOR = Plane(0, -1, -2, width=2, depth=2)


@pytest.fixture
def weapp(phone: Phone) -> Iterator[Any]:
    with taropy.create("weapp", phone=phone) as runtime:
        yield runtime


# --- a session's life ----------------------------------------------------------------------------------------------


def test_the_phone_has_the_versions_that_a_test_says(weapp: Any) -> None:
    assert (weapp.isVKSupport("v1"), weapp.isVKSupport("v2")) == (True, True)
    weapp.phone.vision.versions = ("v1",)
    assert (weapp.isVKSupport("v1"), weapp.isVKSupport("v2")) == (True, False)
    assert Heard(weapp, version="v2").status == [2000002]
    assert Heard(weapp, version="v1").status == [0]


def test_a_session_runs_from_its_start_to_its_end(weapp: Any) -> None:
    heard = Heard(weapp)
    session = heard.session
    assert (heard.status, session.state) == ([0], 1)
    assert session.getVKFrame(360, 480) is not None
    session.stop()
    assert (session.state, session.getVKFrame(360, 480)) == (2, None)
    session.start(heard.status.append)
    assert (heard.status, session.state) == ([0, 0], 1)
    session.destroy()
    assert (session.state, session.getVKFrame(360, 480)) == (0, None)
    session.start(heard.status.append)
    assert heard.status[-1] == 2003000


def test_before_its_start_there_is_nothing_to_see(weapp: Any) -> None:
    session = weapp.createVKSession(version="v1")
    assert (session.state, session.getVKFrame(360, 480), list(session.hitTest(0.5, 0.5))) == (0, None, [])


def test_who_stops_a_session_that_begins_has_none(weapp: Any) -> None:
    async def main() -> tuple[list[int], int]:
        told: list[int] = []
        session = weapp.createVKSession(version="v1")
        session.start(told.append)
        assert session.state == 3
        session.stop()
        await taropy.settled()
        return told, session.state

    assert taropy.run(main) == ([2003000], 2)


def test_the_person_is_asked_for_the_camera_once(weapp: Any) -> None:
    assert [Heard(weapp).status, Heard(weapp).status] == [[0], [0]]
    asked = [question.shown.scope for question in weapp.phone.person.asked]
    assert asked == ["scope.camera"]


def test_without_the_camera_it_does_not_begin(weapp: Any) -> None:
    weapp.phone.person.script("authorize", allow=False)
    heard = Heard(weapp)
    assert (heard.status, heard.session.state, heard.frame()) == ([2003002], 0, None)
    weapp.phone.permissions.grant("scope.camera")
    weapp.phone.system.set_permission("camera", "denied")
    assert Heard(weapp).status == [2003001]


@pytest.mark.parametrize(
    ("version", "track", "status"),
    [
        ("v1", {"plane": {"mode": 2}}, 2000001),
        ("v2", {"plane": {"mode": 3}}, 0),
        ("v2", {"plane": {"mode": 4}}, 2000001),
        ("v1", {"marker": True, "OSD": True}, 2000001),
        ("v1", {"face": {"mode": 3}}, 2000001),
        ("v1", {"threeDof": True}, 0),
        ("v1", {"IDCard": {"mode": 2}}, 2000002),
    ],
)
def test_what_can_not_be_looked_for_is_told_by_the_start(
    phone: Phone, version: str, track: dict[str, Any], status: int
) -> None:
    native, told = phone.native("weapp"), []

    async def main() -> None:
        native.createVKSession({"version": version, "track": track}).start(told.append)
        await phone.clock.advance(0)

    taropy.run(main)
    assert told == [status]


@pytest.mark.parametrize("options", [{"version": "v3"}, {"track": 5}])
def test_wrong_options_are_refused_at_once(phone: Phone, options: dict[str, Any]) -> None:
    with pytest.raises(NativeError, match="createVKSession:fail parameter error"):
        phone.native("weapp").createVKSession(options)


def test_a_session_tells_what_it_was_made_with(weapp: Any) -> None:
    session = weapp.createVKSession(version="v2", track={"plane": {"mode": 3}})
    assert (session.config.version, session.config.track.plane.mode) == ("v2", 3)


def test_a_program_that_ends_has_no_session_any_more(phone: Phone) -> None:
    with taropy.create("weapp", phone=phone) as weapp:
        session = Heard(weapp).session
        assert repr(phone.vision) == "<Vision 1 session running>"
    assert session.state == 0
    assert repr(phone.vision) == "<Vision>"


# --- frames --------------------------------------------------------------------------------------------------------


def test_frames_come_with_the_clock_as_on_a_screen(weapp: Any) -> None:
    session, clock, times = Heard(weapp).session, weapp.phone.clock, []
    began = clock.now()

    def on_frame(time: float) -> None:
        times.append(round(time - began * 1000))
        session.requestAnimationFrame(on_frame)

    session.requestAnimationFrame(on_frame)
    clock.advance(0.1)
    assert times == [17, 33, 50, 67, 83, 100]
    session.destroy()
    clock.advance(1)
    assert len(times) == 6


def test_a_frame_that_is_taken_back_does_not_come(weapp: Any) -> None:
    session, called = Heard(weapp).session, []
    first = session.requestAnimationFrame(lambda *_: called.append("first"))
    session.requestAnimationFrame(lambda *_: called.append("second"))
    session.cancelAnimationFrame(first)
    session.cancelAnimationFrame(99)
    weapp.phone.clock.advance(1)
    assert called == ["second"]


def test_a_frame_has_the_pixels_before_the_camera(weapp: Any, tmp_path: Path) -> None:
    picture = Image.new("RGB", (200, 100), "blue")
    picture.paste("red", (50, 0, 100, 100))
    picture.save(tmp_path / "flag.png")
    weapp.phone.camera.show(tmp_path / "flag.png")
    frame = Heard(weapp).frame(100, 100)
    pixels = Image.frombytes("RGBA", (32, 32), frame.getCameraBuffer(32, 32))  # the middle of it fills the square
    assert [pixels.getpixel((x, 16)) for x in (8, 24)] == [(255, 0, 0, 255), (0, 0, 255, 255)]
    assert frame.timestamp == round(weapp.phone.clock.now() * 1e9)
    assert list(frame.getDisplayTransform()) == [0.5, 0, 0, 0, 1, 0, 0.25, 0, 1]


def test_a_frame_as_a_jpeg(phone: Phone) -> None:
    async def main() -> Any:
        session = phone.native("weapp").createVKSession({})
        session.start(lambda status: None)
        await phone.clock.advance(0)
        return session.getVKFrame(90, 120).getCameraJpgBuffer(90, 120, 80)

    with Image.open(io.BytesIO(taropy.run(main))) as picture:
        assert (picture.format, picture.size) == ("JPEG", (90, 120))


def test_the_camera_s_size_is_told_when_it_changes(weapp: Any, tmp_path: Path) -> None:
    weapp.phone.camera.show(wall(tmp_path / "wall.png"))
    heard = Heard(weapp)
    heard.frame()
    assert [(event, dict(size)) for event, size in heard.told] == [("resize", {"width": 360, "height": 480})]
    assert (heard.session.cameraSize.width, heard.session.cameraSize.height) == (360, 480)
    heard.frame()
    assert heard.told == []
    weapp.phone.camera.show(wall(tmp_path / "wide.png", size=(2560, 1440)))
    heard.frame()
    assert dict(heard.anchors("resize")) == {"width": 1280, "height": 720}


def test_a_picture_that_is_none_gives_no_frame_until_it_is_one(weapp: Any, tmp_path: Path) -> None:
    shown = wall(tmp_path / "wall.png")
    weapp.phone.camera.show(shown)
    shown.write_bytes(b"no picture")
    heard = Heard(weapp)
    assert heard.frame() is None
    wall(shown)
    assert heard.frame() is not None


def test_wrong_sizes_are_refused(weapp: Any) -> None:
    heard = Heard(weapp)
    assert "above 0" in refusal(heard.frame, 0, 480)
    assert "16 should divide the width" in refusal(heard.frame().getCameraBuffer, 30, 30)
    assert "WebGL is not there" in refusal(heard.frame().getCameraTexture, None)
    assert "parameter.near" in refusal(heard.frame().camera.getProjectionMatrix, 10, 1)


# --- the camera and planes -----------------------------------------------------------------------------------------


def test_a_program_draws_where_the_camera_looks(weapp: Any, tmp_path: Path) -> None:
    weapp.phone.camera.show(wall(tmp_path / "wall.png"))
    heard = Heard(weapp)
    assert seen_at(heard.frame(), (0, 0, -3)) == (180, 240)
    weapp.phone.vision.viewpoint = Viewpoint(x=1, y=2, z=3, yaw=90)
    frame = heard.frame()
    assert seen_at(frame, (-4, 2, 3)) == (180, 240)  # what is to the left of the world is in the middle now
    assert [round(each, 5) for each in frame.camera.viewMatrix[12:15]] == [3, -2, -1]
    weapp.phone.vision.viewpoint = Viewpoint(pitch=-45)
    assert seen_at(heard.frame(), (0, -2, -2)) == (180, 240)


def test_the_lens_and_the_projection_agree(weapp: Any, tmp_path: Path) -> None:
    weapp.phone.camera.show(wall(tmp_path / "wall.png"))
    camera = Heard(weapp).frame(360, 480).camera
    lens, projection = camera.intrinsics, camera.getProjectionMatrix(0.1, 10)
    assert (lens[6], lens[7]) == (180, 240)
    assert projection[0] == pytest.approx(2 * lens[0] / 360)
    assert projection[5] == pytest.approx(2 * lens[4] / 480)


def hits(session: Any, *place: Any) -> list[list[float]]:
    """Where planes were hit."""
    return [[round(each, 3) for each in hit.transform[12:15]] for hit in session.hitTest(*place)]


def test_a_place_on_the_screen_hits_the_floor_where_it_is(weapp: Any) -> None:
    weapp.phone.vision.planes = [FLOOR]
    weapp.phone.vision.viewpoint = Viewpoint(y=1, pitch=-45)
    heard = Heard(weapp, version="v2")
    assert hits(heard.session, 0.5, 0.5) == []  # nothing was looked at yet
    frame = heard.frame()
    assert hits(heard.session, 0.5, 0.5) == [[0, -1, -2]]
    [[x, y, z]] = hits(heard.session, 0.6, 0.4)
    assert (x > 0, y, z < -2) == (True, -1, True)
    assert seen_at(frame, (x, y, z)) == (216, 192)
    weapp.phone.vision.viewpoint = Viewpoint(y=1, pitch=45)
    heard.frame()
    assert hits(heard.session, 0.5, 0.5) == []


def test_the_nearest_plane_comes_first(weapp: Any) -> None:
    table = Plane(0, -0.5, -1.5, width=4, depth=4)
    weapp.phone.vision.planes = [FLOOR, table]
    weapp.phone.vision.viewpoint = Viewpoint(y=1, pitch=-45)
    heard = Heard(weapp, version="v2")
    heard.frame()
    assert [at[1] for at in hits(heard.session, 0.5, 0.5)] == [-0.5, -1]


def test_the_first_version_keeps_to_the_plane_that_it_has_found(weapp: Any) -> None:
    weapp.phone.vision.viewpoint = Viewpoint(y=1, pitch=-45)
    weapp.phone.vision.planes = [FLOOR]
    heard = Heard(weapp, version="v1")
    heard.frame()
    assert hits(heard.session, 0.5, 0.5) == [[0, -1, -2]]
    weapp.phone.vision.planes = [Plane(0, -0.5, -1.5, width=4, depth=4), FLOOR]
    assert hits(heard.session, 0.5, 0.5) == [[0, -1, -2]]
    assert hits(heard.session, 0.5, 0.5, True) == [[0, -0.5, -1.5]]
    assert heard.events == []  # only v2 tells of planes


@pytest.mark.parametrize(
    ("device", "mode", "seen"),
    [("iPhone 15 Pro", 1, [0]), ("iPhone 15 Pro", 2, [1]), ("iPhone 15 Pro", 3, [0, 1]), ("Pixel 8", 3, [0])],
)
def test_planes_lie_or_stand(device: str, mode: int, seen: list[int]) -> None:
    with taropy.create("weapp", phone=Phone(device=device)) as weapp:
        weapp.phone.vision.planes = [FLOOR, Plane(0, 0, -4, width=3, depth=2, vertical=True)]
        heard = Heard(weapp, version="v2", track={"plane": {"mode": mode}})
        heard.frame()
        assert [anchor.alignment for anchor in heard.anchors("addAnchors")] == seen
        wall_is_seen = 1 in seen
        assert hits(heard.session, 0.5, 0.5) == ([[0, 0, -4]] if wall_is_seen else [])


def test_a_plane_is_told_of_when_it_comes_changes_and_goes(weapp: Any) -> None:
    heard = Heard(weapp, version="v2")
    heard.frame()
    assert heard.events == []
    weapp.phone.vision.planes = [FLOOR]
    heard.frame()
    [anchor] = heard.anchors("addAnchors")
    assert (anchor.type, dict(anchor.size), list(anchor.transform)[12:15]) == (
        0,
        {"width": 2, "height": 2},
        [0, -1, -2],
    )
    heard.frame()
    assert heard.events == []
    weapp.phone.vision.planes = [Plane(0, -1, -2, width=3, depth=2)]
    heard.frame()
    assert (heard.events, heard.anchors("updateAnchors")[0].id) == (["updateAnchors"], anchor.id)
    weapp.phone.vision.planes = []
    heard.frame()
    assert (heard.events, heard.anchors("removeAnchors")[0].id) == (["removeAnchors"], anchor.id)


def test_wrong_places_are_refused(weapp: Any) -> None:
    assert "from 0 to 1" in refusal(Heard(weapp).session.hitTest, 1.5, 0)


# --- who is there --------------------------------------------------------------------------------------------------

BODY = Body(0.25, 0.1, 0.5, 0.8, points=[(0.5, 0.2)], confidence=[0.9], score=0.9, points3d=[(0, 1, -2)])
HAND = Hand(0.1, 0.2, 0.3, 0.4, points=[(0.2, 0.3)], confidence=[1], score=0.85, gesture=6)
FACE = Face(0.25, 0.5, 0.5, 0.25, yaw=0.5, confidence=(0.9, 1, 1, 1, 1))


def put(phone: Phone, kind: str, there: bool) -> None:
    """Puts what is of that kind before the camera, or takes it away."""
    if kind == "face":
        phone.faces.seen = [FACE] if there else []
    elif kind == "depth":
        phone.vision.depth = Depth(2, 1, (0.5, 3)) if there else None
    elif kind == "OCR":
        phone.vision.texts = ["tea"] if there else []
    else:
        setattr(phone.vision, {"body": "bodies", "hand": "hands"}[kind], [{"body": BODY, "hand": HAND}[kind]] * there)


@pytest.mark.parametrize(("kind", "type"), [("face", 3), ("body", 5), ("OCR", 6), ("hand", 7), ("depth", 8)])
def test_who_comes_stays_and_goes_is_told_of_in_each_frame(weapp: Any, kind: str, type: int) -> None:
    heard = Heard(weapp, track={kind: {"mode": 1}})
    put(weapp.phone, kind, False)
    heard.frame()
    assert heard.events == []
    put(weapp.phone, kind, True)
    heard.frame()
    [anchor] = heard.anchors("addAnchors")
    assert (heard.events, anchor.type) == (["addAnchors"], type)
    for _ in range(2):
        heard.frame()
        assert (heard.events, heard.anchors("updateAnchors")[0].id) == (["updateAnchors"], anchor.id)
    put(weapp.phone, kind, False)
    heard.frame()
    assert (heard.events, heard.anchors("removeAnchors")[0].id) == (["removeAnchors"], anchor.id)
    heard.frame()
    assert heard.events == []


DETECT = {"face": "detectFace", "body": "detectBody", "hand": "detectHand", "depth": "detectDepth", "OCR": "runOCR"}


@pytest.mark.parametrize("kind", ["face", "body", "hand", "OCR"])
def test_each_single_picture_has_its_answer(weapp: Any, kind: str) -> None:
    heard = Heard(weapp, track={kind: {"mode": 2}})
    detect = getattr(heard.session, DETECT[kind])
    put(weapp.phone, kind, True)
    detect(FRAME)
    detect(FRAME)
    assert heard.events == ["updateAnchors", "updateAnchors"]
    put(weapp.phone, kind, False)
    detect(FRAME)
    assert heard.events[2:] == ["removeAnchors"]
    heard.frame()
    assert heard.events == []  # the camera's pictures are not looked at for it


def test_all_that_is_known_of_a_face_is_told(weapp: Any) -> None:
    points = [(number / 106, 0.5) for number in range(106)]
    weapp.phone.faces.seen = [Face(0.25, 0.5, 0.5, 0.25, pitch=-0.5, points=points)]
    heard = Heard(weapp, track={"face": {"mode": 2}})
    heard.session.detectFace(FRAME)
    [face] = heard.anchors("updateAnchors")
    assert (dict(face.origin), dict(face.size)) == ({"x": 0.25, "y": 0.5}, {"width": 0.5, "height": 0.25})
    assert (len(face.points), face.points[53].x, face.angle, set(face.confidence)) == (106, 0.5, [-0.5, 0, 0], {1})


def test_who_is_not_sure_enough_is_not_told_of(weapp: Any) -> None:
    heard = Heard(weapp, track={"body": {"mode": 2}})
    weapp.phone.vision.bodies = [Body(0, 0, 0.1, 0.1, score=0.7), BODY]
    heard.session.detectBody(FRAME)
    assert [body.detectId for body in heard.anchors("updateAnchors")] == [1]
    heard.session.detectBody({**FRAME, "scoreThreshold": 0.5})
    assert [body.detectId for body in heard.anchors("updateAnchors")] == [0, 1]


@pytest.mark.parametrize(("mode", "points", "gesture"), [(0, 1, -1), (1, 0, 6), (2, 1, 6)])
def test_of_a_hand_points_or_its_gesture_are_told(weapp: Any, mode: int, points: int, gesture: int) -> None:
    heard = Heard(weapp, track={"hand": {"mode": 2}})
    weapp.phone.vision.hands = [HAND]
    heard.session.detectHand({**FRAME, "algoMode": mode})
    [hand] = heard.anchors("updateAnchors")
    assert (len(hand.points), hand.gesture, hand.score) == (points, gesture, 0.85)


def test_points_in_space_are_told_to_who_wants_them(weapp: Any) -> None:
    heard = Heard(weapp, track={"body": {"mode": 1}})
    weapp.phone.vision.bodies = [BODY]
    heard.frame()
    assert "points3d" not in heard.anchors("addAnchors")[0]
    heard.session.update3DMode({"open3d": True})
    heard.frame()
    assert [dict(point) for point in heard.anchors("updateAnchors")[0].points3d] == [{"x": 0, "y": 1, "z": -2}]
    assert "track.face" in refusal(Heard(weapp).session.update3DMode, {"open3d": True})


def test_depths_are_those_that_a_test_says_and_else_not_known(weapp: Any) -> None:
    heard = Heard(weapp, track={"depth": {"mode": 2}})
    assert "phone.vision.depth" in refusal(heard.session.detectDepth, FRAME)
    weapp.phone.vision.depth = Depth(2, 1, (0.5, 3))
    heard.session.detectDepth(FRAME)
    [depth] = heard.anchors("updateAnchors")
    assert (depth.depthArray, depth.size.width) == ([0.5, 3], 2)


def test_a_frame_has_depths_where_the_session_looks_for_them(weapp: Any) -> None:
    weapp.phone.vision.depth = Depth(2, 1, (0.5, 3))
    told = Heard(weapp, track={"depth": {"mode": 1}}).frame().getDepthBuffer()
    assert (told["width"], told["height"], struct.unpack("<2f", told["DepthAddress"])) == (2, 1, (0.5, 3))
    with pytest.raises(NativeError, match=r"phone\.vision\.depth"):
        Heard(weapp).frame().getDepthBuffer()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [({"width": 41}, "four bytes"), ({"height": 0}, "four bytes"), ({"frameBuffer": b""}, "four bytes")],
)
def test_a_single_picture_has_four_bytes_for_each_pixel(weapp: Any, wrong: dict[str, Any], words: str) -> None:
    heard = Heard(weapp, track={"face": {"mode": 2}})
    assert words in refusal(heard.session.detectFace, {**FRAME, **wrong})


@pytest.mark.parametrize("method", DETECT.values())
def test_a_session_does_what_it_was_made_for(weapp: Any, method: str) -> None:
    assert "made without track." in refusal(getattr(Heard(weapp).session, method), FRAME)
    kind = next(kind for kind, name in DETECT.items() if name == method)
    session = Heard(weapp, track={kind: {"mode": 2}}).session
    session.stop()
    assert "does not run" in refusal(getattr(session, method), FRAME)


def test_a_listener_that_was_taken_off_hears_no_more(weapp: Any) -> None:
    heard, told = Heard(weapp, track={"face": {"mode": 1}}), []
    weapp.phone.faces.seen = [FACE]
    heard.session.on("addAnchors", told.append)
    heard.session.off("addAnchors", told.append)
    heard.frame()
    assert (told, heard.events) == ([], ["addAnchors"])


def test_what_a_listener_does_with_an_anchor_the_next_frame_does_not_show(weapp: Any) -> None:
    heard = Heard(weapp, track={"face": {"mode": 1}})
    weapp.phone.faces.seen = [FACE]
    heard.session.on("addAnchors", lambda anchors: anchors[0].origin.update(x=7))
    heard.frame()
    heard.frame()
    assert heard.anchors("updateAnchors")[0].origin.x == 0.25


@pytest.mark.parametrize(
    "make",
    [
        lambda: Plane(0, 0, 0, width=0),
        lambda: Plane(0, 0, float("nan")),
        lambda: Viewpoint(yaw="left"),
        lambda: Body(2, 0, 0.1, 0.1),
        lambda: Body(0, 0, 0.1, 0.1, points=[(1, 2, 3)]),
        lambda: Hand(0, 0, 0.1, 0.1, gesture=19),
        lambda: Depth(2, 2, (1, 2, 3)),
    ],
)
def test_what_can_not_be_there_is_refused(make: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        make()


def test_a_snapshot_has_what_is_there(weapp: Any) -> None:
    vision = weapp.phone.vision
    vision.planes, vision.hands, vision.texts = [FLOOR], [HAND], ["tea"]
    taken = weapp.phone.snapshot()
    vision.planes, vision.hands, vision.texts = [], [], None
    weapp.phone.restore(taken)
    assert (vision.planes, vision.hands, vision.texts) == ([FLOOR], [HAND], ["tea"])
    assert repr(vision) == "<Vision 1 plane, 1 hand>"
