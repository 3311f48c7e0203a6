"""The type of an expression by how it looks, wherever in the program it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import attrs

from ..names import FUNCTIONS, Scope, key_of, text_of
from ..origins import TARO_PACKAGES
from . import library, texts
from .taro_types import result_of
from .translator import later
from .types import (
    ARRAY,
    BOOLEAN,
    MATCH,
    NEVER,
    NOTHING,
    NULL,
    NUMBER,
    PROMISE,
    STRING,
    UNKNOWN,
    WHOLE,
    Type,
    enum_type,
    joined,
    of_name,
    of_number,
    product,
    widened,
)
from .wholes import module_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from .program import Found, Module

_MOST_DEEP = 24
_BASES = ("0x", "0o", "0b")
_COMPARES = frozenset(["===", "!==", "==", "!=", "<", "<=", ">", ">=", "in", "instanceof"])
_BITS = frozenset(["&", "|", "^", "<<", ">>", ">>>"])


def look(module: Module, node: Node | None, scope: Scope, depth: int = 0) -> Type:
    """The type of an expression that stands in a scope; unknown where that can't be seen."""
    handler = _HANDLERS.get(node.type) if node is not None and depth < _MOST_DEEP else None
    return handler(module, node, scope, depth + 1) if handler is not None and node is not None else UNKNOWN


def of_operator(sign: str, left: Type, right: Type) -> Type:
    """The type of `left sign right`."""
    if sign in _COMPARES:
        return BOOLEAN
    if sign in ("&&", "||", "??"):
        return joined([left if sign == "&&" else left.sure, right])
    if NEVER in (left, right):
        left = right = left if right == NEVER else right
    if sign == "+":
        if left.is_string or right.is_string:
            return STRING
        if not (left.kind == right.kind == "number"):
            return UNKNOWN
    if sign == "*" and left.literal is not None and right.literal is not None:
        return product(left, right) or NUMBER
    whole = all(each.is_number and each.whole for each in (left, right))
    return WHOLE if sign in _BITS or (whole and sign in ("+", "-", "*")) else NUMBER


def _binary(module: Module, node: Node, scope: Scope, depth: int) -> Type:
    left, sign, right = (node.child_by_field_name(name) for name in ("left", "operator", "right"))
    if left is None or sign is None or right is None:
        return UNKNOWN
    return of_operator(text_of(sign), look(module, left, scope, depth), look(module, right, scope, depth))


def _unary(module: Module, node: Node, scope: Scope, depth: int) -> Type:
    sign = node.children[0].type
    if sign == "-":
        number = look(module, node.child_by_field_name("argument"), scope, depth)
        return Type("number", whole=number.whole and bool(number.literal))
    return {"!": BOOLEAN, "delete": BOOLEAN, "typeof": STRING, "void": NOTHING, "~": WHOLE}.get(sign, NUMBER)


def _ternary(module: Module, node: Node, scope: Scope, depth: int) -> Type:
    return joined(
        [look(module, node.child_by_field_name(name), scope, depth) for name in ("consequence", "alternative")]
    )


def _inner(module: Module, node: Node, scope: Scope, depth: int) -> Type:
    """What is its first part; a cast says its type."""
    parts = [child for child in node.named_children if child.type != "comment"]
    if node.type == "as_expression" and len(parts) > 1:
        return module.types.of(parts[1])
    found = look(module, parts[0], scope, depth) if parts else UNKNOWN
    return found.sure if node.type == "non_null_expression" else found


def _awaited(module: Module, node: Node, scope: Scope, depth: int) -> Type:
    found = _inner(module, node, scope, depth)
    return (found.item or UNKNOWN) if found.is_promise else found if found.kind != "promise" else UNKNOWN


def _name(module: Module, node: Node, scope: Scope, depth: int) -> Type:
    name = text_of(node)
    binding = scope.find(name)
    if binding is None:
        return {"undefined": NOTHING, "NaN": NUMBER, "Infinity": NUMBER}.get(name, UNKNOWN)
    if binding.kind != "import":
        return later.type_of_binding(module, binding)
    other = module.program.imported(binding.module, module) if binding.path else None
    found = other.find(binding.path[0] or "default") if other is not None else None
    return of_export(found) if found is not None else UNKNOWN


def of_export(found: Found) -> Type:
    """The type of what a module exports, unless it is set after the module was made."""
    if found.binding is not None:
        return UNKNOWN if found.binding.writes else later.type_of_binding(found.module, found.binding)
    value, module = found.module.default_value, found.module
    type_ = look(module, value, module.names.root)
    return later.settled(module, None, type_) if module.is_typed or type_.kind not in ("object", "array") else UNKNOWN


def _array(module: Module, node: Node, scope: Scope, depth: int) -> Type:
    items = [child for child in node.named_children if child.type != "comment"]
    if not items or any(child.type == "spread_element" for child in items):
        return ARRAY
    return Type("array", item=widened(joined([look(module, child, scope, depth) for child in items])))


def _object(module: Module, node: Node, scope: Scope, depth: int) -> Type:
    fields: dict[str, Type] = {}
    for part in node.named_children:
        key = part.child_by_field_name("key")
        if part.type == "pair" and key is not None and key.type != "computed_property_name":
            fields[key_of(key) or ""] = look(module, part.child_by_field_name("value"), scope, depth)
        elif part.type == "shorthand_property_identifier":
            fields[text_of(part)] = _name(module, part, scope, depth)
        elif part.type == "method_definition" and part.child_by_field_name("name") is not None:
            fields[text_of(part.child_by_field_name("name") or part)] = later.type_of_function(module, part)
        elif part.type != "comment":
            fields.clear()  # a spread object may have any of them
    return Type("object", fields=fields)


def _member(module: Module, node: Node, scope: Scope, depth: int) -> Type:
    inner, key = node.child_by_field_name("object"), node.child_by_field_name("property")
    if inner is None or key is None:
        return UNKNOWN
    name = text_of(key)
    if text_of(inner) == "process.env" and scope.find("process") is None:
        return STRING if name == "TARO_ENV" else Type("string", nullable=True)
    binding = scope.find(text_of(inner)) if inner.type == "identifier" else None
    if binding is not None and binding.kind == "enum":
        return enum_type(binding.place.node)
    other = module_of(module, binding) if binding is not None else None
    if binding is not None and binding.kind == "import" and (other is not None or not binding.path):
        found = other.find(name) if other is not None else None
        return of_export(found) if found is not None else UNKNOWN
    base = look(module, inner, scope, depth)
    if name == "length" and base.kind in ("array", "string"):
        return attrs.evolve(WHOLE, nullable=base.nullable)
    found_type = base.fields.get(name, UNKNOWN)
    optional = base.nullable or any(child.type == "optional_chain" for child in node.children)
    return attrs.evolve(found_type, nullable=True) if optional and found_type.kind != "unknown" else found_type


def _called(module: Module, node: Node, scope: Scope, depth: int) -> Type:
    function = node.child_by_field_name("function")
    if function is None or any(child.type == "optional_chain" for child in (*node.children, *function.children)):
        return UNKNOWN
    if function.type == "identifier" and scope.find(text_of(function)) is None:
        known = library.FUNCTIONS.get(text_of(function))
        return of_name(known[1]) if known is not None else UNKNOWN
    if function.type == "member_expression":
        inner, key = function.child_by_field_name("object"), function.child_by_field_name("property")
        if inner is not None and key is not None:
            return _method(module, inner, text_of(key), scope, depth, function)
    return look(module, function, scope, depth).item or UNKNOWN if function.type == "identifier" else UNKNOWN


def _method(module: Module, inner: Node, name: str, scope: Scope, depth: int, function: Node) -> Type:
    owner = text_of(inner)
    binding = scope.find(owner) if inner.type == "identifier" else None
    if inner.type == "identifier" and binding is None and owner in library.OBJECTS:
        if owner == "Math":
            return NUMBER
        gives = library.GIVEN.get(f"{owner}.{name}")
        return UNKNOWN if gives is None else Type(of_name(gives[0]).kind, of_name(gives[1]) if gives[1] else None)
    if binding is not None and binding.kind == "import" and binding.module in TARO_PACKAGES:
        return result_of(name) if binding.path in ((), ("default",)) else UNKNOWN
    base = look(module, inner, scope, depth)
    if base.nullable or base.kind in ("unknown", "object", "instance", "class"):
        return _member(module, function, scope, depth).item or UNKNOWN
    gives_name = {"string": library.STRING_GIVES, "array": library.ARRAY_GIVES, "number": library.NUMBER_GIVES}
    found = gives_name.get(base.kind, {}).get(name, "")
    if (base.kind, name) == ("regexp", "exec"):
        return MATCH
    if found == "same":
        return attrs.evolve(base, item=None) if name in ("concat", "splice", "fill") else base
    return PROMISE if base.kind == "promise" else of_name(found)


def _made(module: Module, node: Node, scope: Scope, depth: int) -> Type:
    kind = node.child_by_field_name("constructor")
    name = text_of(kind) if kind is not None and kind.type == "identifier" else ""
    if scope.find(name) is not None:
        return later.instance_type(module, name, scope)
    made = library.MADE.get(name)
    return Type(made) if made is not None else UNKNOWN  # type: ignore[arg-type]


def _this(module: Module, node: Node, scope: Scope, depth: int) -> Type:
    """The instance in a class's methods and fields, and the class in what is static."""
    member = node.parent
    while member is not None and (member.parent is None or member.parent.type != "class_body"):
        if member.type in FUNCTIONS and member.type != "arrow_function":
            return UNKNOWN
        member = member.parent
    around = member.parent.parent if member is not None and member.parent is not None else None
    is_static = member is not None and any(child.type == "static" for child in member.children)
    return later.type_of_this(module, around, is_static) if around is not None else UNKNOWN


def _number(module: Module, node: Node, scope: Scope, depth: int) -> Type:
    written = texts.number(text_of(node))
    return UNKNOWN if written is None else of_number(float(int(written, 0) if written[:2] in _BASES else written))


def _right(module: Module, node: Node, scope: Scope, depth: int) -> Type:
    return look(module, node.child_by_field_name("right"), scope, depth)


_Handler = Callable[["Module", "Node", Scope, int], Type]

_HANDLERS: Mapping[str, _Handler] = {
    **dict.fromkeys(FUNCTIONS, lambda module, node, scope, depth: later.type_of_function(module, node)),
    **dict.fromkeys(["identifier"], _name),
    **dict.fromkeys(["string", "template_string"], lambda *_: STRING),
    **dict.fromkeys(["true", "false"], lambda *_: BOOLEAN),
    "null": lambda *_: NULL,
    "undefined": lambda *_: NOTHING,
    **dict.fromkeys(
        ["parenthesized_expression", "as_expression", "satisfies_expression", "non_null_expression"], _inner
    ),
    "array": _array,
    "assignment_expression": _right,
    "await_expression": _awaited,
    "binary_expression": _binary,
    "call_expression": _called,
    "member_expression": _member,
    "new_expression": _made,
    "number": _number,
    "object": _object,
    "regex": lambda *_: Type("regexp"),
    "ternary_expression": _ternary,
    "this": _this,
    "unary_expression": _unary,
    "update_expression": lambda *_: NUMBER,
}
