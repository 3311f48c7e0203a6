"""Pictures that are looked for in the camera's: where they are, by OpenCV (the extra `vision`).

Facts on which pictures may be looked for: the pages of `VKSession.addMarker` and `addOSDMarker`. How WeChat finds them
is not told. Here what is characteristic of a picture, SIFT's features, is looked for in the other, and has to lie as on
a flat picture that is seen from somewhere.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from ....extras import need
from ...core.answers import Fail
from ...core.pictures import NotAPicture, opened
from .space import Matrix, View

if TYPE_CHECKING:
    from PIL.Image import Image

EXTRA = "vision"
#: The longer edge of what is compared, in pixels, and how many features are, of a marker and of what may have it in it;
#: how much nearer a feature has to be to its match than to any other (Lowe's ratio); how far off a match may lie, in
#: pixels. Judgement.
EDGE, FEATURES, FEATURES_AROUND, RATIO, NEAR = 720, 800, 2000, 0.75, 4.0
#: How many features have to lie as they should, and how large a part of the picture it has at the least. Judgement.
FEWEST, SMALLEST = 12, 0.001
#: How large a part of the matches has to lie as it should, for an object: WeChat does not say what its threshold is of.
USUAL_THRESHOLD = 0.3


@attrs.frozen
class Requirements:
    """What WeChat asks of a picture that is to be looked for: its kind by the end of the name, and its edges."""

    suffixes: tuple[str, ...]
    least: int
    most: int | None = None
    #: How much longer one edge may be than the other.
    longer: float = 16 / 9


OF_MARKERS = Requirements((".png", ".jpg", ".jpeg"), 480, 1920)
OF_OBJECTS = Requirements((".jpg", ".jpeg"), 240)


@attrs.frozen
class Features:
    """What is characteristic of a picture: where it is, in pixels of it, and how it looks."""

    size: tuple[int, int]
    points: Any
    looks: Any


@attrs.frozen
class Sighting:
    """Where a picture was found: its corners, in pixels of the other; pairs of points; the share that fits."""

    corners: Any
    points: Any
    seen_at: Any
    share: float


@attrs.define
class Marker:
    """A picture that a program has added."""

    number: int
    path: str
    #: Of the file: the same picture is added once.
    digest: bytes
    features: Features


def marker_of(file: Path, path: str, number: int, wanted: Requirements) -> Marker:
    """The picture as a marker. Raises `Fail` if it is none, or not of the kind that is asked for."""
    if file.suffix.lower() not in wanted.suffixes:
        raise Fail(f"{path} is none of {', '.join(wanted.suffixes)}")
    try:
        digest = hashlib.sha256(file.read_bytes()).digest()
        with opened(file) as picture:
            size = picture.size
            _check(path, size, wanted)
            features = features_of(picture, FEATURES)
    except NotAPicture as error:
        raise Fail(f"{path} is no picture") from error
    if len(features.points) < FEWEST:
        raise Fail(f"{path} has too little in it to be recognised by")
    return Marker(number, path, digest, features)


def _check(path: str, size: tuple[int, int], wanted: Requirements) -> None:
    short, long = sorted(size)
    if short < wanted.least or (wanted.most is not None and long > wanted.most):
        most = "" if wanted.most is None else f", at most {wanted.most}"
        raise Fail(f"{path} has {size[0]} x {size[1]} pixels; an edge has to have at least {wanted.least}{most}")
    if long > short * wanted.longer:
        raise Fail(f"{path} has {size[0]} x {size[1]} pixels; one edge may be {wanted.longer:.2f} times the other")


def features_of(picture: Image, most: int = FEATURES_AROUND) -> Features:
    """What is characteristic of the picture, `most` features."""
    numpy, cv2 = need("numpy", extra=EXTRA), need("cv2", extra=EXTRA)
    scale = min(1.0, EDGE / max(picture.size))
    small = picture.convert("L").resize((round(picture.width * scale), round(picture.height * scale)))
    found, looks = cv2.SIFT_create(most).detectAndCompute(numpy.asarray(small), None)
    points = numpy.float32([each.pt for each in found]).reshape(-1, 2) / scale
    return Features(picture.size, points, looks)


def find(marker: Features, picture: Features) -> Sighting | None:
    """Where one picture is in the other; None if it isn't there."""
    numpy, cv2 = need("numpy", extra=EXTRA), need("cv2", extra=EXTRA)
    if len(picture.points) < FEWEST:
        return None
    pairs = cv2.BFMatcher(cv2.NORM_L2).knnMatch(marker.looks, picture.looks, k=2)
    matches = [best for best, *second in pairs if second and best.distance < RATIO * second[0].distance]
    if len(matches) < FEWEST:
        return None
    points = marker.points[[each.queryIdx for each in matches]]
    seen_at = picture.points[[each.trainIdx for each in matches]]
    way, fits = cv2.findHomography(points, seen_at, cv2.USAC_MAGSAC, NEAR * max(1.0, max(picture.size) / EDGE))
    if way is None or fits.sum() < FEWEST:
        return None
    width, height = marker.size
    corners = cv2.perspectiveTransform(numpy.float32([[[0, 0], [width, 0], [width, height], [0, height]]]), way)[0]
    if not (cv2.isContourConvex(corners) and _is_large(cv2, corners, picture.size)):
        return None
    fitting = fits.ravel() == 1
    return Sighting(corners, points[fitting], seen_at[fitting], float(fitting.mean()))


def _is_large(cv2: Any, corners: Any, size: tuple[int, int]) -> bool:
    """Whether it can be seen at all, and from its front: its corners go round as the picture's own do."""
    return bool(cv2.contourArea(corners, oriented=True) >= SMALLEST * size[0] * size[1])


def pose(marker: Features, sighting: Sighting, view: View) -> Matrix | None:
    """From the marker's axes to the camera's: x to its right, y out of it, z down on it; its width is 1.

    None if it can't be told. The axes are those of github.com/wechat-miniprogram/miniprogram-demo, 2dmarker-ar.
    """
    numpy, cv2 = need("numpy", extra=EXTRA), need("cv2", extra=EXTRA)
    width, height = marker.size
    middle = numpy.float32([width / 2, height / 2])
    flat = (sighting.points - middle) / width
    known = numpy.column_stack([flat, numpy.zeros(len(flat))])
    lens = numpy.array(view.intrinsics)
    try:
        done, turn, place = cv2.solvePnP(known, sighting.seen_at.astype(float), lens, None, flags=cv2.SOLVEPNP_IPPE)
    except cv2.error:  # the points lie on a line
        return None
    if not done:
        return None
    at = numpy.identity(4)
    at[:3, :3], at[:3, 3] = cv2.Rodrigues(turn)[0], place.ravel()
    # OpenCV's camera has y down and z forward, and so has the flat picture.
    onto_flat = numpy.array([[1, 0, 0, 0], [0, 0, 1, 0], [0, -1, 0, 0], [0, 0, 0, 1]])
    made = numpy.diag([1.0, -1.0, -1.0, 1.0]) @ at @ onto_flat
    return tuple(tuple(map(float, row)) for row in made)
