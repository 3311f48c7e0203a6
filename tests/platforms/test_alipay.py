"""Taro's calls as Alipay's `my` gets them, and its answers as Taro's programs get them."""

from __future__ import annotations

import copy
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest
from recording import ids, over

import taropy

# Taro's function and options; the native function, and the options that it gets besides.
OPTIONS: list[tuple[str, dict[str, Any], str, dict[str, Any]]] = [
    ("login", {}, "getAuthCode", {"scopes": "auth_base"}),
    ("showActionSheet", {"itemList": ["a"]}, "showActionSheet", {"items": ["a"]}),
    ("showLoading", {"title": "wait"}, "showLoading", {"content": "wait"}),
    ("setNavigationBarTitle", {"title": "t"}, "setNavigationBar", {}),
    ("setNavigationBarColor", {"frontColor": "#000", "backgroundColor": "#fff"}, "setNavigationBar", {}),
    ("previewImage", {"urls": ["a", "b"], "current": "b"}, "previewImage", {"current": 1}),
    ("previewImage", {"urls": ["a", "b"]}, "previewImage", {"current": 0}),
    ("getFileInfo", {"filePath": "f"}, "getFileInfo", {"apFilePath": "f"}),
    ("getSavedFileInfo", {"filePath": "f"}, "getSavedFileInfo", {"apFilePath": "f"}),
    ("removeSavedFile", {"filePath": "f"}, "removeSavedFile", {"apFilePath": "f"}),
    ("saveFile", {"tempFilePath": "f"}, "saveFile", {"apFilePath": "f"}),
    ("uploadFile", {"url": "u", "filePath": "f", "name": "n"}, "uploadFile", {"fileName": "n"}),
    ("getClipboardData", {}, "getClipboard", {}),
    ("setClipboardData", {"data": "d"}, "setClipboard", {"text": "d"}),
    ("makePhoneCall", {"phoneNumber": "1"}, "makePhoneCall", {"number": "1"}),
    ("scanCode", {"onlyFromCamera": True}, "scan", {"hideAlbum": True, "type": "qr"}),
    ("scanCode", {"scanType": ["barCode", "qrCode"]}, "scan", {"type": "bar"}),
    ("setScreenBrightness", {"value": 0.5}, "setScreenBrightness", {"brightness": 0.5}),
    ("createBLEConnection", {"deviceId": "d"}, "connectBLEDevice", {}),
    ("closeBLEConnection", {"deviceId": "d"}, "disconnectBLEDevice", {}),
]

# Taro's function and options; the native function and its answer; a field of the result, and what is in it.
RESULTS: list[tuple[str, dict[str, Any], str, dict[str, Any], str, Any]] = [
    ("login", {}, "getAuthCode", {"authCode": "c"}, "code", "c"),
    ("showActionSheet", {"itemList": ["a"]}, "showActionSheet", {"index": 2}, "tapIndex", 2),
    ("saveFile", {"tempFilePath": "f"}, "saveFile", {"apFilePath": "s"}, "savedFilePath", "s"),
    ("downloadFile", {"url": "u"}, "downloadFile", {"apFilePath": "f"}, "tempFilePath", "f"),
    ("chooseImage", {}, "chooseImage", {"apFilePaths": ["f"]}, "tempFilePaths", ["f"]),
    ("getClipboardData", {}, "getClipboard", {"text": "d"}, "data", "d"),
    ("scanCode", {}, "scan", {"code": "871"}, "result", "871"),
    ("getScreenBrightness", {}, "getScreenBrightness", {"brightness": 0.5}, "value", 0.5),
    ("getExtConfig", {}, "getExtConfig", {"data": {"shop": "7"}}, "extConfig", {"shop": "7"}),
    ("getNetworkType", {}, "getNetworkType", {"networkType": "WIFI"}, "networkType", "wifi"),
    ("getNetworkType", {}, "getNetworkType", {"networkType": "NOTREACHABLE"}, "networkType", "none"),
    ("getNetworkType", {}, "getNetworkType", {"networkType": "WWAN"}, "networkType", "unknown"),
    ("getLocation", {}, "getLocation", {"latitude": "31.25", "longitude": "121"}, "latitude", 31.25),
    ("getSetting", {}, "getSetting", {"authSetting": {"album": True}}, "authSetting", {"album": True}),
    (
        "openSetting",
        {},
        "openSetting",
        {"authSetting": {"location": False}},
        "authSetting",
        {"location": False, "scope.userLocation": False},
    ),
    ("getSystemInfo", {}, "getSystemInfo", {"screenWidth": 1080, "screen": {"width": 360}}, "screenWidth", 360),
    ("getSystemInfo", {}, "getSystemInfo", {"screenHeight": 800}, "screenHeight", 800),
    (
        "getBLEDeviceServices",
        {"deviceId": "d"},
        "getBLEDeviceServices",
        {"services": [{"serviceId": "FEE7", "isPrimary": True}]},
        "services",
        [{"uuid": "FEE7", "isPrimary": True}],
    ),
]


@pytest.mark.parametrize(("api", "options", "native_name", "added"), OPTIONS, ids=ids(OPTIONS))
def test_alipay_gets_its_own_options_beside_taros(
    api: str, options: dict[str, Any], native_name: str, added: dict[str, Any]
) -> None:
    taro, my = over("alipay", **{native_name: {}})
    getattr(taro, api)(options).result()
    assert my.calls == [(native_name, {**options, **added})]


@pytest.mark.parametrize(("api", "options", "native_name", "added"), OPTIONS, ids=ids(OPTIONS))
def test_the_programs_options_stay_as_they_were(
    api: str, options: dict[str, Any], native_name: str, added: dict[str, Any]
) -> None:
    taro, my = over("alipay", **{native_name: {}})
    given = copy.deepcopy(options)
    getattr(taro, api)(given).result()
    getattr(taro, api)(given).result()
    assert given == options
    assert my.calls[0] == my.calls[1]


@pytest.mark.parametrize(("api", "options", "native_name", "answer", "field", "value"), RESULTS, ids=ids(RESULTS))
def test_alipays_answers_have_the_declared_fields(
    api: str, options: dict[str, Any], native_name: str, answer: dict[str, Any], field: str, value: Any
) -> None:
    taro, _ = over("alipay", **{native_name: answer})
    res = getattr(taro, api)(options).result()
    assert res[field] == value
    assert res.errMsg == f"{api}:ok"


@pytest.mark.parametrize(("api", "options", "native_name", "answer", "field", "value"), RESULTS, ids=ids(RESULTS))
def test_an_answer_that_has_the_declared_fields_already_keeps_them(
    api: str, options: dict[str, Any], native_name: str, answer: dict[str, Any], field: str, value: Any
) -> None:
    taro, _ = over("alipay", **{native_name: {field: value}})
    assert getattr(taro, api)(options).result()[field] == value


def test_the_brightness_has_one_name_only() -> None:
    taro, _ = over("alipay", getScreenBrightness={"brightness": 0.5})
    assert "brightness" not in taro.getScreenBrightness().result()


def test_services_that_are_missing_are_none() -> None:
    taro, _ = over("alipay", getBLEDeviceServices={})
    assert taro.getBLEDeviceServices(deviceId="d").result().services == []


@pytest.mark.parametrize(("scan_type", "kind"), [([], "qr"), (["datamatrix"], "datamatrix"), (["pdf417"], "pdf417")])
def test_a_scan_is_for_the_first_kind_that_was_asked_for(scan_type: list[str], kind: str) -> None:
    taro, my = over("alipay", scan={"code": "1"})
    taro.scanCode(scanType=scan_type).result()
    assert my.calls[0][1]["type"] == kind


@pytest.mark.parametrize(("options", "current"), [({"urls": ["a"], "current": "z"}, -1), ({"urls": []}, -1)])
def test_a_picture_that_is_not_among_the_urls_has_no_position(options: dict[str, Any], current: int) -> None:
    taro, my = over("alipay", previewImage={})
    taro.previewImage(options).result()
    assert my.calls[0][1]["current"] == current


def test_pictures_without_urls_are_refused_before_alipay_is_asked() -> None:
    taro, my = over("alipay", previewImage={})
    with pytest.raises(taropy.ParameterError, match=r"previewImage:fail parameter error: parameter\.urls"):
        taro.previewImage({}).result()
    assert my.calls == []


def test_a_toasts_own_content_and_type_are_not_overwritten_with_nothing() -> None:
    taro, my = over("alipay", showToast={})
    taro.showToast(title="t", type="exception").result()
    assert my.calls == [("showToast", {"title": "t", "type": "exception", "content": "t"})]


@pytest.mark.parametrize(
    ("api", "native_name"),
    [
        ("onBLEConnectionStateChange", "onBLEConnectionStateChanged"),
        ("offBLEConnectionStateChange", "offBLEConnectionStateChanged"),
    ],
)
def test_events_of_a_bluetooth_connection_have_alipays_names(api: str, native_name: str) -> None:
    taro, my = over("alipay", **{native_name: None})
    getattr(taro, api)(lambda res: res)
    assert [name for name, _ in my.calls] == [native_name]


def test_a_failure_in_alipays_words_reads_as_taros() -> None:
    my = SimpleNamespace(getAuthCode=lambda options: options["fail"]({"error": 11, "errorMessage": "denied"}))
    with pytest.raises(taropy.TaroError) as caught:
        taropy.create("alipay", native=my).login().result()
    assert (caught.value.errMsg, caught.value.errCode, caught.value.error) == ("login:fail denied", 11, 11)


def test_messages_of_an_alert_name_the_modal() -> None:
    taro, _ = over("alipay", confirm={"errMsg": "confirm:ok"}, alert={"errMsg": "alert:ok"})
    assert taro.showModal(title="t").result().errMsg == "showModal:ok"
    assert taro.showModal(title="t", showCancel=False).result().errMsg == "showModal:ok"


@pytest.mark.parametrize(("options", "data_type"), [({}, None), ({"responseType": "arraybuffer"}, "arraybuffer")])
def test_bytes_are_asked_for_in_alipays_way(options: dict[str, Any], data_type: str | None) -> None:
    taro, my = over("alipay", request={"data": b"", "status": 200})
    taro.request(url="u", **options).result()
    assert my.calls[0][1].get("dataType") == data_type


def test_the_network_has_taros_types_in_events_too() -> None:
    listeners: list[Any] = []
    heard: list[Any] = []
    taro: Any = taropy.create("alipay", native=SimpleNamespace(onNetworkStatusChange=listeners.append))
    taro.onNetworkStatusChange(heard.append)
    listeners[0]({"isConnected": True, "networkType": "4G"})
    assert heard[0].networkType == "4g"


# --- sockets ----------------------------------------------------------------------------------------------------

GLOBAL_FUNCTIONS = {
    "onOpen": "onSocketOpen",
    "onMessage": "onSocketMessage",
    "onError": "onSocketError",
    "onClose": "onSocketClose",
    "send": "sendSocketMessage",
    "close": "closeSocket",
}


@pytest.mark.parametrize(("method", "native_name"), GLOBAL_FUNCTIONS.items())
def test_a_socket_without_a_task_has_alipays_global_functions(method: str, native_name: str) -> None:
    taro, my = over("alipay", connectSocket={}, **{native_name: None})
    task = taro.connectSocket(url="wss://x.test").result()
    getattr(task, method)(print if method.startswith("on") else {"data": "x"})
    assert my.calls[-1][0] == native_name
    assert task.errMsg == "connectSocket:ok"


def test_a_socket_without_a_task_has_nothing_else() -> None:
    taro, _ = over("alipay", connectSocket={})
    with pytest.raises(AttributeError, match="ping"):
        taro.connectSocket(url="wss://x.test").result().ping()


def test_a_socket_with_a_task_keeps_the_tasks_own_methods() -> None:
    sent: list[Any] = []

    def send(options: dict[str, Any]) -> None:
        sent.append(options["data"])
        options["success"]({})

    task = SimpleNamespace(send=send)

    def connectSocket(options: dict[str, Any]) -> Any:
        options["success"]({})
        return task

    my = SimpleNamespace(connectSocket=connectSocket, sendSocketMessage=lambda _: pytest.fail("the wrong socket"))
    socket = taropy.create("alipay", native=my).connectSocket(url="wss://x.test").result()
    socket.send({"data": "x"})
    assert sent == ["x"]


class Ears:
    """A native socket, or `my` itself, whose listeners a test calls."""

    def __init__(self, prefix: str = "on") -> None:
        self.listeners: dict[str, Any] = {}
        for event in ("Open", "Message", "Error", "Close"):
            setattr(self, f"{prefix}{event}", partial(self.listeners.__setitem__, event))


@pytest.mark.parametrize("own", [True, False], ids=["a task of its own", "the global functions"])
def test_a_sockets_events_are_as_declared(own: bool) -> None:
    """Of a task Alipay has them in `data`, as its declarations (`@mini-types/my`) say."""
    heard: list[Any] = []
    native = Ears("on" if own else "onSocket")
    native_task = native if own else None

    def connectSocket(options: dict[str, Any]) -> Any:
        options["success"]({"socketTaskId": 7})
        return native_task

    native.connectSocket = connectSocket  # type: ignore[attr-defined]
    socket: Any = taropy.create("alipay", native=native).connectSocket(url="wss://x.test").result()
    for event in ("Open", "Message", "Error", "Close"):
        getattr(socket, f"on{event}")(heard.append)
    inside = (lambda fields: {"data": {"socketTaskID": "1", **fields}}) if own else dict
    native.listeners["Open"](*([inside({})] if own else []))
    native.listeners["Message"](inside({"data": "text", "isBuffer": False}))
    native.listeners["Message"](inside({"data": "AP8=", "isBuffer": True}))
    native.listeners["Error"]({"error": 50, "errorMessage": "unknown error", **(inside({}) if own else {})})
    native.listeners["Close"](inside({"reason": "over"}))
    _, text, binary, error, close = heard
    assert (text.data, binary.data) == ("text", b"\0\xff")
    assert (error.errMsg, error.error) == ("unknown error", 50)
    assert close.reason == "over"
    assert (socket.errMsg, socket.socketTaskId) == ("connectSocket:ok", 7)


def test_global_socket_functions_give_and_take_bytes() -> None:
    heard: list[Any] = []
    taro, my = over("alipay", sendSocketMessage={}, onSocketMessage=None, onSocketError=None)
    taro.sendSocketMessage(data=b"\0\xff")
    assert (my.calls[-1][1]["data"], my.calls[-1][1]["isBuffer"]) == ("AP8=", True)
    taro.sendSocketMessage(data="AP8=")
    assert "isBuffer" not in my.calls[-1][1]
    taro.onSocketMessage(heard.append)
    my.calls[-1][1]({"data": "AP8=", "isBuffer": True})
    taro.onSocketError(heard.append)
    my.calls[-1][1]({"error": 1, "errorMessage": "Error Unknown."})
    assert (heard[0].data, heard[1].errMsg) == (b"\0\xff", "Error Unknown.")


@pytest.mark.parametrize("answer", [None, "kept", 7, [], {}, {"data": None}, {"success": True}])
def test_what_is_no_stored_value_is_the_empty_text(answer: Any) -> None:
    taro: Any = taropy.create("alipay", native=SimpleNamespace(getStorageSync=lambda _: answer))
    assert taro.getStorageSync("key") == ""


@pytest.mark.parametrize(
    ("options", "content"), [(None, ""), ({}, ""), ({"title": "wait"}, "wait"), ({"content": "wait"}, "wait")]
)
def test_a_loading_sign_without_a_title_has_an_empty_text_and_not_undefined(
    options: dict[str, str] | None, content: str
) -> None:
    taro, native = over("alipay", showLoading={})
    taro.showLoading(*([] if options is None else [options])).result()
    assert native.calls[0][1]["content"] == content
