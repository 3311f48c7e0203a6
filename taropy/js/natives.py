"""`wx`, `my`, `swan`, `tt`, `qq`, `jd`: the platforms' native objects, as ported programs call them.

Each is there on its own platform alone, as in JavaScript: elsewhere it is false, and whatever is read of it raises a
`ReferenceError`. What the object has not is false, and raises a `TypeError` when it is called. Both are
NotImplementedErrors too, since a real phone may have it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn

from ..runtime.taro import Taro as RuntimeTaro
from ..runtime.taro import process_taro
from .border import hearing, to_js, to_python
from .errors import ReferenceError, TypeError


class NotDefined(ReferenceError, NotImplementedError):
    """The native object of another platform was used."""


class NotAFunction(TypeError, NotImplementedError):
    """A function was called that the native object has not, here."""


class Native:
    """The native object of this name of a Taro, whichever platform that is on: `Native("wx")` is the process's."""

    #: Its `typeof` where the platform has it.
    __typeof__ = "object"

    def __init__(self, name: str, taro: RuntimeTaro = process_taro) -> None:
        self._name = name
        self._taro = taro

    def __bool__(self) -> bool:
        """Whether the platform has it."""
        return self._taro.platform.native_name == self._name

    def __getattr__(self, name: str) -> Any:
        """A function, or another member, with values of taropy.js; one that the object has not is false."""
        if name[:2] == "__" == name[-2:]:
            raise AttributeError(name)
        member = self._member(name)
        if member is None:
            return _Missing(f"{self._name}.{name}")
        return _taking(member) if callable(member) else to_js(member)

    def _member(self, name: str) -> Any:
        if not self:
            raise NotDefined(f"{self._name} is not defined")
        return getattr(self._taro.native, name, None)

    def __has_property__(self, name: str) -> bool:
        """`"login" in wx`."""
        return self._member(name) is not None

    def __getitem__(self, name: str) -> Any:
        """`wx[name]`."""
        return getattr(self, name)

    def __repr__(self) -> str:
        return f"<{self._name}>" if self else f"<{self._name}, which is not defined on {self._taro.platform.name}>"


class _Missing:
    """What a native object has not: it is false, equal to None, and its `typeof` is that of undefined."""

    __typeof__ = "undefined"

    def __init__(self, name: str) -> None:
        self._name = name

    def __bool__(self) -> bool:
        return False

    def __eq__(self, other: object) -> bool:
        return other is None or isinstance(other, _Missing)

    def __hash__(self) -> int:
        return hash(None)

    def __call__(self, *_: Any) -> NoReturn:
        raise NotAFunction(f"{self._name} is not a function")


def _taking(call: Callable[..., Any]) -> Callable[..., Any]:
    """A native function that takes a program's values, and gives them to its callbacks."""

    @wraps(call)
    def taken(*arguments: Any) -> Any:
        return to_js(call(*map(_given, arguments)))

    return taken


def _given(argument: Any) -> Any:
    given = to_python(argument)
    if isinstance(given, dict):
        return {name: hearing(each) if callable(each) else each for name, each in given.items()}
    return hearing(given) if callable(given) else given


wx: Native = Native("wx")
my: Native = Native("my")
swan: Native = Native("swan")
tt: Native = Native("tt")
qq: Native = Native("qq")
jd: Native = Native("jd")
