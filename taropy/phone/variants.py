"""How the platforms' native objects differ from `wx`, as the phone offers them.

Facts about the vendors' own APIs: what `my.getAuthCode` or `swan.getLoginCode` take and give.
"""

from __future__ import annotations

from collections.abc import Mapping

from .native import NO_OPTIONS, Options, Result, Variant, Variants

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


def _alipay_key(options: object = None) -> tuple[object]:
    return (_mapping(options).get("key"),)


def _alipay_key_and_data(options: object = None) -> tuple[object, object]:
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


def _alipay_reply(result: Result) -> Result:
    return {"data": result["data"], "status": result["statusCode"], "headers": result["header"]}


def _alipay_request_failure(failure: Result) -> Result:
    reason = failure["errMsg"].partition(":fail ")[2]
    error = next((code for words, code in _ALIPAY_REQUEST_ERRORS.items() if words in reason), ALIPAY_NETWORK_ERROR)
    return {**failure, "error": error, "errorMessage": reason}


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

_ALIPAY_REQUEST = Variant("request", _alipay_request, _alipay_reply, failure=_alipay_request_failure)

ALIPAY: Mapping[str, Variant] = {
    "request": _ALIPAY_REQUEST,
    "httpRequest": _ALIPAY_REQUEST,
    "getAuthCode": Variant("login", result=lambda result: {"authCode": result["code"]}),
    "confirm": Variant("showModal", _alipay_confirm, lambda result: {"confirm": result["confirm"]}),
    "alert": Variant("showModal", _alipay_alert, lambda result: {"success": result["confirm"]}),
    "showToast": Variant("showToast", _alipay_toast),
    "showLoading": Variant("showLoading", _alipay_loading),
    "showActionSheet": Variant("showActionSheet", _alipay_sheet, lambda result: {"index": result["tapIndex"]}),
    "getStorageSync": Variant("getStorageSync", arguments=_alipay_key, result=lambda data: {"data": data}),
    "setStorageSync": Variant("setStorageSync", arguments=_alipay_key_and_data, result=_alipay_done),
    "removeStorageSync": Variant("removeStorageSync", arguments=_alipay_key, result=_alipay_done),
    "clearStorageSync": Variant("clearStorageSync", arguments=lambda *_: (), result=_alipay_done),
    "getStorageInfoSync": Variant(
        "getStorageInfoSync", arguments=lambda *_: (), result=lambda info: {**info, "success": True}
    ),
}

ALIPAY_LACKS = frozenset({"login", "checkSession", "pluginLogin", "getUserInfo", "getUserProfile", "authorize"})

# --- Baidu: smartprogram.baidu.com/docs/develop/api ---------------------------------------------------------------

SWAN: Mapping[str, Variant] = {"getLoginCode": Variant("login")}

VARIANTS: Mapping[str, Variants] = {
    "wx": Variants(),
    "my": Variants(added=ALIPAY, hidden=ALIPAY_LACKS),
    "swan": Variants(added=SWAN),
}
