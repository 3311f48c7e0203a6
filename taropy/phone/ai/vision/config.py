"""What a session is made with, and how it says that it can't be begun.

Facts: miniprogram-api-typings 5.2.3, `VKConfig` and `VKSessionStartCallback`; the page of `wx.createVKSession`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from ...core.answers import Options
from ...core.options import optional, word

VERSIONS = ("v1", "v2")

BEGUN = 0
WRONG_OPTION, NOT_ON_THIS_DEVICE = 2000001, 2000002
DESTROYED, CAMERA_DENIED_BY_DEVICE, CAMERA_DENIED_BY_PERSON = 2003000, 2003001, 2003002

#: A session's states.
UNAVAILABLE, RUNNING, PAUSED, STARTING = range(4)

HORIZONTAL, VERTICAL, BOTH = 1, 2, 3
LIVE, SINGLE = 1, 2
#: What can be looked for in the camera's pictures, `LIVE`, or in a `SINGLE` one.
KINDS = ("face", "body", "hand", "OCR", "depth")
#: What WeChat's phones also look for, and this one does not.
LACKING = ("IDCard", "shoe")


@attrs.frozen
class Tracks:
    """What to look for: `plane` is which planes, None for none; `modes` has those of `KINDS`."""

    plane: int | None = None
    marker: bool = False
    osd: bool = False
    modes: Mapping[str, int] = attrs.field(factory=dict)


class Refused(Exception):
    """The session can't be begun: `errno`."""

    def __init__(self, errno: int) -> None:
        super().__init__(errno)
        self.errno = errno


@attrs.define
class Config:
    """What a program has made its session with; `tracks` or, if that is wrong, `refused` says what comes of it."""

    version: str
    given: dict[str, Any]
    tracks: Tracks
    refused: int | None = None


def config_of(options: Options) -> Config:
    """What the options say. Raises `Fail` for a version that there is not, and for a `track` that is no object."""
    version = word(options, "version", VERSIONS, "v1")
    track = optional(options, "track", "Object", {})
    given = {**options, "version": version, "track": track}
    try:
        return Config(version, given, _tracks(track, version))
    except Refused as refused:
        return Config(version, given, Tracks(), refused.errno)


def _tracks(track: Mapping[str, Any], version: str) -> Tracks:
    if any(track.get(name) for name in LACKING):
        raise Refused(NOT_ON_THIS_DEVICE)
    modes = {kind: _mode(track[kind], (LIVE, SINGLE)) for kind in KINDS if track.get(kind) is not None}
    marker, osd = bool(track.get("marker")), bool(track.get("OSD"))
    if marker and osd:  # "not at the same time", says the page
        raise Refused(WRONG_OPTION)
    plane = track.get("plane")
    if plane is not None:
        planes = (HORIZONTAL,) if version == "v1" else (HORIZONTAL, VERTICAL, BOTH)
        return Tracks(_mode(plane, planes), marker, osd, modes)
    nothing = not (modes or marker or osd or track.get("threeDof"))
    return Tracks(HORIZONTAL if nothing else None, marker, osd, modes)


def _mode(given: Any, known: tuple[int, ...]) -> int:
    mode = given.get("mode") if isinstance(given, Mapping) else None
    if mode not in known:
        raise Refused(WRONG_OPTION)
    return int(mode)
