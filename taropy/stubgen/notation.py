"""Types of the spec as Python writes them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from .. import spec
from ..spec import (
    Array,
    Function,
    Intersection,
    KeyOf,
    Literal,
    Object,
    Param,
    Primitive,
    Ref,
    Tuple,
    Type,
    TypeDef,
    TypeParam,
    Union,
)
from ..spec._resolve import substitute

#: The modules of the names that a written type may use; what is in none of them is a builtin.
MODULES: Mapping[str, str] = {
    **dict.fromkeys(("Any", "Literal", "Never", "Self"), "typing"),
    **dict.fromkeys(("Awaitable", "Callable", "Mapping", "Sequence"), "collections.abc"),
    "Call": "taropy._calls",
    "Promise": "taropy.runtime.promise",
    "Record": "taropy.models.record",
    "datetime": "datetime",
    "Pattern": "re",
}

BYTES = "bytes | bytearray | memoryview"
TYPED_ARRAYS = frozenset(
    f"{kind}Array" for kind in (
        "Int8", "Uint8", "Uint8Clamped", "Int16", "Uint16", "Int32", "Uint32", "Float32", "Float64",
    )
)  # fmt: skip
BINARY = TYPED_ARRAYS | {"ArrayBuffer", "ArrayBufferLike", "DataView"}

#: Options with at least one callback, for which a method returns nothing, and those without any, for which it returns a
#: promise. Here both are the options: what is returned is a promise either way.
WITH_CALLBACK, WITHOUT_CALLBACKS = "OQ", "RQ"

#: What fetch() takes as its `cache`; the one literal type of browsers that Taro's declarations use by name.
REQUEST_CACHE = ("default", "force-cache", "no-cache", "no-store", "only-if-cached", "reload")


class Notation:
    """Writes types. `given` is the direction: whether the program gives the value to Taro, or gets it.

    What a program gives may be more than one thing (any sequence, any mapping); what it gets is one (a list, a dict).
    A subclass says how named types and objects without a name are called, and is told of every name that is used.
    """

    def name(self, name: str) -> str:
        """How a builtin, or a name of `MODULES`, is written where the type will stand."""
        return name

    def model(self, definition: TypeDef, args: tuple[Type, ...], given: bool) -> str:
        """How a type with fields or methods is called."""
        return definition.model

    def anonymous(self, type_: Type, given: bool) -> str:
        """How an object type without a name is called."""
        index = type_.index if isinstance(type_, Object) else None
        return self.mapping("str", self.name("Any") if index is None else self.write(index, given), given)

    def unsayable(self, what: str) -> str:
        """What stands for a type that Python has nothing for."""
        return self.name("Any")

    def write(self, type_: Type, given: bool = False) -> str:
        """A type as Python writes it."""
        match type_:
            case Primitive(name):
                return self._primitive(name, given)
            case Literal(value):
                return self.literals([value])
            case Union(items):
                return self._union(items, given)
            case Array(item):
                return self._array(item, given)
            case Tuple(items):
                return f"{self.name('tuple')}[{comma(self.write(item, given) for item in items)}]"
            case KeyOf():
                return self.keys(type_)
            case Function(params, returns):
                return self.callable(params, returns, given)
            case Ref(name, args):
                return self._ref(name, args, given)
            case Object(calls=(_, *_)) | Object(constructs=(_, *_)):
                return self._callable_object(type_, given)
            case TypeParam(name):
                return self.type_param(name)
            case _:
                return self.anonymous(type_, given)

    def promise(self) -> str:
        """What a program gets where Taro declares a promise."""
        return "Promise"

    def type_param(self, name: str) -> str:
        """A type parameter; where no caller says it, it may be anything."""
        return self.name("Any")

    def literals(self, values: Iterable[str | int | float | bool]) -> str:
        """The values as one `Literal`; nothing if there are none."""
        shown = [python_value(value) for value in values]
        return f"{self.name('Literal')}[{comma(shown)}]" if shown else ""

    def keys(self, type_: KeyOf) -> str:
        """The names of a type's fields."""
        return self.literals(spec.values_of(type_) or ()) or self.name("str")

    def mapping(self, key: str, value: str, given: bool) -> str:
        """A dict, or what serves as one."""
        if not given and value == "Any":
            return self.name("Record")
        return f"{self.name('Mapping' if given else 'dict')}[{key}, {value}]"

    def callable(self, params: Iterable[Param], returns: Type, given: bool) -> str:
        """A function value; its parameters go the other way. What a given one returns does not matter if it is void."""
        taken = tuple(params)
        parts = "..." if any(each.rest for each in taken) else f"[{comma(self._taken(each, given) for each in taken)}]"
        ignored = given and isinstance(returns, Primitive) and returns.name in ("void", "any", "undefined")
        result = self.name("object") if ignored else self.write(returns, given)
        written = f"{self.name('Callable')}[{parts}, {result}]"
        if ignored and taken and all(each.optional for each in taken):  # one that takes nothing will do
            return f"{self.name('Callable')}[[], {result}] | {written}"
        return written

    def _taken(self, param: Param, given: bool) -> str:
        written = self.write(param.type, not given)
        return or_none(written) if param.optional else written

    def _primitive(self, name: str, given: bool) -> str:
        match name:
            case "string":
                return self.name("str")
            case "number":
                return self.name("float")
            case "boolean":
                return self.name("bool")
            case "void" | "undefined" | "null":
                return "None"
            case "unknown" | "symbol":
                return self.name("object")
            case "object":
                return self.mapping(self.name("str"), self.name("Any"), given)
            case "never" | "this":
                return self.name({"never": "Never", "this": "Self"}[name])
            case _:
                return self.name("Any")

    def _union(self, items: Iterable[Type], given: bool) -> str:
        """The alternatives, each once; values in one `Literal`, and None at the end."""
        given_items = tuple(items)
        values = self.literals(item.value for item in given_items if isinstance(item, Literal))
        others = [self.write(item, given) for item in given_items if not isinstance(item, Literal)]
        return joined([*filter(None, [values]), *others])

    def _array(self, item: Type, given: bool) -> str:
        """A list. Of texts a program gives a list or a tuple: a text alone would pass for a sequence of texts."""
        if given and item == Primitive("string"):
            text = self.name("str")
            return f"{self.name('list')}[{text}] | {self.name('tuple')}[{text}, ...]"
        return f"{self.name('Sequence' if given else 'list')}[{self.write(item, given)}]"

    def _callable_object(self, type_: Object, given: bool) -> str:
        if type_.constructs:
            return f"{self.name('type')}[{self.write(type_.constructs[0].returns, given)}]"
        return joined(self.callable(each.params, each.returns, given) for each in type_.calls)

    def _ref(self, name: str, args: tuple[Type, ...], given: bool) -> str:
        if name in (WITH_CALLBACK, WITHOUT_CALLBACKS):
            return self.write(args[0], given)
        if name not in spec.type_names():
            return self._built_in(name, args, given)
        definition = spec.type_def(name)
        if definition.role == "literals":
            return self.keys(KeyOf(Ref(name)))
        if is_class(definition):
            return self.model(definition, args, given)
        assert definition.type is not None
        return self.write(bound(definition, args), given)

    def _built_in(self, name: str, args: tuple[Type, ...], given: bool) -> str:
        """JavaScript's and the browsers' own types."""
        match name:
            case "Promise":
                kind = self.name("Awaitable" if given else self.promise())
                return f"{kind}[{self.write(args[0], given) if args else self.name('Any')}]"
            case "Record":
                key, value = (self.write(arg, given) for arg in args)
                return self.mapping(key, value, given)
            case "Partial" | "Required" | "Readonly" | "Pick" | "Omit":
                type_ = Ref(name, args)
                if spec.fields_of(type_) and name != "Readonly":
                    return self.anonymous(type_, given)
                return self.write(args[0], given)
            case "RequestCache":
                return self.literals(REQUEST_CACHE)
            case "Function":
                return f"{self.name('Callable')}[..., {self.name('Any')}]"
            case "RegExp":
                return f"{self.name('Pattern')}[{self.name('str')}]"
            case "Date":
                return self.name("datetime")
            case "Error":
                return self.name("Exception")
            case _ if name in BINARY:
                return self._binary(given)
            case _:
                return self.unsayable(name)

    def _binary(self, given: bool) -> str:
        return joined(map(self.name, BYTES.split(" | "))) if given else self.name("bytes")


def is_class(definition: TypeDef) -> bool:
    """Whether the type has fields or methods, and so is a class; another is written as what it stands for."""
    if definition.kind != "alias":
        return definition.role != "literals"
    match definition.type:
        case Object(calls=(), constructs=()) | Intersection():
            return True
        case Ref(name, args):
            return bool(args) and name in spec.type_names() and bool(spec.fields_of(Ref(definition.name)))
        case _:
            return False


def bound(definition: TypeDef, args: tuple[Type, ...]) -> Type:
    """What an alias stands for, with these type arguments; a parameter without one means its default, else itself."""
    assert definition.type is not None
    given = {param.name: arg for param, arg in zip(definition.type_params, args, strict=False)}
    defaults = {param.name: param.default for param in definition.type_params if param.default is not None}
    return substitute(definition.type, {**defaults, **given})


def joined(alternatives: Iterable[str]) -> str:
    """Several written types as one, each once, None at the end; what may be anything is `Any`."""
    written = dict.fromkeys(part for each in alternatives for part in split_union(each))
    if "Any" in written:
        return "Any"
    if len(written) > 1:
        written.pop("Never", None)
    return " | ".join(sorted(written, key=lambda each: each == "None"))


def split_union(written: str) -> list[str]:
    """The alternatives of a written type."""
    parts, depth, start = [], 0, 0
    for position, character in enumerate(written):
        depth += (character in "[(") - (character in "])")
        if depth == 0 and written.startswith(" | ", position):
            parts.append(written[start:position])
            start = position + 3
    return [*parts, written[start:]]


def python_value(value: Any) -> str:
    """A value of the spec, texts in double quotes."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)


def or_none(written: str) -> str:
    """A written type, or None."""
    return written if written in ("Any", "None") or written.endswith("| None") else f"{written} | None"


def comma(parts: Iterable[str]) -> str:
    """The parts with commas between them."""
    return ", ".join(parts)
