"""Functions that are called with `new`: classes, whose methods a program puts on the prototype."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs

from ..names import FUNCTIONS, Binding, string_of, text_of
from . import comments
from .fields import is_still
from .functions import define
from .library import method as method_name
from .own_this import uses_this
from .program import Module
from .translator import Function, Translator
from .tree import Refused

if TYPE_CHECKING:
    from tree_sitter import Node

_STATICS = ("arrow_function", "function_expression")
_METHODS = ("function_expression", "generator_function", "method_definition")


@attrs.frozen
class Member:
    """What a program puts on a prototype, or on the function itself: by which statement, under which name."""

    statement: Node
    name: str
    value: Node
    is_static: bool = False


def is_constructor(module: Module, function: Node) -> bool:
    """Whether a function makes objects, for which it is called with `new`, and nothing else."""
    binding = module.owners.get(function.id)
    is_plain = function.type in ("function_declaration", "function_expression") and all(
        child.type not in ("async", "*") for child in function.children
    )
    if binding is None or not is_plain or binding.writes or _is_called(module, binding):
        return False
    has_members = any(not each.is_static for each in members_of(module, binding))
    return has_members or (_is_made(module, binding) and uses_this(function))


def is_class(t: Translator, kind: Node) -> bool:
    """Whether a name stands for such a function, of this module or another."""
    binding = t.binding(text_of(kind)) if kind.type == "identifier" else None
    if binding is None:
        return False
    found = t.module.program.found(t.module, binding) if binding.kind == "import" else None
    module, binding = (found.module, found.binding) if found is not None else (t.module, binding)
    node = binding.place.node if binding is not None and binding.kind == "function" else None
    node = binding.value if binding is not None and node is None and not binding.path else node
    return node is not None and node.type in FUNCTIONS and is_constructor(module, node)


def members_of(module: Module, binding: Binding) -> Iterator[Member]:
    """The methods, and the values that stay what they are, of the prototype: as far as they are written out."""
    places = module.names.references.get(binding.name, ())
    has_members = any(place.up is not None and place.up.kind == "member_expression" for place in places)
    for statement in _statements_beside(binding) if has_members else ():
        inner = statement.named_children[0] if statement.type == "expression_statement" else statement
        target, value = inner.child_by_field_name("left"), inner.child_by_field_name("right")
        if inner.type != "assignment_expression" or target is None or value is None:
            continue
        whole = f"{binding.name}.prototype"
        if text_of(target) == whole and value.type == "object" and all(map(_is_member, value.named_children)):
            for part in value.named_children:
                if part.type != "comment" and text_of(_name_of(part)) != "constructor":
                    yield Member(statement, _key(_name_of(part)), part.child_by_field_name("value") or part)
        owner, key = target.child_by_field_name("object"), target.child_by_field_name("property")
        is_own = owner is not None and text_of(owner) == whole and target.type == "member_expression"
        if is_own and key is not None and text_of(key) != "constructor" and _is_value(value):
            yield Member(statement, text_of(key), value)
        is_static = owner is not None and text_of(owner) == binding.name and target.type == "member_expression"
        if is_static and key is not None and value.type in _STATICS and not uses_this(value):
            yield Member(statement, text_of(key), value, is_static=True)


def _statements_beside(binding: Binding) -> Iterator[Node]:
    declaration = binding.place.up.node if binding.kind != "function" and binding.place.up else binding.place.node
    holder = declaration.parent
    if holder is not None and holder.type == "export_statement":
        holder = holder.parent
    return iter(holder.named_children if holder is not None else ())


def _name_of(part: Node) -> Node:
    return part.child_by_field_name("key") or part.child_by_field_name("name") or part


def _key(name: Node) -> str:
    return string_of(name) or text_of(name)


def _is_member(part: Node) -> bool:
    if part.type == "comment":
        return True
    name, value = _name_of(part), part.child_by_field_name("value") or part
    is_accessor = any(child.type in ("get", "set") for child in part.children)
    is_named = name.type in ("property_identifier", "string") and not is_accessor
    return is_named and (text_of(name) == "constructor" or _is_value(value))


def _is_value(value: Node) -> bool:
    return value.type in _METHODS or (value.type not in ("identifier", "arrow_function", "this") and is_still(value))


def _is_called(module: Module, binding: Binding) -> bool:
    """Whether a function is called without `new` where it is declared."""
    places = module.names.references.get(binding.name, ())
    return any(
        place.up is not None
        and place.up.kind == "call_expression"
        and place.up.node.child_by_field_name("function") == place.node
        for place in places
        if place.scope.find(binding.name) is binding
    )


def _is_made(module: Module, binding: Binding) -> bool:
    importers = module.program.importers.get(id(binding), ())
    return any(
        text_of(place.node.child_by_field_name("constructor") or place.node) == name.name
        for where, name in [(module, binding), *importers]
        for place in where.names.watched.get("new_expression", ())
    )


# --- as a class ----------------------------------------------------------------------------------------------------


def define_class(t: Translator, function: Node, name: str) -> None:
    """Writes the class: the function as `__init__`, and its methods."""
    binding = t.module.owners[function.id]
    doc, t.doc = t.doc, None
    found = list(members_of(t.module, binding))
    t.out.write(f"class {name}({t.helper('Object')}):")
    with t.out.block():
        if doc is not None:
            comments.write_doc(t, doc)
        for member in found:
            if member.value.type not in _METHODS and not member.is_static:
                t.out.write(f"{method_name(member.name)} = {t.text(member.value)}")
        scope = t.module.names.scopes.get(function.id)
        define(t, function, "__init__", first="self", function=Function(scope, this="self", is_constructor=True))
        t.out.write("")
        for member in found:
            if member.value.type in _METHODS or member.is_static:
                _method(t, member)
    t.skipped |= {member.statement.id for member in found}


def _method(t: Translator, member: Member) -> None:
    if not member.name.isidentifier():
        raise Refused("a method with a name that Python does not have is not ported", "another name")
    before = member.statement.prev_named_sibling
    if before is not None and before.type == "comment" and member.value.parent == member.statement.named_children[0]:
        if comments.is_doc(before):
            t.doc = before
        else:
            comments.write(t, before)
    t.out.origin = t.line(member.value)
    this, decorators = ("", ("@staticmethod",)) if member.is_static else ("self", ())
    function = Function(t.module.names.scopes.get(member.value.id), this=this or None)
    define(t, member.value, method_name(member.name), first=this, function=function, decorators=decorators)
    t.out.write("")
