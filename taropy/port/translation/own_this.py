"""`this` in the functions of an object that is written out: the object itself, which gets a name for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..names import FUNCTIONS, Binding, text_of
from .translator import Translator

if TYPE_CHECKING:
    from tree_sitter import Node

#: What has a `this` of its own; an arrow function has that of the function around it.
_OWNERS = (FUNCTIONS - {"arrow_function"}) | {"class_declaration", "abstract_class_declaration", "class"}


def uses_this(node: Node) -> bool:
    """Whether a function's body, or an expression, has the `this` of where it stands."""
    left = [node] if node.type not in _OWNERS else list(node.named_children)
    while left:
        each = left.pop()
        if each.type == "this":
            return True
        left += [child for child in each.named_children if child.type not in _OWNERS]
    return False


def has_this(literal: Node) -> bool:
    """Whether functions of an object's literal use it as `this`."""
    parts = [part for part in literal.named_children if not is_accessor(part)]  # which have a class of their own
    values = [part.child_by_field_name("value") if part.type == "pair" else part for part in parts]
    return any(value is not None and value.type in _OWNERS and uses_this(value) for value in values)


def is_accessor(part: Node) -> bool:
    """Whether a part of an object is a getter or a setter."""
    return part.type == "method_definition" and any(child.type in ("get", "set") for child in part.children)


def name_for(t: Translator, literal: Node) -> str | None:
    """The name that an object gets by which its functions know it; None if none is needed."""
    if literal.id in t.objects or literal.type != "object" or not has_this(literal) or _is_part(literal):
        return None
    declared = literal.parent.child_by_field_name("name") if literal.parent is not None else None
    binding = t.binding(text_of(declared)) if declared is not None else None
    if binding is not None and binding.value == literal and is_moved(t, binding):
        return None
    name = t.objects[literal.id] = t.fresh("this")
    return name


def is_moved(t: Translator, binding: Binding) -> bool:
    """Whether the functions of an object are put into others, which are their `this` then."""
    return any(
        place.scope.find(name.name) is name and _is_part(place.node)
        for module, name in [(t.module, binding), *t.module.program.importers.get(id(binding), ())]
        for place in module.names.references.get(name.name, ())
    )


def _is_part(node: Node) -> bool:
    """Whether an object's fields are put into another: `{ ...store }`, `Object.assign(target, store)`."""
    up = node.parent
    if up is None:
        return False
    if up.type == "spread_element":
        return up.parent is not None and up.parent.type == "object"
    call = up.parent if up.type == "arguments" else None
    function = call.child_by_field_name("function") if call is not None else None
    return function is not None and text_of(function) == "Object.assign" and up.named_children[0] != node
