"""What videos are, by MediaInfo, which reads all common containers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs

from ..extras import need

ORIENTATIONS: Mapping[int, str] = {0: "up", 90: "right", 180: "down", 270: "left"}


class NotAVideo(Exception):
    """The file is no video, or a broken one."""


@attrs.frozen
class Video:
    """What a video is: pixels, seconds, frames per second, kbit/s, its container (`mp4`), and how it is turned."""

    width: int
    height: int
    duration: float
    fps: float
    bitrate: float
    type: str
    orientation: str


def look(path: Path) -> Video:
    """What the video is; `NotAVideo` if there is none in the file."""
    tracks = need("pymediainfo", extra="media").MediaInfo.parse(path).tracks
    general = next((track for track in tracks if track.track_type == "General"), None)
    picture = next((track for track in tracks if track.track_type == "Video"), None)
    if general is None or picture is None or not picture.width or not picture.height:
        raise NotAVideo(str(path))
    return Video(
        width=picture.width,
        height=picture.height,
        duration=_number(general.duration) / 1000,
        fps=_number(picture.frame_rate or general.frame_rate),
        bitrate=round(_number(general.overall_bit_rate) / 1000, 3),
        type=str(general.internet_media_type or "video/unknown").partition("/")[2],
        orientation=ORIENTATIONS.get(round(_number(picture.rotation)) % 360, "up"),
    )


def _number(told: Any) -> float:
    return float(told or 0)
