"""Pictures and videos in Douyin's own form: @douyin-microapp/typings 1.3.1."""

from __future__ import annotations

from ..core.answers import Result
from ..core.failing import without_numbers
from ..core.variant import Surface, Variant, also_called, only_told

_MEDIUM = only_told("tempFilePath", "size", "mediaType", "fileType", "duration", "height", "width")


def _media(result: Result) -> Result:
    """What kind of file each one is, is its `mediaType`; Taro's programs read `fileType`, which stays."""
    files = [_MEDIUM(also_called(fileType="mediaType")(file)) for file in result.get("tempFiles", ())]
    return {**result, "tempFiles": files}


SURFACE = Surface(
    "tt",
    {
        "chooseMedia": Variant("chooseMedia", result=_media),
        **{
            name: Variant(name, failure=without_numbers)
            for name in ("compressImage", "saveImageToPhotosAlbum", "saveVideoToPhotosAlbum")
        },
    },
)
