"""Questions that need more than one entry: all fields of a type, its values, what a call takes and gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from types import MappingProxyType

import attrs

from taropy.spec import _files
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
    Union,
)
from taropy.spec._parse import type_def

Bindings = Mapping[str, Type]

ANY = Primitive("any")
_NOTHING = (Primitive("undefined"), Primitive("null"), Primitive("void"))


# -- substitution of type parameters


def substitute(type_: Type, bound: Bindings) -> Type:
    """`type_` with its parameters replaced by what they are bound to."""
    if not bound:
        return type_
    match type_:
        case TypeParam(name):
            return bound.get(name, type_)
        case Union(items) | Intersection(items) | Tuple(items):
            return type(type_)(_each(items, bound))
        case Array(item):
            return Array(substitute(item, bound))
        case Ref(name, args):
            return Ref(name, _each(args, bound))
        case KeyOf(of):
            return KeyOf(substitute(of, bound))
        case Function(params, returns):
            return Function(tuple(_param(param, bound) for param in params), substitute(returns, bound))
        case Object():
            index = type_.index and substitute(type_.index, bound)
            return attrs.evolve(type_, fields=tuple(_field(field, bound) for field in type_.fields), index=index)
        case _:
            return type_


def _each(items: Iterable[Type], bound: Bindings) -> tuple[Type, ...]:
    return tuple(substitute(item, bound) for item in items)


def _param(param: Param, bound: Bindings) -> Param:
    return attrs.evolve(param, type=substitute(param.type, bound))


def _field(field: Field, bound: Bindings) -> Field:
    uncorrected = field.uncorrected and _field(field.uncorrected, bound)
    return attrs.evolve(field, type=substitute(field.type, bound), uncorrected=uncorrected)


def _bindings(definition: TypeDef, args: tuple[Type, ...]) -> Bindings:
    """What the definition's parameters stand for: the argument, else the default, else anything."""
    bound: dict[str, Type] = {}
    for position, param in enumerate(definition.type_params):
        given = args[position] if position < len(args) else param.default
        bound[param.name] = ANY if given is None else substitute(given, bound)
    return bound


# -- fields


@cache
def fields_of(type_: Type) -> Mapping[str, Field]:
    """All fields of an object type by name, inherited ones and methods included; none for any other type."""
    return MappingProxyType(_fields(type_))


def _fields(type_: Type) -> dict[str, Field]:
    match type_:
        case Object(fields):
            return {field.name: field for field in fields}
        case Intersection(items):
            return {name: field for item in items for name, field in fields_of(item).items()}
        case Union(items):
            return _union_fields([item for item in items if item not in _NOTHING])
        case Ref(name, args) if name in _UTILITIES and args:
            return _UTILITIES[name](*args)
        case Ref(name, args) if name in _files.types():
            return _defined_fields(type_def(name), args)
        case _:
            return {}


def _defined_fields(definition: TypeDef, args: tuple[Type, ...]) -> dict[str, Field]:
    bound = _bindings(definition, args)
    if definition.type is not None:
        return dict(fields_of(substitute(definition.type, bound)))
    made = bool(definition.methods and _files.makers(definition.name))
    inherited = (fields_of(substitute(base, bound)) for base in definition.extends)
    found = {name: field for fields in inherited for name, field in fields.items()}
    own = (*definition.fields, *(_method_field(method, decided=made) for method in definition.methods.values()))
    return found | {field.name: _field(field, bound) for field in own}


def _method_field(method: Member, *, decided: bool) -> Field:
    functions = tuple(Function(signature.params, signature.returns) for signature in method.signatures)
    type_ = functions[0] if len(functions) == 1 else Intersection(functions)
    platforms = method.platforms if decided else None
    return Field(method.name, type_, optional=method.optional, tags=method.tags, platforms=platforms)


def _union_fields(items: list[Type]) -> dict[str, Field]:
    """The fields of every alternative; one that an alternative lacks, or may leave out, is optional."""
    alternatives = [fields_of(item) for item in items]
    found = {name: field for fields in alternatives for name, field in fields.items()}
    return {
        name: attrs.evolve(field, optional=any(name not in fields or fields[name].optional for fields in alternatives))
        for name, field in found.items()
    }


def _with_optional(optional: bool) -> Callable[..., dict[str, Field]]:
    return lambda type_: {name: attrs.evolve(field, optional=optional) for name, field in fields_of(type_).items()}


def _pick(type_: Type, keys: Type) -> dict[str, Field]:
    """The fields that `keys` names; all of them where the keys cannot be told."""
    names = values_of(keys)
    return {name: field for name, field in fields_of(type_).items() if names is None or name in names}


def _omit(type_: Type, keys: Type) -> dict[str, Field]:
    names = values_of(keys) or ()
    return {name: field for name, field in fields_of(type_).items() if name not in names}


#: TypeScript's own helpers that make one object type from another.
_UTILITIES: dict[str, Callable[..., dict[str, Field]]] = {
    "Partial": _with_optional(True),
    "Required": _with_optional(False),
    "Readonly": lambda type_: dict(fields_of(type_)),
    "Pick": _pick,
    "Omit": _omit,
}


@cache
def takes_any_name(type_: Type) -> bool:
    """Whether objects of this type may have fields that it does not declare; true of what is no object type as well."""
    match type_:
        case Object():
            return type_.index is not None
        case Intersection(items):
            return any(map(takes_any_name, items))
        case Union(items):
            return any(takes_any_name(item) for item in items if fields_of(item) or _may_be_any_object(item))
        case Ref(name, args) if name in _UTILITIES and args:
            return takes_any_name(args[0])
        case Ref(name) if name in _files.types():
            definition = type_def(name)
            if definition.type is not None:
                return takes_any_name(definition.type)
            return definition.index is not None or any(map(takes_any_name, definition.extends))
        case _:
            return True


def _may_be_any_object(type_: Type) -> bool:
    """Of a type without fields of its own: whether its values may be objects all the same, as `any` and `Record`."""
    if isinstance(type_, Ref):
        return type_.name not in ("ArrayBuffer", "Array", "Date", "Function", "Promise")
    return type_ in (ANY, Primitive("unknown"), Primitive("object")) or isinstance(type_, TypeParam | Object)


# -- values


@cache
def values_of(type_: Type) -> tuple[str | int | float | bool, ...] | None:
    """The values of a type made of literals, in the declaration's order; `None` if it allows others as well."""
    match type_:
        case Literal(value):
            return (value,)
        case Union(items):
            parts = [values_of(item) for item in items if item not in _NOTHING]
            return None if not parts or None in parts else tuple(value for part in parts for value in part or ())
        case KeyOf(of):
            return _keys(of)
        case Ref("Exclude", (all_, some)):
            kept, left_out = values_of(all_), values_of(some)
            return None if kept is None else tuple(value for value in kept if value not in (left_out or ()))
        case Ref(name) if name in _files.types():
            definition = type_def(name)
            return definition.values if definition.kind == "enum" else _alias_values(definition)
        case _:
            return None


def _alias_values(definition: TypeDef) -> tuple[str | int | float | bool, ...] | None:
    return None if definition.type is None else values_of(definition.type)


def _keys(type_: Type) -> tuple[str | int | float | bool, ...] | None:
    match type_:
        case Ref(name) if name in _files.types() and type_def(name).values:
            return type_def(name).values
        case _:
            return tuple(int(name) if name.isdecimal() else name for name in fields_of(type_)) or None


# -- calls


def option_of(member: Member) -> Type | None:
    """The type of the first parameter if it is an object with named fields, and not a manager."""
    for signature in member.signatures:
        if signature.params and not signature.params[0].rest:
            type_ = _without_nothing(signature.params[0].type)
            return _closed(type_, member.signatures) if _is_options(type_) else None
    return None


def _is_options(type_: Type) -> bool:
    match type_:
        case Ref(name) if name in _files.types():
            definition = type_def(name)
            if isinstance(definition.type, Union) and Primitive("string") in definition.type.items:
                return False
            return definition.role != "manager" and bool(fields_of(type_))
        case Object() | Intersection() | Ref():
            return bool(fields_of(type_))
        case Union(items):
            return all(_is_options(item) for item in items)
        case _:
            return False


def _without_nothing(type_: Type) -> Type:
    if not isinstance(type_, Union):
        return type_
    items = tuple(item for item in type_.items if item not in _NOTHING)
    return items[0] if len(items) == 1 else Union(items)


def result_of(member: Member) -> Type | None:
    """The awaited type of the first signature that returns a promise, else what the first one returns."""
    awaited = (awaited_type(signature.returns) for signature in member.signatures)
    first = next((type_ for type_ in awaited if type_ is not None), None)
    if first is not None:
        return _closed(first, member.signatures)
    return _closed(member.signatures[0].returns, member.signatures) if member.signatures else None


def _closed(type_: Type, signatures: tuple[Signature, ...]) -> Type:
    """The function's own type parameters mean their default, or anything: Python's caller does not give them."""
    bound = {param.name: param.default or ANY for signature in signatures for param in signature.type_params}
    return substitute(type_, bound)


def awaited_type(type_: Type) -> Type | None:
    """What awaiting a value of this type gives; `None` if it is no promise, nor a task that extends one."""
    match type_:
        case Ref("Promise", args):
            return args[0] if args else ANY
        case Ref(name, args) if name in _files.types():
            definition = type_def(name)
            bound = _bindings(definition, args)
            bases = definition.extends if definition.type is None else (definition.type,)
            return _first_awaited(substitute(base, bound) for base in bases)
        case Intersection(items):
            return _first_awaited(items)
        case _:
            return None


def _first_awaited(types: Iterable[Type]) -> Type | None:
    return next((found for type_ in types if (found := awaited_type(type_)) is not None), None)


def callback_of(member: Member) -> Type | None:
    """What the listener of an on… or off… function receives first."""
    head = "off" if member.name.startswith("off") else "on"
    if not (member.name.startswith(head) and member.name[len(head) :][:1].isupper()):
        return None
    for signature in member.signatures:
        for param in signature.params:
            function = as_function(param.type)
            if function is not None and function.params:
                return _closed(function.params[0].type, member.signatures)
    return None


def success_of(member: Member) -> Type | None:
    """What a call gives; of a function that returns nothing, what its `success` is told."""
    success = fields_of(member.option).get("success") if member.option is not None else None
    if member.is_promise or success is None or not isinstance(success.type, Function) or not success.type.params:
        return member.result
    return success.type.params[0].type


def as_function(type_: Type) -> Function | None:
    """The function type behind a type, through aliases; the first one of a union."""
    match type_:
        case Function():
            return type_
        case Ref(name, args) if name in _files.types():
            definition = type_def(name)
            return as_function(substitute(definition.type, _bindings(definition, args))) if definition.type else None
        case Union(items):
            return next((found for item in items if (found := as_function(item)) is not None), None)
        case _:
            return None
