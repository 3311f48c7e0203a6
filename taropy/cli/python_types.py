"""The spec's types and signatures, written as Python's."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from .. import spec
from ..spec import (
    Array,
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
    Union,
)

WIDTH = 80

_PRIMITIVES: Mapping[str, str] = {
    "string": "str",
    "number": "float",
    "boolean": "bool",
    "void": "None",
    "undefined": "None",
    "null": "None",
    "object": "dict[str, Any]",
    "never": "Never",
    "this": "Self",
}

_BYTES = ("ArrayBuffer", "ArrayBufferLike", "DataView", "Uint8Array", "Uint8ClampedArray", "Float32Array")

# JavaScript's own types: what stands for them in Python, made of their type arguments.
_BUILT_IN: Mapping[str, Callable[..., str]] = {
    "Promise": lambda value="Any": f"Promise[{value}]",
    "Record": lambda key="str", value="Any": f"dict[{key}, {value}]",
    "Partial": lambda value, *_: value,
    "Required": lambda value, *_: value,
    "Readonly": lambda value, *_: value,
    "Pick": lambda value, *_: value,
    "Omit": lambda value, *_: value,
    "Date": lambda: "datetime",
    "Error": lambda: "Exception",
    "Function": lambda: "Callable[..., Any]",
    **dict.fromkeys(_BYTES, lambda *_: "bytes"),
}


def python_type(type_: Type) -> str:
    """A type of the spec as Python would write it; `Any` for what Python has nothing for."""
    match type_:
        case Primitive(name):
            return _PRIMITIVES.get(name, "Any")
        case Literal(value):
            return _literals([value])
        case Union(items):
            return _union(items)
        case Array(item):
            return f"list[{python_type(item)}]"
        case Tuple(items):
            return f"tuple[{_comma(map(python_type, items))}]"
        case KeyOf():
            return _literals(spec.values_of(type_) or ()) or "str"
        case Function(params, returns):
            return _callable(params, returns)
        case Object(constructs=(first, *_)):
            return f"type[{python_type(first.returns)}]"
        case Object(index=index):
            return f"dict[str, {'Any' if index is None else python_type(index)}]"
        case Intersection(items):
            overloads = all(isinstance(item, Function) for item in items)
            return "Callable[..., Any]" if overloads else "dict[str, Any]"
        case Ref(name, args):
            return _named(name, args)
        case _:
            return "Any"


def signatures(member: Member) -> list[str]:
    """How the function is called, once for each way; broken into lines where it is too long for one."""
    return [_signature(member.name, signature) for signature in member.signatures]


def _signature(name: str, signature: Signature) -> str:
    params = [_param(param) for param in signature.params]
    returns = python_type(signature.returns)
    short = f"Taro.{name}({_comma(params)}) -> {returns}"
    if len(short) <= WIDTH:
        return short
    lines = "".join(f"    {param},\n" for param in params)
    return f"Taro.{name}(\n{lines}) -> {returns}"


def _param(param: Param) -> str:
    if param.rest:
        item = param.type.item if isinstance(param.type, Array) else param.type
        return f"*{param.name}: {python_type(item)}"
    if not param.optional:
        return f"{param.name}: {python_type(param.type)}"
    return f"{param.name}: {or_none(python_type(param.type))} = None"


def python_value(value: Any) -> str:
    """A value of the spec, texts in double quotes."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)


def or_none(written: str) -> str:
    """A written type, or None."""
    return written if written in ("Any", "None") or written.endswith("| None") else f"{written} | None"


def _union(items: Iterable[Type]) -> str:
    """The alternatives, each once; values in one `Literal`, and None at the end."""
    given = tuple(items)
    values = _literals(item.value for item in given if isinstance(item, Literal))
    others = [python_type(item) for item in given if not isinstance(item, Literal)]
    written = dict.fromkeys([*filter(None, [values]), *others])
    if "Any" in written:
        return "Any"
    return " | ".join(sorted(written, key=lambda each: each == "None"))


def _literals(values: Iterable[str | int | float | bool]) -> str:
    shown = [python_value(value) for value in values]
    return f"Literal[{_comma(shown)}]" if shown else ""


def _callable(params: Iterable[Param], returns: Type) -> str:
    given = tuple(params)
    written = "..." if any(param.rest for param in given) else f"[{_comma(python_type(each.type) for each in given)}]"
    return f"Callable[{written}, {python_type(returns)}]"


def _named(name: str, args: tuple[Type, ...]) -> str:
    if name not in spec.type_names():
        written = _BUILT_IN.get(name)
        return "Any" if written is None else written(*map(python_type, args))
    definition = spec.type_def(name)
    if definition.kind == "enum" and definition.values:
        return _literals(definition.values)
    if definition.kind == "alias" and definition.type is not None:
        return python_type(definition.type)
    return definition.model


def _comma(parts: Iterable[str]) -> str:
    return ", ".join(parts)
