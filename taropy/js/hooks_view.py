"""What stands in a ported component for its JSX: what the view is given, and its handlers.

    # view: src/pages/cart/index.tsx:40-88
    return view(items=items, add=add)

The elements are not ported. A test reads what they would have shown, and does what a person would have done to them:
`page.view.items`, `page.view.add()`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import wraps
from types import FunctionType, MethodType
from typing import Any

from ..hints import close_to, no_attribute
from ..runtime.jobs import in_a_loop
from .callbacks import called_with


class View:
    """What one rendering gave its view, by name; a name that it was not given is an `AttributeError`.

    A function takes as many arguments as it likes, as handlers in JSX do. Outside an event loop a call returns when
    what it began has ended, the rendering of what it changed included.
    """

    def __init__(self, given: Mapping[str, Any]) -> None:
        self._given = given

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or name not in self._given:
            raise no_attribute(f"the view is given no {name!r}{close_to(name, self._given)}")
        value = self._given[name]
        return _handler(value) if isinstance(value, FunctionType | MethodType) else value

    def __dir__(self) -> list[str]:
        return sorted(self._given)

    def __iter__(self) -> Iterator[str]:
        """The names."""
        return iter(self._given)

    def __repr__(self) -> str:
        return f"<view of {', '.join(self._given) or 'nothing'}>"


def view(**given: Any) -> View:
    """What JSX was given; a ported component returns it in the place of the JSX."""
    return View(given)


def _handler(function: Any) -> Any:
    @wraps(function)
    def call(*arguments: Any) -> Any:
        with in_a_loop():
            return called_with(function, arguments)

    return call
