"""Pictures and videos as `@tarojs/plugin-platform-harmony-hybrid` 4.1.11 tells of them: `media/`."""

from __future__ import annotations

from ..core.answers import Result
from ..core.variant import Surface, Variant

#: What is told of every video.
FRAMES_A_SECOND = 30


def _images(result: Result) -> Result:
    if "tempFiles" not in result:
        return result
    return {**result, "tempFiles": [{**file, "type": file["path"].rpartition(".")[2]} for file in result["tempFiles"]]}


def _video(result: Result) -> Result:
    return {name: value for name, value in result.items() if name != "thumbTempFilePath"}


def _looked_at(result: Result) -> Result:
    return {**result, "fps": FRAMES_A_SECOND}


SURFACE = Surface(
    "harmony-hybrid",
    {
        "chooseImage": Variant("chooseImage", result=_images),
        "chooseVideo": Variant("chooseVideo", result=_video),
        "getVideoInfo": Variant("getVideoInfo", result=_looked_at),
    },
)
