"""The urls that pages are opened with: relative ones, and their queries, as each vendor reads them."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from ..core.app import App
from ..core.vendors import of_vendor
from . import web

# WeChat hands a query on as it was written, and programs decode it, and so does Taro's router for the web. Alipay
# (`behavior.decodeQuery`) decodes it, and so do Taro's routers for native apps.
DECODES: Mapping[str, bool] = {"my": True, "rn": True, "harmony": True}

# With Taro's own routers a url begins at the root, with or without a slash, unless it begins with a dot.
FROM_ROOT: Mapping[str, bool] = dict.fromkeys(("h5", "rn", "harmony", "harmony-hybrid"), True)


def route_of(app: App, url: str, current: str) -> str:
    """The route that `url` means on the page `current`: relative to its folder, unless it begins with a slash."""
    path = url.partition("?")[0]
    if path.startswith(".") or not (path.startswith("/") or of_vendor(FROM_ROOT, app, False)):
        path = posixpath.join(posixpath.dirname(current), path)
    return posixpath.normpath(f"/{path}").lstrip("/")


def query_of(app: App, url: str) -> dict[str, Any]:
    """The query of `url`; of a name that comes twice the last value counts, unless the page is a browser's."""
    if web.is_web(app):
        return web.query_of(url)
    decode = unquote if of_vendor(DECODES, app, False) else str
    pairs = (part.partition("=") for part in url.partition("?")[2].split("&") if part)
    return {decode(name): decode(value) for name, _, value in pairs}
