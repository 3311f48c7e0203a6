"""What the name of a type stands for: a declaration of this module, or of one that it is imported from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import attrs

from ..names import string_of, text_of
from . import library
from .program import Module

if TYPE_CHECKING:
    from tree_sitter import Node

#: What a declaration becomes: a class of an object's fields, another name of a type, a name for what may be anything, a
#: class or an enum of its own; of one that is `untold` the name means something else in Python.
Form = Literal["shape", "alias", "anything", "class", "enum", "untold"]

#: Names that mean something else in the module that is written; so do all in lower case, as helpers' names are.
_MEANT_OTHERWISE = frozenset(
    [
        *library.OBJECTS,
        *library.FUNCTIONS,
        *("Obj", "OpenObj", "TypedObj", "Taro", "NotPorted", "Unported", "StrEnum", "IntEnum"),
        *("Any", "Callable", "Generic", "Literal", "Protocol", "TypeAlias", "TypeVar", "TYPE_CHECKING"),
        *("None", "True", "False"),
    ]
)
#: A name is handed on by so many modules at most.
_MOST_STEPS = 12


@attrs.frozen
class TypeName:
    """A declaration of a type: where it stands, what it is called there in Python, and what it becomes."""

    module: Module
    node: Node
    python: str
    form: Form

    @property
    def parameters(self) -> list[str]:
        """The names of its own parameters: `T` of `Page<T>`."""
        return [text_of(name) for name in parameter_names(self.node)]


def parameter_names(node: Node) -> list[Node]:
    """The names of the type parameters of a declaration or a function."""
    listed = node.child_by_field_name("type_parameters")
    names = [each.child_by_field_name("name") for each in listed.named_children] if listed is not None else []
    return [name for name in names if name is not None]


def find(module: Module, name: str, steps: int = 0) -> TypeName | None:
    """What a type's name stands for in a module; None if no module of the program declares it."""
    known = module.type_names
    if name not in known:
        found = _find(module, name, steps)
        if steps:
            return found  # which may have been too far for this way alone
        known[name] = found
    return known[name]


def _find(module: Module, name: str, steps: int) -> TypeName | None:
    if name in module.declared_types:
        node = module.declared_types[name]
        return TypeName(module, node, name, form_of(module, name, node))
    binding = module.names.root.bindings.get(name)
    if binding is not None and binding.kind in ("class", "enum"):
        return TypeName(
            module, binding.place.node, module.naming[binding], "class" if binding.kind == "class" else "enum"
        )
    taken = _imported(module).get(name)
    if taken is None or steps > _MOST_STEPS:
        return None
    other = module.program.imported(taken[0], module)
    return find_exported(other, taken[1], steps + 1) if other is not None else None


def find_exported(module: Module, name: str, steps: int = 0) -> TypeName | None:
    """What a module exports under a type's name."""
    if steps > _MOST_STEPS:
        return None
    for node in module.parsed.root.named_children:
        if node.type != "export_statement":
            continue
        specifier = string_of(node.child_by_field_name("source"))
        inner = _handed_on(node, name)
        other = module.program.imported(specifier, module) if specifier is not None else None
        if inner is not None:
            if specifier is None:
                return find(module, inner, steps + 1)
            return find_exported(other, inner, steps + 1) if other is not None else None
        if other is not None and _hands_on_all(node) and name != "default":
            found = find_exported(other, name, steps + 1)
            if found is not None:
                return found
    return find(module, name, steps + 1)


def _handed_on(export: Node, name: str) -> str | None:
    """The inner name of what an export statement calls `name`."""
    if name == "default" and any(child.type == "default" for child in export.children):
        declared = export.child_by_field_name("declaration") or export.child_by_field_name("value")
        own = declared.child_by_field_name("name") if declared is not None else None
        named = own or declared
        return text_of(named) if named is not None and named.type in ("identifier", "type_identifier") else None
    for clause in export.named_children:
        for each in clause.named_children if clause.type == "export_clause" else ():
            inner = each.child_by_field_name("name")
            outer = each.child_by_field_name("alias") or inner
            if inner is not None and outer is not None and text_of(outer) == name:
                return text_of(inner)
    return None


def _hands_on_all(export: Node) -> bool:
    return not any(child.type in ("export_clause", "namespace_export") for child in export.named_children)


def _imported(module: Module) -> dict[str, tuple[str, str]]:
    """The names that a module imports: from which other, and what they are called there."""
    found = dict(module.imported_types)
    for node in module.parsed.root.named_children:
        specifier = string_of(node.child_by_field_name("source")) if node.type == "import_statement" else None
        for clause in node.named_children if specifier else ():
            if clause.type == "import_clause":
                found |= {
                    text_of(each): (specifier or "", "default")
                    for each in clause.named_children
                    if each.type == "identifier"
                }
    return found


def form_of(module: Module, name: str, node: Node, steps: int = 0) -> Form:
    """What an interface or an alias becomes, that a module declares outside of functions."""
    is_taken = name in module.names.root.bindings or name in module.own_names or name in _MEANT_OTHERWISE
    if is_taken or name.islower() or not name.isidentifier() or steps > _MOST_STEPS:
        return "untold"
    if node.type == "interface_declaration":
        body = node.child_by_field_name("body")
        return "alias" if body is not None and _is_called(body) and not parameter_names(node) else "shape"
    value = node.child_by_field_name("value")
    if value is None:
        return "anything"
    if has_fields(value) or (value.type == "intersection_type" and _is_joined(module, value, steps)):
        return "shape"
    return "anything" if parameter_names(node) or value.type == "intersection_type" else "alias"


def _is_called(body: Node) -> bool:
    return any(child.type == "call_signature" for child in body.named_children)


def has_fields(node: Node) -> bool:
    """Whether it is an object type that names its fields, and is more than a dictionary."""
    return (
        node.type == "object_type"
        and not _is_called(node)
        and any(child.type in ("property_signature", "method_signature") for child in node.named_children)
    )


def members_of(intersection: Node) -> list[Node]:
    """The members of `A & B & C`, which the grammar nests to the left."""
    found: list[Node] = []
    for child in intersection.named_children:
        found += members_of(child) if child.type == "intersection_type" else [child]
    return [each for each in found if each.type != "comment"]


def _is_joined(module: Module, intersection: Node, steps: int) -> bool:
    """Whether some members of an intersection have declared fields; then the others may have any."""
    return any(has_fields(each) or is_shape(module, each, steps) for each in members_of(intersection))


def is_shape(module: Module, node: Node, steps: int = 0) -> bool:
    """Whether a type is a name of declared fields, with arguments or without."""
    if node.type == "generic_type":
        node = node.child_by_field_name("name") or node
    if node.type != "type_identifier":
        return False
    name = text_of(node)
    if name in module.declared_types:
        return form_of(module, name, module.declared_types[name], steps + 1) == "shape"
    found = find(module, name, steps + 1)
    return found is not None and found.form == "shape"
