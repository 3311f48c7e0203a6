"""Requests, transfers and sockets in Alipay's own form: opendocs.alipay.com/mini/api."""

from __future__ import annotations

from collections.abc import Mapping

from ..core.alipay import WRONG_OPTIONS, failing
from ..core.answers import Options, Result
from ..core.variant import Surface, Variant, called, only_told

NETWORK_ERROR = 12

# What of these no page has a number for is judgement: 11 for the list of domains, 20 for an end that somebody made.
_REQUEST_ERRORS: Mapping[str, int] = {
    "parameter error": WRONG_OPTIONS,
    "invalid": WRONG_OPTIONS,
    "not in domain list": 11,
    "timeout": 13,
    "CONTENT_DECODING": 14,
    "abort": 20,
    "interrupted": 20,
}

# The pages of `my.uploadFile` and `my.downloadFile`; the typings have 13 for what is not permitted.
_UPLOAD_ERRORS: Mapping[str, int] = {
    "not in domain list": 4,
    "abort": 9,
    "interrupted": 9,
    "file not found": 11,
    "parameter error": 11,
    "invalid": 11,
    "permission denied": 13,
}
_DOWNLOAD_ERRORS: Mapping[str, int] = {
    "parameter error": WRONG_OPTIONS,
    "invalid": WRONG_OPTIONS,
    "permission denied": 13,
}

# The page of `my.connectSocket`.
_SOCKET_ERRORS: Mapping[str, int] = {
    'invalid url ""': 3,
    "已存在": 3,
    'invalid url "ws': 4,
    "invalid url": 5,
}


def _request(options: Options) -> Options:
    """Cookies are the client's affair, unless `enableCookie` lets the program set them; bytes are a `dataType`."""
    headers = options.get("headers")
    if isinstance(headers, Mapping) and not options.get("enableCookie"):
        headers = {name: text for name, text in headers.items() if str(name).lower() != "cookie"}
    binary = options.get("dataType") in ("arraybuffer", "base64")
    form = {"responseType": options["dataType"]} if binary else {}
    return {"timeout": 30_000, **options, "header": headers, "credentials": "include", **form}


def _upload(options: Options) -> Options:
    """The field that holds the file is `fileName`, in newer versions `name` as well."""
    field = options.get("fileName") or options.get("name")
    return {**{name: value for name, value in options.items() if name != "fileName"}, "name": field}


def _network(result: Result) -> Result:
    return {"networkAvailable": result.get("networkType") != "NOTREACHABLE", **only_told("networkType")(result)}


def _replied(result: Result) -> Result:
    """Newer clients tell status and headers under WeChat's names as well."""
    told = only_told("data", "statusCode", "header")(result)
    return {**told, **called(statusCode="status", header="headers")(result)}


def _downloaded(result: Result) -> Result:
    path = only_told("tempFilePath", "filePath", "header")(result)
    return {**path, **called(tempFilePath="apFilePath", header="headers")(result)}


_REQUEST = Variant("request", _request, _replied, failure=failing(_REQUEST_ERRORS, NETWORK_ERROR))

SURFACE = Surface(
    "my",
    {
        "request": _REQUEST,
        "httpRequest": _REQUEST,
        "uploadFile": Variant(
            "uploadFile",
            _upload,
            only_told("data", "statusCode", "header"),
            failure=failing(_UPLOAD_ERRORS, NETWORK_ERROR),
        ),
        "downloadFile": Variant(
            "downloadFile", result=_downloaded, failure=failing(_DOWNLOAD_ERRORS, NETWORK_ERROR)
        ),
        "getNetworkType": Variant("getNetworkType", result=_network),
        "connectSocket": Variant("connectSocket", failure=failing(_SOCKET_ERRORS, default=2)),
        "sendSocketMessage": Variant("sendSocketMessage", failure=failing({"not connected": 10}, default=2)),
        "closeSocket": Variant("closeSocket", failure=failing({}, default=2)),
    },
    lacks=frozenset({
        "onNetworkWeakChange", "offNetworkWeakChange", "createTCPSocket", "createUDPSocket",
        "startLocalServiceDiscovery", "stopLocalServiceDiscovery", "onLocalServiceFound", "offLocalServiceFound",
        "onLocalServiceResolveFail", "offLocalServiceResolveFail", "onLocalServiceLost", "offLocalServiceLost",
        "onLocalServiceDiscoveryStop", "offLocalServiceDiscoveryStop",
    }),
)  # fmt: skip
