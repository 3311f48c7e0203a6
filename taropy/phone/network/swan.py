"""Requests, transfers and sockets in Baidu's own form: github.com/swan-team/swan-docs, api/net."""

from __future__ import annotations

from ..core.swan import ANY, FAILED, OPTIONS, WRONG, numbered, wrong
from ..core.variant import Surface, Variant, only_told

_BAD_ADDRESS, _BAD_SOCKET_OPTIONS, _BAD_SOCKET_ADDRESS, _UPLOAD_FAILED = 4, 4, 2, 1
_TOO_LARGE = "exceed max file size"
_ANDROID = {OPTIONS: WRONG, ANY: FAILED}

SURFACE = Surface(
    "swan",
    {
        "request": numbered(
            "request",
            {OPTIONS: WRONG, "invalid url": _BAD_ADDRESS},
            {ANY: FAILED},
            result=only_told("data", "statusCode", "header"),
        ),
        "downloadFile": numbered(
            "downloadFile",
            {OPTIONS: WRONG, _TOO_LARGE: FAILED},
            _ANDROID,
            result=only_told("tempFilePath", "filePath", "statusCode"),
        ),
        "uploadFile": numbered(
            "uploadFile",
            {OPTIONS: WRONG, ANY: _UPLOAD_FAILED},
            _ANDROID,
            result=only_told("data", "statusCode"),
        ),
        "connectSocket": numbered(
            "connectSocket", {OPTIONS: _BAD_SOCKET_OPTIONS, "invalid url": _BAD_SOCKET_ADDRESS}, _ANDROID
        ),
        "sendSocketMessage": numbered("sendSocketMessage", {OPTIONS: _BAD_SOCKET_OPTIONS}, _ANDROID),
        "closeSocket": numbered("closeSocket", wrong(_BAD_SOCKET_OPTIONS), _ANDROID),
        "getNetworkType": Variant("getNetworkType", result=only_told("networkType")),
    },
)
