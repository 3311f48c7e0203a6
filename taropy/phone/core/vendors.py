"""Where vendors differ: one table per difference, keyed by native object (`my`, `qq`, …) or by platform (`h5`, …)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from .app import App

Value = TypeVar("Value")


def of_vendor(table: Mapping[str, Value], app: App, default: Value) -> Value:
    """What `table` says of the vendor that runs `app`; what it does not name behaves as WeChat does, `default`."""
    found = table.get(app.native_name)
    return table.get(app.platform, default) if found is None else found
