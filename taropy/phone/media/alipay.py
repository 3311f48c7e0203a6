"""Pictures and videos in Alipay's own form: github.com/AlipayDocs/open-docs, each function's page."""

from __future__ import annotations

from ..core.alipay import CANCELLED, WRONG_OPTIONS, failing, needing
from ..core.answers import Result
from ..core.variant import Surface, Variant, also_called, only_told
from .copies import NO_VIDEO

# The pages of `my.saveImageToPhotosAlbum` and `my.saveVideoToPhotosAlbum`.
_NOT_SAVED = failing({"parameter error": WRONG_OPTIONS, "auth deny": 15, "system deny": 15}, default=17)
# The typings of `my.getImageInfo`: an empty path, and a picture that cannot be read.
_NO_PATH, _NOT_READ = 12, 18


def _seen(result: Result) -> Result:
    """Alipay calls a JPEG `jpg`."""
    return {**result, "type": "jpg" if result.get("type") == "jpeg" else result.get("type")}


def _video(result: Result) -> Result:
    """Alipay tells milliseconds."""
    return {**result, "duration": round(1000 * result["duration"])} if "duration" in result else result


SURFACE = Surface(
    "my",
    {
        "chooseImage": Variant("chooseImage", result=also_called(tempFilePaths="apFilePaths"), failure=CANCELLED),
        "chooseVideo": Variant(
            "chooseVideo",
            result=only_told("tempFilePath", "duration", "size", "height", "width"),
            failure=failing({NO_VIDEO: 21}),
        ),
        "getImageInfo": Variant(
            "getImageInfo",
            needing("src"),
            _seen,
            failure=failing({"empty": _NO_PATH, "parameter error": WRONG_OPTIONS}, default=_NOT_READ),
        ),
        "getVideoInfo": Variant("getVideoInfo", result=_video),
        "saveImageToPhotosAlbum": Variant("saveImageToPhotosAlbum", needing("filePath"), failure=_NOT_SAVED),
        "saveVideoToPhotosAlbum": Variant("saveVideoToPhotosAlbum", needing("filePath"), failure=_NOT_SAVED),
    },
)
