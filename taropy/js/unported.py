"""What stands in ported code for what was not ported: it raises, and is warned of, so that nobody takes it for ported.

`taropy port` writes these, each with its reason and the original text; whoever ports the place by hand takes it away.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, cast

Made = TypeVar("Made")


class NotPortedWarning(RuntimeWarning):
    """A program has come to a place that was not ported. A program's own `catch` does not hide it."""


class NotPorted(NotImplementedError):
    """A place that was not ported: `reason` says why, `original` is the text in the program that was ported."""

    def __init__(self, reason: str, original: str = "") -> None:
        super().__init__(reason, original)
        self.reason = reason
        self.original = original
        warnings.warn(str(self), NotPortedWarning, stacklevel=2)

    def __str__(self) -> str:
        return f"not ported: {self.reason}" + (f": {self.original}" if self.original else "")


def not_ported(reason: str, original: str = "") -> Any:
    """Raises `NotPorted`, where Python wants an expression."""
    raise NotPorted(reason, original)


def skip_unported(reason: str, original: str = "") -> None:
    """Stands for a statement of a module that was not ported: it is passed over, which `NotPortedWarning` tells."""
    warnings.warn(f"not ported, and passed over: {reason}: {original}", NotPortedWarning, stacklevel=2)


def if_ported(make: Callable[[], Made]) -> Made:
    """What `make` gives; an `Unported` where making it comes to what is not here: `NotPorted`, or `NotSupported`.

    So a module can be imported of which one value can't be made. Other errors are raised as they are.
    """
    try:
        return make()
    except NotImplementedError as error:
        return cast("Made", _standing_for(error))


def _standing_for(error: NotImplementedError) -> Unported:
    """What stands for a value that could not be made, which is warned of."""
    if isinstance(error, NotPorted):  # which has warned
        return Unported(error.reason, error.original)
    warnings.warn(f"passed over: {error}", NotPortedWarning, stacklevel=3)
    return Unported(str(error))


@contextmanager
def where_ported(module: dict[str, Any] | None = None, *names: str) -> Iterator[None]:
    """Statements of a module that end where they come to what is not here, which warns: the module goes on.

    That is `NotPorted`, or `NotSupported`: what a phone does not have. The `names` that they set in the `module` (its
    `globals()`) are `Unported` then.
    """
    try:
        yield
    except NotImplementedError as error:
        unported = _standing_for(error)
        for name in names:
            (module or {})[name] = unported


def begin_with(package: str, app: str) -> None:
    """Imports the app of a port before the module that is asked for. Where that fails, it is warned of: others go on.

    Who asks for the app itself, or needs it, gets the error.
    """
    try:
        import_module(f"{package}.{app}")
    except Exception as error:
        warnings.warn(f"the app could not be the first module: {error!r}", NotPortedWarning, stacklevel=2)


class Unported:
    """A name of a module that stands for nothing yet: whatever is done with it raises `NotPorted`."""

    __slots__ = ("_original", "_reason")

    def __init__(self, reason: str, original: str = "") -> None:
        object.__setattr__(self, "_reason", reason)
        object.__setattr__(self, "_original", original)

    def __repr__(self) -> str:
        return f"<not ported: {object.__getattribute__(self, '_reason')}>"

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise NotPorted(object.__getattribute__(self, "_reason"), object.__getattribute__(self, "_original"))

    def __getattr__(self, name: str) -> Any:
        if name[:2] == "__" == name[-2:]:
            raise AttributeError(name)
        self._refuse()

    def __mro_entries__(self, bases: tuple[Any, ...]) -> tuple[type, ...]:
        """A class may be derived of it. There are no instances of that."""
        reason, original = (object.__getattribute__(self, name) for name in ("_reason", "_original"))
        return (type("UnportedBase", (_UnportedBase,), {"_told": (reason, original)}),)

    if TYPE_CHECKING:

        def __call__(self, *arguments: Any, **named: Any) -> Any: ...
        def __getitem__(self, key: Any) -> Any: ...
        def __await__(self) -> Generator[Any, None, Any]: ...


#: What can be done with a value in Python, by the names of the methods for it; to show it is allowed.
_OPERATIONS = """
    bool call contains delitem eq float format ge getitem gt hash index instancecheck int invert iter le len lt neg pos
    setattr setitem str await add and floordiv lshift mod mul or pow radd rand rfloordiv rlshift rmod rmul ror rpow
    rrshift rshift rsub rtruediv rxor sub truediv xor
"""
for _operation in _OPERATIONS.split():
    setattr(Unported, f"__{_operation}__", Unported._refuse)


class _UnportedStatics(type):
    """Statics that a class lacks may be those of its base, which is not here."""

    def __getattr__(cls, name: str) -> NoReturn:
        if name[:2] == "__" == name[-2:]:  # Python's own, which it asks every class for
            raise AttributeError(name)
        raise NotPorted(*type.__getattribute__(cls, "_told"))


class _UnportedBase(metaclass=_UnportedStatics):
    """What a class has in the place of a base that was not ported: making an instance raises."""

    _told: tuple[str, str] = ("", "")

    def __new__(cls, *_: Any, **__: Any) -> NoReturn:
        raise NotPorted(*cls._told)
