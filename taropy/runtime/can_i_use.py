"""`Taro.canIUse`: the whole schema, answered from the spec, the platform and the host.

`getLocation`, `request.object.method.GET`, `login.success.code`, `onMemoryWarning.callback.level`,
`getSystemInfoSync.return.SDKVersion`, `RequestTask.onChunkReceived`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import spec
from ..spec import Array, Field, Function, Member, Ref, Type, Union
from .options import allowed_values

if TYPE_CHECKING:
    from .bound import Runtime


def can_i_use(runtime: Runtime, schema: str) -> bool:
    """Whether a call of what the schema names would be carried out here.

    Fields are those that the declarations have for the platform; of lists, those of what is in them. An option that the
    platform does not have stops no call: it is handed on, as Taro does, to a host that leaves it alone.
    """
    name, *path = schema.split(".")
    if not spec.has(name):
        return _type_has(runtime, name, path) if path else runtime.hands_through(name)
    if not runtime.offers(name):
        return False
    return not path or _member_has(runtime, spec.member(name), path)


def _member_has(runtime: Runtime, member: Member, path: list[str]) -> bool:
    """`<method>.<field>.<value>` below a function, where the method says which of its objects is meant."""
    method, *rest = path
    type_ = _side(member, method)
    if type_ is None:
        return method in spec.fields_of(member.type) if member.type is not None and not rest else False
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
    if field is None or not _tagged(runtime, field):
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


def _tagged(runtime: Runtime, field: Field) -> bool:
    """A field that names platforms is had by those; one that names none is had wherever its function is."""
    return field.tags is None or not {"global", *runtime.known.lineage}.isdisjoint(field.tags)


def _type_has(runtime: Runtime, name: str, path: list[str]) -> bool:
    """`CameraContext.onCameraFrame`: a method or field of a type, on a platform that hands such objects out."""
    try:
        definition = spec.type_def(name)
    except KeyError:
        return False
    if definition.role == "literals" or not any(runtime.offers(maker) for maker in _makers(name)):
        return False
    return _field_has(runtime, Ref(name), path)


def _makers(type_name: str) -> list[str]:
    """The functions that give an object of this type."""
    return [name for name in spec.members() if _gives(spec.member(name), type_name)]


def _gives(member: Member, type_name: str) -> bool:
    returned = {signature.returns.name for signature in member.signatures if isinstance(signature.returns, Ref)}
    awaited = {member.result.name} if isinstance(member.result, Ref) else set()
    return type_name in returned | awaited
