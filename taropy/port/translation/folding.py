"""What `reduce` has made so far, which is what it begins with and what its callback gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..names import Scope, text_of
from .looks import look
from .translator import Translator
from .types import UNKNOWN, Type, joined, widened

if TYPE_CHECKING:
    from tree_sitter import Node

#: It is a whole number at first, which the callback may make one with a fraction.
_ROUNDS = 3


def folded(t: Translator, arguments: Node, item: Type) -> Type:
    """The type of the callback's first parameter: a number, or a text, if it stays one from first to last.

    Where the callback is one expression, this is what that gives of such a value; else nobody knows.
    """
    given = [child for child in arguments.named_children if child.type != "comment"]
    body = given[0].child_by_field_name("body") if len(given) == 2 and given[0].type == "arrow_function" else None
    if body is None or body.type == "statement_block" or item.kind == "unknown":
        return UNKNOWN
    scope, parameters = t.module.names.scopes[given[0].id], t.module.parameters_of(given[0])
    first = scope.bindings.get(text_of(parameters[0].pattern)) if len(parameters) > 1 else None
    if first is None or any(each.writes for each in scope.bindings.values()):
        return UNKNOWN
    so_far, type_, typed = id(first), widened(look(t.module, given[1], t.scope)), t.module.typed
    if parameters[1].type is None:
        typed.update(_parts(scope, item))
    for _ in range(_ROUNDS):
        typed[so_far] = type_
        found = joined([type_, look(t.module, body, scope)]) if type_.is_number or type_.is_string else UNKNOWN
        if found == type_:
            return type_
        type_ = found
    del typed[so_far]
    return UNKNOWN


def _parts(scope: Scope, item: Type) -> dict[int, Type]:
    """The types of the names in the second parameter: of the item, or of its fields."""
    names = [each for each in scope.bindings.values() if each.kind == "parameter" and each.index == 1]
    fields = {id(each): item.fields.get(each.path[0] or "", UNKNOWN) for each in names if len(each.path) == 1}
    return {**fields, **{id(each): item for each in names if not each.path}}
