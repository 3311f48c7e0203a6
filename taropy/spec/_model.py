"""The classes of the spec's view: members, named types, and the small closed set of types that they are made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from typing import Literal as OneOf

import attrs


@attrs.frozen
class Primitive:
    """A type without parts.

    One of string, number, boolean, void, undefined, null, any, unknown, object, never, symbol, this.
    """

    name: str


@attrs.frozen
class Literal:
    """One value as a type: `"GET"`, `1`, `true`."""

    value: str | int | float | bool


@attrs.frozen
class Union:
    """One of several types."""

    items: tuple[Type, ...]


@attrs.frozen
class Intersection:
    """All of several types at once."""

    items: tuple[Type, ...]


@attrs.frozen
class Array:
    """A list of items of one type."""

    item: Type


@attrs.frozen
class Tuple:
    """A list of fixed length."""

    items: tuple[Type, ...]


@attrs.frozen
class Ref:
    """A named type: Taro's by its qualified name (`login.Option`), JavaScript's by its own (`ArrayBuffer`)."""

    name: str
    args: tuple[Type, ...] = ()


@attrs.frozen
class KeyOf:
    """The names of a type's fields, mostly of a set of literals such as `request.Method`."""

    of: Type


@attrs.frozen
class Function:
    """A function value: a callback, a listener."""

    params: tuple[Param, ...]
    returns: Type


@attrs.frozen
class Object:
    """An object type without a name.

    `index` is the type of every other key; with `calls` it can be called as well, with `constructs` made by `new`.
    """

    fields: tuple[Field, ...]
    index: Type | None = None
    calls: tuple[Signature, ...] = ()
    constructs: tuple[Signature, ...] = ()


@attrs.frozen
class TypeParam:
    """A type parameter of the enclosing function or type."""

    name: str


Type = Primitive | Literal | Union | Intersection | Array | Tuple | Ref | KeyOf | Function | Object | TypeParam


@attrs.frozen
class Param:
    """One parameter. A `rest` parameter takes what is left; its type is the array's."""

    name: str
    type: Type
    optional: bool = False
    rest: bool = False


@attrs.frozen
class TypeParamDef:
    """The declaration of a type parameter."""

    name: str
    default: Type | None = None


@attrs.frozen
class Signature:
    """One way to call a function."""

    params: tuple[Param, ...]
    returns: Type
    type_params: tuple[TypeParamDef, ...] = ()


@attrs.frozen
class Field:
    """A field of an object. `tags` are the platforms that its declaration names, `None` where it names none.

    `platforms` are those whose objects have it, decided for the methods of objects that something gives; else `None`.

    Of a field whose declaration is corrected, `uncorrected` is what upstream says; of one that upstream does not know,
    that it may be left out.
    """

    name: str
    type: Type
    optional: bool = False
    default: Any = None
    has_default: bool = False
    tags: tuple[str, ...] | None = None
    deprecated: bool = False
    platforms: frozenset[str] | None = None
    uncorrected: Field | None = None


@attrs.frozen
class Member:
    """A member of Taro, or a method of one of its types.

    `tags` are the platforms that the declaration names (`("global",)` for all, `None` for no word about it);
    `platforms` are the decided ones: of a member, those that have it, which agree with the adapters' code; of a method,
    those whose objects have it. A method of a type that nothing gives has none.
    """

    name: str
    group: str
    is_function: bool
    is_promise: bool = False
    signatures: tuple[Signature, ...] = ()
    type: Type | None = None
    tags: tuple[str, ...] | None = None
    platforms: frozenset[str] = frozenset()
    see: str | None = None
    since: str | None = None
    deprecated: bool = False
    ignored: bool = False
    optional: bool = False

    @property
    def option(self) -> Type | None:
        """The type of the options object, if that is what the first parameter is."""
        from taropy.spec import _resolve

        return _resolve.option_of(self)

    @property
    def result(self) -> Type | None:
        """What the call gives: the awaited type of a promise, else the returned type; `None` for a property."""
        from taropy.spec import _resolve

        return _resolve.result_of(self)

    @property
    def callback(self) -> Type | None:
        """For on… and off… functions, the type of what the listener receives; `None` where there is nothing."""
        from taropy.spec import _resolve

        return _resolve.callback_of(self)


Kind = OneOf["interface", "alias", "enum", "class"]
Role = OneOf["option", "result", "callback", "manager", "literals", "data"]


@attrs.frozen
class TypeDef:
    """A named type. `type` is an alias's, `values` are the literals of a set of names and of an enum."""

    name: str
    group: str
    kind: Kind
    model: str
    role: Role
    extends: tuple[Type, ...] = ()
    type_params: tuple[TypeParamDef, ...] = ()
    fields: tuple[Field, ...] = ()
    index: Type | None = None
    methods: Mapping[str, Member] = attrs.field(factory=dict, hash=False)
    type: Type | None = None
    values: tuple[str | int | float, ...] = ()
