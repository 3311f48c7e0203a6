"""What `@tarojs/taro-h5` 4.2.1 tells of a code that WeChat's JS-SDK scanned for a page: `dist/api/device/scan.js`."""

from __future__ import annotations

from ..core.answers import Ordered, Result
from ..core.variant import Surface, Variant

#: The kinds whose name WeChat's JS-SDK writes before the text, with a comma: the barcodes.
BARCODES = frozenset({
    "CODABAR", "CODE_25", "CODE_39", "CODE_93", "CODE_128", "EAN_8", "EAN_13", "ITF", "RSS_14", "RSS_EXPANDED",
    "UPC_A", "UPC_E", "UPC_EAN_EXTENSION",
})  # fmt: skip


def _scanned(result: Result) -> Result:
    """The text alone."""
    if isinstance(result, Ordered):
        return result
    kind, text = result.get("scanType"), result["result"]
    return {"errMsg": result["errMsg"], "result": f"{kind},{text}" if kind in BARCODES else text}


SURFACE = Surface("h5", {"scanCode": Variant("scanCode", result=_scanned)})
