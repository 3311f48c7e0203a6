"""Pictures and videos in Baidu's own form: github.com/swan-team/swan-docs, api/media."""

from __future__ import annotations

from ..core.swan import ANY, CANCEL, FAILED, OPTIONS, WRONG, missing, numbered, wrong
from ..core.variant import Surface, only_told

_CANCELLED, _UNREADABLE = 1002, 1003
_CHOICE = {**wrong(), CANCEL: _CANCELLED}
_VIDEO = only_told("tempFilePath", "duration", "size", "height", "width")

SURFACE = Surface(
    "swan",
    {
        "chooseImage": numbered("chooseImage", _CHOICE, _CHOICE),
        "chooseVideo": numbered("chooseVideo", _CHOICE, {CANCEL: _CANCELLED}, result=_VIDEO),
        "previewImage": numbered("previewImage", wrong(), wrong()),
        "getImageInfo": numbered(
            "getImageInfo", {OPTIONS: WRONG, **missing(_UNREADABLE)}, {OPTIONS: WRONG, ANY: FAILED}
        ),
        "saveImageToPhotosAlbum": numbered("saveImageToPhotosAlbum", {}, {}),
        "saveVideoToPhotosAlbum": numbered("saveVideoToPhotosAlbum", {}, {}),
    },
)
