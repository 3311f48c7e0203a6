"""React Native (`rn`), as a platform of taropy.

The native object is `@tarojs/taro-rn`, which implements Taro's functions over React Native and Expo. What these give
in their own way is mended here; what already is as declared passes unchanged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from taropy import Adaptation, Platform, Promise, hookimpl

Options = dict[str, Any]
Result = Mapping[str, Any]

LOADING = "加载中"


# --- network -----------------------------------------------------------------------------------------------------


def request(rn: Any, options: Options) -> Any:
    """An end by the program is told in the words of `fetch`."""
    fail = options["fail"]

    def failed(error: Any) -> None:
        aborted = isinstance(error, Mapping) and error.get("errMsg") == "Aborted"
        fail({**error, "errMsg": "request:fail abort"} if aborted else error)

    return rn.request({**options, "fail": failed})


def plain_headers(headers: Any) -> Any:
    """Headers as an object; React Native's own have their pairs in `entries()`."""
    if headers is None or isinstance(headers, Mapping):
        return headers
    return {str(name): str(value) for name, value in headers.entries()}


def upload_file(rn: Any, options: Options) -> Any:
    """taro-rn succeeds with the response of `fetch` itself, of which the text is still to be read."""
    succeed, fail = options["success"], options["fail"]

    def answer(response: Any) -> None:
        if isinstance(response, Mapping) or not hasattr(response, "text"):
            succeed(response)
        else:
            Promise.resolve(response.text()).then(lambda text: succeed(_uploaded(response, text))).catch(fail)

    # `complete` would come before the text.
    return rn.uploadFile({**options, "success": answer, "complete": lambda *_: None})


def _uploaded(response: Any, text: str) -> dict[str, Any]:
    return {"data": text, "statusCode": response.status, "header": plain_headers(response.headers)}


# --- media -------------------------------------------------------------------------------------------------------


def media_files(result: Result) -> Any:
    """What was chosen: Expo's assets, or one alone, as taro-rn gives it where only videos were asked for."""
    files = result.get("tempFiles", [result] if "uri" in result else None)
    return None if files is None else [_media_file(file) for file in files]


def _media_file(file: Result) -> Result:
    """An asset as a file of `chooseMedia`; what is none of Expo's stays."""
    if "uri" not in file:
        return file
    kind = file.get("fileType") or ("video" if file.get("duration") else "image")
    extra = {"fileType": kind, "duration": seconds(file) or 0, "thumbTempFilePath": ""}
    return {**file, "tempFilePath": file["uri"], "size": file.get("size", file.get("fileSize")), **extra}


def media_kind(result: Result) -> Any:
    """`image`, `video`, or `mix`, by what was chosen."""
    kinds = {file.get("fileType") for file in media_files(result) or ()}
    return result.get("type") if "tempFiles" not in result and "uri" not in result else _only(kinds, result)


def _only(kinds: set[Any], result: Result) -> Any:
    return result.get("type") or (kinds.pop() if len(kinds) == 1 else "mix")


def seconds(result: Result) -> Any:
    """The length of a video; Expo's assets have it in milliseconds."""
    duration = result.get("duration")
    return duration / 1000 if duration and "uri" in result else duration


# --- the rest ----------------------------------------------------------------------------------------------------


def show_loading(rn: Any, options: Options) -> Any:
    """taro-rn has a title for a call without options; here every call brings callbacks, and these alone are none."""
    alone = options.keys() <= {"success", "fail", "complete"}
    return rn.showLoading({**options, "title": LOADING} if alone else options)


def horizontal_accuracy(result: Result) -> Any:
    """That of the position; taro-rn gives 0."""
    return result.get("horizontalAccuracy") or result.get("accuracy")


def number_or_0(name: str) -> Callable[[Result], Any]:
    """The number of this name, and 0 for none, as taro-rn's own `getLocation` has it."""
    return lambda result: result.get(name) or 0


def window_size(event: Result) -> Any:
    """The window's measures, which taro-rn does not put together."""
    return event.get("size") or {name: event.get(name) for name in ("windowWidth", "windowHeight")}


SYSTEM = Adaptation(
    results={
        "language": lambda result: result.get("language") or "",  # as taro-rn's own `getAppBaseInfo` has it
        "SDKVersion": lambda result: result.get("SDKVersion") or "",
        "benchmarkLevel": lambda result: result.get("benchmarkLevel", -1),  # by declaration: not known
    }
)

APIS: Mapping[str, Adaptation] = {
    "chooseMedia": Adaptation(results={"tempFiles": media_files, "type": media_kind}),
    "chooseVideo": Adaptation(results={"duration": seconds}),
    "getFileInfo": Adaptation(results={"digest": "md5"}),
    "getLocation": Adaptation(results={"horizontalAccuracy": horizontal_accuracy}),
    "getSystemInfo": SYSTEM,
    "getSystemInfoSync": SYSTEM,
    "onLocationChange": Adaptation(
        results={
            "horizontalAccuracy": horizontal_accuracy,
            "altitude": number_or_0("altitude"),
            "speed": number_or_0("speed"),
        }
    ),
    "onWindowResize": Adaptation(results={"size": window_size}),
    "request": Adaptation(function=request, results={"header": lambda result: plain_headers(result.get("header"))}),
    "showLoading": Adaptation(function=show_loading),
    "uploadFile": Adaptation(function=upload_file),
}

PLATFORM = Platform(
    name="rn",
    title="React Native",
    env_type="RN",
    native_name="rn",
    target_unit="px",
    apis=APIS,
)


@hookimpl
def taropy_register_platforms(register: Callable[[Platform], None]) -> None:
    """Brings `rn`."""
    register(PLATFORM)
