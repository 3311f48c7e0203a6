"""Requests as `@tarojs/plugin-platform-harmony-ets` 4.2.0 makes them of HarmonyOS's: `network/request.ts`.

Numbers and words of failures, and where `extraData` goes: @ohos.net.http in OpenHarmony's reference.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..core.answers import Options, Ordered, Result
from ..core.variant import Surface, Variant, named_listener, only_told
from .conditions import is_metered

# Of the methods that Taro's code lets through, those whose data go into the query; PATCH it refuses.
_IN_THE_QUERY = frozenset({"OPTIONS", "DELETE"})
_METHODS = ("OPTIONS", "GET", "HEAD", "POST", "PUT", "DELETE", "TRACE", "CONNECT")

# By what the phone's own failure says.
_FAILURES: Mapping[str, tuple[int, str]] = {
    "invalid url": (2300003, "Invalid URL format or missing URL."),
    "ERR_NAME_NOT_RESOLVED": (2300006, "Failed to resolve the host name."),
    "ERR_INTERNET_DISCONNECTED": (2300006, "Failed to resolve the host name."),
    "ERR_CONNECTION_REFUSED": (2300007, "Failed to connect to the server."),
    "ERR_ADDRESS_UNREACHABLE": (2300007, "Failed to connect to the server."),
    "ERR_INVALID_HTTP_RESPONSE": (2300008, "Invalid server response."),
    "ERR_CONTENT_LENGTH_MISMATCH": (2300018, "Transferred a partial file."),
    "ERR_CONNECTION_TIMED_OUT": (2300028, "Operation timeout."),
    "timeout": (2300028, "Operation timeout."),
    "ERR_TOO_MANY_REDIRECTS": (2300047, "The number of redirections reaches the maximum allowed."),
    "ERR_EMPTY_RESPONSE": (2300052, "The server returned nothing (no header or data)."),
    "ERR_CONNECTION_RESET": (2300056, "Failed to receive data from the peer."),
    "ERR_CERT": (2300060, "Invalid SSL peer certificate or SSH remote key."),
    "ERR_CONTENT_DECODING_FAILED": (2300061, "Invalid HTTP encoding format."),
    "net::": (2300999, "Unknown error."),
}


def _request(options: Options) -> Options:
    method = options.get("method") or "GET"
    asked: dict[str, Any] = {"timeout": 60_000, **options}
    if method not in _METHODS:
        return {**asked, "method": f"{method}?"}
    data = asked.get("data")
    if method in _IN_THE_QUERY and isinstance(data, Mapping):
        from .http.outgoing import with_query

        asked["url"], asked["data"] = with_query(str(options.get("url")), data), None
    return asked


def _failed(failure: Result) -> Result:
    """The number of HarmonyOS as `code`, with its `message`, as Taro's code hands the error on."""
    reason = failure["errMsg"]
    if "method is invalid" in reason:
        allowed = ",".join(_METHODS)
        return {"errMsg": f"request fail parameter error: the method value should be one of the {allowed}"}
    code, words = next((said for told, said in _FAILURES.items() if told in reason), (0, ""))
    return {"code": code, "message": words} if code else failure


def _network(result: Result) -> Result:
    """Wi-Fi costs nothing; that mobile networks do is what `metered` says."""
    kind = result.get("networkType")
    return {**only_told("networkType")(result), **({} if kind is None else {"metered": is_metered(kind)})}


def _downloaded(result: Result) -> Result:
    """What HarmonyOS tells of the file, and nothing of the answer; what a test has ordered stays."""
    path = result.get("tempFilePath", result.get("filePath"))
    if path is None or isinstance(result, Ordered):
        return result
    return {**only_told()(result), "filePath": path, "downloadTotalBytes": result["dataLength"]}


SURFACE = Surface(
    "harmony",
    {
        "request": Variant("request", _request, only_told("data", "statusCode", "header"), failure=_failed),
        "downloadFile": Variant("downloadFile", result=_downloaded),
        "offNetworkStatusChange": Variant("offNetworkStatusChange", arguments=named_listener),
        "getNetworkType": Variant("getNetworkType", result=_network),
    },
)
