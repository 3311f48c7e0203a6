"""Faces in pictures: what a program is told of those that a test says are there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from natively import call
from supporting import failure

import taropy
from taropy.phone import Face, Phone

FRAME = {"frameBuffer": bytes(40 * 20 * 4), "width": 40, "height": 20}
SMALL, LARGE = Face(0, 0, 0.1, 0.1), Face(0.25, 0.5, 0.5, 0.25, pitch=-0.5, confidence=(0.9, 1, 1, 0.2, 1))


@pytest.fixture
def weapp() -> Iterator[Any]:
    with taropy.create("weapp") as runtime:
        runtime.initFaceDetect().result()
        yield runtime


def test_the_largest_face_is_told_in_pixels_and_nothing_that_was_not_asked_for(weapp: Any) -> None:
    weapp.phone.faces.seen = [SMALL, LARGE]
    told = weapp.faceDetect(FRAME).result()
    assert dict(told.detectRect) == {"originX": 10, "originY": 10, "width": 20, "height": 5}
    assert (told.x, told.y) == (20, 12.5)
    assert not {"pointArray", "confArray", "angleArray", "faceInfo"} & set(told)


def test_where_there_is_none_its_middle_is_minus_one(weapp: Any) -> None:
    told = weapp.faceDetect(FRAME, enableMultiFace=True).result()
    assert (told.x, told.y, told.faceInfo) == (-1, -1, [])


def test_what_a_program_does_with_its_answer_the_next_one_does_not_show() -> None:
    native = Phone().native("weapp")
    call(native, "initFaceDetect")
    call(native, "faceDetect", **FRAME)["detectRect"]["width"] = 7
    assert call(native, "faceDetect", **FRAME)["detectRect"]["width"] == 0


def test_all_that_is_known_of_a_face_may_be_asked_for(weapp: Any) -> None:
    points = [(number / 106, 0.5) for number in range(106)]
    weapp.phone.faces.seen = [SMALL, LARGE, Face(0, 0, 1, 1, points=points)]
    wanted = dict.fromkeys(("enablePoint", "enableConf", "enableAngle", "enableMultiFace"), True)
    told = weapp.faceDetect({**FRAME, **wanted}).result()
    assert [each.detectRect.height for each in told.faceInfo] == [20, 5, 2]
    assert (len(told.pointArray), told.pointArray[53].x) == (106, 20)
    second = told.faceInfo[1]
    assert (second.confArray["global"], second.confArray.mouth, second.angleArray.pitch) == (0.9, 0.2, -0.5)


def test_it_has_to_be_begun(weapp: Any) -> None:
    weapp.stopFaceDetect().result()
    assert failure(weapp.faceDetect(FRAME)) == "faceDetect:fail unknown error"


@pytest.mark.parametrize("wrong", [{"width": 41}, {"height": 0}, {"frameBuffer": b""}, {"width": 1.5}])
def test_a_frame_has_four_bytes_for_each_pixel(weapp: Any, wrong: dict[str, Any]) -> None:
    assert "parameter error" in failure(weapp.faceDetect({**FRAME, **wrong}))


@pytest.mark.parametrize(
    "wrong", [{"x": 2}, {"yaw": -2}, {"confidence": (1,)}, {"confidence": (2, 1, 1, 1, 1)}, {"points": [(0, 0)]}]
)
def test_what_is_no_face_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        Face(**{"x": 0, "y": 0, "width": 1, "height": 1, **wrong})


def test_a_snapshot_has_them(weapp: Any) -> None:
    weapp.phone.faces.seen = [SMALL]
    taken = weapp.phone.snapshot()
    weapp.phone.faces.seen = []
    weapp.phone.restore(taken)
    assert weapp.faceDetect(FRAME).result().x == 2
    assert repr(weapp.phone.faces) == "<Faces 1 in the frame>"
