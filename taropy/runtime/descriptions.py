"""What `help(Taro.login)` and `inspect.signature` show: made when somebody asks, and for all runtimes once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from inspect import Signature
from typing import Any, SupportsIndex

from .. import spec


class Description(str):
    """A docstring whose text comes when it is shown; to read the descriptions takes longer than a call.

    `help` and `inspect.getdoc`, and what is made of them, expand the tabs of a docstring before they do anything else.
    """

    __slots__ = ("_text",)
    _text: Callable[[], str]

    def __new__(cls, stand_in: str, text: Callable[[], str]) -> Description:
        made = super().__new__(cls, stand_in)
        made._text = text
        return made

    def expandtabs(self, tabsize: SupportsIndex = 8) -> str:
        """The text: what the function does, takes, gives and fails with, where it works, and an example."""
        return self._text()

    def __str__(self) -> str:
        return self._text()


class AskedFor(Signature):
    """A signature whose parameters are worked out when somebody asks for them."""

    __slots__ = ("_make",)
    _make: Callable[[], Signature]

    @classmethod
    def by(cls, make: Callable[[], Signature]) -> Signature:
        """The signature that `make` gives."""
        asked_for = cls.__new__(cls)
        asked_for._make = make
        return asked_for

    def __getattr__(self, name: str) -> Any:
        if name not in ("_parameters", "_return_annotation"):  # the slots of a signature, which are empty at first
            raise AttributeError(name)
        made = self._make()
        self._parameters, self._return_annotation = made.parameters, made.return_annotation
        return getattr(self, name)


def described(function: Any, api: str) -> None:
    """Gives a function of Taro its docstring and its signature."""
    function.__doc__ = description(api)
    function.__signature__ = signature(api)


def is_described(member: Any) -> bool:
    """Whether it is a function of Taro, and not one that a program has put in its place."""
    return isinstance(getattr(member, "__doc__", None), Description)


def described_method(function: Any, kind: str, name: str) -> None:
    """Gives a method of a named type its docstring and its signature."""
    function.__doc__ = method_description(kind, name)
    function.__signature__ = method_signature(kind, name)


@cache
def description(api: str) -> Description:
    """The description of a member; all runtimes have the same."""

    def text() -> str:
        from .documenting import docstring_of

        return docstring_of(spec.member(api))

    return Description(f"`taropy api {api}` describes it, and so does help().", text)


@cache
def signature(api: str) -> Signature:
    """The signature of a function of Taro."""

    def made() -> Signature:
        from .documenting import signature_of

        return signature_of(spec.member(api))

    return AskedFor.by(made)


@cache
def method_description(kind: str, name: str) -> Description:
    """The description of a method of a named type, as `FileSystemManager.readFile`."""

    def text() -> str:
        from .documenting import method_docstring_of
        from .managers import methods_of

        return method_docstring_of(kind, methods_of(kind)[name])

    return Description(f"help() describes {kind}.{name}.", text)


@cache
def method_signature(kind: str, name: str) -> Signature:
    """The signature of a method of a named type."""

    def made() -> Signature:
        from .documenting import signature_of
        from .managers import methods_of

        return signature_of(methods_of(kind)[name])

    return AskedFor.by(made)
