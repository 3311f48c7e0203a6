"""What the methods of the program's classes call the functions with that they are given."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ..names import FUNCTIONS, text_of
from .members import declared_class

if TYPE_CHECKING:
    from tree_sitter import Node

    from .program import Module
    from .types import Type


def class_of(module: Module, name: str) -> tuple[Module, Node] | None:
    """The declaration of a class that a module knows by a name, and where it stands.

    None if another class has that name: an instance may have come from a module that knows the other one by it.
    """
    found = declared_class(module, name, module.names.root)
    own = found[1].child_by_field_name("name") if found is not None else None
    return found if own is not None and text_of(own) == name and _classes(module)[name] == 1 else None


def _classes(module: Module) -> Counter[str]:
    """How many classes of the program have each name."""
    found = module.program.found_by.get(__name__)
    if not isinstance(found, Counter):
        every = (binding for each in module.program.modules.values() for binding in each.names.bindings)
        found = module.program.found_by[__name__] = Counter(each.name for each in every if each.kind == "class")
    return found


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


def takes(module: Module, name: str, key: str) -> list[tuple[Type, ...]]:
    """What the functions are called with that a method takes, by its parameters."""
    found = method_of(module, name, key)
    return taken_by(*found) if found is not None else []


def taken_by(module: Module, function: Node) -> list[tuple[Type, ...]]:
    """What the functions are called with that a function of the program takes, by its parameters."""
    return [module.types.of(each.type).takes for each in module.parameters_of(function)]
