"""What `@tarojs/taro-h5` answers in a browser, as Taro's programs are promised it; on harmony-hybrid too."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from recording import Answers, each, ids, over, received

import taropy

WEB = ("h5", "harmony-hybrid")
PNG = "data:image/png;base64,iVBORw0KGgo="
NO_AREA = {"left": 0, "top": 0, "right": 0, "bottom": 0, "width": 0, "height": 0}
WINDOW = {"left": 0, "top": 0, "right": 390, "bottom": 844, "width": 390, "height": 844}
POSITION = {"latitude": 31.2, "longitude": 121.5, "accuracy": 20, "altitude": None, "speed": None}

ANSWERS: Answers = [
    ("getNetworkType", {}, {"networkType": "slow-2g"}, {"networkType": "2g"}),
    ("getNetworkType", {}, {"networkType": "cellular"}, {"networkType": "unknown"}),
    ("getBatteryInfo", {}, {"level": 0.57 * 100, "isCharging": True}, {"level": 57, "isCharging": True}),
    ("getImageInfo", {"src": "a"}, {"width": 1, "height": 2, "path": PNG}, {"type": "png", "orientation": "up"}),
    ("getImageInfo", {"src": "a"}, {"width": 1, "height": 2, "path": "a"}, {"type": "unknown", "path": "a"}),
    (
        "getVideoInfo",
        {"src": "a"},
        {"type": "video/mp4", "size": 2048, "bitrate": 125_000, "duration": 3},
        {"type": "mp4", "size": 2, "bitrate": 1000, "duration": 3},
    ),
    (
        "chooseMedia",
        {},
        {"type": "mix", "tempFiles": [{"tempFilePath": "blob:a", "fileType": "video/webm"}]},
        {"type": "mix", "tempFiles": [{"tempFilePath": "blob:a", "fileType": "video"}]},
    ),
    ("getLocation", {}, POSITION, {**POSITION, "altitude": 0, "speed": 0}),
    ("getStorageInfo", {}, {"keys": ["k"], "currentSize": math.nan, "limitSize": math.nan}, {"keys": ["k"]}),
    ("scanCode", {}, {"result": "EAN_13,6901234567892"}, {"result": "6901234567892", "scanType": "EAN_13"}),
    ("request", {"url": "u"}, {"data": 1, "statusCode": 200}, {"header": {}, "errMsg": "request:ok"}),
    (
        "getSystemInfo",
        {},
        {"windowWidth": 390, "windowHeight": 844, "safeArea": NO_AREA, "statusBarHeight": math.nan},
        {"safeArea": WINDOW},
    ),
]

# Answers that are as declared.
COMMON: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("getNetworkType", {}, {"networkType": "wifi"}),
    ("getBatteryInfo", {}, {"level": 57, "isCharging": False}),
    ("getImageInfo", {"src": "a"}, {"width": 1, "height": 2, "path": "a", "type": "jpeg", "orientation": "left"}),
    ("getVideoInfo", {"src": "a"}, {"type": "mp4", "size": 2, "bitrate": 1000}),
    ("chooseMedia", {}, {"type": "image", "tempFiles": [{"tempFilePath": "a", "fileType": "image"}]}),
    ("getLocation", {}, {**POSITION, "altitude": 3.5, "speed": 1}),
    ("getStorageInfo", {}, {"keys": [], "currentSize": 1, "limitSize": 10240}),
    ("scanCode", {}, {"result": "a,b", "scanType": "QR_CODE"}),
    ("request", {"url": "u"}, {"data": 1, "statusCode": 200, "header": {"a": "b"}}),
    ("getSystemInfo", {}, {"windowWidth": 390, "windowHeight": 844, "safeArea": WINDOW, "statusBarHeight": 47}),
]


@pytest.mark.parametrize("platform", WEB)
@each(ANSWERS)
def test_what_a_browser_answers_is_given_as_declared(
    platform: str, api: str, options: dict[str, Any], answer: Any, given: dict[str, Any]
) -> None:
    assert received(platform, api, options, answer, given) == given


@pytest.mark.parametrize("platform", WEB)
@pytest.mark.parametrize(("api", "options", "answer"), COMMON, ids=ids(COMMON))
def test_what_is_as_declared_already_stays(
    platform: str, api: str, options: dict[str, Any], answer: dict[str, Any]
) -> None:
    assert received(platform, api, options, answer, answer) == answer


@pytest.mark.parametrize("api", ["getStorageInfo", "getStorageInfoSync"])
def test_a_store_whose_limit_no_browser_tells_has_none(api: str) -> None:
    sizes = {"keys": [], "currentSize": math.nan, "limitSize": math.nan}
    native = SimpleNamespace(
        getStorageInfo=lambda options: options["success"](sizes), getStorageInfoSync=lambda: dict(sizes)
    )
    info = getattr(taropy.create("h5", native=native), api)()
    info = info.result() if isinstance(info, taropy.Promise) else info
    assert (info.currentSize, info.limitSize) == (0, math.inf)


def test_a_number_that_is_none_is_not_given() -> None:
    info = {"windowWidth": 390, "windowHeight": 844, "statusBarHeight": math.nan, "fontSizeSetting": math.nan}
    native = SimpleNamespace(getSystemInfoSync=lambda: {**info, "safeArea": dict(NO_AREA)})
    res = taropy.create("h5", native=native).getSystemInfoSync()
    assert "statusBarHeight" not in res
    assert "fontSizeSetting" not in res
    assert res.safeArea.width == 390


def test_a_position_is_asked_for_in_the_declared_system() -> None:
    taro, native = over("h5", getLocation=POSITION)
    taro.getLocation().result()
    taro.getLocation(type="gcj02").result()
    assert [options["type"] for _, options in native.calls] == ["wgs84", "gcj02"]


@pytest.mark.parametrize(
    ("api", "options"),
    [("chooseImage", {"sourceType": ["album", "camera"]}), ("request", {"url": "u", "header": {"a": "b"}})],
)
def test_taro_h5_writes_on_a_copy_of_what_the_program_gave(api: str, options: dict[str, Any]) -> None:
    taro, native = over("h5", **{api: {}})
    getattr(taro, api)(options).result()
    received = native.calls[0][1]
    assert received == options
    assert all(received[name] is not value for name, value in options.items() if not isinstance(value, str))


@pytest.mark.parametrize(
    ("api", "event", "given"),
    [
        ("onNetworkStatusChange", {"isConnected": True, "networkType": "slow-2g"}, {"networkType": "2g"}),
        (
            "onWindowResize",
            {"windowWidth": 390, "windowHeight": 844},
            {"size": {"windowWidth": 390, "windowHeight": 844}},
        ),
        (
            "onWindowResize",
            {"size": {"windowWidth": 1, "windowHeight": 2}},
            {"size": {"windowWidth": 1, "windowHeight": 2}},
        ),
        ("onLocationChange", {**POSITION, "horizontalAccuracy": 0}, {"horizontalAccuracy": 20, "altitude": 0}),
        ("onLocationChangeError", {"errMsg": "no", "err": SimpleNamespace(code=1)}, {"errCode": 1}),
        ("onLocationChangeError", {"errMsg": "no", "errCode": 2}, {"errCode": 2}),
    ],
)
def test_events_are_as_declared(api: str, event: dict[str, Any], given: dict[str, Any]) -> None:
    listeners: list[Any] = []
    heard: list[Any] = []
    taro: Any = taropy.create("h5", native=SimpleNamespace(**{api: listeners.append}))
    getattr(taro, api)(heard.append)
    listeners[0](event)
    assert {name: heard[0][name] for name in given} == given


def test_pixels_are_given_without_the_browsers_wrapping() -> None:
    taro, _ = over(
        "h5", canvasGetImageData={"width": 1, "height": 1, "data": SimpleNamespace(data=b"\x00\x01\x02\x03")}
    )
    res = taro.canvasGetImageData(canvasId="c", x=0, y=0, width=1, height=1).result()
    assert res.data == b"\x00\x01\x02\x03"


def test_a_scan_that_failed_names_taros_function() -> None:
    native = SimpleNamespace(scanCode=lambda options: options["fail"]({"errMsg": "scanQRCode:fail cancel"}))
    with pytest.raises(taropy.TaroError, match=r"^scanCode:fail cancel$"):
        taropy.create("h5", native=native).scanCode().result()


# --- tasks ------------------------------------------------------------------------------------------------------


class Transfer:
    """The task of taro-h5's uploads and downloads."""

    def __init__(self) -> None:
        self.listeners: list[Any] = []

    def onHeadersReceived(self, listener: Any) -> None:
        self.listeners.append(listener)

    def offHeadersReceived(self, listener: Any = None) -> None:
        self.listeners = [each for each in self.listeners if each is not listener and listener is not None]

    def abort(self) -> None:
        self.listeners.clear()


@pytest.mark.parametrize(
    ("api", "options"),
    [("downloadFile", {"url": "u"}), ("uploadFile", {"url": "u", "filePath": "f", "name": "n"})],
)
def test_received_headers_are_an_object(api: str, options: dict[str, Any]) -> None:
    async def story() -> tuple[list[Any], list[Any]]:
        task = Transfer()
        answers: list[Any] = []

        def native(options: dict[str, Any]) -> Transfer:
            answers.append(options["success"])
            return task

        heard: list[Any] = []
        running = getattr(taropy.create("h5", native=SimpleNamespace(**{api: native})), api)(options)
        running.onHeadersReceived(heard.append)
        task.listeners[0]({"header": "Content-Type: text/plain\r\nx-time: 12:30\r\n"})
        running.offHeadersReceived(heard.append)
        answers[0]({"statusCode": 200, "data": "", "tempFilePath": "blob:a"})
        await running
        return heard, task.listeners

    heard, left = asyncio.run(story())
    assert [dict(event["header"]) for event in heard] == [{"Content-Type": "text/plain", "x-time": "12:30"}]
    assert left == []


class Socket:
    """The task of taro-h5's and taro-rn's sockets."""

    def __init__(self) -> None:
        self.ws = SimpleNamespace(binaryType="blob")
        self.sent: list[Any] = []
        self.listeners: list[Callable[[Any], None]] = []

    def send(self, options: dict[str, Any]) -> None:
        if options["data"] == "too early":
            options["fail"]({"errMsg": "SocketTask.send:fail SocketTask.readState is not OPEN"})
            return
        self.sent.append(options["data"])
        options.get("success", lambda res: res)({"errMsg": "sendSocketMessage:ok"})

    def onMessage(self, listener: Callable[[Any], None]) -> None:
        self.listeners.append(listener)


class Ending(Socket):
    """taro-h5's task of a socket that ends: it tells what the program has said, or 1006; its `ws` knows better."""

    def __init__(self, by_program: dict[str, Any] | None) -> None:
        super().__init__()
        self.told = by_program or {"code": 1006, "reason": "abnormal closure"}
        self.heard: list[Callable[[Any], None]] = []
        self.ws = SimpleNamespace(addEventListener=lambda name, hear: self.heard.append(hear))

    def onClose(self, listener: Callable[[Any], None]) -> None:
        self.listeners.append(listener)

    def end(self, code: int, reason: str) -> None:
        for hear in self.heard:
            hear(SimpleNamespace(code=code, reason=reason))
        for listener in self.listeners:
            listener(dict(self.told))


@pytest.mark.parametrize(
    ("by_program", "told"),
    [(None, (4001, "log in again")), ({"code": 3000, "reason": "done"}, (3000, "done"))],
    ids=["server", "program"],
)
def test_a_socket_tells_who_has_closed_it_and_how(by_program: dict[str, Any] | None, told: tuple[int, str]) -> None:
    task = Ending(by_program)
    taro: Any = taropy.create("h5", native=SimpleNamespace(connectSocket=lambda _: taropy.Promise.resolve(task)))
    heard: list[Any] = []
    taro.connectSocket(url="wss://x.test").result().onClose(heard.append)
    task.end(4001, "log in again")
    assert [(event.code, event.reason) for event in heard] == [told]


class Blob:
    """Binary data as a browser gives it."""

    def __init__(self, data: bytes, turns: int = 0) -> None:
        self._data = data
        self._turns = turns

    async def arrayBuffer(self) -> bytes:
        for _ in range(self._turns):
            await asyncio.sleep(0)
        if not self._data:
            raise OSError("the Blob has gone")
        return self._data


@pytest.mark.parametrize("platform", WEB)
def test_binary_messages_are_bytes_and_come_in_their_order(platform: str) -> None:
    heard: list[Any] = []

    async def main() -> None:
        task = Socket()

        async def later() -> Socket:
            return task

        taro: Any = taropy.create(platform, native=SimpleNamespace(connectSocket=lambda _: later()))
        socket = await taro.connectSocket(url="wss://x.test")
        socket.onMessage(lambda message: heard.append(message.data))
        hear = task.listeners[0]
        hear({"data": "first"})
        assert heard == ["first"]
        hear(SimpleNamespace(data=Blob(b"two", turns=9)))
        hear({"data": Blob(b"three")})
        hear({"data": "four"})
        assert heard == ["first"]
        await taropy.settled()
        hear({"data": "five"})
        assert task.ws.binaryType == "blob"  # the page's own object stays as it is

    asyncio.run(main())
    assert heard == ["first", b"two", b"three", "four", "five"]


@pytest.mark.parametrize("platform", [*WEB, "rn"])
def test_a_socket_that_comes_by_a_promise_is_given(platform: str) -> None:
    task = Socket()
    heard: list[Any] = []

    async def later() -> Socket:
        await asyncio.sleep(0)
        return task

    def connectSocket(options: dict[str, Any]) -> Any:
        options["success"]({"socketTaskId": 1, "errMsg": "connectSocket:ok"})
        return later()

    taro: Any = taropy.create(platform, native=SimpleNamespace(connectSocket=connectSocket))
    socket = taro.connectSocket(url="wss://x.test", success=heard.append).result()
    socket.send({"data": "x"})
    assert task.sent == ["x"]
    assert [res.socketTaskId for res in heard] == [1]


@pytest.mark.parametrize("told", ["fail", "success", None])
@pytest.mark.parametrize("platform", [*WEB, "rn"])
def test_a_socket_that_was_refused_is_a_failure(platform: str, told: str | None) -> None:
    async def refused() -> None:
        await asyncio.sleep(0)
        raise taropy.TaroError("connectSocket:fail limit")

    def connectSocket(options: dict[str, Any]) -> Any:
        if told is not None:
            options[told]({"errMsg": f"connectSocket:{'fail limit' if told == 'fail' else 'ok'}"})
        return refused()

    taro: Any = taropy.create(platform, native=SimpleNamespace(connectSocket=connectSocket))
    with pytest.raises(taropy.TaroError, match="connectSocket:fail limit"):
        taro.connectSocket(url="wss://x.test").result()


# --- how requests end ----------------------------------------------------------------------------------------------


class AbortError(Exception):
    """What a browser rejects `fetch` with that was ended: of one kind, whoever ended it."""

    name = "AbortError"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def as_object(error: AbortError) -> dict[str, Any]:
    return {"name": error.name, "message": error.message, "errMsg": error.message}


class Page:
    """A page whose requests get no answer; taro-h5 ends them when their time is over, or as the program aborts them.

    `words` are the browser's, and `shape` is how its error comes to Python.
    """

    def __init__(self, words: str, shape: Callable[[AbortError], Any] = lambda error: error) -> None:
        self.error = shape(AbortError(words))

    def request(self, options: dict[str, Any]) -> SimpleNamespace:
        def end() -> None:
            options["fail"](self.error)
            options["complete"]({})

        timer = asyncio.get_running_loop().call_later(options.get("timeout", 60_000) / 1000, end)

        def abort(*_: Any) -> None:
            timer.cancel()
            end()

        return SimpleNamespace(abort=abort)


BROWSERS = (
    "signal is aborted without reason",
    "The operation was aborted. ",
    "Fetch is aborted",
    "The user aborted a request.",
)


@pytest.mark.parametrize("platform", WEB)
@pytest.mark.parametrize("words", BROWSERS)
@pytest.mark.parametrize("shape", [lambda error: error, as_object, str], ids=["error", "object", "text"])
def test_a_request_tells_whether_it_was_aborted_or_ran_out_of_time(
    platform: str, words: str, shape: Callable[[AbortError], Any]
) -> None:
    told: list[str] = []

    async def main() -> None:
        taro: Any = taropy.create(platform, native=Page(words, shape))
        late = taro.request(url="/api/user", timeout=1, fail=lambda error: told.append(error.errMsg))
        ended = taro.request(url="/api/user", fail=lambda error: told.append(error.errMsg))
        ended.abort()
        for promise in (ended, late):
            with pytest.raises(taropy.TaroError) as caught:
                await promise
            told.append(caught.value.errMsg)

    asyncio.run(main())
    assert sorted(told) == ["request:fail abort"] * 2 + ["request:fail timeout"] * 2


def test_a_request_that_is_ended_by_the_programs_own_signal_was_aborted() -> None:
    async def main() -> None:
        taro: Any = taropy.create("h5", native=Page(BROWSERS[0]))
        with pytest.raises(taropy.TaroError, match=r"^request:fail abort$"):
            await taro.request(url="/api/user", timeout=1, signal=object())

    asyncio.run(main())


@pytest.mark.parametrize(
    ("api", "options", "theirs", "ours"),
    [
        ("request", {"url": "u"}, {"message": "Failed to fetch", "name": "TypeError"}, "request:fail Failed to fetch"),
        ("request", {"url": "u"}, "NetworkError when attempting to fetch resource.", "request:fail NetworkError when"),
        (
            "uploadFile",
            {"url": "u", "filePath": "f", "name": "n"},
            {"errMsg": "uploadFile:fail undefined"},
            "uploadFile:fail network error",
        ),
        ("downloadFile", {"url": "u"}, {"errMsg": "downloadFile:fail undefined"}, "downloadFile:fail network error"),
        ("downloadFile", {"url": "u"}, {"errMsg": "downloadFile:fail timeout"}, "downloadFile:fail timeout"),
        ("downloadFile", {"url": "u"}, None, "downloadFile:fail"),
        (
            "showModal",
            {"title": "t"},
            {"errMsg": "showModal:fail cancelText length should not larger then 4 Chinese characters"},
            "showModal:fail cancelText length should not larger than 4 Chinese characters",
        ),
        (
            "showActionSheet",
            {"itemList": ["a"]},
            {"errMsg": "showActionSheet:fail parameter error: parameter.itemList should not be large than 6"},
            "showActionSheet:fail parameter error: itemList should not be large than 6",
        ),
        (
            "setTabBarBadge",
            {"index": 9, "text": "1"},
            {"errMsg": "setTabBarBadge:fail setTabBarBadge:fail tabbar item not found"},
            "setTabBarBadge:fail tabbar item not found",
        ),
        (
            "connectSocket",
            {"url": "u"},
            {"errMsg": 'connectSocket:fail request:fail invalid url "u"'},
            'connectSocket:fail invalid url "u"',
        ),
    ],
)
@pytest.mark.parametrize("platform", WEB)
def test_a_failure_is_worded_as_on_other_platforms(
    platform: str, api: str, options: dict[str, Any], theirs: Any, ours: str
) -> None:
    native = SimpleNamespace(**{api: lambda options: options["fail"](theirs)})
    taro = taropy.create(platform, native=native)
    if taro.canIUse(api):
        with pytest.raises(taropy.TaroError) as caught:
            getattr(taro, api)(options).result()
        assert caught.value.errMsg.startswith(ours)


def test_a_message_that_is_sent_too_early_is_refused_as_on_other_platforms() -> None:
    async def later() -> Socket:
        return Socket()

    taro: Any = taropy.create("h5", native=SimpleNamespace(connectSocket=lambda _: later()))
    socket = taro.connectSocket(url="wss://x.test").result()
    with pytest.raises(taropy.TaroError, match=r"SocketTask\.readyState is not OPEN"):
        socket.send(data="too early").result()


@pytest.mark.parametrize("callback", ["fail", "complete"])
def test_a_failure_rejects_although_taro_h5_resolves_it_for_who_has_a_callback(callback: str) -> None:
    heard: list[str] = []

    async def failed() -> dict[str, str]:
        return {"errMsg": "getStorage:fail data not found"}

    def getStorage(options: dict[str, Any]) -> Any:
        options["fail"]({"errMsg": "getStorage:fail data not found"})
        options["complete"]({"errMsg": "getStorage:fail data not found"})
        return failed()

    async def main() -> None:
        taro: Any = taropy.create("h5", native=SimpleNamespace(getStorage=getStorage))
        with pytest.raises(taropy.TaroError, match="getStorage:fail data not found"):
            await taro.getStorage({"key": "k", callback: lambda error: heard.append(error.errMsg)})

    asyncio.run(main())
    assert heard == ["getStorage:fail data not found"]


def test_complete_of_a_request_that_failed_is_told_of_the_failure() -> None:
    heard: list[str] = []

    def request(options: dict[str, Any]) -> None:
        options["fail"]({"message": "Failed to fetch"})
        options["complete"]({})

    taro: Any = taropy.create("h5", native=SimpleNamespace(request=request))
    with pytest.raises(taropy.TaroError):
        taro.request(url="u", complete=lambda error: heard.append(error.errMsg)).result()
    assert heard == ["request:fail Failed to fetch"]
