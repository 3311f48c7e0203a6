"""HarmonyOS (`harmony`), as a platform of taropy.

The native object is what `@tarojs/plugin-platform-harmony-ets` implements over HarmonyOS's own modules. What these
give in their own way is mended here; what already is as declared passes unchanged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from taropy import Adaptation, Platform, hookimpl
from taropy.models.json import parse

Options = dict[str, Any]
Result = Mapping[str, Any]


class Task:
    """A task that is no promise: HarmonyOS's are both, and what they promise is not what Taro declares."""

    def __init__(self, task: Any) -> None:
        self._task = task

    def __getattr__(self, name: str) -> Any:
        return getattr(self._task, name)


class Socket(Task):
    """The task of a socket, whose messages are in `data`; HarmonyOS gives them bare."""

    def onMessage(self, listener: Callable[[Any], Any]) -> None:
        """The listener gets `data`."""
        self._task.onMessage(lambda value: listener(value if isinstance(value, Mapping) else {"data": value}))


class Transfer(Task):
    """The task of an upload or a download, whose progress is in percent; HarmonyOS gives parts of one."""

    def __init__(self, task: Any) -> None:
        super().__init__(task)
        self._listeners: dict[Any, Callable[[Any], Any]] = {}

    def onProgressUpdate(self, listener: Callable[[Any], Any]) -> None:
        """The listener gets `progress` in percent."""
        known = self._listeners.setdefault(listener, lambda event: listener(in_percent(event)))
        self._task.onProgressUpdate(known)

    def offProgressUpdate(self, listener: Any = None) -> None:
        """Takes one listener off, or all."""
        self._task.offProgressUpdate(self._listeners.pop(listener, listener))


def in_percent(event: Result) -> Result:
    """The event of a transfer, with its progress in percent."""
    return {**event, "progress": round(event["progress"] * 100)}


def connect_socket(harmony: Any, options: Options) -> Any:
    """The socket's task; HarmonyOS succeeds with a boolean, and promises it too."""
    succeed = options["success"]
    returned = harmony.connectSocket({
        **options,
        "success": lambda result=None: succeed(result if isinstance(result, Mapping) else {}),
    })  # fmt: skip
    return returned if returned is None else Socket(returned)


def upload_file(harmony: Any, options: Options) -> Any:
    """The upload's task, with which HarmonyOS also succeeds, as soon as it has begun: there is no answer to give."""
    succeed = options["success"]
    returned = harmony.uploadFile({
        **options,
        "success": lambda result=None: succeed(result if isinstance(result, Mapping) else {}),
    })  # fmt: skip
    return returned if returned is None else Transfer(returned)


def download_file(harmony: Any, options: Options) -> Any:
    """The download's task."""
    returned = harmony.downloadFile(options)
    return returned if returned is None else Transfer(returned)


def request(harmony: Any, options: Options) -> Any:
    """JSON is read unless the program wants the text, as declared; HarmonyOS reads it only if it is asked to."""
    succeed = options["success"]
    wants_json = options.pop("dataType", "json") == "json"
    header = dict(options.get("header") or {})  # on which HarmonyOS writes

    def answer(result: Any) -> None:
        text = result.get("data") if isinstance(result, Mapping) else None
        succeed({**result, "data": read_json(text)} if wants_json and isinstance(text, str) else result)

    return harmony.request({**options, "header": header, "success": answer})


def read_json(text: str) -> Any:
    """What the text says, if it is JSON, and the text if not."""
    try:
        return parse(text)
    except ValueError:
        return text


def get_image_info(harmony: Any, options: Options) -> Any:
    """HarmonyOS gives width and height in `size`, and not the path, which is the one that was asked for."""
    succeed = options["success"]

    def answer(result: Any) -> None:
        size = result.get("size") if isinstance(result, Mapping) else None
        succeed({**described(result), **size, "path": options["src"]} if isinstance(size, Mapping) else result)

    return harmony.getImageInfo({**options, "success": answer})


def described(result: Result) -> dict[str, Any]:
    """A picture's own fields; it is not turned, and its format stands in a media type, where there is one."""
    format_ = str(result.get("mimeType", "")).partition("/")[2]
    return {"orientation": "up", "type": format_ or "unknown", **result}


def horizontal_accuracy(result: Result) -> Any:
    """That of the position; HarmonyOS does not tell it apart, and the adapter gives 0."""
    return result.get("horizontalAccuracy") or result.get("accuracy")


def brightness(result: Result) -> Any:
    """From 0 to 1; HarmonyOS counts to 255."""
    value = result.get("value")
    return value / 255 if isinstance(value, int | float) and value > 1 else value


def choose_media(harmony: Any, options: Options) -> Any:
    """HarmonyOS gives the bare list of what was chosen, which is all of one kind: the first that may be."""
    succeed, kind = options["success"], next(iter(options.get("mediaType") or ()), "image")

    def answer(result: Any) -> None:
        chosen = isinstance(result, Sequence) and not isinstance(result, str)
        files = [{"tempFilePath": path, "fileType": kind} for path in result] if chosen else []
        succeed({"tempFiles": files, "type": kind} if chosen else result)

    return harmony.chooseMedia({**options, "success": answer})


def first_file(result: Result) -> Any:
    """The one video; HarmonyOS gives a list."""
    files = result.get("tempFilePaths")
    return files[0] if files else None


POSITION = Adaptation(results={"horizontalAccuracy": horizontal_accuracy})
SYSTEM = Adaptation(
    results={
        "SDKVersion": lambda result: str(result["SDKVersion"]) if result.get("SDKVersion") is not None else None,
        # By declaration -1 is a level that is not known.
        "benchmarkLevel": lambda result: -1 if result.get("benchmarkLevel") is None else None,
    }
)

APIS: Mapping[str, Adaptation] = {
    "chooseImage": Adaptation(options={"count": lambda options: options.get("count", 9)}),  # it insists on a number
    "chooseMedia": Adaptation(function=choose_media),
    "chooseVideo": Adaptation(results={"tempFilePath": first_file}, remove=("tempFilePaths",)),
    "connectSocket": Adaptation(function=connect_socket),
    "downloadFile": Adaptation(
        function=download_file,
        # A download that has no good answer fails there, and the status of a good one is not told.
        results={
            "tempFilePath": "filePath",
            "dataLength": "downloadTotalBytes",
            "statusCode": lambda result: result.get("statusCode", 200),
        },
    ),
    "getImageInfo": Adaptation(function=get_image_info),
    "getLocation": POSITION,
    "getScreenBrightness": Adaptation(results={"value": brightness}),
    "getSystemInfo": SYSTEM,
    "getSystemInfoSync": SYSTEM,
    "onLocationChange": POSITION,
    "request": Adaptation(function=request),
    "showActionSheet": Adaptation(results={"tapIndex": "index"}),
    "uploadFile": Adaptation(function=upload_file),
}

PLATFORM = Platform(
    name="harmony",
    title="HarmonyOS",
    env_type="HARMONY",
    native_name="harmony",
    target_unit="px",
    apis=APIS,
)


@hookimpl
def taropy_register_platforms(register: Callable[[Platform], None]) -> None:
    """Brings `harmony`."""
    register(PLATFORM)
