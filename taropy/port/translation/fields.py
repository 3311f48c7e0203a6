"""Fields of a class: what `__init__` sets, each where it is declared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs

from ..names import FUNCTIONS, text_of
from . import comments, texts
from .literals import field
from .private import attribute_of
from .signing import of_field
from .translator import Translator
from .tree import Expr, Level, Refused

if TYPE_CHECKING:
    from tree_sitter import Node

#: Values that are the same whenever they are made, and do nothing but be made, if their parts are so.
_STILL = frozenset(
    [
        *("number", "string", "string_fragment", "escape_sequence", "true", "false", "null", "undefined", "identifier"),
        *("regex", "regex_pattern", "regex_flags", "array", "object", "pair", "property_identifier"),
        *("member_expression", "parenthesized_expression", "ternary_expression", "shorthand_property_identifier"),
        *("comment", "this"),
    ]
)  # fmt: skip
_COLLECTIONS = frozenset(["Map", "Set", "WeakMap", "WeakSet"])
_STILL_OPERATORS = frozenset(["??", "||", "&&", "===", "!=="])


@attrs.frozen
class Set:
    """`this.name = value`, by which a constructor begins."""

    statement: Node
    name: str
    value: Node


def own(name: str) -> str:
    """A field of the instance, whatever its name."""
    if name[:1] == "#":
        return f"self.{attribute_of(name)}"
    return field(Expr("self"), name).text


def name_of(member: Node) -> str:
    """The name of a field or a method."""
    name = member.child_by_field_name("name")
    if name is not None and name.type == "string":
        return texts.unescaped(text_of(name)[1:-1])
    if name is not None and name.type == "number":
        return texts.number(text_of(name)) or text_of(name)
    return text_of(name) if name is not None else ""


# --- what the constructor sets at once -----------------------------------------------------------------------------


def set_at_once(t: Translator, fields: list[Node], constructor: Node | None, *, is_derived: bool) -> dict[str, Set]:
    """The values that the constructor begins by giving to fields which are declared without one.

    They can be given where the fields are declared, so that these never are without: all that are the same whenever
    they are made, and the others as long as everything else that does something keeps its order.
    """
    if constructor is None:
        return {}
    slots = {name_of(member): slot for slot, member in enumerate(fields)}
    values = [member.child_by_field_name("value") for member in fields]
    last = max((slot for slot, value in enumerate(values) if value is not None and not is_still(value)), default=-1)
    found: dict[str, Set] = {}
    for each in _beginning(t, constructor, is_derived=is_derived):
        slot = slots.get(each.name, -1)
        is_first = slot >= 0 and values[slot] is None and each.name not in found
        does_nothing = is_still(each.value)
        if is_first and (does_nothing or slot > last):
            found[each.name] = each
        if not does_nothing:
            last = slot if each.name in found and is_first else len(fields)
    return found


def _beginning(t: Translator, constructor: Node, *, is_derived: bool) -> Iterator[Set]:
    """The statements by which a constructor sets fields, up to the first of another kind."""
    body = constructor.child_by_field_name("body")
    statements = [child for child in body.named_children if child.type != "comment"] if body is not None else []
    given = {text_of(parameter.pattern) for parameter in t.module.parameters_of(constructor) if parameter.is_field}
    for statement in statements[1:] if is_derived else statements:
        inner = statement.named_children[0] if statement.type == "expression_statement" else statement
        target, value = inner.child_by_field_name("left"), inner.child_by_field_name("right")
        if inner.type != "assignment_expression" or target is None or value is None or not _is_of_this(target):
            return
        if not _is_at_hand(t, value, constructor, given):
            return
        name = text_of(target.child_by_field_name("property") or target)
        if name in given:
            return
        yield Set(statement, name, value)


def _is_of_this(node: Node) -> bool:
    inner = node.child_by_field_name("object")
    return node.type == "member_expression" and inner is not None and inner.type == "this"


def _is_at_hand(t: Translator, value: Node, constructor: Node, given: set[str]) -> bool:
    """Whether a value is made of nothing that the constructor itself makes, but for the fields that are parameters."""
    if value.type in FUNCTIONS and value.type != "arrow_function":
        return True
    if value.type == "this":
        outer = value.parent
        is_read = outer is not None and outer.type == "member_expression" and not _is_called(outer)
        return is_read and text_of(outer.child_by_field_name("property") or value) in given  # type: ignore[union-attr]
    if value.type in ("identifier", "shorthand_property_identifier"):
        binding = t.module.names.scopes[constructor.id].bindings.get(text_of(value))
        return binding is None or (binding.kind == "parameter" and not binding.writes)
    return all(_is_at_hand(t, child, constructor, given) for child in value.named_children)


def _is_called(node: Node) -> bool:
    return node.parent is not None and node.parent.child_by_field_name("function") == node


def is_still(value: Node) -> bool:
    """Whether a value may be made sooner or later without anybody's noticing."""
    if value.type in FUNCTIONS:
        return True
    if value.type == "new_expression":
        made = value.child_by_field_name("constructor")
        arguments = value.child_by_field_name("arguments")
        is_empty = arguments is None or not arguments.named_children
        return is_empty and made is not None and text_of(made) in _COLLECTIONS
    if value.type == "binary_expression" and value.children[1].type not in _STILL_OPERATORS:
        return False
    is_known = value.type in _STILL or value.type in ("binary_expression", "as_expression", "non_null_expression")
    parts = value.named_children[:1] if value.type == "as_expression" else value.named_children
    return is_known and all(map(is_still, parts))


# --- writing -------------------------------------------------------------------------------------------------------


def write(t: Translator, members: list[Node], fields: list[Node], sets: dict[str, Set], around: Node) -> None:
    """Writes the fields of a class, `around` which is its scope, into `__init__`."""
    for index, member in enumerate(members):
        if member not in fields or is_declared_only(member):
            continue
        start = len(t.out.lines)
        t.out.origin = t.line(member)
        t.hint = name_of(member)
        set_ = sets.get(name_of(member))
        if set_ is not None:
            _write_set(t, member, set_)
        else:
            with t.inside(around):
                _write_own(t, member)
        before = members[index - 1] if index else None
        after = members[index + 1] if index + 1 < len(members) else None
        _write_comments(t, member, before, after, start)


def is_declared_only(member: Node) -> bool:
    """Whether it is `declare name: string`, which sets nothing."""
    return any(child.type == "declare" for child in member.children)


def _write_own(t: Translator, member: Node) -> None:
    start = len(t.out.lines)
    value, place = member.child_by_field_name("value"), own(name_of(member))
    try:
        made = t.expr(value).at(Level.TERNARY) if value is not None else "None"
        t.out.write(f"{place}{_annotation(t, member, place)} = {made}")
    except Refused as refused:
        del t.out.lines[start:]
        t.out.write(f"{place} = {t.helper('Unported')}{t.refuse(member, refused)}")


def _write_set(t: Translator, member: Node, set_: Set) -> None:
    """Writes a field with the value that the constructor gives it, and the comments of both."""
    place, start = own(set_.name), len(t.out.lines)
    t.out.origin = t.line(set_.statement)
    made = t.expr(set_.value).at(Level.TERNARY)
    t.out.write(f"{place}{_annotation(t, member, place, is_set=True)} = {made}")
    t.skipped.add(set_.statement.id)
    comments.write_inner(t, set_.statement, start)
    _write_comments(t, set_.statement, set_.statement.prev_sibling, set_.statement.next_sibling, start)


def _annotation(t: Translator, member: Node, place: str, *, is_set: bool = False) -> str:
    return of_field(t, member, name_of(member), is_set=is_set) if place.startswith("self.") else ""


def _write_comments(t: Translator, node: Node, before: Node | None, after: Node | None, start: int) -> None:
    if before is not None and before.type == "comment" and not _is_behind(before, before.prev_named_sibling):
        t.out.lines[start:start] = comments.comment_lines(t, before)
    if after is not None and _is_behind(after, node):
        comments.write_behind(t, after, start)


def _is_behind(comment: Node, node: Node | None) -> bool:
    """Whether it is a comment on the line on which another node ends."""
    return comment.type == "comment" and node is not None and comment.start_point[0] == node.end_point[0]
