"""Objects that stay in the page, as Python sees them."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from ...spec import CALLBACKS
from ..js_values import placed
from .pending import Coming, Told

if TYPE_CHECKING:
    from .bridge import Bridge

FUNCTION = 1


class RemoteObject:
    """An object in the page: its methods are called there, its properties read and set there.

    Nothing of Python's is written on it but what a program sets. When nothing in Python holds it any more, the page
    lets it go as well.
    """

    _bridge: Bridge
    _handle: int
    _epoch: int
    _class: str
    _members: Mapping[str, int]
    _received: list[int]

    def __init__(self, bridge: Bridge, handle: int, class_name: str, members: Mapping[str, int]) -> None:
        self.__dict__.update(
            _bridge=bridge, _handle=handle, _class=class_name, _members=members, _received=[1], _epoch=bridge.epoch
        )

    def __getattr__(self, name: str) -> Any:
        kind = None if name.startswith("__") else self._members.get(name)
        if kind is None:
            raise AttributeError(f"this {self._class} of the page has no {name!r}")
        if kind == FUNCTION:
            return partial(self._call, name)  # which holds the object for as long as the method is held
        return self._bridge.ask(name, "get", self._handle, name, epoch=self._epoch)

    def _call(self, name: str, *arguments: Any) -> Any:
        return call(self._bridge, self._handle, name, self._epoch, *arguments)

    def __setattr__(self, name: str, value: Any) -> None:
        self._bridge.ask(name, "set", self._handle, name, value, epoch=self._epoch)
        if name not in self._members:
            self.__dict__["_members"] = {**self._members, name: 0}

    def __dir__(self) -> list[str]:
        return sorted(self._members)

    def __repr__(self) -> str:
        return f"<{self._class} in the page>"


class RemoteFunction(RemoteObject):
    """A function of the page's, which is called there."""

    def __call__(self, *arguments: Any) -> Any:
        return self._call("", *arguments)


class RemotePromise(RemoteObject):
    """A promise of the page's; an `await` of it gives what it comes to, or raises `JsError`."""

    def __await__(self) -> Generator[Any, None, Any]:
        coming = Coming("", self._bridge.mail)
        self._bridge.post(coming, "await", self._handle, epoch=self._epoch)
        return coming.__await__()


def kind_of(tagged: Mapping[str, Any]) -> Callable[..., RemoteObject]:
    """The class of what a tag stands for."""
    if tagged.get("t"):
        return RemotePromise
    return RemoteFunction if tagged.get("f") else RemoteObject


def call(bridge: Bridge, handle: int, name: str, epoch: int | None, *arguments: Any) -> Any:
    """Calls a function in the page. With callbacks in its options it answers by these; else its value is waited for."""
    options = arguments[0] if arguments else None
    if isinstance(options, dict) and any(callable(options.get(each)) for each in CALLBACKS):
        told = Told(name, options, bridge.mail)
        bridge.post(
            told, "options", handle, name, [without_callbacks(options), *placed(name, arguments)[1:]], epoch=epoch
        )
        return None
    return bridge.ask(name, "value", handle, name, placed(name, arguments), epoch=epoch)


async def promised(function: str, of: RemoteObject, options: Mapping[str, Any]) -> Any:
    """What comes of a function of an object of the page's that takes options and gives a promise. Raises `JsError`."""
    coming = Coming(function, of._bridge.mail)
    of._bridge.post(coming, "options", of._handle, function, [dict(options)], epoch=of._epoch)
    return await coming


def without_callbacks(options: Mapping[str, Any]) -> dict[str, Any]:
    """The options without the callbacks, which the page has of its own."""
    return {name: value for name, value in options.items() if name not in CALLBACKS}
