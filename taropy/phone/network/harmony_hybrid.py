"""Requests and transfers as `@tarojs/plugin-platform-harmony-hybrid` 4.1.11 makes them: `network/`."""

from __future__ import annotations

from ..core.answers import Result
from ..core.variant import Surface, Variant


def _replied(result: Result) -> Result:
    return {name: value for name, value in result.items() if name != "profile"}


def _downloaded(result: Result) -> Result:
    """A page's XMLHttpRequest loads the file: it sees no cookies, and headers with names in lower case."""
    header = {name.lower(): value for name, value in result.get("header", {}).items() if name.lower() != "set-cookie"}
    return {**_replied(result), "cookies": [], "header": header}


SURFACE = Surface(
    "harmony-hybrid",
    {
        "request": Variant("request", result=_replied),
        "downloadFile": Variant("downloadFile", result=_downloaded),
    },
)
