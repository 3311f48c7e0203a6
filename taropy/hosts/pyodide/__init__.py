"""Inside a page: taropy under Pyodide, over the page's own `wx` or taro-h5, or with the phone in a worker."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .page import Page

if TYPE_CHECKING:
    from ...runtime.hosts import Host


def over(proxy: Any) -> Host:
    """The host over an object of the page's, as `taropy.create(native=js.wx)` has it."""
    from ...runtime.hosts import Host

    page = Page()
    return Host("page's object", page.native(proxy), close=page.end)
