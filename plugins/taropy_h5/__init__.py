"""Web (`h5`), as a platform of taropy.

The native object is `@tarojs/taro-h5`, which implements Taro's functions in a browser. What departs there from the
declarations is mended here: names, units, media types in place of kinds, numbers that are none. What already is as
declared passes unchanged, so other natives than Taro's own may stand behind the platform.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from inspect import isawaitable
from typing import Any

from taropy import Adaptation, Platform, Promise, hookimpl

Options = dict[str, Any]
Listener = Callable[[Any], Any]
Result = Mapping[str, Any]

NETWORK_TYPES = frozenset({"wifi", "2g", "3g", "4g", "5g", "unknown", "none"})

# What WeChat's JS-SDK, which scans for a page inside WeChat, writes before the digits of a barcode: `EAN_13,690123…`.
BARCODES = frozenset({
    "CODABAR", "CODE_25", "CODE_39", "CODE_93", "CODE_128", "EAN_8", "EAN_13", "ITF", "RSS_14", "RSS_EXPANDED",
    "UPC_A", "UPC_E", "UPC_EAN_EXTENSION",
})  # fmt: skip


def number_or(name: str, otherwise: float | None) -> Callable[[Result], Any]:
    """The number of this name; `otherwise` where the browser gives null, or NaN, for what it cannot tell."""

    def number(result: Result) -> Any:
        value = result.get(name)
        return otherwise if value is None or value != value else value

    return number


def copied(name: str, copy: Callable[[Any], Any]) -> Callable[[Options], Any]:
    """The option, as a copy: taro-h5 writes on the caller's own."""
    return lambda options: copy(options[name]) if name in options else None


# --- system ------------------------------------------------------------------------------------------------------


def safe_area(result: Result) -> Any:
    """The whole window: taro-h5 gives an area of no size."""
    area = result.get("safeArea")
    if not isinstance(area, Mapping) or area.get("width") != 0 or area.get("height") != 0:
        return None
    width, height = result.get("windowWidth", 0), result.get("windowHeight", 0)
    return {"left": 0, "top": 0, "right": width, "bottom": height, "width": width, "height": height}


WINDOW = Adaptation(
    results={"safeArea": safe_area, "statusBarHeight": number_or("statusBarHeight", None)}, remove=("statusBarHeight",)
)
SYSTEM = Adaptation(
    results={**WINDOW.results, "fontSizeSetting": number_or("fontSizeSetting", None)},
    remove=("statusBarHeight", "fontSizeSetting"),
)
# taro-h5 stores and copies the empty text where no data are given.
DATA_OR_NOTHING = Adaptation(optional=("data",))
# No browser tells what is stored and what may be; Taro itself says on rn that it knows no limit.
STORAGE = Adaptation(
    results={"currentSize": number_or("currentSize", 0), "limitSize": number_or("limitSize", math.inf)}
)


def battery_level(result: Result) -> Any:
    """Whole percents: a browser's 0.57 is 56.99999999999999 of a hundred in taro-h5."""
    level = result.get("level")
    return round(level) if isinstance(level, float) else level


# --- network -----------------------------------------------------------------------------------------------------


def network_type(result: Result) -> Any:
    """Taro's types; browsers have `slow-2g`, `cellular`, `ethernet` and others beside."""
    kind = result.get("networkType")
    if kind is None or kind in NETWORK_TYPES:
        return kind
    return "2g" if kind == "slow-2g" else "unknown"


NETWORK = Adaptation(results={"networkType": network_type})


def request(taro: Any, options: Options) -> Any:
    """A request whose failure tells how it ended.

    A browser has the same words for one that was aborted and one that ran out of time, and taro-h5 hands them on. But
    there are two who end a request: the program, by `abort` or by a `signal` of its own, and taro-h5 when its time is
    over.
    """
    ending = Ending(by_signal=options.get("signal") is not None)
    task = taro.request({**options, "fail": lambda error=None: options["fail"](ending.told_by(error))})
    return None if task is None else Request(task, ending)


class Ending:
    """How a request ends that is not answered: `aborted` is whether the program has ended it."""

    def __init__(self, *, by_signal: bool) -> None:
        self.aborted = by_signal

    def told_by(self, error: Any) -> Any:
        """taro-h5's error; of a request that was ended, one that says by whom."""
        if not is_ending(error):
            return error
        fields = error if isinstance(error, Mapping) else {}
        return {**fields, "errMsg": f"request:fail {'abort' if self.aborted else 'timeout'}"}


def is_ending(error: Any) -> bool:
    """Whether a browser says that a request was ended; each has words of its own, and all have the name."""
    name, message = (
        error.get(each) if isinstance(error, Mapping) else getattr(error, each, None) for each in ("name", "message")
    )
    return name == "AbortError" or (name is None and "abort" in str(message or text_of(error)).lower())


def text_of(error: Any) -> Any:
    """What an error says that may be a text alone, or have taro-h5's `errMsg`."""
    return error.get("errMsg", "") if isinstance(error, Mapping) else error


class Request:
    """The task of a request, which remembers that the program has aborted it."""

    def __init__(self, task: Any, ending: Ending) -> None:
        self._task = task
        self._ending = ending

    def __getattr__(self, name: str) -> Any:
        return getattr(self._task, name)

    def abort(self) -> None:
        """Ends the request."""
        self._ending.aborted = True
        self._task.abort()


class Transfer:
    """The task of an upload or a download, whose headers are an object; a browser gives them as one text."""

    def __init__(self, task: Any) -> None:
        self._task = task
        self._listeners: dict[Any, Callable[[Any], Any]] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._task, name)

    def onHeadersReceived(self, listener: Callable[[Any], Any]) -> None:
        """The listener gets `header` as an object."""
        known = self._listeners.setdefault(listener, lambda event: listener(with_headers(event)))
        self._task.onHeadersReceived(known)

    def offHeadersReceived(self, listener: Any = None) -> None:
        """Takes one listener off, or all."""
        self._task.offHeadersReceived(self._listeners.pop(listener, listener))


def with_headers(event: Any) -> Any:
    """The event, its headers as an object."""
    text = event.get("header") if isinstance(event, Mapping) else getattr(event, "header", None)
    if not isinstance(text, str):
        return event
    lines = (line.partition(":") for line in text.splitlines() if ":" in line)
    return {"header": {name.strip(): value.strip() for name, _, value in lines}}


def transferring(name: str) -> Adaptation:
    """The function `name`, with a task of the declared kind, and with words for what a browser does not tell of."""

    def transfer(taro: Any, options: Options) -> Any:
        task = getattr(taro, name)(saying(options, {f"{name}:fail undefined": f"{name}:fail network error"}))
        return None if task is None else Transfer(task)

    return Adaptation(function=transfer)


def saying(options: Options, words: Mapping[str, str]) -> Options:
    """The options, whose `fail` is told these words in place of taro-h5's."""
    if "fail" not in options:  # as those of a method may be
        return options
    return {**options, "fail": lambda error=None: options["fail"](reworded(error, words))}


def reworded(error: Any, words: Mapping[str, str]) -> Any:
    """The error, with these words in its message."""
    message = error.get("errMsg") if isinstance(error, Mapping) else None
    if not isinstance(message, str):
        return error
    for theirs, ours in words.items():
        message = message.replace(theirs, ours)
    return {**error, "errMsg": message}


def wording(name: str, words: Mapping[str, str]) -> Adaptation:
    """The function `name`, whose failures are worded as on the other platforms."""
    return Adaptation(function=lambda taro, options: getattr(taro, name)(saying(options, words)))


def connect_socket(taro: Any, options: Options) -> Any:
    """A socket that gives bytes for binary messages; a browser's gives a Blob."""
    returned = taro.connectSocket(saying(options, SOCKET_WORDS))
    return Promise.resolve(returned).then(Socket) if isawaitable(returned) else returned


#: What taro-h5 says of every end that is not the program's.
ABNORMAL = 1006
SOCKET_WORDS: Mapping[str, str] = {"readState": "readyState"}


class Socket:
    """A socket of taro-h5, whose binary messages are bytes, and which tells how the server has closed it.

    A Blob has to be read, which takes a while: what comes after one waits for it. taro-h5 tells 1006 of every end that
    is not the program's; the browser's own socket, which it holds as `ws`, is asked for the rest.
    """

    def __init__(self, task: Any) -> None:
        self._task = task
        self._reading: Promise[Any] | None = None
        self._ended: dict[str, Any] | None = None
        listen = getattr(getattr(task, "ws", None), "addEventListener", None)
        if callable(listen):  # before taro-h5 listens, which it does in `onClose`
            listen("close", self._remember)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._task, name)

    def onMessage(self, listener: Listener) -> None:
        """The listener gets text, or bytes, in `data`, in the order in which the messages came."""

        def receive(event: Any = None) -> None:
            blob = blob_of(event)
            if blob is None and self._reading is None:
                listener(event)
                return
            data = None if blob is None else blob.arrayBuffer()
            before = self._reading
            reading = Promise.resolve(before).then(lambda _: data).then(lambda read: tell(event, read))
            self._reading = reading

            def ended(_: Any = None) -> None:
                if self._reading is reading:
                    self._reading = None

            reading.then(ended, ended)

        def tell(event: Any, read: Any) -> None:
            listener(event if read is None else {"data": read})

        self._task.onMessage(receive)

    def _remember(self, event: Any = None) -> None:
        self._ended = {name: field_of(event, name) for name in ("code", "reason")}

    def onClose(self, listener: Listener) -> None:
        """The listener gets the code and the reason that the program has closed the socket with, or the server has."""

        def tell(event: Any = None) -> None:
            ended = self._ended
            by_server = ended is not None and ended["code"] is not None and field_of(event, "code") == ABNORMAL
            listener(ended if by_server else event)

        self._task.onClose(tell)

    def send(self, options: Options) -> Any:
        """Sends text, or bytes."""
        return self._task.send(saying(options, SOCKET_WORDS))


def field_of(event: Any, name: str) -> Any:
    """A field of an event, which may be a mapping or an object of the browser's."""
    return event.get(name) if isinstance(event, Mapping) else getattr(event, name, None)


def blob_of(event: Any) -> Any:
    """The Blob of a message, if it is one: that is what has to be read for its bytes."""
    data = field_of(event, "data")
    return data if callable(getattr(data, "arrayBuffer", None)) else None


# --- media -------------------------------------------------------------------------------------------------------


def media_files(result: Result) -> Any:
    """The files, of which taro-h5 tells the media type in place of the kind: `image`, `video`."""
    files = result.get("tempFiles")
    return None if files is None else [{**file, "fileType": kind_of(file.get("fileType"))} for file in files]


def kind_of(media_type: Any) -> Any:
    """`image` of `image/png`."""
    return media_type.partition("/")[0] if isinstance(media_type, str) else media_type


def format_of(media_type: Any) -> str | None:
    """`mp4` of `video/mp4`; None for what is no media type."""
    return media_type.partition("/")[2] or None if isinstance(media_type, str) else None


def image_format(result: Result) -> Any:
    """The picture is redrawn into a data URL, and has that one's format; taro-h5 does not tell another."""
    path = str(result.get("path", ""))
    drawn = path.partition(";")[0].removeprefix("data:") if path.startswith("data:") else ""
    return result.get("type") or format_of(drawn) or "unknown"


def in_kilo(name: str, times: float) -> Callable[[Result], Any]:
    """A figure of a video in thousands; where taro-h5 gives single ones, it also gives a media type as the format."""
    return lambda result: result[name] * times if name in result and format_of(result.get("type")) else None


def is_barcode(result: Result) -> bool:
    """Whether the kind of code stands before its digits."""
    return str(result.get("result", "")).partition(",")[0] in BARCODES


CHOOSE = {"sourceType": copied("sourceType", list)}

# Positions: `type` has a default by declaration, which taro-h5 takes for a wrong one. Height and speed are null where
# the device has none; Taro itself gives 0 then on rn.
POSITION = {"altitude": number_or("altitude", 0), "speed": number_or("speed", 0)}


def horizontal_accuracy(event: Result) -> Any:
    """That of the position, as `getLocation` gives it; taro-h5 gives 0 with events."""
    return event.get("horizontalAccuracy") or event.get("accuracy")


def error_code(event: Result) -> Any:
    """The code of the browser's own error, in which taro-h5 leaves it."""
    error = event.get("err")
    return error.get("code") if isinstance(error, Mapping) else getattr(error, "code", None)


def window_size(event: Result) -> Any:
    """The window's measures, which taro-h5 does not put together."""
    return event.get("size") or {name: event.get(name) for name in ("windowWidth", "windowHeight")}


APIS: Mapping[str, Adaptation] = {
    "canvasGetImageData": Adaptation(results={"data": lambda result: field_of(result.get("data"), "data")}),
    "chooseImage": Adaptation(options=CHOOSE),
    "chooseMedia": Adaptation(options=CHOOSE, results={"tempFiles": media_files}),
    "chooseVideo": Adaptation(options=CHOOSE),
    "connectSocket": Adaptation(function=connect_socket),
    "downloadFile": transferring("downloadFile"),
    "getBatteryInfo": Adaptation(results={"level": battery_level}),
    "getImageInfo": Adaptation(
        results={"orientation": lambda result: result.get("orientation", "up"), "type": image_format}
    ),
    "getLocation": Adaptation(options={"type": lambda options: options.get("type", "wgs84")}, results=POSITION),
    "getNetworkType": NETWORK,
    "getStorageInfo": STORAGE,
    "getStorageInfoSync": STORAGE,
    "getSystemInfo": SYSTEM,
    "getSystemInfoAsync": SYSTEM,
    "getSystemInfoSync": SYSTEM,
    "getVideoInfo": Adaptation(
        results={
            "type": lambda result: format_of(result.get("type")),
            "size": in_kilo("size", 1 / 1024),
            "bitrate": in_kilo("bitrate", 8 / 1000),  # bytes a second
        }
    ),
    "getWindowInfo": WINDOW,
    "onLocationChange": Adaptation(results={**POSITION, "horizontalAccuracy": horizontal_accuracy}),
    "onLocationChangeError": Adaptation(results={"errCode": error_code}),
    "onNetworkStatusChange": NETWORK,
    "onWindowResize": Adaptation(results={"size": window_size}),
    "previewImage": Adaptation(optional=("urls",)),
    "request": Adaptation(
        function=request,
        options={"header": copied("header", dict)},
        results={"header": lambda result: result.get("header", {})},
    ),
    "scanCode": Adaptation(
        results={
            "result": lambda result: result["result"].partition(",")[2] if is_barcode(result) else None,
            "scanType": lambda result: result["result"].partition(",")[0] if is_barcode(result) else None,
        }
    ),
    "setClipboardData": DATA_OR_NOTHING,
    "setStorage": DATA_OR_NOTHING,
    "setStorageSync": DATA_OR_NOTHING,
    # Each color by itself, and whatever is no icon is the usual one.
    "setNavigationBarColor": Adaptation(optional=("backgroundColor", "frontColor")),
    "showActionSheet": wording("showActionSheet", {"parameter.itemList should not": "itemList should not"}),
    "showModal": wording("showModal", {"larger then": "larger than"}),
    "showToast": Adaptation(unchecked=("icon",)),
    "uploadFile": transferring("uploadFile"),
    "vibrateShort": Adaptation(unchecked=("type",)),
}

PLATFORM = Platform(
    name="h5",
    title="Web",
    env_type="WEB",
    native_name="taro",
    target_unit="rem",
    apis=APIS,
)


@hookimpl
def taropy_register_platforms(register: Callable[[Platform], None]) -> None:
    """Brings `h5`."""
    register(PLATFORM)
