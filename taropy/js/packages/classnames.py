"""classnames 2.5 and clsx 2.1: the names of classes, of texts, arrays, and objects whose true fields count."""

from __future__ import annotations

from typing import Any

from ..array import Array
from ..conversions import text, truthy
from ..object import Object


def classnames(*names: Any) -> str:
    """The names with spaces between; `classnames("a", {"b": True}, ["c"])` is `a b c`."""
    return " ".join(part for name in names if truthy(name) and (part := _part(name)))


def _part(name: Any) -> str:
    if isinstance(name, str) or (isinstance(name, int | float) and not isinstance(name, bool)):
        return text(name)
    if isinstance(name, list | tuple):
        return classnames(*Array(name).values())
    if isinstance(name, dict):
        return " ".join(key for key in Object.keys(name) if truthy(name[key]))
    return ""


clsx = classnames


def lite(*names: Any) -> str:
    """clsx/lite: those of the names that are texts."""
    return " ".join(name for name in names if isinstance(name, str) and name)
