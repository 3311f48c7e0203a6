"""How the platforms' native objects differ from `wx`, as the phone offers them.

Facts about the vendors' own APIs: what `my.getAuthCode` or `swan.getLoginCode` take and give.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .native import NO_OPTIONS, Options, Result
from .surface import ROOMS
from .variant import Variant, Variants

Shape = Callable[[Result], Result]


def _called(**names: str) -> Shape:
    """What of a result has another name: `_called(code="authCode")`. What a test's answer leaves out stays out."""
    return lambda result: {name: result[own] for own, name in names.items() if own in result}


def _also_called(**names: str) -> Shape:
    """The whole result, with the other names beside its own."""
    renamed = _called(**names)
    return lambda result: {**renamed(result), **result}


# --- Alipay: opendocs.alipay.com/mini/api -------------------------------------------------------------------------


def _alipay_confirm(options: Options) -> Options:
    buttons = {"confirmText": options.get("confirmButtonText"), "cancelText": options.get("cancelButtonText")}
    return {**options, **buttons}


def _alipay_alert(options: Options) -> Options:
    return {**options, "showCancel": False, "confirmText": options.get("buttonText")}


def _alipay_toast(options: Options) -> Options:
    icon = _ALIPAY_ICONS.get(str(options.get("type")), "none")
    return {"duration": 3000, **options, "title": options.get("content") or "", "icon": icon}


_ALIPAY_ICONS: Mapping[str, str] = {"success": "success", "fail": "error", "exception": "error"}


def _alipay_loading(options: Options) -> Options:
    return {"mask": True, **options, "title": options.get("content") or ""}


def _alipay_sheet(options: Options) -> Options:
    return {**options, "itemList": options["items"]} if "items" in options else options


def _alipay_brightness(options: Options) -> Options:
    return {**options, "value": options["brightness"]} if "brightness" in options else options


def _alipay_key(options: object = None, *_: object) -> tuple[object]:
    return (_mapping(options).get("key"),)


def _alipay_key_and_data(options: object = None, *_: object) -> tuple[object, object]:
    given = _mapping(options)
    return given.get("key"), given.get("data")


def _mapping(options: object) -> Options:
    return options if isinstance(options, Mapping) else NO_OPTIONS


def _alipay_done(_: object) -> Result:
    return {"success": True}


def _alipay_request(options: Options) -> Options:
    """Cookies are the client's affair, unless `enableCookie` lets the program set them; bytes are a `dataType`."""
    headers = options.get("headers")
    if isinstance(headers, Mapping) and not options.get("enableCookie"):
        headers = {name: text for name, text in headers.items() if str(name).lower() != "cookie"}
    binary = options.get("dataType") in ("arraybuffer", "base64")
    form = {"responseType": options["dataType"]} if binary else {}
    return {"timeout": 30_000, **options, "header": headers, "credentials": "include", **form}


ALIPAY_NETWORK_ERROR = 12

_ALIPAY_REQUEST_ERRORS: Mapping[str, int] = {
    "parameter error": 2,
    "invalid": 2,
    "not in domain list": 11,
    "timeout": 13,
    "CONTENT_DECODING": 14,
    "abort": 20,
    "interrupted": 20,
}


def _alipay_upload(options: Options) -> Options:
    """The field that holds the file is `fileName`, in newer versions `name` as well."""
    field = options.get("fileName") or options.get("name")
    return {**{name: value for name, value in options.items() if name != "fileName"}, "name": field}


# alibabacloud.com/help/doc-detail/67552.htm: `my.uploadFile` and `my.downloadFile`; 12 is their network error, too.
_ALIPAY_TRANSFER_ERRORS: Mapping[str, int] = {
    "file not found": 11, "permission denied": 13, **_ALIPAY_REQUEST_ERRORS, "timeout": 12, "abort": 12,
}  # fmt: skip


def _alipay_network(result: Result) -> Result:
    return {"networkAvailable": result.get("networkType") != "NOTREACHABLE", **result}


# Alipay has its one number, as `error`.
_WECHAT_NUMBERS = frozenset({"errCode", "errno"})


def _alipay_failure(codes: Mapping[str, int], default: int) -> Shape:
    """How Alipay tells of a failure: with the code of the words that are in its reason, or that it has already."""

    def told(failure: Result) -> Result:
        reason = failure["errMsg"].partition(":fail")[2].strip()
        error = next((code for words, code in codes.items() if words in reason), failure.get("error", default))
        own = {name: value for name, value in failure.items() if name not in _WECHAT_NUMBERS}
        return {"errorMessage": reason, **own, "error": error}

    return told


# opendocs.alipay.com/mini/api/vx19c3; 2 is a wrong parameter. That of sending is in an older edition of the page.
_ALIPAY_SOCKET_ERRORS: Mapping[str, int] = {"已存在": 3, 'invalid url "ws': 4, "invalid url": 5}


def _alipay_scan(options: Options) -> Options:
    """Kinds of code as a list in `scanType`, or in older versions one of them as `type`: `qr`, `bar`."""
    kinds = {"scanType": [f"{options['type']}Code"]} if "type" in options and not options.get("scanType") else {}
    return {**options, "onlyFromCamera": bool(options.get("hideAlbum")), **kinds}


def _alipay_scanned(result: Result) -> Result:
    flat = "qrCode" if result.get("scanType") in ("QR_CODE", "DATA_MATRIX", "AZTEC", "PDF_417") else "barCode"
    return {**_called(result="code", rawData="rawData")(result), **_called(result=flat)(result)}


def _alipay_file(options: Options) -> Options:
    return {**options, "filePath": options["apFilePath"]} if "apFilePath" in options else options


def _alipay_kept(options: Options) -> Options:
    return {**options, "tempFilePath": options["apFilePath"]} if "apFilePath" in options else options


def _alipay_saved_files(result: Result) -> Result:
    return {**result, "fileList": list(map(_also_called(filePath="apFilePath"), result.get("fileList", ())))}


def _alipay_position(result: Result) -> Result:
    """Alipay tells the figures as text, and neither speed nor height."""
    told = {name: value for name, value in result.items() if name not in _ALIPAY_UNTOLD}
    return {name: str(value) if name in _ALIPAY_FIGURES else value for name, value in told.items()}


_ALIPAY_UNTOLD = frozenset({"speed", "altitude", "verticalAccuracy"})
_ALIPAY_FIGURES = frozenset({"longitude", "latitude", "accuracy", "horizontalAccuracy"})


def _alipay_number(options: Options) -> Options:
    return {**options, "phoneNumber": options["number"]} if "number" in options else options


def _alipay_text(options: Options) -> Options:
    return {**options, "data": options["text"]} if "text" in options else options


def _alipay_observer(component: object = None, options: object = None, *_: object) -> tuple[object, Options]:
    """Alipay takes the options alone, and calls `observeAll` `selectAll`; Taro's programs give a component first."""
    given = _mapping(component if options is None else options)
    return None, {"observeAll": given.get("selectAll"), **given}


def _alipay_scroll(options: Options) -> Options:
    """Alipay's pages are at once where they are to be, unless `duration` says otherwise."""
    return {**options, "duration": 0} if options.get("duration") is None else options


def _alipay_fetched(result: Result) -> Result:
    """Alipay gives JSON as an object, and calls the time of it `timestamp`."""
    told = {"timestamp" if name == "timeStamp" else name: value for name, value in result.items()}
    return {name: _parsed(value) if name == "fetchedData" else value for name, value in told.items()}


def _parsed(text: str) -> object:
    from .http.reply import parsed

    return parsed(text)


# The codes are those of each function's page: github.com/AlipayDocs/open-docs, help.aliyun.com/document_detail/67557.
_ALIPAY_CANCELLED = _alipay_failure({}, 11)

_ALIPAY_TAB_BAR = _alipay_failure({"custom Tabbar": 1, "not TabBar page": 11}, default=2)

_ALIPAY_TRANSFER_FAILURE = _alipay_failure(_ALIPAY_TRANSFER_ERRORS, ALIPAY_NETWORK_ERROR)

_ALIPAY_REPLY = _called(data="data", statusCode="status", header="headers")
_ALIPAY_REQUEST_FAILURE = _alipay_failure(_ALIPAY_REQUEST_ERRORS, ALIPAY_NETWORK_ERROR)
_ALIPAY_REQUEST = Variant("request", _alipay_request, _ALIPAY_REPLY, failure=_ALIPAY_REQUEST_FAILURE)

ALIPAY: Mapping[str, Variant] = {
    "request": _ALIPAY_REQUEST,
    "httpRequest": _ALIPAY_REQUEST,
    "uploadFile": Variant("uploadFile", _alipay_upload, failure=_ALIPAY_TRANSFER_FAILURE),
    "downloadFile": Variant(
        "downloadFile", result=_also_called(tempFilePath="apFilePath"), failure=_ALIPAY_TRANSFER_FAILURE
    ),
    "saveFile": Variant("saveFile", _alipay_kept, _also_called(savedFilePath="apFilePath")),
    "getFileInfo": Variant("getFileInfo", _alipay_file),
    "getSavedFileInfo": Variant("getSavedFileInfo", _alipay_file),
    "getSavedFileList": Variant("getSavedFileList", result=_alipay_saved_files),
    "removeSavedFile": Variant("removeSavedFile", _alipay_file),
    "getNetworkType": Variant("getNetworkType", result=_alipay_network),
    "connectSocket": Variant("connectSocket", failure=_alipay_failure(_ALIPAY_SOCKET_ERRORS, default=2)),
    "sendSocketMessage": Variant("sendSocketMessage", failure=_alipay_failure({"not connected": 10}, default=2)),
    "closeSocket": Variant("closeSocket", failure=_alipay_failure({}, default=2)),
    "chooseImage": Variant("chooseImage", result=_also_called(tempFilePaths="apFilePaths"), failure=_ALIPAY_CANCELLED),
    "chooseLocation": Variant("chooseLocation", failure=_ALIPAY_CANCELLED),
    "getLocation": Variant("getLocation", result=_alipay_position, failure=_alipay_failure({}, default=11)),
    "saveImageToPhotosAlbum": Variant(
        "saveImageToPhotosAlbum",
        failure=_alipay_failure({"parameter error": 2, "auth deny": 15, "system deny": 15}, default=17),
    ),
    "scan": Variant("scanCode", _alipay_scan, _alipay_scanned, failure=_alipay_failure({"cancel": 10}, default=11)),
    "getClipboard": Variant("getClipboardData", result=_called(data="text")),
    "setClipboard": Variant("setClipboardData", _alipay_text, lambda result: {"success": True, **result}),
    "makePhoneCall": Variant("makePhoneCall", _alipay_number),
    "vibrate": Variant("vibrateLong"),
    "getAuthCode": Variant("login", result=_called(code="authCode")),
    "confirm": Variant("showModal", _alipay_confirm, _called(confirm="confirm")),
    "alert": Variant("showModal", _alipay_alert, _called(confirm="success")),
    "showToast": Variant("showToast", _alipay_toast),
    "showLoading": Variant("showLoading", _alipay_loading),
    "showActionSheet": Variant("showActionSheet", _alipay_sheet, _called(tapIndex="index")),
    "hideBackHome": Variant("hideHomeButton"),
    "setScreenBrightness": Variant("setScreenBrightness", _alipay_brightness),
    "getScreenBrightness": Variant("getScreenBrightness", result=_called(value="brightness")),
    "getStorageSync": Variant("getStorageSync", arguments=_alipay_key, result=lambda data: {"data": data}),
    "setStorageSync": Variant("setStorageSync", arguments=_alipay_key_and_data, result=_alipay_done),
    "removeStorageSync": Variant("removeStorageSync", arguments=_alipay_key, result=_alipay_done),
    "clearStorageSync": Variant("clearStorageSync", arguments=lambda *_: (), result=_alipay_done),
    "getExtConfig": Variant("getExtConfig", result=_also_called(extConfig="data")),
    "getBackgroundFetchData": Variant("getBackgroundFetchData", result=_alipay_fetched),
    "createIntersectionObserver": Variant("createIntersectionObserver", arguments=_alipay_observer),
    "pageScrollTo": Variant("pageScrollTo", _alipay_scroll, failure=_alipay_failure({}, default=1)),
    "loadFontFace": Variant("loadFontFace", failure=_alipay_failure({"parameter error": 2}, default=10)),
    **{name: Variant(name, failure=_ALIPAY_TAB_BAR) for name in ROOMS["tab_bars"]},
    "getStorageInfoSync": Variant(
        "getStorageInfoSync", arguments=lambda *_: (), result=lambda info: {**info, "success": True}
    ),
}

ALIPAY_LACKS = frozenset({
    "login", "checkSession", "pluginLogin", "getUserInfo", "getUserProfile", "authorize",
    "getClipboardData", "setClipboardData", "scanCode", "setNavigationBarTitle", "setNavigationBarColor",
    "onNetworkWeakChange", "offNetworkWeakChange", "createTCPSocket", "createUDPSocket",
    "startLocalServiceDiscovery", "stopLocalServiceDiscovery", "onLocalServiceFound", "offLocalServiceFound",
    "onLocalServiceResolveFail", "offLocalServiceResolveFail", "onLocalServiceLost", "offLocalServiceLost",
    "onLocalServiceDiscoveryStop", "offLocalServiceDiscoveryStop",
})  # fmt: skip

# What the phone's rooms have for Alipay's programs alone.
ALIPAY_ONLY = frozenset({"setNavigationBar"})

# --- Baidu: smartprogram.baidu.com/docs/develop/api ---------------------------------------------------------------

SWAN: Mapping[str, Variant] = {"getLoginCode": Variant("login")}

VARIANTS: Mapping[str, Variants] = {
    "wx": Variants(hidden=ALIPAY_ONLY),
    "my": Variants(added=ALIPAY, hidden=ALIPAY_LACKS),
    "swan": Variants(added=SWAN, hidden=ALIPAY_ONLY),
}


def variants_of(native_name: str) -> Variants:
    """The differences of the native object `native_name`; an unknown name is `wx`-like."""
    return VARIANTS.get(native_name, VARIANTS["wx"])
