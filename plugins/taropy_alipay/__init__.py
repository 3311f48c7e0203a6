"""Alipay (`alipay`), as a platform of taropy.

What differs from Taro's calls is Taro's own adapter's (`@tarojs/plugin-platform-alipay`): names, options, results. Taro
writes on the caller's options and overwrites what is already there with what is missing; here it does neither.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from taropy import Adaptation, Platform, hookimpl

Options = dict[str, Any]


def show_modal(my: Any, options: Options) -> Any:
    """`my.confirm`, or `my.alert` when there is only one button; the button texts have defaults in Taro's adapter."""
    confirm_text = options.get("confirmText") or "确定"
    if options.get("showCancel") is False:
        return my.alert({**options, "buttonText": confirm_text, "success": _as_confirmed(options["success"])})
    cancel_text = options.get("cancelText") or "取消"
    return my.confirm({**options, "cancelButtonText": cancel_text, "confirmButtonText": confirm_text})


def _as_confirmed(success: Callable[[Any], None]) -> Callable[..., None]:
    """An alert has one button, so its answer, which may be nothing at all, is a confirmation."""
    return lambda result=None: success({"confirm": True, **(result or {})})


def request(my: Any, options: Options) -> Any:
    """`my.request`, or `my.httpRequest` where that is not to be had; headers are called `headers`, in lower case."""
    header = options.pop("header", None) or {}
    options["headers"] = {"content-type": "application/json", **{name.lower(): text for name, text in header.items()}}
    usable = my.canIUse("request") if hasattr(my, "canIUse") else hasattr(my, "request")
    return (my.request if usable else my.httpRequest)(options)


def get_storage_sync(my: Any, key: str) -> Any:
    """The value is in `data`, in old versions in `APDataStorage`; a key that is not there gives the empty string."""
    found = my.getStorageSync({"key": key}) or {}
    value = found.get("data", found.get("APDataStorage"))
    return "" if value is None else value


def set_storage_sync(my: Any, key: str, data: Any = None) -> Any:
    """Alipay takes one object."""
    return my.setStorageSync({"key": key, "data": data})


def remove_storage_sync(my: Any, key: str) -> Any:
    """Alipay takes one object."""
    return my.removeStorageSync({"key": key})


def toast_type(options: Options) -> str | None:
    """Alipay calls an error `fail`."""
    return "fail" if options.get("icon") == "error" else options.get("icon")


APIS: Mapping[str, Adaptation] = {
    "getStorageSync": Adaptation(function=get_storage_sync),
    "login": Adaptation(alias="getAuthCode", options={"scopes": "auth_base"}, results={"code": "authCode"}),
    "removeStorageSync": Adaptation(function=remove_storage_sync),
    "request": Adaptation(
        function=request,
        needs=("request", "httpRequest"),
        results={"statusCode": "status", "header": "headers"},
        remove=("status", "headers"),
    ),
    "setStorageSync": Adaptation(function=set_storage_sync),
    "showActionSheet": Adaptation(rename={"itemList": "items"}, results={"tapIndex": "index"}),
    "showLoading": Adaptation(rename={"title": "content"}),
    "showModal": Adaptation(
        alias="confirm",
        function=show_modal,
        needs=("confirm", "alert"),
        results={"cancel": lambda result: not result.get("confirm")},
    ),
    "showToast": Adaptation(rename={"title": "content"}, options={"type": toast_type}),
}

PLATFORM = Platform(name="alipay", title="Alipay", env_type="ALIPAY", native_name="my", apis=APIS)


@hookimpl
def taropy_register_platforms(register: Callable[[Platform], None]) -> None:
    """Brings `alipay`."""
    register(PLATFORM)
