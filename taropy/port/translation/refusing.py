"""What stands in the code for a statement that is not ported, and which names it would have given a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..names import Binding
from .program import Module
from .translator import Translator
from .tree import Refused

if TYPE_CHECKING:
    from tree_sitter import Node

_DECLARATIONS = frozenset(["lexical_declaration", "variable_declaration"])


def refuse(t: Translator, node: Node, refused: Refused) -> None:
    """The line for a statement that is not ported: it raises, or the names that it declares do when they are used.

    What a module does when it is imported is passed over, so that the rest of it can be used.
    """
    arguments = t.refuse(node, refused)
    names = [t.python(binding) for binding in _declared(t, node)]
    if not names and any(child.type == "default" for child in node.children):
        names = [t.module.default_name]
    if len(t.functions) == 1:
        set_here = [] if names else [t.python(binding) for binding in set_in(t.module, node)]
        for name in [*names, *set_here]:
            t.out.write(f"{name} = {t.helper('Unported')}{arguments}")
        if not names:
            t.out.write(f"{t.helper('skip_unported')}{arguments}")
    elif names:
        t.out.write(f"{' = '.join(names)} = {t.helper('not_ported')}{arguments}")
    else:
        t.out.write(f"raise {t.helper('NotPorted')}{arguments}")


def set_in(module: Module, node: Node) -> list[Binding]:
    """The variables of the module that a statement of it sets, functions within it apart."""
    inside = range(node.start_byte, node.end_byte)
    root = module.names.root
    return [
        binding
        for binding in root.bindings.values()
        if any(
            value is not None and value.start_byte in inside and scope.function() is root
            for value, scope in zip(binding.writes, binding.written_in, strict=True)
        )
    ]


def _declared(t: Translator, node: Node) -> list[Binding]:
    inner = node.child_by_field_name("declaration") or node
    if inner.type == "expression_statement" and inner.named_children[0].type == "internal_module":
        inner = inner.named_children[0]
    if inner.type in _DECLARATIONS or inner.type in (
        "function_declaration",
        "class_declaration",
        "abstract_class_declaration",
        "enum_declaration",
        "generator_function_declaration",
        "internal_module",
    ):
        spots = {inner.child_by_field_name("name").id} if inner.type not in _DECLARATIONS else None  # type: ignore[union-attr]
        found = []
        for binding in t.module.names.bindings:
            inside = inner.start_byte <= binding.node.start_byte < inner.end_byte
            own = binding.node.id in spots if spots is not None else _is_of(binding, inner)
            if inside and own:
                found.append(binding)
        return found
    return []


def _is_of(binding: Binding, declaration: Node) -> bool:
    up = binding.place.up
    return up is not None and up.node.id == declaration.id


# --- simple ones -------------------------------------------------------------------------------------------------
