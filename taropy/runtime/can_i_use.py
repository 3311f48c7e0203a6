"""`Taro.canIUse`: the whole schema, answered from the spec, the platform and the host.

`getLocation`, `request.object.method.GET`, `login.success.code`, `onMemoryWarning.callback.level`,
`getSystemInfoSync.return.SDKVersion`, `RequestTask.onChunkReceived`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import spec
from ..spec import Array, Function, Member, Ref, Type, Union
from .options import allowed_values

if TYPE_CHECKING:
    from .faces import Runtime


def can_i_use(runtime: Runtime, schema: str) -> bool:
    """Whether a call of what the schema names would be carried out here.

    Fields are those that the declarations have for the platform; of lists, those of what is in them. An option that the
    platform does not have stops no call: it is handed on, as Taro does, to a host that leaves it alone.
    """
    name, *path = schema.split(".")
    if not spec.has(name):
        return _type_has(runtime, schema) if path else runtime.hands_through(name)
    if not runtime.offers(name):
        return False
    return not path or _member_has(runtime, spec.member(name), path) or _type_has(runtime, schema)


def _member_has(runtime: Runtime, member: Member, path: list[str]) -> bool:
    """`<method>.<field>.<value>` below a function, where the method says which of its objects is meant."""
    method, *rest = path
    type_ = _side(member, method)
    if type_ is None:
        return member.type is not None and _field_has(runtime, member.type, path)
    return not rest or _field_has(runtime, type_, rest)


def _side(member: Member, method: str) -> Type | None:
    """The type of what goes in or comes out of a function: `object`, `success`, `return` or `callback`."""
    match method:
        case "object":
            return member.option
        case "success":
            return member.result if member.is_promise else _success_of(member)
        case "return":
            return None if member.is_promise else member.result
        case "callback":
            return member.callback
        case _:
            return None


def _success_of(member: Member) -> Type | None:
    field = spec.fields_of(member.option).get("success") if member.option is not None else None
    function = field.type if field is not None else None
    return function.params[0].type if isinstance(function, Function) and function.params else None


def _field_has(runtime: Runtime, type_: Type, path: list[str]) -> bool:
    name, *rest = path
    while isinstance(type_, Array):
        type_ = type_.item
    field = spec.fields_of(type_).get(name)
    if field is None or not runtime.known.has_field(field):
        return False
    if not rest:
        return True
    values = _named_values(field.type)
    if values:
        return len(rest) == 1 and rest[0] in values
    return _field_has(runtime, field.type, rest)


def _named_values(type_: Type) -> set[str]:
    """The values that a type names, also if it allows others beside them."""
    items = type_.items if isinstance(type_, Union) else (type_,)
    return {str(value) for item in items for value in allowed_values(spec.values_of(item) or ())}


def _type_has(runtime: Runtime, schema: str) -> bool:
    """`CameraContext.onCameraFrame`: a method or field of a type, on a platform that hands such objects out."""
    name, path = _type_of(schema)
    if name is None or spec.type_def(name).role == "literals" or not _is_given(runtime, name):
        return False
    return _field_has(runtime, Ref(name), path)


def _type_of(schema: str) -> tuple[str | None, list[str]]:
    """The type that a schema begins with, whose name may have dots (`DB.Query`), and what comes after."""
    known, parts = set(spec.type_names()), schema.split(".")
    lengths = range(len(parts) - 1, 0, -1)
    length = next((length for length in lengths if ".".join(parts[:length]) in known), None)
    return (None, parts) if length is None else (".".join(parts[:length]), parts[length:])


def _is_given(runtime: Runtime, type_name: str, asked: frozenset[str] = frozenset()) -> bool:
    """Whether a program gets objects of this type here: of a function, or of other objects that it gets."""
    return any(_gives(runtime, maker, asked | {type_name}) for maker in spec.makers_of(type_name))


def _gives(runtime: Runtime, maker: str, asked: frozenset[str]) -> bool:
    owner, _, part = maker.rpartition(".")
    if not owner:
        return runtime.offers(part)
    has = runtime.known.has_field(spec.fields_of(Ref(owner))[part])
    return has and owner not in asked and _is_given(runtime, owner, asked)
