"""Pictures and videos in Douyin's own form: @douyin-microapp/typings 1.3.1."""

from __future__ import annotations

from ..core.answers import Options, Result
from ..core.failing import without_numbers
from ..core.variant import Surface, Variant, also_called, only_told

_MEDIUM = only_told("tempFilePath", "size", "mediaType", "fileType", "duration", "height", "width")


def _media(result: Result) -> Result:
    """What kind of file each one is, is its `mediaType`; Taro's programs read `fileType`, which stays."""
    files = [_MEDIUM(also_called(fileType="mediaType")(file)) for file in result.get("tempFiles", ())]
    return {**result, "tempFiles": files}


_VIDEO = only_told("tempFilePath", "duration", "size", "height", "width")


def _never_compressed(options: Options) -> Options:
    return {**options, "compressed": False}


def _always_compressed(options: Options) -> Options:
    return {**options, "compressed": True}


SURFACE = Surface(
    "tt",
    {
        "chooseMedia": Variant("chooseMedia", result=_media),
        # Its page at developer.open-douyin.com: on neither system the option is heeded.
        "chooseVideo": Variant(
            "chooseVideo",
            _never_compressed,
            _VIDEO,
            failure=without_numbers,
            systems={"ios": Variant("chooseVideo", _always_compressed, _VIDEO, failure=without_numbers)},
        ),
        **{
            name: Variant(name, failure=without_numbers)
            for name in ("compressImage", "saveImageToPhotosAlbum", "saveVideoToPhotosAlbum")
        },
    },
)
