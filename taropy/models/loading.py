"""From a native value to what a program gets: one function per type of the spec, made when it is first needed.

Managers are a runtime's own affair, since their methods are bound to it: it brings its own way to `wrap` them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from keyword import iskeyword
from typing import Any

from .. import spec
from ..spec import Array, Intersection, Literal, Object, Primitive, Ref, Type, TypeParam, Union
from .model import Model, callable_keys, make_model
from .record import Record, record

#: What most objects are; whether it is some mapping takes longer to ask.
_DICTS: frozenset[type[Any]] = frozenset((dict, Record))

Load = Callable[[Any], Any]
Wrap = Callable[[str, Any], Any]


def keep(value: Any) -> Any:
    """The value as it is."""
    return value


def adopting(load: Load) -> Load:
    """What loads a dict that nobody else has, which an instance of a model then keeps as its own fields."""
    adopt: Load = getattr(load, "adopt", load)
    return adopt


def saying(load: Load, message: str) -> Callable[[], Any]:
    """What makes the results that have nothing but this `errMsg`, as many calls have."""
    quickly = getattr(load, "saying", None)
    make: Callable[[], Any] = (lambda: load({"errMsg": message})) if quickly is None else quickly(message)
    return make


class Loaders:
    """The functions that turn native values into what the declarations say; `wrap` makes a manager of a native one."""

    def __init__(self, wrap: Wrap | None = None) -> None:
        self._wrap = wrap
        self._made: dict[Type, Load] = {}

    def of(self, type_: Type) -> Load:
        """The function for the values of this type."""
        load = self._made.get(type_)
        if load is None:
            load = self._made[type_] = self._make(type_)
        return load

    def _make(self, type_: Type) -> Load:
        match type_:
            case Primitive("any" | "unknown" | "object") | TypeParam():
                return record
            case Primitive() | Literal():
                return keep
            case Array(item):
                return _list_loader(self.of(item))
            case Union(items):
                return self._of_union(items)
            case Ref("Promise" | "Partial" | "Required" | "Readonly", args) if args:
                return self.of(args[0])
            case Ref():
                return self._of_ref(type_)
            case Object() | Intersection():
                return self._of_object(type_)
            case _:
                return keep

    def _of_union(self, items: tuple[Type, ...]) -> Load:
        """Of several possible types: each value is loaded by the first that is no plain value, if it is an object."""
        loads = [load for load in (self.of(item) for item in items) if load is not keep]
        return loads[0] if loads else keep

    def _of_ref(self, type_: Ref) -> Load:
        try:
            definition = spec.type_def(type_.name)
        except KeyError:
            return record if type_.name in ("Record", "Object") else keep
        if definition.kind == "alias":
            return self.of(definition.type) if definition.type is not None else keep
        if definition.role == "manager":
            return keep if self._wrap is None else partial(self._wrap, type_.name)
        if definition.role == "literals" or definition.kind == "enum":
            return keep
        return self.of_model(type_)

    def _of_object(self, type_: Type) -> Load:
        """Of an object without a name: a record, in which managers are wrapped."""
        wraps = [(name, self.of(field.type)) for name, field in spec.fields_of(type_).items() if is_manager(field.type)]
        if self._wrap is None or not wraps:
            return record

        def load(value: Any) -> Any:
            made = record(value)
            for name, wrap in wraps:
                if isinstance(made, Record) and name in made:
                    made[name] = wrap(made[name])
            return made

        return load

    def of_model(self, type_: Ref) -> Load:
        """The loader of an interface: mappings become instances of its model, anything else stays."""
        model = model_of(type_.name)
        nested: list[tuple[str, Load]] | None = None
        new = object.__new__

        def adopt(fields: dict[str, Any]) -> Any:
            nonlocal nested
            made = new(model)
            made.__dict__ = fields
            if nested is None:  # made here and not above, since interfaces may contain themselves
                nested = self._nested(type_)
            if nested:
                for name, load_field in nested:
                    if name in fields:
                        fields[name] = load_field(fields[name])
            if "keys" in fields:
                callable_keys(fields)
            return made

        def load(value: Any) -> Any:
            return adopt({**value}) if type(value) in _DICTS or isinstance(value, Mapping) else value

        @cache  # all runtimes have the same
        def saying(message: str) -> Callable[[], Any]:
            def make() -> Any:
                made = new(model)
                made.__dict__ = {"errMsg": message}
                return made

            return make

        vars(load).update(adopt=adopt, saying=saying)
        return load

    def _nested(self, type_: Ref) -> list[tuple[str, Load]]:
        loads = ((name, self.of(field.type)) for name, field in spec.fields_of(type_).items())
        return [(name, load) for name, load in loads if load is not keep]


def _list_loader(load: Load) -> Load:
    if load is keep:
        return keep
    return lambda value: [load(item) for item in value] if isinstance(value, list | tuple) else value


_PLAIN = Loaders()

#: The loader of a type, for values without managers; shared by all runtimes.
loader: Callable[[Type], Load] = _PLAIN.of
model_loader: Callable[[Ref], Load] = _PLAIN.of_model


@cache
def holds_manager(type_: Type) -> bool:
    """Whether values of this type are managers, or objects with a field that is one."""
    return is_manager(type_) or any(is_manager(field.type) for field in spec.fields_of(type_).values())


def is_manager(type_: Type | None) -> bool:
    """Whether values of this type are managers, or lists of them."""
    match type_:
        case Array(item):
            return is_manager(item)
        case Union(items):
            return any(map(is_manager, items))
        case Ref("Promise", (awaited,)):
            return is_manager(awaited)
        case Ref(name):
            return _role(name) == "manager"
        case _:
            return False


def _role(name: str) -> str | None:
    try:
        return spec.type_def(name).role
    except KeyError:
        return None


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


__all__ = [
    "Load",
    "Loaders",
    "Record",
    "adopting",
    "holds_manager",
    "is_manager",
    "keep",
    "loader",
    "model_loader",
    "model_of",
]
