"""Where values stand in a program, and what lists and tables are called that they are put into and taken out of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..names import Binding, Scope, key_of, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from .program import Module

#: What stands between a value and the place that it goes to.
THROUGH = frozenset(
    ["parenthesized_expression", "as_expression", "satisfies_expression", "non_null_expression", "type_assertion"]
)
#: Methods of lists and tables that give something of them, and those that give another with the same in it.
_TAKE = frozenset(["get", "pop", "shift", "at", "find"])
_COPY = frozenset(["slice", "filter", "concat", "values", "reverse", "sort", "flat", "splice"])
#: What makes another list or table of one, with the same in it.
_WRAP = frozenset(["Map", "Set", "Object.freeze", "Object.assign", "Array.from", "Array.of"])
_MOST_STEPS = 8


def bare(node: Node) -> Node:
    """An expression without brackets and casts around it."""
    while node.type in THROUGH and node.named_children:
        node = node.named_children[0]
    return node


def callee(call: Node) -> Node | None:
    """What a call calls, and `new` makes."""
    function = call.child_by_field_name("function") or call.child_by_field_name("constructor")
    return bare(function) if function is not None else None


def property_of(member: Node) -> str:
    """The name of the field that is read."""
    key = member.child_by_field_name("property")
    return text_of(key) if key is not None else ""


def is_set(member: Node) -> bool:
    """Whether a field is what an expression sets: `Card.displayName = "card"`."""
    around = member.parent
    if member.type not in ("member_expression", "subscript_expression") or around is None:
        return False
    return around.type == "assignment_expression" and around.child_by_field_name("left") == member


def name_of_part(member: Node) -> str | None:
    """The name of a method, or of a field in a class or a literal; None where it is computed."""
    if member.type == "shorthand_property_identifier":
        return text_of(member)
    key = member.child_by_field_name("name") or member.child_by_field_name("key")
    return key_of(key) if key is not None else None


def spreads(given: list[Node]) -> bool:
    """Whether a list is spread among arguments."""
    return any(each.type == "spread_element" for each in given)


def values(node: Node) -> Iterator[Node]:
    """What an expression may give that is no number, text or truth: both sides of `a || b`, nothing of `a + b`."""
    node = bare(node)
    if node.type in ("ternary_expression", "binary_expression"):
        for each in ("consequence", "alternative", "left", "right"):
            inner = node.child_by_field_name(each)
            if inner is not None and may_be(node, inner):
                yield from values(inner)
    else:
        yield node


def may_be(around: Node, part: Node) -> bool:
    """Whether a choice may give a part of it that is a function."""
    if around.type == "ternary_expression":
        return part != around.child_by_field_name("condition")
    sign = around.child_by_field_name("operator")
    is_left = part == around.child_by_field_name("left")
    return sign is not None and (sign.type in ("||", "??") or (sign.type == "&&" and not is_left))


def scope_of(module: Module, node: Node) -> Scope:
    """The scope that a node stands in."""
    around: Node | None = node
    while around is not None:
        scope = module.names.scopes.get(around.id)
        if scope is not None:
            return scope
        around = around.parent
    return module.names.root


# --- lists and tables ------------------------------------------------------------------------------------------------


def taken_from(module: Module, value: Node) -> str | None:
    """The name of the list or table that a value is taken out of; nothing if it comes from elsewhere."""
    if value.type == "subscript_expression":
        return container(module, value) or ""
    function = callee(value) if value.type == "call_expression" else None
    if function is not None and function.type == "member_expression" and property_of(function) in _TAKE:
        return container(module, value) or ""
    return None


def container(module: Module, node: Node | None, steps: int = 0) -> str:
    """What a list or a table is called that an expression gives, or that it is a part of; nothing if that is not seen.

    It is the name at its end: `listeners` of `this.listeners[type] || []`, and of a variable that has it from there. A
    variable's name has its module's before it: in others the same name stands for something else.
    """
    node = next(values(node), None) if node is not None and steps <= _MOST_STEPS else None
    if node is None:
        return ""  # a sum or a comparison, which gives neither
    if node.type == "identifier":
        binding = scope_of(module, node).find(text_of(node))
        return of_variable(module, binding, steps) if binding is not None else ""
    if node.type == "this":
        return "this"
    if node.type == "member_expression":
        return property_of(node)
    if node.type in ("subscript_expression", "spread_element", "assignment_expression", "array"):
        inner = node.child_by_field_name("object") or node.child_by_field_name("left")
        parts = node.named_children
        only = parts[0] if len(parts) == 1 and (node.type != "array" or parts[0].type == "spread_element") else None
        return container(module, inner or only, steps + 1)
    function = callee(node) if node.type == "call_expression" else None
    if function is None or function.type != "member_expression":
        return ""
    arguments, owner = node.child_by_field_name("arguments"), function.child_by_field_name("object")
    if text_of(function) in ("Object.values", "Array.from") and arguments is not None:
        return container(module, next(iter(arguments.named_children), None), steps + 1)
    return container(module, owner, steps + 1) if property_of(function) in _TAKE | _COPY else ""


def of_variable(module: Module, binding: Binding, steps: int = 0) -> str:
    """The same of what a variable stands for."""
    key = binding.path[-1] if binding.path else None
    if key is not None and not key.isdigit():
        return key
    found = module.program.found(module, binding) if binding.kind == "import" else None
    home, name = (found.module, found.binding or binding) if found is not None else (module, binding)
    return container(home, name.value, steps + 1) or f"{home.path}#{name.name}"


def holders(module: Module, literal: Node) -> set[str] | None:
    """The names of what a list or an object is put into that is written there; None where it may be anything."""
    up = literal.parent
    if up is None:
        return None
    if up.type in THROUGH or up.type in ("binary_expression", "ternary_expression", "array"):
        return holders(module, up)
    call = up.parent if up.type == "arguments" else None
    if call is not None:
        return holders(module, call) if text_of(callee(call) or call) in _WRAP else None
    if up.type == "pair" and up.parent is not None:
        around, name = holders(module, up.parent), name_of_part(up)
        return None if name is None or around is None else around | {name}
    if up.type == "public_field_definition":
        return {name_of_part(up) or ""}
    target = next(
        (each for name in ("left", "name", "pattern") if (each := up.child_by_field_name(name)) is not None), None
    )
    if target is None or target == literal:
        return None
    return {text_of(target) if target.type == "identifier" else container(module, target)}
