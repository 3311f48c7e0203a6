"""What a program sets of its objects and arrays, by name: of these, what was written first says nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import attrs

from ..names import FUNCTIONS, Names, Place, Scope, key_of, text_of
from .placed import around

if TYPE_CHECKING:
    from tree_sitter import Node

_FILLS = frozenset(["push", "unshift", "splice", "fill"])
_SETTERS = frozenset(["assign", "defineProperty", "set", "merge", "extend"])


@attrs.frozen
class Changes:
    """`fields` are set by their names somewhere; `filled` are names of what gets items, or fields by computed keys.

    Of a variable this is known by the module that it stands in: `variables` has it with the names of that one. In
    whatever module a field is filled, or what is imported, a variable of its name may be the same (`anywhere`).
    """

    fields: set[str] = attrs.field(factory=set)
    filled: set[str] = attrs.field(factory=set)
    variables: set[tuple[int, str]] = attrs.field(factory=set)
    anywhere: set[str] = attrs.field(factory=set)
    #: Fields that are set by their names elsewhere than in a constructor.
    reset: set[str] = attrs.field(factory=set)
    #: What fields are deleted of.
    deleted: set[str] = attrs.field(factory=set)

    def fills(self, names: Names, name: str) -> bool:
        """Whether a variable that these names have may get items, or fields by computed keys."""
        return name in self.anywhere or (id(names), name) in self.variables

    def fill(self, names: Names, target: Node, scope: Scope) -> None:
        """Notes that what stands there is filled."""
        key = target.child_by_field_name("property")
        name = text_of(key if key is not None else target)
        self.filled.add(name)
        binding = scope.find(name) if target.type == "identifier" else None
        if binding is None or binding.kind == "import":
            self.anywhere.update([name, *(each for each in (binding.path if binding is not None else ()) if each)])
        else:
            self.variables.add((id(names), name))


def changes_of(modules: Iterable[Names]) -> Changes:
    """What modules set."""
    found = Changes()
    for names in modules:
        for kind in ("member_expression", "subscript_expression"):
            for place in names.watched.get(kind, ()):
                around = place.up.node if place.up is not None else None
                if around is not None and _sets(around, place.node):
                    _set(found, names, place)
                if around is not None and around.type == "unary_expression" and around.children[0].type == "delete":
                    found.deleted.add(text_of(place.node.child_by_field_name("object") or place.node))
        for place in names.watched.get("call_expression", ()):
            _called(found, names, place)
    return found


def _sets(around: Node, target: Node) -> bool:
    if around.type in ("assignment_expression", "augmented_assignment_expression"):
        return around.child_by_field_name("left") == target
    if around.type == "unary_expression":
        return around.children[0].type == "delete"
    if around.type == "for_in_statement":
        return around.child_by_field_name("left") == target
    return around.type in ("update_expression", "array_pattern", "pair_pattern")


def _set(found: Changes, names: Names, place: Place) -> None:
    target = place.node
    inner, key = target.child_by_field_name("object"), target.child_by_field_name("property")
    if target.type == "member_expression" and key is not None:
        found.fields.add(text_of(key))
        if not _is_in_constructor(target):
            found.reset.add(text_of(key))
        return
    index = target.child_by_field_name("index")
    name = key_of(index) if index is not None and index.type == "string" else None
    if name is not None:
        found.fields.add(name)
    elif inner is not None:
        found.fill(names, inner, place.scope)


def _is_in_constructor(node: Node) -> bool:
    function = around(node, FUNCTIONS)
    if function is None or function.type != "method_definition":
        return False
    return text_of(function.child_by_field_name("name") or function) == "constructor"


def _called(found: Changes, names: Names, place: Place) -> None:
    """`list.push(item)`, `Object.assign(target, …)`."""
    call = place.node
    function, arguments = call.child_by_field_name("function"), call.child_by_field_name("arguments")
    if function is None or function.type != "member_expression":
        return
    inner, key = function.child_by_field_name("object"), function.child_by_field_name("property")
    name = text_of(key) if key is not None else ""
    if name in _FILLS and inner is not None:
        found.fill(names, inner, place.scope)
    elif name in _SETTERS and arguments is not None and arguments.named_children:
        found.fill(names, arguments.named_children[0], place.scope)
