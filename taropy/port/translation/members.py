"""Members of the program's classes: what a field of an instance is, and what a method gives and takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..names import FUNCTIONS, text_of
from .parameters import parameters_of
from .translator import later
from .types import UNKNOWN, Type

if TYPE_CHECKING:
    from tree_sitter import Node

    from .program import Module


def class_of(module: Module, name: str) -> tuple[Module, Node] | None:
    """The declaration of a class that a module knows by a name, and where it stands."""
    binding = module.names.root.bindings.get(name)
    if binding is not None and binding.kind == "import":
        found = module.program.found(module, binding)
        module, binding = (found.module, found.binding) if found is not None else (module, None)
    if binding is None or binding.kind != "class":
        return None
    return module, binding.place.node


def method_of(module: Module, name: str, key: str) -> tuple[Module, Node] | None:
    """The function that a method of a class is; a field that holds one counts."""
    found = class_of(module, name)
    if found is None:
        return None
    home, declaration = found
    body = declaration.child_by_field_name("body")
    for child in body.named_children if body is not None else ():
        own = child.child_by_field_name("name")
        if own is None or text_of(own) != key or any(part.type in ("static", "get", "set") for part in child.children):
            continue
        value = child.child_by_field_name("value")
        if child.type == "method_definition":
            return home, child
        if value is not None and value.type in FUNCTIONS:
            return home, value
    return None


def gives(module: Module, name: str, key: str) -> Type:
    """What a method of an instance gives, in a language that holds those which override it to the same."""
    found = method_of(module, name, key) if module.is_typed else None
    return later.type_of_function(*found).item or UNKNOWN if found is not None else UNKNOWN


def takes(module: Module, name: str, key: str) -> list[tuple[Type, ...]]:
    """What the functions are called with that a method takes, by its parameters."""
    found = method_of(module, name, key)
    return taken_by(*found) if found is not None else []


def taken_by(module: Module, function: Node) -> list[tuple[Type, ...]]:
    """What the functions are called with that a function of the program takes, by its parameters."""
    return [module.types.of(each.type).takes for each in parameters_of(function)]
