"""Inside a page: taropy under Pyodide, over the page's own `wx` or taro-h5, or with the phone in a worker."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

from ..errors import HostError
from .page import Page

if TYPE_CHECKING:
    from ...runtime.hosts import Host
    from ...runtime.platforms import Platform


def pyodide_host(platform: Platform, *, name: str | None = None) -> Host:
    """The page's own object, by its name there; by default what the platform's programs call it, or Taro."""
    if sys.platform != "emscripten":
        raise HostError("the host 'pyodide' is a page that taropy runs in; taropy runs in none here")
    names = (platform.native_name, "Taro") if name is None else (name,)
    found = next((each for each in names if hasattr(import_module("js"), each)), None)
    if found is None:
        raise HostError(f"the page has no {' and no '.join(names)}; name=… says what it is called there")
    return over(getattr(import_module("js"), found))


def over(proxy: Any) -> Host:
    """The host over an object of the page's, as `taropy.create(native=js.wx)` has it."""
    from ...runtime.hosts import Host

    page = Page()
    return Host("page's object", page.native(proxy), close=page.end)
