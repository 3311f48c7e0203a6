"""What of a program's traffic the lists of domains are for."""

from __future__ import annotations

from collections.abc import Mapping

from ..core.app import App
from ..core.vendors import of_vendor

# github.com/AlipayDocs/open-docs, "网络 API 使用须知": its list is for `my.request` and `my.uploadFile`.
UNLISTED: Mapping[str, frozenset[str]] = {"my": frozenset({"download", "socket"})}


def listed(app: App, kind: str) -> bool:
    """Whether the app may talk only to the servers of a list in a `request`, `upload`, `download` or `socket`."""
    return kind not in of_vendor(UNLISTED, app, frozenset())
