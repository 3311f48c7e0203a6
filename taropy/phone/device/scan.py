"""`scanCode`: reads the codes of real pictures, or gives what a test says was scanned.

Facts: developers.weixin.qq.com/miniprogram/dev/api/device/scan/wx.scanCode.html; Alipay's `scan` is in `variants`.
Codes are read by zxing-cpp. It does not know WeChat's own round codes: those can only be scripted.
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.disk import there
from ..core.extras import need
from ..core.functions import answered
from ..core.options import Buffers, optional, strings
from ..core.person import Answer, Question
from ..core.pictures import NotAPicture, opened
from ..core.room import Room
from ..core.vendors import of_vendor

if TYPE_CHECKING:
    from PIL.Image import Image

# What a program asks for, and what zxing calls the formats that this covers.
FORMATS: Mapping[str, tuple[str, ...]] = {
    "barCode": ("AllLinear",),
    "qrCode": ("QRCode", "Aztec", "MaxiCode"),
    "datamatrix": ("DataMatrix",),
    "pdf417": ("PDF417",),
    "wxCode": (),
}
DEFAULT_TYPES = ["barCode", "qrCode", "wxCode"]

# What zxing calls a format, and what programs are told.
NAMES: Mapping[str, str] = {
    "QRCode": "QR_CODE",
    "Aztec": "AZTEC",
    "Codabar": "CODABAR",
    "Code39": "CODE_39",
    "Code93": "CODE_93",
    "Code128": "CODE_128",
    "DataMatrix": "DATA_MATRIX",
    "EAN8": "EAN_8",
    "EAN13": "EAN_13",
    "ITF": "ITF",
    "MaxiCode": "MAXICODE",
    "PDF417": "PDF_417",
    **dict.fromkeys(("DataBarOmni", "DataBarStk", "DataBarStkOmni", "DataBarLtd"), "RSS_14"),
    **dict.fromkeys(("DataBarExp", "DataBarExpStk"), "RSS_EXPANDED"),
    "UPCA": "UPC_A",
    "UPCE": "UPC_E",
}
# What no picture is read as here, but a test may say.
SCAN_TYPES = frozenset({*NAMES.values(), "WX_CODE", "CODE_25", "UPC_EAN_EXTENSION"})
# Alipay and Douyin ask for this before a program gets at the camera (developer.open-douyin.com, "AuthSetting";
# Alipay's page of `my.getSetting`).
SCOPES: Mapping[str, str] = dict.fromkeys(("my", "tt"), "scope.camera")
# Who says whether the camera or the album was used: github.com/AlipayDocs/open-docs, `my.scan`.
TELLS_CHANNEL: Mapping[str, bool] = {"my": True}
CHARSETS = ("utf-8", "gb18030", "iso-8859-1")


class Scanner(Room, name="scanner"):
    """The scanner that `scanCode` opens, which sees what the camera does (`phone.camera.show`)."""

    # --- what the person does ----------------------------------------------------------------------------------

    def answer(
        self, result: str, scanType: str = "QR_CODE", *, path: str | None = None, rawData: bytes | None = None
    ) -> None:
        """The next scan gives this; `path` is the page that a code of the very app leads to, `WX_CODE` among them.

        TypeError for what is no text (or, as `rawData`, no bytes); ValueError for a type that no client tells of.
        """
        raw = {} if rawData is None else {"rawData": rawData}
        page = {} if path is None else {"path": path}
        scan = {"result": result, "scanType": scanType, **raw, **page}
        _check(scan)
        self.phone.person.script("scan", **scan)

    def pick(self, picture: str | PathLike[str]) -> None:
        """The next time, the person picks a picture from the album instead of using the camera."""
        self.phone.person.script("scan", picture=there(picture))

    def cancel(self) -> None:
        """The next time, the person closes the scanner."""
        self.phone.person.script("scan", cancel=True)

    # --- native function ---------------------------------------------------------------------------------------

    @answered
    async def scanCode(self, app: App, options: Options) -> Result:
        """Scans a code of the kinds in `scanType`: all but Data Matrix and PDF417 by default.

        Unless told otherwise the person scans what the camera sees. Where there is no code of these kinds they give up
        in the end, `scanCode:fail cancel`: a scanner looks on for ever. With `onlyFromCamera` no picture can be picked.
        """
        only_camera = optional(options, "onlyFromCamera", "Boolean", False)
        kinds = strings(optional(options, "scanType", "Array", DEFAULT_TYPES), "parameter.scanType")
        await self.phone.permissions.need(app, of_vendor(SCOPES, app, None))
        self.phone.permissions.need_of_device("camera")
        shown = {"scanType": kinds, "onlyFromCamera": only_camera}
        answer = await self.phone.person.answer(Question("scan", shown, {"cancel": False, "result": ""}))
        if answer["cancel"]:
            raise Fail("cancel")
        _check(answer)
        told = _told(answer) or await self._read(self._picture(answer, only_camera), kinds or DEFAULT_TYPES)
        channel = {"imageChannel": "camera" if answer.get("picture") is None else "album"}
        return {**told, **channel} if of_vendor(TELLS_CHANNEL, app, False) else told

    # --- its own -----------------------------------------------------------------------------------------------

    def _picture(self, answer: Answer, only_camera: bool) -> Path:
        if answer.get("picture") is not None and only_camera:
            raise Fail("internal error: a picture was picked, and only the camera may be used")
        picture: Path | None = answer.get("picture") or self.phone.camera.seen
        if picture is None:
            raise Fail("cancel")
        return picture

    async def _read(self, picture: Path, kinds: list[str]) -> Result:
        code = await asyncio.to_thread(_first_code, picture, kinds)
        if code is None:
            raise Fail("cancel")
        return _result(code.text, NAMES.get(code.format.name, code.format.name), code.bytes)


def _first_code(picture: Path, kinds: list[str]) -> Any:
    """The first code of these kinds in the picture, or nothing."""
    zxing = need("zxingcpp", extra="scan")
    formats = [getattr(zxing.BarcodeFormat, name) for kind in kinds for name in FORMATS.get(kind, ())]
    if not formats:
        return None
    try:
        with opened(picture) as image:
            codes = zxing.read_barcodes(_on_white(image), formats=formats, text_mode=zxing.TextMode.Plain)
    except NotAPicture as error:
        raise Fail(f"internal error: {picture.name} is no picture") from error
    return codes[0] if codes else None


def _on_white(image: Image) -> Image:
    """The picture in grey, as it is seen on white paper: what makes codes often leaves the paper out."""
    seen = image.convert("RGBA")
    paper = seen.copy()
    paper.paste("white", (0, 0, *seen.size))
    paper.alpha_composite(seen)
    return paper.convert("L")


def _check(answer: Answer) -> None:
    """TypeError and ValueError for what no scan can give."""
    for name in ("result", "scanType", "path"):
        if not isinstance(answer.get(name, ""), str):
            raise TypeError(f"the {name} of a scan is text, not {answer[name]!r}")
    if not isinstance(answer.get("rawData", b""), Buffers):
        raise TypeError(f"the rawData of a scan is bytes, not {answer['rawData']!r}")
    if answer.get("scanType", "QR_CODE") not in SCAN_TYPES:
        known = ", ".join(sorted(SCAN_TYPES))
        raise ValueError(f"no scan is of the type {answer['scanType']!r}; there are {known}")


def _told(answer: Answer) -> Result | None:
    """What was scanned, as the answer says it; nothing if it leaves that to what is seen."""
    text = answer["result"]
    if not text and "scanType" not in answer:
        return None
    page = {"path": answer["path"]} if "path" in answer else {}
    return {**_result(text, answer.get("scanType", "QR_CODE"), answer.get("rawData", text.encode())), **page}


def _result(text: str, kind: str, raw: bytes) -> Result:
    return {
        "result": text,
        "scanType": kind,
        "charSet": _charset(text, raw),
        "rawData": base64.b64encode(raw).decode(),
    }


def _charset(text: str, raw: bytes) -> str:
    """The character set that makes the text of the raw bytes."""
    for name in CHARSETS:
        if raw.decode(name, "replace") == text:
            return name.upper()
    return "UTF-8"
