"""Codes, clipboard, calls and the display in Alipay's own form: opendocs.alipay.com/mini/api."""

from __future__ import annotations

from ..core.alipay import failing
from ..core.answers import Options, Result
from ..core.variant import Surface, Variant, called


def _scan(options: Options) -> Options:
    """Kinds of code as a list in `scanType`, or in older versions one of them as `type`: `qr`, `bar`."""
    kinds = {"scanType": [f"{options['type']}Code"]} if "type" in options and not options.get("scanType") else {}
    return {**options, "onlyFromCamera": bool(options.get("hideAlbum")), **kinds}


def _scanned(result: Result) -> Result:
    flat = "qrCode" if result.get("scanType") in ("QR_CODE", "DATA_MATRIX", "AZTEC", "PDF_417") else "barCode"
    return {**called(result="code", rawData="rawData")(result), **called(result=flat)(result)}


def _number(options: Options) -> Options:
    return {**options, "phoneNumber": options["number"]} if "number" in options else options


def _text(options: Options) -> Options:
    return {**options, "data": options["text"]} if "text" in options else options


def _brightness(options: Options) -> Options:
    return {**options, "value": options["brightness"]} if "brightness" in options else options


SURFACE = Surface(
    "my",
    {
        "scan": Variant("scanCode", _scan, _scanned, failure=failing({"cancel": 10}, default=11)),
        "getClipboard": Variant("getClipboardData", result=called(data="text")),
        "setClipboard": Variant("setClipboardData", _text, lambda result: {"success": True, **result}),
        "makePhoneCall": Variant("makePhoneCall", _number),
        "vibrate": Variant("vibrateLong"),
        "setScreenBrightness": Variant("setScreenBrightness", _brightness),
        "getScreenBrightness": Variant("getScreenBrightness", result=called(value="brightness")),
    },
    lacks=frozenset({"getClipboardData", "setClipboardData", "scanCode"}),
)
