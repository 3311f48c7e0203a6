"""Interfaces that classes implement, as `Protocol`s: what has their methods is of their type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from ..names import text_of
from .annotations import Annotator
from .naming import python_name
from .program import Module, Program
from .type_names import TypeName, find, parameter_names

if TYPE_CHECKING:
    from tree_sitter import Node

#: A declaration, by its module and where it stands.
_Place = tuple[str, int]

_implemented: WeakKeyDictionary[Program, frozenset[_Place]] = WeakKeyDictionary()


def is_protocol(module: Module, node: Node) -> bool:
    """Whether an interface is one that a class of the program implements, and asks for nothing that may be missing."""
    if node.type != "interface_declaration" or _place(module, node) not in _of_program(module.program):
        return False
    body = node.child_by_field_name("body")
    members = [child for child in body.named_children if child.type != "comment"] if body is not None else []
    bases = [find(module, text_of(base)) for base in _extended(node)]
    return (
        not parameter_names(node)
        and bool(members or bases)
        and all(map(_is_needed, members))
        and all(base is not None and is_protocol(base.module, base.node) for base in bases)
    )


def method(annotator: Annotator, name: str, member: Node) -> str:
    """A method's line. What its parameters are called is its own."""
    listed = member.child_by_field_name("parameters")
    children = [child for child in listed.named_children if child.type != "comment"] if listed is not None else []
    given = [text for child in children if (text := _parameter(annotator, child)) is not None]
    returned = annotator.of(member.child_by_field_name("return_type"))
    is_closed = given and not given[-1].startswith("*")
    parts = ", ".join(["self", *given, *(["/"] if is_closed else [])])
    return f"def {name}({parts}) -> {'object' if returned == 'None' else returned}: ..."


def _parameter(annotator: Annotator, node: Node) -> str | None:
    pattern = node.child_by_field_name("pattern") or node
    text = annotator.of(node.child_by_field_name("type"))
    if pattern.type == "this":
        return None
    if pattern.type == "rest_pattern":
        array = f"{annotator.helper('Array')}["
        return f"*arguments: {text[len(array) : -1] if text.startswith(array) else annotator.any}"
    name = python_name(text_of(pattern)) if pattern.type == "identifier" else "options"
    return f"{name}: {annotator.optional(text)} = None" if node.type == "optional_parameter" else f"{name}: {text}"


def _is_needed(member: Node) -> bool:
    return member.type in ("property_signature", "method_signature") and not any(
        child.type == "?" for child in member.children
    )


def _place(module: Module, node: Node) -> _Place:
    return str(module.path), node.start_byte


def _of_program(program: Program) -> frozenset[_Place]:
    """The interfaces that the classes of a program implement, and those that these extend."""
    if program not in _implemented:
        found: dict[_Place, TypeName] = {}
        for module in program.modules.values():
            for name in _named_by_classes(module):
                _add(module, name, found)
        _implemented[program] = frozenset(found)
    return _implemented[program]


def _add(module: Module, name: str, found: dict[_Place, TypeName]) -> None:
    type_ = find(module, name)
    if type_ is None or type_.form != "shape" or _place(type_.module, type_.node) in found:
        return
    found[_place(type_.module, type_.node)] = type_
    for base in _extended(type_.node):
        _add(type_.module, text_of(base), found)


def _extended(interface: Node) -> Iterator[Node]:
    for child in interface.named_children:
        yield from child.named_children if child.type == "extends_type_clause" else ()


def _named_by_classes(module: Module) -> Iterator[str]:
    """The names behind `implements`."""
    for node in module.parsed.root.named_children:
        class_ = node.child_by_field_name("declaration") or node
        for heritage in class_.named_children:
            clauses = heritage.named_children if heritage.type == "class_heritage" else []
            for clause in clauses:
                if clause.type == "implements_clause":
                    yield from (text_of(each) for each in clause.named_children if each.type == "type_identifier")
