"""`class_getter`: a getter of a class itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class class_getter(Generic[T]):
    """`static get instance() { … }`: a function of the class, which is called where the class is read: `Cart.instance`.

    @class_getter
    def instance(cls) -> Cart: ...
    """

    def __init__(self, function: Callable[[Any], T]) -> None:
        self._function = function
        self.__doc__ = function.__doc__

    def __get__(self, instance: object, owner: type) -> T:
        return self._function(owner)
