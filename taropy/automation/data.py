"""What the data of a page are: what its program keeps for what it shows."""

from __future__ import annotations

import sys
from collections.abc import Mapping, MutableMapping
from typing import Any

from ..phone.core.page import Page
from .commands import Refused
from .values import has_form, put

#: What a page's object has beside its own data: the runtime puts it there.
FURNISHED = frozenset({
    "Taro", "route", "config", "options", "getOpenerEventChannel", "exitState", "path", "data", "nodes", "wxml",
})  # fmt: skip


def data_of(page: Page) -> dict[str, Any]:
    """The data of a page.

    Its `data`, if it has such a dict, as mini programs' pages have; of a component that was ported, what its view is
    given; else the public attributes of the page's object.
    """
    program = page.program
    data = getattr(program, "data", None)
    if isinstance(data, Mapping) and data:
        return dict(data)
    view = getattr(program, "view", None)
    ported = sys.modules.get("taropy.js.hooks_view")  # which a program with such a view has loaded
    if view is not None and ported is not None and isinstance(view, ported.View):
        return {name: getattr(view, name) for name in view if not callable(getattr(view, name))}
    return {
        name: value
        for name, value in vars(program).items()
        if not name.startswith(("_", "$")) and name not in FURNISHED and has_form(value)
    }


def set_data(page: Page, data: Mapping[str, Any]) -> None:
    """Sets data of a page, by their paths: by its own `setData` if it has one."""
    program = page.program
    own = getattr(program, "setData", None)
    if callable(own):
        own(dict(data))
        return
    held = getattr(program, "data", None)
    container = held if isinstance(held, MutableMapping) and held else program
    for path, value in data.items():
        name = path.partition(".")[0].partition("[")[0]
        if container is program and (name.startswith("_") or name in FURNISHED):
            raise Refused(f"{name} of a page is not its data")
        put(container, path, value)
