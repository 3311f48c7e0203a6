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
    """The function `name`, with a task of the declared kind."""

    def transfer(taro: Any, options: Options) -> Any:
        task = getattr(taro, name)(options)
        return None if task is None else Transfer(task)

    return Adaptation(function=transfer)


def connect_socket(taro: Any, options: Options) -> Any:
    """A socket that gives bytes for binary messages; a browser's gives a Blob unless it is told."""
    returned = taro.connectSocket(options)
    return Promise.resolve(returned).then(with_bytes) if isawaitable(returned) else returned


def with_bytes(task: Any) -> Any:
    """The task, after its WebSocket has been told."""
    socket = getattr(task, "ws", None)
    if socket is not None:
        socket.binaryType = "arraybuffer"
    return task


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
    "canvasGetImageData": Adaptation(results={"data": lambda result: getattr(result.get("data"), "data", None)}),
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
    "request": Adaptation(
        options={"header": copied("header", dict)}, results={"header": lambda result: result.get("header", {})}
    ),
    "scanCode": Adaptation(
        results={
            "result": lambda result: result["result"].partition(",")[2] if is_barcode(result) else None,
            "scanType": lambda result: result["result"].partition(",")[0] if is_barcode(result) else None,
        }
    ),
    "uploadFile": transferring("uploadFile"),
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
