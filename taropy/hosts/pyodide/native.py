"""The page's own `wx` or taro-h5 as a native object: Python's functions and values to the runtime, its own to the page.

`crossing.js` has the other side.
"""

from __future__ import annotations

from collections.abc import Generator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .page import Page


class Native:
    """An object of the page's: its attributes are the object's own, and what is undefined there is missing."""

    _page: Page
    _object: Any

    def __init__(self, page: Page, object_: Any) -> None:
        self.__dict__.update(_page=page, _object=object_)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or name == "_object":  # Python's own questions, or of an object that nobody has made
            raise AttributeError(name)
        kind, *told = crossing().get(self._object, name)
        if kind == "missing":
            raise AttributeError(f"the page's object has no {name!r}", name=name, obj=self)
        return _Function(self, name) if kind == "function" else self._page.given(kind, told[0])

    def __setattr__(self, name: str, value: Any) -> None:
        crossing().set(self._object, name, self._page.outward(value))

    def __dir__(self) -> list[str]:
        return sorted(crossing().names(self._object).to_py())

    def __repr__(self) -> str:
        return f"<{self._object} of the page's>"


class _Function:
    """A function of the page's."""

    def __init__(self, native: Native, name: str) -> None:
        self._native = native
        self.__name__ = name

    def __call__(self, *arguments: Any) -> Any:
        native = self._native
        return native._page.call(native._object, self.__name__, arguments)

    def __repr__(self) -> str:
        return f"<function {self.__name__} of the page's>"


class PagePromise:
    """A promise of the page's, to be awaited; what else the page has put on it, as `abort`, is there too."""

    def __init__(self, page: Page, box: Any) -> None:
        self._page = page
        self._box = box
        self._settled = crossing().settled(box)

    def __await__(self) -> Generator[Any, None, Any]:
        kind, told = yield from self._settled.__await__()
        return self._page.given(kind, told)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or name == "_box":
            raise AttributeError(name)
        return getattr(self._page.native(self._box[0]), name)


@cache
def crossing() -> Any:
    """What `crossing.js` gives."""
    return import_module("pyodide.code").run_js(Path(__file__).with_name("crossing.js").read_text("utf-8"))
