"""Requests, transfers and sockets in Douyin's own form: @douyin-microapp/typings 1.3.1."""

from __future__ import annotations

from ..core.failing import without_numbers
from ..core.variant import Surface, Variant, only_told

SURFACE = Surface(
    "tt",
    {
        "request": Variant("request", result=only_told("data", "statusCode", "header"), failure=without_numbers),
        "downloadFile": Variant(
            "downloadFile", result=only_told("tempFilePath", "filePath", "statusCode"), failure=without_numbers
        ),
        "uploadFile": Variant("uploadFile", result=only_told("data", "statusCode"), failure=without_numbers),
        "getNetworkType": Variant("getNetworkType", result=only_told("networkType")),
        "connectSocket": Variant("connectSocket", failure=without_numbers),
    },
)
