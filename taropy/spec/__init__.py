"""What Taro promises, as data: every member, every type, and which platform has what.

The facts stand in `upstream/`, made from Taro's own packages and never edited; what they get wrong is corrected in
`overrides/`, each entry with its reason. Everything here is read when it is first asked for: a program that uses three
functions reads the indexes and the groups in which those three stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from taropy.spec import _files

if TYPE_CHECKING:
    from taropy.spec._docs import MemberText
    from taropy.spec._model import (
        Array,
        Field,
        Function,
        Intersection,
        KeyOf,
        Literal,
        Member,
        Object,
        Param,
        Primitive,
        Ref,
        Signature,
        Tuple,
        Type,
        TypeDef,
        TypeParam,
        TypeParamDef,
        Union,
    )

#: How a call is answered, beside its promise: every function with options takes these, declared or not.
CALLBACKS = ("success", "fail", "complete")

#: Taro's platforms, in the order in which its declarations mostly name them.
PLATFORMS = ("weapp", "alipay", "swan", "qq", "tt", "jd", "h5", "rn", "harmony", "harmony-hybrid")

__all__ = [
    "CALLBACKS",
    "PLATFORMS",
    "Array",
    "Field",
    "Function",
    "Intersection",
    "KeyOf",
    "Literal",
    "Member",
    "MemberText",
    "Object",
    "Param",
    "Primitive",
    "Ref",
    "Signature",
    "Tuple",
    "Type",
    "TypeDef",
    "TypeParam",
    "TypeParamDef",
    "Union",
    "awaited",
    "field_texts",
    "fields_of",
    "function_of",
    "group_of",
    "groups",
    "has",
    "hidden",
    "interactive",
    "makers_of",
    "member",
    "member_text",
    "members",
    "model_names",
    "supported_on",
    "type_def",
    "type_names",
    "type_text",
    "undeclared",
    "values_of",
]


def members() -> tuple[str, ...]:
    """The names of all members of Taro, sorted."""
    return tuple(_files.members())


def has(name: str) -> bool:
    """Whether Taro has a member with this name."""
    return name in _files.members()


def member(name: str) -> Member:
    """A member of Taro. KeyError if there is none with this name."""
    from taropy.spec import _parse

    return _parse.member(name)


def group_of(name: str) -> str:
    """The group in which a member stands, such as `open-api/login`. KeyError for an unknown name."""
    return _files.members()[name]


def groups() -> tuple[str, ...]:
    """All groups that have members, sorted."""
    return tuple(sorted(set(_files.members().values())))


def type_def(qualified: str) -> TypeDef:
    """A named type by its path below Taro, such as `login.Option`. KeyError if there is none."""
    from taropy.spec import _parse

    return _parse.type_def(qualified)


def type_names() -> tuple[str, ...]:
    """The qualified names of all types, sorted."""
    return tuple(_files.types())


def model_names() -> Mapping[str, str]:
    """The qualified name of the type behind each model name: `LoginOption` is `login.Option`."""
    return MappingProxyType(_files.models())


def member_text(name: str) -> MemberText | None:
    """What a member does, gives and refuses, in English; `None` if it is not described.

    KeyError for an unknown name.
    """
    from taropy.spec import _docs

    return _docs.describe_member(name)


def field_texts(type_: Type) -> Mapping[str, str]:
    """What each field of an object type means, inherited fields included; plain fields have no text."""
    from taropy.spec import _docs

    return _docs.describe_fields(type_)


def type_text(qualified: str) -> Mapping[str, str]:
    """The texts of a type's fields, methods and values by name; under `""` that of the type itself.

    What is plain from its name and type has none. KeyError for an unknown type.
    """
    from taropy.spec import _docs

    return _docs.describe_type(qualified)


def supported_on(name: str) -> frozenset[str]:
    """The platforms that have a member, decided from tags, adapters' code and overrides.

    KeyError for an unknown name.
    """
    return frozenset(_files.member(name)["platforms"])


def makers_of(type_name: str) -> tuple[str, ...]:
    """What gives an object of a type: functions (`connectSocket`), and methods or fields of types (`VKFrame.camera`).

    Empty for types that nothing in the declarations gives, and for those that are plain data.
    """
    return tuple(_files.makers(type_name))


def undeclared(platform: str) -> tuple[str, ...]:
    """The functions of a platform's native object of which Taro makes promises although it does not declare them.

    Its adapters for mini programs list them: `pay` on tt, `getServerTime` on alipay. None for a platform of one's own.
    """
    return tuple(_files.undeclared(platform, "promised"))


def hidden(platform: str) -> tuple[str, ...]:
    """The functions of a platform's native object that Taro does not have, since others stand for them.

    On alipay there is no `Taro.getAuthCode`: it is what `Taro.login` calls.
    """
    return tuple(_files.undeclared(platform, "hidden"))


def interactive() -> frozenset[str]:
    """The functions that wait for a person, and so may take any time."""
    return _files.interactive()


def success_of(member: Member) -> Type | None:
    """What a call gives; of a function that returns nothing, what its `success` is told."""
    from taropy.spec import _resolve

    return _resolve.success_of(member)


def function_of(type_: Type) -> Function | None:
    """The function type that a value of this type has, if it is a callback or a listener; else `None`."""
    from taropy.spec import _resolve

    return _resolve.as_function(type_)


def fields_of(type_: Type) -> Mapping[str, Field]:
    """All fields of an object type by name; empty for any other type.

    Inherited fields are included, type parameters are replaced by the arguments or by their defaults, and a
    method counts as a field that holds a function. A union has the fields of all its alternatives, optional
    unless every alternative has them.
    """
    from taropy.spec import _resolve

    return _resolve.fields_of(type_)


def takes_any_name(type_: Type) -> bool:
    """Whether objects of this type may have fields that it does not declare; true of what is no object type as well."""
    from taropy.spec import _resolve

    return _resolve.takes_any_name(type_)


def values_of(type_: Type) -> tuple[str | int | float | bool, ...] | None:
    """The values of a type made of literals (`"GET"`, `"POST"`, …); `None` if other values are allowed too."""
    from taropy.spec import _resolve

    return _resolve.values_of(type_)


def awaited(type_: Type) -> Type | None:
    """What awaiting a value of this type gives, also if it is a task; `None` if it is no promise."""
    from taropy.spec import _resolve

    return _resolve.awaited_type(type_)


def __getattr__(name: str) -> Any:
    """The view's classes, made when one is first named: that takes longer than reading three groups."""
    if name == "MemberText":
        from taropy.spec import _docs

        return _docs.MemberText
    if name in __all__:
        from taropy.spec import _model

        return getattr(_model, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
