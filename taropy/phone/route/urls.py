"""The urls that pages are opened with: relative ones, and their queries, as each vendor reads them."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from ..core.app import App
from ..core.vendors import is_web, of_vendor
from . import web

# WeChat hands a query on as it was written, and programs decode it, and so does Taro's router for the web. Alipay
# (`behavior.decodeQuery`) decodes it, and so do Taro's routers for native apps.
DECODES: Mapping[str, bool] = {"my": True, "rn": True, "harmony": True}

# With Taro's own routers a url begins at the root, with or without a slash, unless it begins with a dot.
FROM_ROOT: Mapping[str, bool] = dict.fromkeys(("h5", "rn", "harmony", "harmony-hybrid"), True)

# The query is read by the package query-string 9: router-rn 4.2.0, `utils`.
QUERY_STRING: Mapping[str, bool] = {"rn": True}


def route_of(app: App, url: str, current: str) -> str:
    """The route that `url` means on the page `current`: relative to its folder, unless it begins with a slash."""
    path = (url.partition("#")[0] if is_web(app) else url).partition("?")[0]
    if path.startswith(".") or not (path.startswith("/") or of_vendor(FROM_ROOT, app, False)):
        path = posixpath.join(posixpath.dirname(current), path)
    return posixpath.normpath(f"/{path}").lstrip("/")


def query_of(app: App, url: str) -> dict[str, Any]:
    """The query of `url`; of a name that comes twice the last value counts, unless the page is a browser's.

    React Native's has a list of the values, and None for one without a sign of equality.
    """
    if is_web(app):
        return web.query_of(url)
    if of_vendor(QUERY_STRING, app, False):
        return _query_string(url)
    decode = unquote if of_vendor(DECODES, app, False) else str
    pairs = (part.partition("=") for part in url.partition("?")[2].split("&") if part)
    return {decode(name): decode(value) for name, _, value in pairs}


def _query_string(url: str) -> dict[str, Any]:
    values: dict[str, list[str | None]] = {}
    for part in url.partition("#")[0].partition("?")[2].split("&"):
        if part:
            name, sign, value = part.replace("+", " ").partition("=")
            values.setdefault(unquote(name), []).append(unquote(value) if sign else None)
    return {name: several[0] if len(several) == 1 else several for name, several in sorted(values.items())}
