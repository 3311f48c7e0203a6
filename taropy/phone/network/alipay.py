"""Requests, transfers and sockets in Alipay's own form: opendocs.alipay.com/mini/api."""

from __future__ import annotations

from collections.abc import Mapping

from ..core.alipay import failing
from ..core.answers import Options, Result
from ..core.variant import Surface, Variant, also_called, called

NETWORK_ERROR = 12

_REQUEST_ERRORS: Mapping[str, int] = {
    "parameter error": 2,
    "invalid": 2,
    "not in domain list": 11,
    "timeout": 13,
    "CONTENT_DECODING": 14,
    "abort": 20,
    "interrupted": 20,
}

# alibabacloud.com/help/doc-detail/67552.htm: `my.uploadFile` and `my.downloadFile`; 12 is their network error, too.
_TRANSFER_ERRORS: Mapping[str, int] = {
    "file not found": 11, "permission denied": 13, **_REQUEST_ERRORS, "timeout": 12, "abort": 12,
}  # fmt: skip

# opendocs.alipay.com/mini/api/vx19c3; 2 is a wrong parameter. That of sending is in an older edition of the page.
_SOCKET_ERRORS: Mapping[str, int] = {"已存在": 3, 'invalid url "ws': 4, "invalid url": 5}


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
    return {"networkAvailable": result.get("networkType") != "NOTREACHABLE", **result}


_REPLY = called(data="data", statusCode="status", header="headers")
_REQUEST = Variant("request", _request, _REPLY, failure=failing(_REQUEST_ERRORS, NETWORK_ERROR))
_TRANSFER_FAILURE = failing(_TRANSFER_ERRORS, NETWORK_ERROR)

SURFACE = Surface(
    "my",
    {
        "request": _REQUEST,
        "httpRequest": _REQUEST,
        "uploadFile": Variant("uploadFile", _upload, failure=_TRANSFER_FAILURE),
        "downloadFile": Variant(
            "downloadFile", result=also_called(tempFilePath="apFilePath"), failure=_TRANSFER_FAILURE
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
