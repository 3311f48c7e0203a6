"""Calls with a keyword that there is not: Python's own error says what was meant, as that of newer Pythons does."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import wraps
from types import CodeType, FunctionType
from typing import Any, TypeVar, cast

Function = TypeVar("Function", bound=Callable[..., Any])
Kind = TypeVar("Kind", bound=type)

VARIABLE_KEYWORDS = 0x08  # `inspect.CO_VARKEYWORDS`, for which nobody has to import that


def hinting(function: Function) -> Function:
    """The function, whose TypeError for a keyword that it does not take says which one was meant."""

    @wraps(function)
    def called(*given: Any, **named: Any) -> Any:
        try:
            return function(*given, **named)
        except TypeError as error:
            # Only a call that has not come about: what the function itself raises is its own.
            if error.__traceback__ is not None and error.__traceback__.tb_next is None:
                _tell_meant(error, function.__code__, named)
            raise

    return cast(Function, called)


def hinting_class(kind: Kind) -> Kind:
    """The same for the calls that make objects of a class."""
    kind.__init__ = hinting(kind.__init__)  # type: ignore[misc]
    return kind


def hint_methods(kind: type, besides: Collection[str] = ()) -> None:
    """The same for a class's own public methods, besides some, and for what makes its objects."""
    for name, member in list(vars(kind).items()):
        public = (name == "__init__" or not name.startswith("_")) and name not in besides
        if public and isinstance(member, FunctionType) and _is_for_tests(member):
            setattr(kind, name, hinting(member))


def _is_for_tests(method: FunctionType) -> bool:
    """Whether it takes anything by name; not those that programs call, or the rooms each other for an app."""
    code = method.__code__
    named = keywords_of(code)
    if not named or code.co_flags & VARIABLE_KEYWORDS or hasattr(method, "__native__"):
        return False
    return named[0] not in ("app", "phone") or len(method.__defaults__ or ()) >= code.co_argcount - 1


def keywords_of(code: CodeType) -> tuple[str, ...]:
    """What a function may be given by name; of a method not the object itself."""
    names = code.co_varnames[code.co_posonlyargcount : code.co_argcount + code.co_kwonlyargcount]
    return names[1:] if names[:1] == ("self",) else names


def _tell_meant(error: TypeError, code: CodeType, named: Mapping[str, Any]) -> None:
    from .hints import close_to

    told, known = str(error), keywords_of(code)
    unknown = next((name for name in named if name not in known and repr(name) in told), None)
    if unknown is not None and "did you mean" not in told.lower():  # as Python 3.13 itself says
        error.args = (f"{told}{close_to(unknown, known)}",)
