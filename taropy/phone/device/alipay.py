"""Codes, clipboard, calls and the display in Alipay's own form: opendocs.alipay.com/mini/api."""

from __future__ import annotations

from ..core.alipay import failing, succeeded
from ..core.answers import Options, Result
from ..core.variant import Surface, Variant, called, only_told


def _scan(options: Options) -> Options:
    """Kinds of code as a list in `scanType`, or in older versions one of them as `type`: `qr`, `bar`."""
    kinds = {"scanType": [f"{options['type']}Code"]} if "type" in options and not options.get("scanType") else {}
    return {**options, "onlyFromCamera": bool(options.get("hideAlbum")), **kinds}


def _scanned(result: Result) -> Result:
    flat = "qrCode" if result.get("scanType") in ("QR_CODE", "DATA_MATRIX", "AZTEC", "PDF_417") else "barCode"
    told = only_told("result", "scanType", "imageChannel", "rawData")(result)
    return {**told, **called(result="code")(result), **called(result=flat)(result)}


def _contacts(result: Result) -> Result:
    """Alipay gives a list. Who picks nobody gives an empty one; of each the phone knows the name and the number."""
    if "displayName" not in result:
        return {"contactsDicArray": []}
    names = dict.fromkeys(("displayName", "realName"), result["displayName"])
    return {"contactsDicArray": [{"mobile": result.get("phoneNumber", ""), **names}]}


def _shown(result: Result) -> Result:
    return succeeded(called(value="brightness")(result))


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
        "setClipboard": Variant("setClipboardData", _text, succeeded),
        "makePhoneCall": Variant("makePhoneCall", _number, succeeded),
        "addPhoneContact": Variant("addPhoneContact", result=succeeded),
        "chooseContact": Variant("chooseContact", result=_contacts),
        "vibrate": Variant("vibrateLong", result=succeeded),
        "vibrateLong": Variant("vibrateLong", result=succeeded),
        "vibrateShort": Variant("vibrateShort", result=succeeded),
        "hideKeyboard": Variant("hideKeyboard", result=succeeded),
        "setKeepScreenOn": Variant("setKeepScreenOn", result=succeeded),
        "setScreenBrightness": Variant("setScreenBrightness", _brightness, succeeded),
        "getScreenBrightness": Variant("getScreenBrightness", result=_shown),
        **{
            name: Variant(name, result=succeeded)
            for sensor in ("Accelerometer", "Gyroscope", "Compass")
            for name in (f"start{sensor}", f"stop{sensor}")
        },
        **{
            name: Variant(name, result=succeeded)
            for name in ("startWifi", "stopWifi", "getWifiList", "setWifiList", "connectWifi", "getConnectedWifi")
        },
    },
    lacks=frozenset({"getClipboardData", "setClipboardData", "scanCode"}),
)
