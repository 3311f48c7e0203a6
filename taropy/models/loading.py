"""From a native value to what a program gets: one function per type of the spec, made when it is first needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from keyword import iskeyword
from typing import Any

from .. import spec
from ..spec import Array, Intersection, Literal, Object, Primitive, Ref, Type, TypeParam, Union
from .model import Model, make_model
from .record import Record, record

Load = Callable[[Any], Any]


def keep(value: Any) -> Any:
    """The value as it is."""
    return value


@cache
def loader(type_: Type) -> Load:
    """The function that turns a native value into what the declaration says."""
    match type_:
        case Primitive("any" | "unknown" | "object") | TypeParam():
            return record
        case Primitive() | Literal():
            return keep
        case Array(item):
            return _list_loader(loader(item))
        case Union(items):
            return _union_loader(items)
        case Ref("Promise" | "Partial" | "Required" | "Readonly", args) if args:
            return loader(args[0])
        case Ref():
            return _ref_loader(type_)
        case Object() | Intersection():
            return record
        case _:
            return keep


def _list_loader(load: Load) -> Load:
    if load is keep:
        return keep
    return lambda value: [load(item) for item in value] if isinstance(value, list | tuple) else value


def _union_loader(items: tuple[Type, ...]) -> Load:
    """Of several possible types: each value is loaded by the first that is no plain value, if it is an object."""
    loads = [load for load in (loader(item) for item in items) if load is not keep]
    return loads[0] if loads else keep


def _ref_loader(type_: Ref) -> Load:
    try:
        definition = spec.type_def(type_.name)
    except KeyError:
        return record if type_.name in ("Record", "Object") else keep
    if definition.kind == "alias":
        return loader(definition.type) if definition.type is not None else keep
    if definition.role in ("manager", "literals") or definition.kind == "enum":
        return keep
    return model_loader(type_)


def model_loader(type_: Ref) -> Load:
    """The loader of an interface: mappings become instances of its model, anything else stays."""
    model = model_of(type_.name)
    nested: list[tuple[str, Load]] | None = None
    new = object.__new__

    def load(value: Any) -> Any:
        nonlocal nested
        if type(value) is not dict and not isinstance(value, Mapping):
            return value
        made = new(model)
        fields = made.__dict__
        fields.update(value)
        if nested is None:  # made here and not above, since interfaces may contain themselves
            nested = _nested_loaders(type_)
        for name, load_field in nested:
            if name in fields:
                fields[name] = load_field(fields[name])
        return made

    return load


def _nested_loaders(type_: Ref) -> list[tuple[str, Load]]:
    loads = ((name, loader(field.type)) for name, field in spec.fields_of(type_).items())
    return [(name, load) for name, load in loads if load is not keep]


@cache
def model_of(taro_name: str) -> type[Model]:
    """The model of the interface `taro_name` (`login.Option`), an attrs class."""
    definition = spec.type_def(taro_name)
    # What Python cannot say as an attribute (`is`, `scope.userInfo`) is read by key.
    fields = [each for each in spec.fields_of(Ref(taro_name, ())).values() if _is_name(each.name)]
    required = [field.name for field in fields if not field.optional]
    optional = [field.name for field in fields if field.optional]
    return make_model(definition.model, taro_name, required, optional)


def _is_name(text: str) -> bool:
    return text.isidentifier() and not iskeyword(text)


__all__ = ["Load", "Record", "keep", "loader", "model_loader", "model_of"]
