"""Alipay (`alipay`), as a platform of taropy.

What differs from Taro's calls is Taro's own adapter's (`@tarojs/plugin-platform-alipay`): names, options, results. Taro
writes on the caller's options and overwrites what is already there with what is missing; here it does neither.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from typing import Any

from taropy import Adaptation, Platform, TaroError, hookimpl

Options = dict[str, Any]
Listener = Callable[[Any], Any]


def show_modal(my: Any, options: Options) -> Any:
    """`my.confirm`, or `my.alert` when there is only one button; the button texts have defaults in Taro's adapter."""
    options["cancelButtonText"] = options.get("cancelText") or "取消"
    options["confirmButtonText"] = options.get("confirmText") or "确定"
    if options.get("showCancel") is not False:
        return my.confirm(options)
    return my.alert(
        {**options, "buttonText": options["confirmButtonText"], "success": _as_confirmed(options["success"])}
    )


def _as_confirmed(success: Callable[[Any], None]) -> Callable[..., None]:
    """An alert has one button, so its answer, which may be nothing at all, is a confirmation."""
    return lambda result=None: success({"confirm": True, **(result if isinstance(result, Mapping) else {})})


def request(my: Any, options: Options) -> Any:
    """`my.request`, or `my.httpRequest` where that is not to be had; headers are called `headers`, in lower case.

    Bytes are asked for by `dataType` there; Taro's adapter does not, and gives text.
    """
    if options.get("responseType") == "arraybuffer":
        options["dataType"] = "arraybuffer"
    header = options.pop("header", None) or {}
    options["headers"] = {"content-type": "application/json", **{name.lower(): text for name, text in header.items()}}
    usable = my.canIUse("request") if hasattr(my, "canIUse") else hasattr(my, "request")
    return (my.request if usable else my.httpRequest)(options)


def get_storage_sync(my: Any, key: str) -> Any:
    """The value is in `data`, in old versions in `APDataStorage`; a key that is not there gives the empty string.

    So does an answer that is no object.
    """
    found = my.getStorageSync({"key": key})
    value = found.get("data", found.get("APDataStorage")) if isinstance(found, Mapping) else None
    return "" if value is None else value


def set_storage_sync(my: Any, key: str, data: Any = None) -> Any:
    """Alipay takes one object, and returns what went wrong: thrown here, since nobody looks at what this returns."""
    told = my.setStorageSync({"key": key, "data": data})
    if isinstance(told, Mapping) and told.get("error"):
        words = told.get("errMsg") or f"setStorageSync:fail {told.get('errorMessage') or ''}".rstrip()
        raise TaroError(words, told["error"], api="setStorageSync", platform="alipay", fields=told)
    return told


def remove_storage_sync(my: Any, key: str) -> Any:
    """Alipay takes one object."""
    return my.removeStorageSync({"key": key})


GLOBAL_SOCKET: Mapping[str, str] = {
    "onOpen": "onSocketOpen",
    "onMessage": "onSocketMessage",
    "onError": "onSocketError",
    "onClose": "onSocketClose",
    "send": "sendSocketMessage",
    "close": "closeSocket",
}


class GlobalSocket:
    """The socket of an Alipay that gives no task: there is one at a time, and `my` itself has its functions."""

    def __init__(self, my: Any) -> None:
        self._my = my

    def __getattr__(self, name: str) -> Any:
        if name not in GLOBAL_SOCKET:
            raise AttributeError(f"a socket has no {name!r}")
        return getattr(self._my, GLOBAL_SOCKET[name])


class Socket:
    """A socket as Taro declares it, whose binary messages are bytes: Alipay has them as text in base64.

    Of a task the events have their fields in `data`; of the global functions they have them alone.
    """

    def __init__(self, native: Any) -> None:
        self._native = native

    def __getattr__(self, name: str) -> Any:
        return getattr(self._native, name)

    def onOpen(self, listener: Listener) -> None:
        """The listener gets the event."""
        self._native.onOpen(lambda event=None: listener(fields_of(event)))

    def onMessage(self, listener: Listener) -> None:
        """The listener gets text, or bytes, in `data`."""
        self._native.onMessage(lambda event: listener({"data": message_data(fields_of(event))}))

    def onError(self, listener: Listener) -> None:
        """The listener gets `errMsg` beside Alipay's `error` and `errorMessage`."""
        self._native.onError(lambda event: listener({**event, "errMsg": error_message(event)}))

    def onClose(self, listener: Listener) -> None:
        """The listener gets the event."""
        self._native.onClose(lambda event=None: listener(fields_of(event)))

    def send(self, options: Options) -> Any:
        """Sends text, or bytes."""
        return self._native.send(in_base64(options))


def fields_of(event: Any) -> Mapping[str, Any]:
    """What an event tells, whether or not a task has it in `data`; nothing is an empty event."""
    event = event or {}
    data = event.get("data")
    return data if isinstance(data, Mapping) else event


def message_data(message: Mapping[str, Any]) -> Any:
    """The message: text, or the bytes that Alipay gives as text in base64."""
    data = message.get("data")
    return b64decode(data) if message.get("isBuffer") and isinstance(data, str) else data


def error_message(event: Mapping[str, Any]) -> Any:
    """What Alipay says of an error; some have it as a text beside a code."""
    return event.get("errMsg") or event.get("errorMessage") or ""


def in_base64(options: Options) -> Options:
    """The options of a message, whose bytes are text in base64, which `isBuffer` says."""
    data = options.get("data")
    if not isinstance(data, bytes | bytearray | memoryview):
        return options
    return {**options, "data": b64encode(data).decode(), "isBuffer": True}


def connect_socket(my: Any, options: Options) -> Any:
    """The task that Alipay returns, which it does for `multiple` sockets only, else one over the global functions."""
    task = my.connectSocket(options)
    return Socket(GlobalSocket(my) if task is None else task)


def send_socket_message(my: Any, options: Options) -> Any:
    """Alipay takes bytes as text in base64."""
    return my.sendSocketMessage(in_base64(options))


def toast_type(options: Options) -> str | None:
    """Alipay calls an error `fail`."""
    return "fail" if options.get("icon") == "error" else options.get("icon")


def current_index(options: Options) -> int:
    """Alipay takes the position of the picture that is shown first, Taro its url; -1 for one that is not there."""
    urls = options["urls"]
    current = options.get("current") or next(iter(urls), None)
    return urls.index(current) if current in urls else -1


def scan_type(options: Options) -> str:
    """Alipay scans for one kind, and calls it `qr`, `bar`, … without Taro's ending."""
    kinds = options.get("scanType")
    return str(kinds[0]).removesuffix("Code") if kinds else "qr"


def ble_services(result: Mapping[str, Any]) -> list[Any]:
    """Alipay calls a service's uuid `serviceId`."""
    return [
        {"uuid": service["serviceId"], "isPrimary": service.get("isPrimary")} if "serviceId" in service else service
        for service in result.get("services") or ()
    ]


def network_type(result: Mapping[str, Any]) -> str | None:
    """Alipay writes its types in capitals, and two of them otherwise; Taro's adapter leaves that to the program."""
    kind = result.get("networkType")
    if not isinstance(kind, str):
        return None
    return {"notreachable": "none", "wwan": "unknown"}.get(kind.lower(), kind.lower())


def number(name: str) -> Callable[[Mapping[str, Any]], Any]:
    """A figure that Alipay gives as text; Taro's adapter leaves that to the program."""

    def read(result: Mapping[str, Any]) -> Any:
        figure = result.get(name)
        return float(figure) if isinstance(figure, str) and figure else figure

    return read


# What Alipay calls Taro's scopes.
SCOPES: Mapping[str, str] = {
    "aliaddress": "scope.address",
    "alipaysports": "scope.werun",
    "audioRecord": "scope.record",
    "camera": "scope.camera",
    "location": "scope.userLocation",
    "userInfo": "scope.userInfo",
    "writePhotosAlbum": "scope.writePhotosAlbum",
}


def auth_setting(result: Mapping[str, Any]) -> Any:
    """The answers by Taro's names as well as by Alipay's own; Taro's adapter leaves that to the program."""
    answers = result.get("authSetting")
    if not isinstance(answers, Mapping):
        return answers
    return {**{SCOPES[name]: allowed for name, allowed in answers.items() if name in SCOPES}, **answers}


def on_screen(name: str) -> Callable[[Mapping[str, Any]], Any]:
    """A measure of the screen; Alipay's own pages say that only `screen` has it in px on Android, too."""

    def read(result: Mapping[str, Any]) -> Any:
        screen = result.get("screen")
        return screen.get(name) if isinstance(screen, Mapping) else None

    return read


SETTING = Adaptation(results={"authSetting": auth_setting})
SYSTEM = Adaptation(results={"screenWidth": on_screen("width"), "screenHeight": on_screen("height")})
NETWORK = Adaptation(results={"networkType": network_type})
POSITION = Adaptation(
    results={name: number(name) for name in ("latitude", "longitude", "accuracy", "horizontalAccuracy")}
)
TO_AP_FILE = Adaptation(rename={"filePath": "apFilePath"})

APIS: Mapping[str, Adaptation] = {
    "chooseImage": Adaptation(results={"tempFilePaths": "apFilePaths"}),
    "closeBLEConnection": Adaptation(alias="disconnectBLEDevice"),
    "connectSocket": Adaptation(function=connect_socket),
    "createBLEConnection": Adaptation(alias="connectBLEDevice"),
    "downloadFile": Adaptation(results={"tempFilePath": "apFilePath"}),
    "getBLEDeviceServices": Adaptation(results={"services": ble_services}),
    "getClipboardData": Adaptation(alias="getClipboard", results={"data": "text"}),
    "getExtConfig": Adaptation(results={"extConfig": "data"}),
    "getFileInfo": TO_AP_FILE,
    "getLocation": POSITION,
    "getNetworkType": NETWORK,
    "getSavedFileInfo": TO_AP_FILE,
    "getScreenBrightness": Adaptation(results={"value": "brightness"}, remove=("brightness",)),
    "getSetting": SETTING,
    "getStorageSync": Adaptation(function=get_storage_sync),
    "login": Adaptation(alias="getAuthCode", options={"scopes": "auth_base"}, results={"code": "authCode"}),
    "getSystemInfo": SYSTEM,
    "getSystemInfoSync": SYSTEM,
    "makePhoneCall": Adaptation(rename={"phoneNumber": "number"}),
    "offBLEConnectionStateChange": Adaptation(alias="offBLEConnectionStateChanged"),
    "onBLEConnectionStateChange": Adaptation(alias="onBLEConnectionStateChanged"),
    "onNetworkStatusChange": NETWORK,
    "onSocketError": Adaptation(results={"errMsg": error_message}),
    "onSocketMessage": Adaptation(results={"data": message_data}, remove=("isBuffer",)),
    "openSetting": SETTING,
    "previewImage": Adaptation(options={"current": current_index}),
    "removeSavedFile": TO_AP_FILE,
    "removeStorageSync": Adaptation(function=remove_storage_sync),
    "request": Adaptation(
        function=request,
        needs=("request", "httpRequest"),
        results={"statusCode": "status", "header": "headers"},
        remove=("status", "headers"),
    ),
    "saveFile": Adaptation(rename={"tempFilePath": "apFilePath"}, results={"savedFilePath": "apFilePath"}),
    "scanCode": Adaptation(
        alias="scan", rename={"onlyFromCamera": "hideAlbum"}, options={"type": scan_type}, results={"result": "code"}
    ),
    "sendSocketMessage": Adaptation(function=send_socket_message),
    "setClipboardData": Adaptation(alias="setClipboard", rename={"data": "text"}),
    "setNavigationBarColor": Adaptation(alias="setNavigationBar"),
    "setNavigationBarTitle": Adaptation(alias="setNavigationBar"),
    "setScreenBrightness": Adaptation(rename={"value": "brightness"}),
    "setStorageSync": Adaptation(function=set_storage_sync),
    "showActionSheet": Adaptation(rename={"itemList": "items"}, results={"tapIndex": "index"}),
    "showLoading": Adaptation(
        rename={"title": "content"}, options={"content": lambda options: options.get("content", "")}
    ),
    "showModal": Adaptation(
        function=show_modal,
        needs=("confirm", "alert"),
        results={"cancel": lambda result: not result.get("confirm")},
    ),
    "showToast": Adaptation(rename={"title": "content"}, options={"type": toast_type}),
    "uploadFile": Adaptation(rename={"name": "fileName"}),
}

PLATFORM = Platform(name="alipay", title="Alipay", env_type="ALIPAY", native_name="my", apis=APIS)


@hookimpl
def taropy_register_platforms(register: Callable[[Platform], None]) -> None:
    """Brings `alipay`."""
    register(PLATFORM)
