"""Pictures in Alipay's own form: github.com/AlipayDocs/open-docs, `my.chooseImage`, `my.saveImageToPhotosAlbum`."""

from __future__ import annotations

from ..core.alipay import CANCELLED, failing
from ..core.variant import Surface, Variant, also_called

SURFACE = Surface(
    "my",
    {
        "chooseImage": Variant("chooseImage", result=also_called(tempFilePaths="apFilePaths"), failure=CANCELLED),
        "saveImageToPhotosAlbum": Variant(
            "saveImageToPhotosAlbum",
            failure=failing({"parameter error": 2, "auth deny": 15, "system deny": 15}, default=17),
        ),
    },
)
