"""Imports that a program makes when it runs: `await import('./orders')`, a promise of what the module exports.

The module is imported with the others, and what it exports is read when the program comes to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..names import string_of, text_of
from .exports import all_names
from .imports import hints_for, module_itself
from .objects import can_be_keyword
from .patterns import parts_of
from .program import Module
from .standing import callee, property_of
from .texts import literal
from .translator import Translator, later
from .tree import Expr, Refused
from .types import Type

if TYPE_CHECKING:
    from tree_sitter import Node


def imported_later(t: Translator, node: Node) -> Expr:
    """`import('./orders')`."""
    arguments = node.child_by_field_name("arguments")
    given = [child for child in arguments.named_children if child.type != "comment"] if arguments is not None else []
    specifier = string_of(given[0]) if len(given) == 1 else None
    if specifier is None:
        raise Refused("an import of what is computed is not ported", "an import of each, and a dict of them")
    other = t.module.program.imported(specifier, t.module)
    if other is None:
        raise Refused(f"`{specifier}`, which is imported when the program runs, is not ported", hints_for(specifier))
    fields = {name: _value(t, other, specifier, name) for name in _asked(node) or all_names(other)}
    named = [f"{name}={value}" for name, value in fields.items() if can_be_keyword(name)]
    others = [f"{literal(name)}: {value}" for name, value in fields.items() if not can_be_keyword(name)]
    made = ", ".join([*([f"{{{', '.join(others)}}}"] if others else []), *named])
    text = f"{t.helper('Promise')}.resolve({t.helper('Obj')}({made}))"
    return Expr(text, type=Type("promise", item=Type("object")))


def _value(t: Translator, other: Module, specifier: str, name: str) -> str:
    found = other.find(name)
    if found is None:
        raise Refused(f"`{specifier}` exports no {name}")
    return f"{module_itself(t, found.module)}.{found.python}"


def _asked(node: Node) -> list[str]:
    """The names that are taken of it where it stands; nothing where that is not seen."""
    up = node.parent
    while up is not None and up.type in ("await_expression", "parenthesized_expression"):
        up = up.parent
    if up is None:
        return []
    if up.type == "variable_declarator":
        return _of_pattern(up.child_by_field_name("name"))
    if up.type != "member_expression":
        return []
    call = up.parent
    if property_of(up) == "then" and call is not None and callee(call) == up:
        arguments = call.child_by_field_name("arguments")
        first = arguments.named_children[0] if arguments is not None and arguments.named_children else None
        listed = first.child_by_field_name("parameters") if first is not None else None
        parameters = listed.named_children if listed is not None else []
        return _of_pattern(parameters[0].child_by_field_name("pattern")) if parameters else []
    return [property_of(up)] if up.child_by_field_name("property") is not None and _is_read(up) else []


def _is_read(member: Node) -> bool:
    """Whether it is read of the module: `(await import('./orders')).find`, and no method of the promise."""
    inner = member.child_by_field_name("object")
    return inner is not None and "await" in text_of(inner).partition("import")[0]


def _of_pattern(pattern: Node | None) -> list[str]:
    if pattern is None or pattern.type != "object_pattern":
        return []
    parts = parts_of(pattern)
    if any(not isinstance(part.key, str) or part.is_rest for part in parts):
        return []
    return [str(part.key) for part in parts]


later.imported_later = imported_later
