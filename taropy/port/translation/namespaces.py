"""Namespaces of TypeScript's: objects of what they export, which functions make that have the rest to themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..names import DECLARATIONS, Binding, declared_names, has_types_only, text_of
from . import comments
from .declarations import as_comment
from .naming import snake
from .objects import can_be_keyword
from .translator import Function, Translator, later, statement
from .tree import Refused

if TYPE_CHECKING:
    from tree_sitter import Node


@statement("internal_module")
def namespace(t: Translator, node: Node) -> None:
    """`namespace Prices { … }`: an object that a function makes; one of types stays as a comment."""
    if has_types_only(node):
        as_comment(t, node)
        return
    name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
    binding = t.binding(text_of(name)) if name is not None and name.type == "identifier" else None
    if binding is None or body is None or _is_merged(t, binding):
        raise Refused("a namespace that is merged with another declaration is not ported", "a module")
    doc, t.doc = t.doc, None
    python, refusals = t.python(binding), len(t.refusals)
    maker = t.fresh(f"make_{snake(binding.name[:1].lower() + binding.name[1:])}")
    t.out.write(f"def {maker}(){f' -> {t.annotator.any}' if t.module.is_typed else ''}:")
    with t.inside(node), t.function(Function(t.module.names.scopes[node.id])), t.out.block():
        if doc is not None:
            comments.write_doc(t, doc)
        later.block(t, body.children[1:-1])
        if len(t.refusals) > refusals:
            raise Refused(t.refusals[refusals].reason, t.refusals[refusals].write)
        t.out.write(f"return {t.helper('Obj')}({', '.join(_members(t, body))})")
    t.out.write("")
    t.out.write(f"{python} = {maker}()")


def _is_merged(t: Translator, namespace: Binding) -> bool:
    same = [each for each in t.module.names.bindings if each.name == namespace.name and each.scope is namespace.scope]
    return len(same) > 1


def _members(t: Translator, body: Node) -> Iterator[str]:
    """What a namespace exports, by name. What it sets later would be seen outside, and is not here."""
    for statement_ in body.named_children:
        declaration = statement_.child_by_field_name("declaration")
        if statement_.type != "export_statement":
            continue
        if declaration is None:
            raise Refused("an export of this kind is not ported in a namespace", "a module")
        if declaration.type in DECLARATIONS:
            continue
        for name in declared_names(declaration):
            binding = t.binding(name)
            if binding is None or binding.writes or not can_be_keyword(name):
                raise Refused(f"the namespace's {name}, which is set again, is not ported", "a module")
            yield f"{name}={t.python(binding)}"
