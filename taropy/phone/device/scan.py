"""`scanCode`: reads the codes of real pictures, or gives what a test says was scanned.

Facts: developers.weixin.qq.com/miniprogram/dev/api/device/scan/wx.scanCode.html; Alipay's `scan` is in `variants`.
Codes are read by zxing-cpp. It does not know WeChat's own round codes: those can only be scripted.

Only the kinds that WeChat's page declares come out, though zxing-cpp reads more. What is one of them under another
name is told as that: a pharmacy's PZN or Code 32 is a Code 39, told by the characters that stand in it. What is none of
them is not recognised: Micro QR and rMQR codes, Aztec runes, MicroPDF417, GS1 DataBar Limited, Telepen, film edges.
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...extras import need
from ...hints import check_word
from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.disk import there
from ..core.functions import answered
from ..core.options import Buffers, optional, strings
from ..core.person import Answer, Question
from ..core.pictures import NotAPicture, opened
from ..core.room import Room
from ..core.vendors import of_vendor

if TYPE_CHECKING:
    from PIL.Image import Image

# What a program asks for, and the names of what that covers: zxing's of a format, and what programs are told.
# The formats are narrow ones, since zxing's wide ones read more than is declared (`QRCode` Micro QR codes, too), and
# Code 39's wide one reads "A+B" as "Ab".
FORMATS: Mapping[str, Mapping[str, str]] = {
    "barCode": {
        "Codabar": "CODABAR",
        "Code39Std": "CODE_39",
        "Code93": "CODE_93",
        "Code128": "CODE_128",
        "EAN8": "EAN_8",
        "EAN13": "EAN_13",
        "UPCA": "UPC_A",
        "UPCE": "UPC_E",
        "ITF": "ITF",
        **dict.fromkeys(("DataBarOmni", "DataBarStk", "DataBarStkOmni"), "RSS_14"),
        **dict.fromkeys(("DataBarExp", "DataBarExpStk"), "RSS_EXPANDED"),
    },
    "qrCode": {"QRCodeModel1": "QR_CODE", "QRCodeModel2": "QR_CODE", "AztecCode": "AZTEC", "MaxiCode": "MAXICODE"},
    "datamatrix": {"DataMatrix": "DATA_MATRIX"},
    "pdf417": {"PDF417": "PDF_417"},
    "wxCode": {},
}
DEFAULT_TYPES = ["barCode", "qrCode", "wxCode"]

# What zxing calls what it has found: by the name that was asked for, or by the wider one.
NAMES: Mapping[str, str] = {
    **{found: told for names in FORMATS.values() for found, told in names.items()},
    "QRCode": "QR_CODE",
    "Aztec": "AZTEC",
    "Code39": "CODE_39",
}
# What no picture is read as here, but a test may say.
SCAN_TYPES = frozenset({*NAMES.values(), "WX_CODE", "CODE_25", "UPC_EAN_EXTENSION"})
# Alipay and Douyin ask for this before a program gets at the camera (developer.open-douyin.com, "AuthSetting";
# Alipay's page of `my.getSetting`), and so does taro-rn 4.2.0.
SCOPES: Mapping[str, str] = dict.fromkeys(("my", "tt", "rn"), "scope.camera")
# The character sets that a code's bytes may be in, the likeliest first. ISO-8859-1 gives every byte a meaning.
CHARSETS = (
    "UTF-8", "GB18030", "ISO-8859-1", "Shift_JIS", "CP932", "Big5", "EUC-KR", "EUC-JP", "UTF-16BE", "UTF-16LE",
    *(f"ISO-8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16)),
    "windows-1250", "windows-1251", "windows-1252", "windows-1256", "IBM437",
)  # fmt: skip
# Who says whether the camera or the album was used: github.com/AlipayDocs/open-docs, `my.scan`.
TELLS_CHANNEL: Mapping[str, bool] = {"my": True}


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

        `result` is the text of the code, `rawData` its bytes in Base64, and `charSet` the character set in which these
        say that text: for a QR code in kanji mode, say, Shift_JIS. `scanType` is one of the kinds that are declared.
        Unless told otherwise the person scans what the camera sees. Where there is no code of these kinds they give up
        in the end, `scanCode:fail cancel`: a scanner looks on for ever. With `onlyFromCamera` no picture can be picked.
        A web page has to be inside WeChat (`phone.browser.wechat`), and gets the text alone.
        """
        self.phone.browser.need_wechat(app)
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
        return _result(*code)


def _first_code(picture: Path, kinds: list[str]) -> tuple[str, str, bytes] | None:
    """The first code of these kinds in the picture: its text, its declared kind, its bytes. None if there is none."""
    zxing = need("zxingcpp", extra="scan")
    formats = [getattr(zxing.BarcodeFormat, name) for kind in kinds for name in FORMATS.get(kind, ())]
    if not formats:
        return None
    try:
        with opened(picture) as image:
            codes = zxing.read_barcodes(_on_white(image), formats=formats, text_mode=zxing.TextMode.Plain)
    except NotAPicture as error:
        raise Fail(f"internal error: {picture.name} is no picture") from error
    return next((_as_declared(code) for code in codes if code.format.name in NAMES), None)


def _as_declared(code: Any) -> tuple[str, str, bytes]:
    """The text, the declared kind and the bytes of a code that zxing has read.

    zxing tells UPC codes with the 13 digits of the EAN-13 that they stand for. On goods they have 12, UPC-E 8. A UPC-A
    is an EAN-13 whose first digit is 0, line by line, so that each such is told as UPC-A.
    """
    kind: str = NAMES[code.format.name]
    if kind == "UPC_E":
        return _digits(code.extra["UPCE"], kind)
    if kind in ("EAN_13", "UPC_A") and code.text.startswith("0"):
        return _digits(code.text[-12:], "UPC_A")
    return code.text, kind, code.bytes


def _digits(digits: str, kind: str) -> tuple[str, str, bytes]:
    return digits, kind, digits.encode()


def _on_white(image: Image) -> Image:
    """The picture in grey, as it is seen on white paper: what makes codes often leaves the paper out."""
    if not image.has_transparency_data:
        return image.convert("L")
    grey, seen = image.convert("LA").split()
    paper: Image = need("PIL.Image", extra="scan").new("L", image.size, "white")
    paper.paste(grey, mask=seen)
    return paper


def _check(answer: Answer) -> None:
    """TypeError and ValueError for what no scan can give."""
    for name in ("result", "scanType", "path"):
        if not isinstance(answer.get(name, ""), str):
            raise TypeError(f"the {name} of a scan is text, not {answer[name]!r}")
    if not isinstance(answer.get("rawData", b""), Buffers):
        raise TypeError(f"the rawData of a scan is bytes, not {answer['rawData']!r}")
    check_word(answer.get("scanType", "QR_CODE"), SCAN_TYPES, "no scan is of the type {!r}")


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
    """The character set in which the bytes say the text; if there is none, the first in which they say anything."""
    matching = (name for name in CHARSETS if _decoded(raw, name) == text)
    readable = (name for name in CHARSETS if _decoded(raw, name) is not None)
    return next(matching, None) or next(readable)


def _decoded(raw: bytes, charset: str) -> str | None:
    try:
        return raw.decode(charset)
    except UnicodeDecodeError:
        return None
