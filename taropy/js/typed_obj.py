"""`TypedObj` and `OpenObj`: declarations of an object's fields for type checkers, as `TypedDict` is for dicts.

    class Order(TypedObj):
        id: str
        note: str | None

    order: Order = Order(id="7")
    assert order.note is None and type(order) is Obj

A field that may be missing is declared as `| None`. Checkers know the fields, and take a field of another name for a
mistake; an `OpenObj` may have others, of which nothing is known. What is made is a plain `Obj`, so that nothing a
program sees tells a declared object from another. It takes fields by name alone, and costs half of what `Obj(…)` does:
nothing of Python's is run for it. `Obj(order, id="8")` spreads others, and so does an `OpenObj`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, Self

from .obj import Obj, with_fields

if TYPE_CHECKING:

    class TypedObj:
        """Declares the fields of objects; what it makes is an `Obj` of fields by name."""

        def __init__(self, /, **fields: Any) -> None: ...
        def __or__(self, other: Mapping[str, Any] | TypedObj) -> Self: ...
        def __getitem__(self, key: Any) -> Any: ...
        def __setitem__(self, key: Any, value: Any) -> None: ...
        def __delitem__(self, key: Any) -> None: ...
        def __contains__(self, key: object) -> bool: ...
        def __iter__(self) -> Iterator[str]: ...
        def __len__(self) -> int: ...
        def __bool__(self) -> Literal[True]: ...
        def hasOwnProperty(self, key: Any) -> bool: ...

    class OpenObj(TypedObj):
        """Declares some of the fields of objects, which may have others; what it makes is an `Obj`."""

        def __init__(self, /, *spread: Any, **fields: Any) -> None: ...
        def __getattr__(self, name: str) -> Any: ...
        def __setattr__(self, name: str, value: Any) -> None: ...
        def __delattr__(self, name: str) -> None: ...

else:

    class _Declaration(type):
        """The class of declarations: to call one is to make an `Obj`, of the fields that are named."""

        __call__ = staticmethod(partial(with_fields, {}))  # an object to spread would be a second one

        def __new__(kind, name: str, bases: tuple[type, ...], body: dict[str, Any], **more: Any) -> type:
            # A field `items` takes more to make; where annotations are still to be evaluated, nobody knows of it.
            if "items" in body.get("__annotations__", ()) or _LATER & body.keys():
                kind = _OpenDeclaration
            return type.__new__(kind, name, bases, body, **more)

    class _OpenDeclaration(_Declaration):
        """The class of declarations that may have any fields: to call one is to call `Obj`."""

        __call__ = Obj

    _LATER = {"__annotate__", "__annotate_func__"}

    class TypedObj(metaclass=_Declaration):
        """Declares the fields of objects; what it makes is an `Obj` of fields by name."""

    class OpenObj(TypedObj, metaclass=_OpenDeclaration):
        """Declares some of the fields of objects, which may have others; what it makes is an `Obj`."""
