"""Codes: read from real pictures, or scripted."""

from __future__ import annotations

import base64
import sys
from pathlib import Path
from typing import Any

import pytest
from drawn import code, picture
from natively import call, call_reporting_nothing
from PIL import Image, ImageOps
from supporting import failure, refused, supporting

import taropy
from taropy import spec
from taropy.phone import Phone

# What a program is told, what it asks for, zxing's name of what is drawn, what is put into the code and what comes out.
KINDS = [
    ("AZTEC", "qrCode", "Aztec", "ticket", "ticket"),
    ("CODABAR", "barCode", "Codabar", "A1234B", "A1234B"),
    ("CODE_128", "barCode", "Code128", "SF1234567890", "SF1234567890"),
    ("CODE_39", "barCode", "Code39", "ABC-123", "ABC-123"),
    ("CODE_39", "barCode", "Code39", "A+B", "A+B"),
    ("CODE_93", "barCode", "Code93", "ABC-123", "ABC-123"),
    ("DATA_MATRIX", "datamatrix", "DataMatrix", "part 7", "part 7"),
    ("EAN_13", "barCode", "EAN13", "6901234567892", "6901234567892"),
    ("EAN_13", "barCode", "ISBN", "9780306406157", "9780306406157"),
    ("EAN_8", "barCode", "EAN8", "96385074", "96385074"),
    ("EAN_8", "barCode", "EAN8", "01234565", "01234565"),
    ("ITF", "barCode", "ITF", "123456", "123456"),
    ("ITF", "barCode", "ITF14", "12345678901231", "12345678901231"),
    ("MAXICODE", "qrCode", "MaxiCode", "parcel", "parcel"),
    ("PDF_417", "pdf417", "PDF417", "boarding", "boarding"),
    ("PDF_417", "pdf417", "CompactPDF417", "boarding", "boarding"),
    ("QR_CODE", "qrCode", "QRCode", "https://example.com/?a=1", "https://example.com/?a=1"),
    ("RSS_14", "barCode", "DataBarOmni", "0012345678905", "0100123456789050"),
    ("RSS_14", "barCode", "DataBarStk", "0012345678905", "0100123456789050"),
    ("RSS_14", "barCode", "DataBarStkOmni", "0012345678905", "0100123456789050"),
    ("RSS_EXPANDED", "barCode", "DataBarExp", "(01)98898765432106", "0198898765432106"),
    ("RSS_EXPANDED", "barCode", "DataBarExpStk", "(01)98898765432106", "0198898765432106"),
    ("UPC_A", "barCode", "UPCA", "01234567890", "012345678905"),
    ("UPC_A", "barCode", "UPCA", "725272730706", "725272730706"),
    # A UPC-A and an EAN-13 that begins with 0 are one and the same picture.
    ("UPC_A", "barCode", "EAN13", "0012345678905", "012345678905"),
    ("UPC_E", "barCode", "UPCE", "0123456", "01234565"),
    ("UPC_E", "barCode", "UPCE", "1234567", "12345670"),
    # Narrower kinds that are Code 39, told by the characters that stand in them.
    ("CODE_39", "barCode", "PZN", "1234567", "-12345678"),
    ("CODE_39", "barCode", "Code32", "01234567", "0CSSBD"),
    ("CODE_39", "barCode", "Code39Ext", "Abc", "A+B+C"),
]
# Which no picture is read as: WeChat's own round codes, what zxing does not read, and what is only beside an EAN.
SCRIPTED_KINDS = {"WX_CODE", "CODE_25", "UPC_EAN_EXTENSION"}
EVERYTHING = ["barCode", "qrCode", "datamatrix", "pdf417", "wxCode"]
DECLARED = sorted(map(str, spec.type_def("scanCode.QRType").values))


@supporting("scanCode")
def test_the_person_scans_what_the_camera_sees(t: Any, tmp_path: Path) -> None:
    t.phone.browser.wechat = True
    t.phone.camera.show(code(tmp_path / "code.png", "https://example.com/汉字"))
    for _ in range(2):
        res = t.scanCode({}).result()
        assert res.result == "https://example.com/汉字"
        if t.getEnv() not in ("SWAN", "TT", "WEB"):
            assert base64.b64decode(res.rawData).decode() == ("" if t.platform.name == "rn" else res.result)
    if t.getEnv() not in ("ALIPAY", "SWAN", "TT", "WEB"):
        assert (res.scanType, res.charSet) == ("QR_CODE", "UTF-8")


@pytest.mark.parametrize("seen_by", ["camera", "album"])
@pytest.mark.parametrize(("told", "asked", "kind", "content", "read"), KINDS)
def test_each_kind_of_code_is_known_by_its_name(
    told: str, asked: str, kind: str, content: str, read: str, seen_by: str, tmp_path: Path
) -> None:
    phone = Phone()
    drawn = code(tmp_path / "code.png", content, kind)
    for kinds in ([asked], EVERYTHING):
        phone.camera.show(drawn) if seen_by == "camera" else phone.scanner.pick(drawn)
        answer = call(phone.native("weapp"), "scanCode", scanType=kinds)
        assert (answer["errMsg"], answer["scanType"], answer["result"]) == ("scanCode:ok", told, read)
        assert base64.b64decode(answer["rawData"]).decode(answer["charSet"]) == read


def test_no_declared_kind_is_forgotten() -> None:
    assert sorted({told for told, *_ in KINDS} | SCRIPTED_KINDS) == DECLARED


@pytest.mark.parametrize("kind", DECLARED)
def test_every_kind_that_is_declared_can_be_said(kind: str) -> None:
    with taropy.create("weapp") as t:
        t.phone.scanner.answer("4711", scanType=kind)
        assert t.scanCode({}).result().scanType == kind


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("MicroQRCode", "123"),
        ("RMQRCode", "abc"),
        ("AztecRune", "12"),
        ("MicroPDF417", "abc"),
        ("DataBarLtd", "0012345678905"),
        ("Telepen", "abc"),
        ("DXFilmEdge", "012345"),
    ],
)
def test_what_no_declared_kind_names_is_not_recognised(kind: str, content: str, tmp_path: Path) -> None:
    phone = Phone()
    phone.camera.show(code(tmp_path / "code.png", content, kind))
    assert call(phone.native("weapp"), "scanCode", scanType=EVERYTHING)["errMsg"] == "scanCode:fail cancel"


def test_of_two_codes_in_a_picture_the_one_of_a_declared_kind_is_told(tmp_path: Path) -> None:
    sheet = Image.new("L", (400, 700), "white")
    for kind, content, top in (("MicroQRCode", "123", 50), ("QRCode", "the other", 350)):
        with Image.open(code(tmp_path / f"{kind}.png", content, kind)) as one:
            sheet.paste(one, (100, top))
    sheet.save(tmp_path / "sheet.png")
    phone = Phone()
    phone.camera.show(tmp_path / "sheet.png")
    assert call(phone.native("weapp"), "scanCode")["result"] == "the other"


@pytest.mark.parametrize(
    ("content", "eci", "charset"),
    [
        ("4711", None, "UTF-8"),
        ("简体中文", None, "UTF-8"),
        ("简体中文", "UTF-8", "UTF-8"),
        ("简体中文", "GB18030", "GB18030"),
        ("café", None, "ISO-8859-1"),
        ("café", "UTF-8", "UTF-8"),
        # zxing writes what it can in a QR code's kanji mode, which is in Shift_JIS whatever the language.
        ("中文", None, "Shift_JIS"),
        ("日本語テスト", None, "Shift_JIS"),
        ("abc中文", None, "Shift_JIS"),
        ("Привет", None, "Shift_JIS"),
        ("Привет", "ISO8859_5", "ISO-8859-5"),
        ("繁體中文", "Big5", "Big5"),
        ("한국어", "EUC_KR", "EUC-KR"),
        ("中文", "UTF16BE", "UTF-16BE"),
        # Bytes that are no text are told one by one.
        (b"\x00\xff\x80", None, "ISO-8859-1"),
    ],
)
def test_the_character_set_is_that_of_the_raw_data(
    content: str | bytes, eci: str | None, charset: str, tmp_path: Path
) -> None:
    phone = Phone()
    phone.camera.show(code(tmp_path / "code.png", content, **({} if eci is None else {"eci": eci})))
    answer = call(phone.native("weapp"), "scanCode")
    assert answer["charSet"] == charset
    assert base64.b64decode(answer["rawData"]).decode(charset) == answer["result"]
    assert answer["result"] == (content if isinstance(content, str) else content.decode("latin-1"))


@pytest.mark.parametrize(
    ("raw", "charset"),
    [("扫码".encode(), "UTF-8"), ("扫码".encode("gb18030"), "GB18030"), ("扫码".encode("utf-16-be"), "UTF-16BE"),
     (b"\xff\xff", "ISO-8859-1")],
)  # fmt: skip
def test_raw_data_that_a_test_says_has_its_character_set_too(raw: bytes, charset: str) -> None:
    with taropy.create("weapp") as t:
        t.phone.scanner.answer("扫码", rawData=raw)
        res = t.scanCode({}).result()
        assert (base64.b64decode(res.rawData), res.charSet) == (raw, charset)


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("QRCode", ["barCode"]),
        ("EAN13", ["qrCode", "wxCode"]),
        ("DataMatrix", []),
        ("PDF417", None),
        ("QRCode", ["wxCode"]),
    ],
)
def test_only_the_kinds_that_were_asked_for_are_seen(kind: str, asked: list[str] | None, tmp_path: Path) -> None:
    phone = Phone()
    phone.camera.show(code(tmp_path / "code.png", "6901234567892", kind))
    answer = call(phone.native("weapp"), "scanCode", **({} if asked is None else {"scanType": asked}))
    assert answer["errMsg"] == "scanCode:fail cancel"


def test_a_code_without_paper_is_seen_on_white(tmp_path: Path) -> None:
    with Image.open(code(tmp_path / "code.png", "transparent")) as printed:
        ink = Image.new("RGBA", printed.size, "black")
        ink.putalpha(ImageOps.invert(printed.convert("L")))
        ink.save(tmp_path / "ink.png")
    with taropy.create("weapp") as t:
        t.phone.camera.show(tmp_path / "ink.png")
        assert t.scanCode({}).result().result == "transparent"


def test_the_person_may_pick_a_picture_unless_only_the_camera_counts(tmp_path: Path) -> None:
    with taropy.create("weapp") as t:
        saved = code(tmp_path / "saved.png", "from the album")
        t.phone.scanner.pick(saved)
        assert t.scanCode({}).result().result == "from the album"
        t.phone.scanner.pick(saved)
        assert "only the camera may be used" in failure(t.scanCode(onlyFromCamera=True))


def test_a_page_inside_wechat_gets_the_text_and_of_a_barcode_its_kind() -> None:
    with taropy.create("h5") as t:
        t.phone.browser.wechat = True
        t.phone.scanner.answer("https://example.com")
        scanned = t.scanCode({}).result()
        assert (scanned.result, scanned.get("scanType"), scanned.get("charSet")) == ("https://example.com", None, None)
        t.phone.scanner.answer("6901234567892", scanType="EAN_13")
        assert call(t.phone.native("h5"), "scanCode")["result"] == "EAN_13,6901234567892"
        t.phone.scanner.answer("6901234567892", scanType="EAN_13")
        scanned = t.scanCode({}).result()
        assert (scanned.result, scanned.scanType) == ("6901234567892", "EAN_13")


def test_a_page_in_any_other_browser_cannot_scan() -> None:
    with taropy.create("h5") as t:
        t.phone.scanner.answer("https://example.com")
        assert failure(t.scanCode({})) == "scanCode:fail h5 端当前仅在微信公众号 JS-SDK 环境下支持此 API"
        t.phone.browser.wechat = True
        assert t.scanCode({}).result().result == "https://example.com", "nobody has been asked before"


@supporting("scanCode")
def test_a_test_says_what_was_scanned(t: Any) -> None:
    t.phone.browser.wechat = True
    t.phone.scanner.answer("first")
    t.phone.scanner.answer("690", scanType="EAN_13")
    assert [t.scanCode({}).result().result for _ in range(2)] == ["first", "690"]
    t.phone.scanner.cancel()
    assert failure(t.scanCode({})) == "scanCode:fail cancel"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"result": 5}, "the result of a scan is text, not 5"),
        ({"result": "a", "scanType": None}, "the scanType of a scan is text, not None"),
        ({"result": "a", "scanType": "qrCode"}, "no scan is of the type 'qrCode'; there are AZTEC, .*QR_CODE"),
        ({"result": "a", "path": 1}, "the path of a scan is text, not 1"),
        ({"result": "a", "rawData": "a"}, "the rawData of a scan is bytes, not 'a'"),
    ],
)
def test_what_no_scan_can_give_is_told_at_once(answer: dict[str, Any], expected: str) -> None:
    with taropy.create("weapp") as t:
        with pytest.raises((TypeError, ValueError), match=expected):
            t.phone.scanner.answer(**answer)
        assert failure(t.scanCode({})) == "scanCode:fail cancel"


@pytest.mark.parametrize(
    ("platform", "asked"), [("weapp", []), *((each, ["scope.camera"]) for each in ("tt", "alipay", "rn"))]
)
def test_some_platforms_ask_before_the_camera_is_used(platform: str, asked: list[str]) -> None:
    with taropy.create(platform) as t:
        t.phone.scanner.answer("seen")
        assert t.scanCode({}).result().result == "seen"
        questions = t.phone.person.asked
        assert [question.shown["scope"] for question in questions if question.kind == "authorize"] == asked
        t.phone.permissions.deny("scope.camera")
        t.phone.scanner.answer("seen")
        if asked:
            assert failure(t.scanCode({})) == refused(t, "scanCode")
        else:
            assert t.scanCode({}).result().result == "seen"


def test_on_react_native_who_may_not_use_the_camera_scans_nothing() -> None:
    with taropy.create("rn") as t:
        t.phone.system.set_permission("camera", "denied")
        assert call(t.native, "scanCode") == {"errMsg": "Permissions denied!"}
        t.phone.system.set_permission("camera", "authorized")
        t.phone.permissions.deny("scope.camera")
        assert failure(t.scanCode({})) == "scanCode:fail Permissions denied!"


def test_the_device_denies_the_camera() -> None:
    with taropy.create("weapp") as t:
        t.phone.system.set_permission("camera", "denied")
        assert failure(t.scanCode({})) == "scanCode:fail system permission denied"


def test_who_is_asked_may_say_it_as_well() -> None:
    phone = Phone(ask=lambda question: {"result": "typed", "cancel": question.shown["onlyFromCamera"]})
    wx = phone.native("weapp")
    assert call(wx, "scanCode")["result"] == "typed"
    assert call(wx, "scanCode", onlyFromCamera=True)["errMsg"] == "scanCode:fail cancel"


def test_who_is_asked_and_says_what_no_scan_can_give_is_told() -> None:
    wx = Phone(ask=lambda question: {"result": 5}).native("weapp")
    assert "the result of a scan is text, not 5" in call_reporting_nothing(wx, "scanCode")["errMsg"]


def test_a_code_of_the_app_itself_leads_to_a_page() -> None:
    with taropy.create("weapp") as t:
        t.phone.scanner.answer("", scanType="WX_CODE", path="pages/index/index?scene=1", rawData=b"\x01\x02")
        res = t.scanCode({}).result()
        assert (res.scanType, res.path, res.rawData) == ("WX_CODE", "pages/index/index?scene=1", "AQI=")


def test_where_there_is_no_code_the_person_gives_up(tmp_path: Path) -> None:
    with taropy.create("weapp") as t:
        assert failure(t.scanCode({})) == "scanCode:fail cancel"
        t.phone.camera.show(picture(tmp_path / "noise.png"))
        assert failure(t.scanCode({})) == "scanCode:fail cancel"


def test_a_broken_picture_is_told(tmp_path: Path) -> None:
    broken = tmp_path / "broken.png"
    whole = code(broken, "x").read_bytes()
    with taropy.create("weapp") as t:
        t.phone.camera.show(broken)
        broken.write_bytes(whole[:60])
        assert failure(t.scanCode({})) == "scanCode:fail internal error: broken.png is no picture"
        with pytest.raises(FileNotFoundError, match="there is no file"):
            t.phone.camera.show(tmp_path / "none.png")
        with pytest.raises(FileNotFoundError, match="there is no file"):
            t.phone.scanner.pick(tmp_path / "none.png")


def test_without_the_scan_extra_the_error_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    phone = Phone()
    phone.camera.show(code(tmp_path / "code.png", "x"))
    monkeypatch.setitem(sys.modules, "zxingcpp", None)
    answer = call(phone.native("weapp"), "scanCode")
    assert answer["errMsg"] == "scanCode:fail this needs the package zxingcpp: pip install 'taropy[scan]'"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"scanType": "qrCode"}, "parameter.scanType should be Array instead of String"),
        ({"scanType": [5]}, "parameter.scanType[0] should be String instead of Number"),
        ({"onlyFromCamera": "yes"}, "parameter.onlyFromCamera should be Boolean instead of String"),
    ],
)
def test_wrong_options_open_no_scanner(options: dict[str, Any], words: str) -> None:
    phone = Phone()
    assert call(phone.native("weapp"), "scanCode", **options)["errMsg"] == f"scanCode:fail parameter error: {words}"
    assert phone.person.asked == []


@pytest.mark.parametrize(
    ("options", "kind", "field"),
    [
        ({}, "QRCode", "qrCode"),
        ({"type": "qr"}, "QRCode", "qrCode"),
        ({"type": "bar"}, "Code128", "barCode"),
        ({"scanType": ["barCode"], "type": "qr"}, "Code128", "barCode"),
    ],
)
def test_alipay_scans_by_its_own_names(options: dict[str, Any], kind: str, field: str, tmp_path: Path) -> None:
    phone = Phone()
    phone.camera.show(code(tmp_path / "code.png", "content", kind))
    answer = call(phone.native("alipay", "my"), "scan", **options)
    assert (answer["code"], answer[field]) == ("content", "content")


def test_alipay_has_a_number_for_a_cancel() -> None:
    assert call(Phone().native("alipay", "my"), "scan", hideAlbum=True)["error"] == 10


def test_react_native_tells_the_text_and_the_kind_alone(tmp_path: Path) -> None:
    phone = Phone()
    phone.camera.show(code(tmp_path / "code.png", "content", "QRCode"))
    assert call(phone.native("rn", "rn"), "scanCode") == {
        "errMsg": "scanCode:ok", "result": "content", "scanType": "QR_CODE",
        "charSet": "UTF-8", "rawData": "", "path": "",
    }  # fmt: skip
