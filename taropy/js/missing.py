"""`undefined`, for the few places where a program tells it from null.

`None` is what a program has for both: a missing field, argument or item reads as None. Where the two differ, None is
null: `number(None)` is 0, `text(None)` is "null", JSON writes it as null. A program that means the other one writes
`undefined`: it is false, equals None, becomes NaN and "undefined", and JSON leaves it out. Only `is_undefined`, and
default values (`field`), tell the two apart. Two questions are answered as programs mean them: `typeof(None)` and
`shown(None)`, which templates are written with, are "undefined".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final, Literal, NoReturn, TypeGuard


class Undefined:
    """The type of `undefined`, and of the holes of an `Array`, which are `undefined` to all who read them."""

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = name

    if TYPE_CHECKING:

        def __bool__(self) -> Literal[False]: ...

    else:
        __bool__ = False.__bool__  # bound already, since it is asked of nobody

    def __eq__(self, other: object) -> bool:
        return other is None or isinstance(other, Undefined)

    def __hash__(self) -> int:
        return hash(None)

    def __copy__(self) -> Undefined:
        return self

    def __deepcopy__(self, memo: object) -> Undefined:
        return self

    def __reduce__(self) -> str:
        return self._name

    def __repr__(self) -> str:
        return self._name

    def __init_subclass__(cls) -> NoReturn:
        raise TypeError("undefined is one value, and has no kinds")


#: What JavaScript has for what is not there, apart from null.
undefined: Final = Undefined("undefined")
#: What an `Array` holds where it holds nothing: after `delete`, after a jump in its length.
hole: Any = Undefined("hole")  # to checkers an item as any other


def kept(items: Iterable[Any]) -> Iterator[Any]:
    """The items of a list as it keeps them, holes among them; of anything else what it gives."""
    return list.__iter__(items) if isinstance(items, list) else iter(items)


def or_undefined(value: Any) -> Any:
    """The value, of which None means what is missing, and not null: `Number(or_undefined(query.page))`."""
    return undefined if value is None else value


def is_undefined(value: Any) -> TypeGuard[Undefined]:
    """Whether it is `undefined` and not null; a hole of an array is too. None, which is both, is not."""
    return type(value) is Undefined


def is_nullish(value: Any) -> TypeGuard[Undefined | None]:
    """Whether it is null or undefined: `value == null`."""
    return value is None or type(value) is Undefined
