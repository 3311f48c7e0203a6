"""Objects of the app as JavaScript sees them: what is read and written there is read and written here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping, MutableSequence
from functools import partial
from typing import TYPE_CHECKING, Any

from ..models.record import record
from ..phone.core.page import Page
from ..signatures import fitting
from .data import set_data
from .values import names_of

if TYPE_CHECKING:
    from .faces import Target

#: What JavaScript is told: `("value", value)`, which may be a function, or `("live", token, is a list)`.
Told = tuple[Any, ...]

_COPIED = (str, int, float, bool, bytes, type(None))


class Lives:
    """The objects that JavaScript holds, by the tokens that it knows them by."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._objects: dict[int, Any] = {}
        self._tokens: dict[int, int] = {}
        #: What stands for the data of a page: those are set by the page.
        self._pages: dict[int, Page] = {}

    def told(self, value: Any, *, page: Page | None = None) -> Told:
        """What JavaScript is told of a value."""
        if isinstance(value, _COPIED):
            return ("value", value)
        token = self._tokens.get(id(value)) if page is None else None
        if token is None:
            token = len(self._objects) + 1
            self._objects[token] = value
            if page is None:
                self._tokens[id(value)] = token
            else:
                self._pages[token] = page
        return ("live", token, isinstance(value, list | tuple))

    def member(self, owner: Any, name: str) -> Told:
        """What JavaScript is told of an attribute of an object, or a value in a dict."""
        value = _get(owner, name)
        if callable(value) and not isinstance(value, Mapping):
            # This very function: what is put in its place later may call it.
            return ("value", partial(self._call, value))
        return self.told(value)

    def peek(self, token: int, name: str) -> Told:
        """A member of an object that JavaScript holds."""
        return self.member(self._objects[token], name)

    def has(self, token: int, name: str) -> bool:
        """Whether there is such a member."""
        owner = self._objects[token]
        if isinstance(owner, list | tuple):
            return name == "length" or (name.isdigit() and int(name) < len(owner))
        if isinstance(owner, Mapping):
            return name in owner
        return not name.startswith("_") and hasattr(owner, name)

    def keys(self, token: int) -> list[str]:
        """The names of its members."""
        owner = self._objects[token]
        if isinstance(owner, list | tuple):
            return [str(index) for index in range(len(owner))]
        return list(names_of(owner))

    def poke(self, token: int, name: str, value: Any) -> None:
        """Sets a member."""
        owner = self._objects[token]
        page = self._pages.get(token)
        value = record(value)
        if page is not None:
            set_data(page, {name: value})
            owner[name] = value
        elif isinstance(owner, MutableSequence):
            _set_item(owner, name, value)
        elif isinstance(owner, MutableMapping):
            owner[name] = value
        elif not name.startswith("_"):
            setattr(owner, name, value)

    def drop(self, token: int, name: str) -> None:
        """Deletes a member."""
        owner = self._objects[token]
        if isinstance(owner, MutableMapping):
            owner.pop(name, None)
        elif not isinstance(owner, list | tuple) and name in vars(owner):
            delattr(owner, name)

    def _call(self, method: Callable[..., Any], *arguments: Any) -> Any:
        """Calls a method; an async one gives its promise."""
        result = fitting(method)(*map(record, arguments))
        if hasattr(result, "send"):
            from ..runtime.promise import begun

            return begun(result, self._target.taro._runtime.home)
        return result


def _get(owner: Any, name: str) -> Any:
    if isinstance(owner, list | tuple):
        if name == "length":
            return len(owner)
        return owner[int(name)] if name.isdigit() and int(name) < len(owner) else None
    if isinstance(owner, Mapping):
        return owner.get(name)
    return None if name.startswith("_") else getattr(owner, name, None)


def _set_item(owner: MutableSequence[Any], name: str, value: Any) -> None:
    if name == "length":
        del owner[int(value) :]
        owner.extend([None] * (int(value) - len(owner)))
    elif name.isdigit():
        index = int(name)
        owner.extend([None] * (index + 1 - len(owner)))
        owner[index] = value
