"""`beside`: a static method and one of instances that have one name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class _Both:
    """What the class has under the name, and what its instances have."""

    def __init__(self, static: Any, method: Any) -> None:
        self._static = static
        self._method = method

    def __get__(self, instance: object | None, owner: type) -> Any:
        return self._static.__get__(None, owner) if instance is None else self._method.__get__(instance, owner)


def beside(other: Any) -> Callable[[Any], Any]:
    """A method that stands beside another of its name, of which one is static.

    @staticmethod
    def make() -> Cart: ...

    @beside(make)
    def make(self) -> Order: ...
    """

    def join(method: Any) -> _Both:
        is_static = isinstance(method, staticmethod | classmethod)
        return _Both(method, other) if is_static else _Both(other, method)

    return join
