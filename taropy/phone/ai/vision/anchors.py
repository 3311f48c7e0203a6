"""What a session tells of what it sees: anchors, and which of them are new, changed or gone.

Facts: miniprogram-api-typings 5.2.3, `VKAnchor` and the others; of `points3d` github.com/wechat-miniprogram/
miniprogram-demo, packageAPI/pages/ar/body-detect-3d.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import count
from typing import Any

from ..faces import ANGLES, Face
from .space import columns, plane_at
from .things import Body, Depth, Hand, Plane

ADDED, UPDATED, REMOVED = "addAnchors", "updateAnchors", "removeAnchors"
TYPES: Mapping[str, int] = {
    "plane": 0, "marker": 1, "OSD": 2, "face": 3, "body": 5, "OCR": 6, "hand": 7, "depth": 8,
}  # fmt: skip
#: Judgement: no vendor gives figures; these are ARKit's, which WeChat's iPhones ask.
ALIGNMENTS: Mapping[bool, int] = {False: 0, True: 1}

Fields = dict[str, Any]
#: What was found: of which kind it is, and which of that kind.
Key = tuple[str, int]
Found = dict[Key, Fields]


class Tracked:
    """The anchors of a session."""

    def __init__(self) -> None:
        self._ids = count(1)
        self._known: Found = {}

    def take(self, found: Found, kinds: Collection[str]) -> Iterator[tuple[str, list[Fields]]]:
        """The events that follow of what is seen now of these kinds, with their anchors.

        What stays is told again in each frame; a plane only if it has changed.
        """
        known = {key: anchor for key, anchor in self._known.items() if key[0] in kinds}
        now = {key: self._anchor(key, fields) for key, fields in found.items()}
        for key in known:
            if key not in now:
                del self._known[key]
        self._known.update(now)
        yield ADDED, [anchor for key, anchor in now.items() if key not in known]
        stayed = [(anchor, known[key]) for key, anchor in now.items() if key in known]
        yield UPDATED, [now for now, before in stayed if now["type"] != TYPES["plane"] or now != before]
        yield REMOVED, [anchor for key, anchor in known.items() if key not in now]

    def take_single(self, kind: str, found: Iterable[Fields]) -> tuple[str, list[Fields]]:
        """The event of what is in a single picture. Where there is nothing, what was told last is gone."""
        known = [key for key in self._known if key[0] == kind]
        now = {(kind, at): self._anchor((kind, at), fields) for at, fields in enumerate(found)}
        gone = [self._known.pop(key) for key in known]
        self._known.update(now)
        return (UPDATED, list(now.values())) if now else (REMOVED, gone)

    def _anchor(self, key: Key, fields: Fields) -> Fields:
        known = self._known.get(key)
        return {"id": next(self._ids) if known is None else known["id"], "type": TYPES[key[0]], **fields}


def plane(seen: Plane) -> Fields:
    """A plane's fields."""
    size = {"width": seen.width, "height": seen.depth}
    return {"transform": columns(plane_at(seen)), "size": size, "alignment": ALIGNMENTS[seen.vertical]}


def face(seen: Face, at: int) -> Fields:
    """A face's. What is said of it as a whole counts for each of its points."""
    return {
        "detectId": at,
        **_frame(seen),
        "points": _points(seen.points),
        "angle": [getattr(seen, name) for name in ANGLES],
        "confidence": [seen.confidence[0]] * len(seen.points),
    }


def body(seen: Body, at: int, *, in_space: bool) -> Fields:
    """A body's."""
    told: Fields = {
        "detectId": at,
        **_frame(seen),
        "points": _points(seen.points),
        "confidence": list(seen.confidence),
        "score": seen.score,
    }
    if in_space:
        told["points3d"] = [{"x": x, "y": y, "z": z} for x, y, z in seen.points3d]
    return told


def hand(seen: Hand, at: int, *, in_space: bool) -> Fields:
    """A hand's."""
    return {**body(seen, at, in_space=in_space), "gesture": seen.gesture}


def depth(seen: Depth) -> Fields:
    """The depths'."""
    return {"size": {"width": seen.width, "height": seen.height}, "depthArray": list(seen.values)}


def text(seen: str) -> Fields:
    """A line of text's."""
    return {"text": seen}


def _frame(seen: Face | Body) -> Fields:
    return {"origin": {"x": seen.x, "y": seen.y}, "size": {"width": seen.width, "height": seen.height}}


def _points(points: Iterable[tuple[float, float]]) -> list[dict[str, float]]:
    return [{"x": x, "y": y} for x, y in points]
