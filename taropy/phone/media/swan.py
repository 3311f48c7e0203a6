"""Pictures and videos in Baidu's own form: github.com/swan-team/swan-docs, api/media."""

from __future__ import annotations

from ..core.swan import ANY, CANCEL, FAILED, OPTIONS, WRONG, missing, numbered, wrong
from ..core.variant import Surface, only_told

_CANCELLED, _UNREADABLE, _NO_ALBUM, _DENIED = 1002, 1003, 1003, 10005
_CHOICE = {**wrong(), CANCEL: _CANCELLED}
_ALBUM = "album permission denied"
_VIDEO = only_told("tempFilePath", "duration", "size", "height", "width")

SURFACE = Surface(
    "swan",
    {
        "chooseImage": numbered("chooseImage", {**_CHOICE, _ALBUM: _NO_ALBUM}, {**_CHOICE, _ALBUM: _DENIED}),
        "chooseVideo": numbered(
            "chooseVideo", {**_CHOICE, _ALBUM: _DENIED}, {CANCEL: _CANCELLED, _ALBUM: _DENIED}, result=_VIDEO
        ),
        "previewImage": numbered("previewImage", wrong(), wrong()),
        "getImageInfo": numbered(
            "getImageInfo", {OPTIONS: WRONG, **missing(_UNREADABLE)}, {OPTIONS: WRONG, ANY: FAILED}
        ),
        "saveImageToPhotosAlbum": numbered("saveImageToPhotosAlbum", {}, {}),
        "saveVideoToPhotosAlbum": numbered("saveVideoToPhotosAlbum", {}, {}),
    },
)
